"""Profiles: the shipped ones load, and each mistake is told with its place."""

import json
import re
from pathlib import Path

import pytest
import yaml

from regdocs.errors import UsageError
from regdocs.finding import Severity
from regdocs.submission.profile import load_profile, shipped_profile, shipped_profiles
from tests.cli.calling import Call, call_of

BOARDS = ("generic", "ctis", "emory", "michigan", "nih", "uab", "utah")
SMALL = """\
regdocs-profile: 1
name: x
title: X
about: An example.
as_of: 2026-11-29
sources:
  - {title: A page, address: none found, read: 2026-11-29, what: Nothing., checked: unverified}
names:
  pattern: "{document}_{state}"
footer: {whose: sponsor}
stamp: {area: none, when: unknown}
layout:
  sections:
    - {id: one, folder: One, title: One}
    - {id: two, folder: Two, title: Two}
  default: one
"""


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    return call_of(monkeypatch, capsys)


def found(old: str, new: str) -> list[tuple[str, int]]:
    """Rule and line of what is found in the small profile with one text in place of another."""
    assert SMALL.count(old) == 1
    profile, findings = load_profile(SMALL.replace(old, new).encode(), "x.yaml")
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert (profile is None) == bool(errors)
    assert all(finding.excerpt and (finding.hint or finding.rule.startswith("SPEC")) for finding in findings)
    return [(finding.rule, finding.position.line) for finding in findings]


def test_the_shipped_profiles_are_these():
    assert tuple(shipped_profiles()) == BOARDS


@pytest.mark.parametrize("name", BOARDS)
def test_a_shipped_profile_loads_without_findings_and_says_where_it_is_from(name: str):
    place = shipped_profiles()[name]
    profile, findings = load_profile(place.read_bytes(), place.name)
    assert findings == () and profile is not None and profile.name == name
    assert profile.as_of == "2026-11-29"
    for source in profile.sources:
        assert (source.checked == "read") == source.address.startswith("http"), source.title
    assert name == "generic" or "own page decides" in profile.about or "own pages decide" in profile.about


def test_the_small_profile_is_without_findings():
    assert found("X\n", "X\n") == []


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("{document}_{state}", "{documnet}_{state}", ["PRF-001"]),
        ("{document}_{state}", "{document}_{state", ["PRF-001"]),
        ("{document}_{state}", "{document.__class__}_{state}", ["PRF-001"]),
        ("{document}_{state}", "{document}_{state:>999999999}", ["PRF-001"]),
        ("{document}_{state}", "{document}_{state}_{date:%d/%m}", ["PRF-001"]),
        ("{document}_{state}", "{site}/{document}_{state}", ["PRF-002"]),
        ("{document}_{state}", "../{document}_{state}", ["PRF-002"]),
        ("{document}_{state}", "{document}:{state}", ["PRF-002"]),
        ('"{document}_{state}"', '"{document}_{state}"\n  documents: {consent: "a/b"}', ["PRF-002"]),
        ('"{document}_{state}"', '"{document}_{state}"\n  states: {clean: "..", tracked: T}', ["PRF-002"]),
        ("folder: One", "folder: CON", ["PRF-003"]),
        ("folder: One", "folder: a/b", ["PRF-003"]),
        ("folder: One", 'folder: ".."', ["PRF-003"]),
        ("folder: One", 'folder: "One."', ["PRF-003"]),
        ("folder: Two", "folder: ONE", ["PRF-003"]),
        ("footer:", "limits: {file_bytes: 0, files: -1}\nfooter:", ["PRF-004", "PRF-004"]),
        ("footer:", "limits: {file_bytes: 20, package_bytes: 10}\nfooter:", ["PRF-004"]),
        ('"{document}_{state}"', '"{document}_{state}"\n  max_length: 12', ["PRF-004"]),
        ('"{document}_{state}"', '"{document}_{date:%B %d %Y}_{state}"\n  max_length: 32', ["PRF-004"]),
        ("{document}_{state}", "{site}_{state}", ["PRF-005"]),
        ("{document}_{state}", "{document}", ["PRF-005"]),
        ('"{document}_{state}"', '"{document}_{state}"\n  states: {tracked: T, clean: t}', ["PRF-005"]),
        ('"{document}_{state}"', '"{document}_{state}"\n  patterns: {consent: "{document}"}', ["PRF-005"]),
        ("default: one", "default: won", ["PRF-006"]),
        ("default: one", "default: one\n  documents: {consent: three}", ["PRF-006"]),
        ("id: two", "id: one", ["PRF-006"]),
        ("default: one", "default: one\n  documents: {concent: two}", ["PRF-007"]),
        ("footer:", 'date: "%H"\nfooter:', ["PRF-001"]),
        ("about: An example.", "about: An example.\nabuot: x", ["SPEC-001"]),
        ("regdocs-profile: 1", "regdocs-profile: 2", ["SPEC-002"]),
        ("checked: unverified", "checked: perhaps", ["SPEC-002"]),
        ("read: 2026-11-29", "read: yesterday", ["SPEC-004"]),
    ],
)
def test_a_mistake_is_found(old: str, new: str, rules: list[str]):
    assert [rule for rule, _ in found(old, new)] == rules


def test_a_finding_has_its_place_and_its_hint():
    _, findings = load_profile(SMALL.replace("{document}", "{documnet}").encode(), "x.yaml")
    (one,) = findings
    assert (one.file, one.position.line, one.hint) == ("x.yaml", 9, "did you mean {document}?")
    assert one.message == 'there is no field "documnet"'


def test_all_mistakes_are_told_at_once_in_the_order_of_the_text():
    text = SMALL.replace("{document}_", "").replace("folder: One", "folder: a|b").replace("default: one", "default: z")
    _, findings = load_profile(text.encode(), "x.yaml")
    assert [finding.rule for finding in findings] == ["PRF-005", "PRF-003", "PRF-006"]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"a: [", b"- 1", b"x: &a [*a]", b"regdocs-profile: 1\n"])
def test_a_bad_text_is_never_raised(data: bytes):
    profile, findings = load_profile(data, "x.yaml")
    assert profile is None and findings


def test_an_unknown_profile_is_told_with_the_nearest():
    with pytest.raises(UsageError, match='did you mean "utah"'):
        shipped_profile("uta")


def test_a_profile_answers_for_states_formats_and_sections():
    utah, michigan = shipped_profile("utah"), shipped_profile("michigan")
    assert utah.states_of("amendment") == ("clean", "tracked") and utah.states_of("initial") == ("clean",)
    assert michigan.states_of("amendment") == ("tracked",)
    assert (utah.formats_of("consent", "clean"), utah.formats_of("consent", "tracked")) == (("pdf",), ("docx",))
    assert utah.formats_of("protocol", "clean") == ("pdf", "docx") and utah.formats_of("consent", "stamped") == ()
    assert utah.section_of("consent").id == "consent" and utah.section_of("crf").id == "other"


# ---------------------------------------------------------------------------------------------------------- the command


def test_the_command_lists_them_and_prints_one(call: Call):
    listed = call("profiles")
    assert listed.code == 0 and [line.split()[0] for line in listed.out.splitlines()] == list(BOARDS)
    assert "2026-11-29  partly read  NIH" in listed.out and "2026-11-29  unverified" in listed.out
    printed = call("profiles", "nih")
    assert printed.code == 0 and printed.out.encode() == shipped_profiles()["nih"].read_bytes()


def test_the_command_prints_json(call: Call):
    rows = json.loads(call("profiles", "--json").out)
    assert [row["name"] for row in rows] == list(BOARDS) and all(row["sources"] for row in rows)
    one = json.loads(call("profiles", "uab", "--json").out)
    text = yaml.safe_load(shipped_profiles()["uab"].read_text(encoding="utf-8"))
    assert one["regdocs-profile"] == 1 and one["names"]["pattern"] == text["names"]["pattern"]


def test_the_command_tells_an_unknown_name(call: Call):
    said = call("profiles", "nhi")
    assert said.code == 2 and 'did you mean "nih"' in said.err and not said.traceback


def test_the_example_of_the_page_is_a_profile_and_its_list_is_that_of_the_command():
    page = (Path(__file__).parents[2] / "docs" / "packages.md").read_text(encoding="utf-8")
    blocks = [one.partition("```")[0] for one in page.split("```yaml\n")[1:]]
    [text] = [one for one in blocks if one.startswith("regdocs-profile:")]
    profile, findings = load_profile(text.encode(), "example.yaml")
    assert profile is not None and findings == ()
    for name in BOARDS:
        assert re.search(rf"^\| {name} \| .+ \| {shipped_profile(name).checked} \|$", page, re.MULTILINE)


def test_an_area_that_leaves_no_room_for_words_is_told():
    text = shipped_profiles()["utah"].read_bytes().replace(b"height_mm: 51", b"height_mm: 280")
    _, findings = load_profile(text, "mine.yaml")
    assert [(one.rule, "280 mm high" in one.message) for one in findings] == [("PRF-004", True)]
