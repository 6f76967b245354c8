"""`regdocs check --format`: one set of findings, told to runners, code hosts and people by mail."""

import hashlib
import json
import re
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.build.studies import SHORT, TODO, change
from tests.cli.calling import Call

NASTY = '    short: "TODO: 100 %, a: <b>bold</b> & \\"c\\"\\n::error::x; ask the sponsor"\n'
ACCEPTED = """\
accepted:
  - id: score-of-two
    rule: END-004
    element: /endpoints/example-score/title
    reason: The score has two parts, but one value.
    by: Dr Example (fictional)
    on: 2026-02-01
registry:
"""
TWO = (("    title: Change of the example score\n", "    title: Change of mind and body\n"), ("registry:\n", ACCEPTED))


def sarif(call: Call, study: Path) -> dict:
    (run,) = json.loads(call("-C", study, "check", "--format", "sarif").out)["runs"]
    return run


class Reader(HTMLParser):
    """Takes a page apart: its elements with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


# ------------------------------------------------------------------------------------------------------------ accepted


def test_an_accepted_finding_is_shown_and_does_not_count(call: Call, study: Path) -> None:
    change(study, *TWO)
    said = call("-C", study, "check", "--strict")
    assert said.code == 0 and "accepted note[END-004]" in said.out
    assert "  accepted by Dr Example (fictional): The score has two parts, but one value." in said.out
    assert said.out.splitlines()[-1] == "0 errors, 0 warnings, 0 notes, 1 accepted"


def test_an_accepted_finding_says_so_in_json(call: Call, study: Path) -> None:
    change(study, *TWO)
    (found,) = json.loads(call("-C", study, "check", "--json").out)
    assert found["accepted"] == {
        "reason": "The score has two parts, but one value.",
        "by": "Dr Example (fictional)",
        "on": "2026-02-01",
    }
    assert (found["rule"], found["severity"]) == ("END-004", "note")


def test_the_same_finding_not_accepted_counts_with_strict(call: Call, study: Path) -> None:
    change(study, TWO[0])
    assert call("-C", study, "check", "--strict").code == 1


# -------------------------------------------------------------------------------------------------------------- formats


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "html"])
@pytest.mark.parametrize(("mistake", "code"), [(TODO, 0), ("    shrot: Examplin\n", 1)])
def test_every_format_gives_the_same_exit_code(call: Call, study: Path, form: str, mistake: str, code: int) -> None:
    change(study, (SHORT, mistake))
    said = call("-C", study, "check", "--format", form)
    assert said.code == code and said.out and not said.traceback


def test_json_is_the_same_by_either_name(call: Call, study: Path) -> None:
    change(study, (SHORT, TODO))
    assert call("-C", study, "check", "--json").out == call("-C", study, "check", "--format", "json").out


@pytest.mark.parametrize(
    "arguments",
    [["--json", "--format", "html"], ["--format", "yaml"], ["--out", "x"], ["--format", "github", "--out", "x"]],
)
def test_formats_that_do_not_go_together_are_a_wrong_call(call: Call, study: Path, arguments: list[str]) -> None:
    said = call("-C", study, "check", *arguments)
    assert said.code == 2 and not (study / "x").exists()


@pytest.mark.parametrize("form", ["json", "sarif", "html"])
def test_a_list_is_written_to_a_file_as_it_would_be_printed(call: Call, study: Path, form: str) -> None:
    change(study, (SHORT, TODO))
    printed = call("-C", study, "check", "--format", form).out
    said = call("-C", study, "check", "--format", form, "--out", "findings.txt")
    assert said.code == 0 and "findings.txt" in said.out
    assert (study / "findings.txt").read_text(encoding="utf-8") == printed


# --------------------------------------------------------------------------------------------------------------- github


def test_an_annotation_has_file_line_column_and_rule(call: Call, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(study, (SHORT, "    shrot: Examplin\n"))
    number = (study / "protocol.yaml").read_text().splitlines().index("    shrot: Examplin") + 1
    monkeypatch.chdir(study.parent)
    lines = call("-C", study, "check", "--format", "github").out.splitlines()
    unknown = next(line for line in lines if "SPEC-001" in line)
    assert unknown.startswith(f"::error file={study.name}/protocol.yaml,line={number},col=5,title=SPEC-001::")
    assert "%0Ahint: " in unknown


def test_words_of_the_study_cannot_command_the_runner(call: Call, study: Path) -> None:
    change(study, (SHORT, NASTY))
    lines = call("-C", study, "check", "--format", "github").out.splitlines()
    assert len(lines) == 1 and re.match(r"::notice file=[^:]*,title=OPEN-001::", lines[0])
    assert "100 %25, a: <b>" in lines[0] and "%0A::error::x" in lines[0]


def test_an_accepted_finding_is_a_notice_that_says_so(call: Call, study: Path) -> None:
    change(study, *TWO)
    (line,) = call("-C", study, "check", "--format", "github").out.splitlines()
    assert line.startswith("::notice ") and "title=END-004 (accepted)" in line and "Dr Example" in line


def test_quiet_leaves_notes_out_of_lists_for_people_only(call: Call, study: Path) -> None:
    change(study, (SHORT, TODO))
    assert call("-C", study, "check", "-q", "--format", "github").out == ""
    assert "OPEN-001" not in call("-C", study, "check", "-q", "--format", "html").out
    assert "OPEN-001" in call("-C", study, "check", "-q", "--format", "json").out


# ---------------------------------------------------------------------------------------------------------------- sarif


def test_sarif_has_version_tool_and_a_place_for_each_result(call: Call, study: Path) -> None:
    change(study, (SHORT, "    shrot: Examplin\n"))
    said = json.loads(call("-C", study, "check", "--format", "sarif").out)
    assert said["version"] == "2.1.0" and said["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = said["runs"]
    assert run["tool"]["driver"]["name"] == "regdocs" and run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"]
        (place,) = result["locations"]
        region = place["physicalLocation"]["region"]
        assert region["startLine"] >= 1 and region["startColumn"] >= 1
    unknown = next(result for result in run["results"] if result["ruleId"] == "SPEC-001")
    assert unknown["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] == "    shrot: Examplin"


def test_sarif_rules_are_those_found_each_once_with_their_pages(call: Call, study: Path) -> None:
    change(study, (SHORT, TODO), *TWO)
    run = sarif(call, study)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["END-004", "OPEN-001"]
    for rule in rules:
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}: {rule['shortDescription']['text']}")
        assert rule["fullDescription"]["text"] and rule["defaultConfiguration"]["level"] == "note"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_names_files_from_where_one_stands_and_never_by_a_whole_path(
    call: Call, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = study.rename(study.parent / "my study #1")
    change(moved, (SHORT, TODO))
    monkeypatch.chdir(moved.parent)
    run = sarif(call, moved)
    address = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert address == "my%20study%20%231/protocol.yaml" and (moved.parent / unquote(address)).is_file()
    monkeypatch.chdir("/")
    assert str(moved) not in json.dumps(sarif(call, moved)).replace("\\/", "/")


def test_an_accepted_finding_is_a_suppressed_result(call: Call, study: Path) -> None:
    change(study, *TWO)
    (result,) = sarif(call, study)["results"]
    (suppression,) = result["suppressions"]
    assert suppression["status"] == "accepted" and "one value" in suppression["justification"]


# ----------------------------------------------------------------------------------------------------------------- html


def test_the_page_lists_findings_by_severity_with_place_line_and_hint(call: Call, study: Path) -> None:
    extra = ("    procedures:\n      - questions\n", "")
    change(study, (SHORT, TODO), ("  arm_count: 2\n", "  arm_count: 3\n"), extra)
    words = Reader(call("-C", study, "check", "--format", "html").out).words
    assert words.index("Errors (1)") < words.index("DSN-003") < words.index("Warnings (1)") < words.index("SCH-007")
    assert words.index("SCH-007") < words.index("Notes (1)") < words.index("OPEN-001")
    assert "protocol.yaml, line " in words and "arm_count: 3" in words and "Hint: write 'arm_count: 2'" in words
    assert "FICTIONAL DEMONSTRATION – NOT A REAL STUDY" in words


def test_accepted_findings_stand_apart_with_name_reason_and_day(call: Call, study: Path) -> None:
    change(study, *TWO)
    words = Reader(call("-C", study, "check", "--format", "html").out).words
    assert "0 errors, 0 warnings, 0 notes, 1 accepted." in words
    assert "Accepted by Dr Example (fictional), 2026-02-01: The score has two parts" in words
    assert "Notes (" not in words


def test_the_page_loads_nothing_and_runs_nothing(call: Call, study: Path) -> None:
    change(study, (SHORT, NASTY))
    text = call("-C", study, "check", "--format", "html").out
    page = Reader(text)
    names = {name for name, _ in page.elements}
    assert not names & {"script", "b", "img", "link", "a", "iframe"}
    assert not [name for _, attributes in page.elements for name in attributes if name in ("src", "href", "style")]
    policy = next(found["content"] for name, found in page.elements if "http-equiv" in found)
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy and policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "url(" not in style and "@import" not in style and "@media print" in style


def test_words_of_the_study_stay_words(call: Call, study: Path) -> None:
    change(study, (SHORT, NASTY))
    text = call("-C", study, "check", "--format", "html").out
    assert '100 %, a: <b>bold</b> & "c"' in Reader(text).words


@pytest.mark.parametrize("form", ["github", "html"])
def test_a_mark_that_turns_words_around_is_shown_as_a_code(call: Call, study: Path, form: str) -> None:
    change(study, (SHORT, "    short: Exam\u202eplin\n"))
    said = call("-C", study, "check", "--format", form)
    assert said.code == 1 and "YAML-003" in said.out and "\u202e" not in said.out


def test_a_text_that_is_no_protocol_has_a_page_too(call: Call, tmp_path: Path) -> None:
    (tmp_path / "protocol.yaml").write_bytes(b"\xff")
    said = call("-C", tmp_path, "check", "--format", "html")
    assert said.code == 1 and "Errors (1)" in Reader(said.out).words


def test_a_study_without_findings_has_a_page_that_says_so(call: Call, study: Path) -> None:
    said = call("-C", study, "check", "--format", "html")
    assert said.code == 0 and "0 errors, 0 warnings, 0 notes." in Reader(said.out).words
