"""The declaration: read as strictly as the protocol, every mistake at its place, nothing guessed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.amendment.declaration_lint import Setting, setting_of
from regdocs.amendment.declared import load_declaration, open_findings, open_items, setting_findings
from regdocs.amendment.given import MAX_TEXT, text_of
from regdocs.amendment.reasons import REASONS
from regdocs.spec.load import load
from tests.amendment.declaring import MINIMAL, declaration, read, spoiled
from tests.rules.cases import MINIMAL as MINIMAL_PROTOCOL

SETTING = Setting(
    number=1,
    version="2.0",
    on="2026-06-12",
    since="2026-02-01",
    sites={"north": "US", "south": "VN"},
    bodies=("board",),
    urgent=(7,),
)

ALONE = (
    ("primary: New Safety Information Available", "primary: Safety", "AMD-001", 8),
    ("secondary: [Investigator/Site Feedback]", "secondary: [feedback]", "AMD-001", 9),
    ("secondary: [Investigator/Site Feedback]", "secondary: [Other]", "AMD-002", 7),
    ("  secondary: [Investigator/Site Feedback]", "  other: The weather.", "AMD-002", 9),
    ("secondary: [Investigator/Site Feedback]", "secondary: [new safety information available]", "AMD-013", 9),
    ("  count: 14\n", "", "AMD-003", 11),
    ("  count: 14\n", "  count: 14\n  percent: 9\n", "AMD-003", 11),
    ("  scope: globally\n", "", "AMD-003", 11),
    ("    explanation: Fewer falls.\n", "", "AMD-004", 16),
    ("level: global", "level: global\n  of: [north]", "AMD-006", 7),
    ("level: global", "level: site", "AMD-006", 5),
    ("- /eligibility/E07", "- /", "AMD-007", 26),
    ("- /eligibility/E07", "- eligibility", "AMD-007", 26),
    ("- /eligibility/E07", '- "consent# "', "AMD-007", 26),
    ("      - /eligibility/E07\n      - /consent/risks\n", "      []\n", "AMD-007", 25),
    ("    covers:", "    affects_consent: {affects: false}\n    covers:", "AMD-011", 25),
    ("level: global", "level: galaxy", "SPEC-002", 6),
    ("on: 2026-06-12", "on: 2026-06", "SPEC-004", 4),
    ("on: 2026-06-12", "on: 20260612", "SPEC-004", 4),
    ("number: 1\n", "number: 0\n", "SPEC-004", 2),
    ("number: 1\n", "number: first\n", "SPEC-002", 2),
    ("regdocs-amendment: 1", "regdocs-amendment: 2", "SPEC-002", 1),
    ("regdocs-amendment: 1\n", "", "SPEC-003", 1),
    ("summary: Fainting excludes.", "sumary: Fainting excludes.", "SPEC-001", 10),
    ("summary: Fainting excludes.", "summary: {value: Fainting, assumption: likely}", "SPEC-005", 10),
    ("summary: Fainting excludes.", "summary: TODO", "SPEC-005", 10),
    ("summary: Fainting excludes.", f"summary: {'word ' * (MAX_TEXT // 4)}", "SPEC-002", 10),
)


def with_entry(entry: str) -> str:
    return f"{MINIMAL}{entry}"


OVERRIDES: tuple[tuple[str, list[str]], ...] = (
    ("{regime: us-irb, change: fainting, class: minor, reason: Small.}", []),
    ("{regime: us-irb, change: fainting, class: non-substantial, reason: Small.}", ["AMD-010"]),
    ("{regime: us-irb, change: rash, class: minor, reason: Small.}", ["AMD-010"]),
    ("{regime: other, change: fainting, class: Major amendment, reason: The board says so.}", []),
    ("{regime: us-irb, change: fainting, class: minor}", ["SPEC-003"]),
)


def test_a_whole_declaration_has_no_finding():
    declared = read(MINIMAL)
    assert declared.findings == ()
    assert declared.declaration is not None
    assert open_items(declared.declaration) == ()


@pytest.mark.parametrize(("old", "new", "rule", "line"), ALONE)
def test_a_mistake_is_found_at_its_line(old: str, new: str, rule: str, line: int):
    found = read(spoiled((old, new))).findings
    assert (rule, line) in {(one.rule, one.position.line) for one in found}


def test_all_mistakes_are_told_at_once_in_the_order_of_the_text():
    text = spoiled(("primary: New Safety Information Available", "primary: Safety"), ("  scope: globally\n", ""))
    found = read(text).findings
    assert [one.rule for one in found] == ["AMD-001", "AMD-003"]
    assert found[0].excerpt == "  primary: Safety"


def test_a_reason_is_known_whatever_its_capitals_and_told_as_the_list_writes_it():
    known = declaration(("primary: New Safety Information Available", "primary: new safety INFORMATION available"))
    assert known.reasons.primary.value == "New Safety Information Available"


def test_the_nearest_reason_is_the_hint():
    (found,) = read(spoiled(("primary: New Safety Information Available", "primary: New Safety Informations"))).findings
    assert found.hint == 'did you mean "New Safety Information Available"?'


def test_every_reason_of_the_list_is_taken():
    for reason in REASONS:
        other = "\n  other: Something else." if reason == "Other" else ""
        text = spoiled(
            ("primary: New Safety Information Available", f"primary: {reason}{other}"),
            ("  secondary: [Investigator/Site Feedback]\n", ""),
        )
        assert read(text).findings == (), reason


@pytest.mark.parametrize(("entry", "rules"), OVERRIDES)
def test_an_override_names_a_declared_change_and_a_class_of_its_regime(entry: str, rules: list[str]):
    assert [one.rule for one in read(with_entry(f"classes:\n  - {entry}\n")).findings] == rules


def test_two_overrides_for_one_change_and_regime_are_refused():
    entry = "  - {regime: us-irb, change: fainting, class: minor, reason: Small.}\n"
    found = read(with_entry(f"classes:\n{entry}{entry}")).findings
    assert [(one.rule, one.position.line) for one in found] == [("AMD-013", 30)]


def test_two_changes_with_one_id_are_refused_at_the_second():
    again = MINIMAL[MINIMAL.index("  - id: fainting") :]
    found = read(MINIMAL + again).findings
    assert [(one.rule, one.position.line) for one in found] == [("AMD-013", 28)]


def test_one_question_has_one_answer():
    text = spoiled(("  data_reliability:\n    substantial: false", "  safety_or_rights:\n    substantial: false"))
    assert {one.rule for one in read(text).findings} == {"YAML-007"}


def test_open_values_are_listed_and_are_no_mistake():
    declared = read(spoiled(("summary: Fainting excludes.", 'summary: "TODO: in two sentences"')))
    assert declared.findings == ()
    assert declared.declaration is not None
    assert [(one.path, one.what) for one in open_items(declared.declaration)] == [("/summary", "in two sentences")]
    assert text_of(declared.declaration.summary) == "TODO: in two sentences"


def test_nothing_open_is_recorded():
    text = spoiled(("    rationale: Two participants fainted.", '    rationale: "TODO: why"'))
    (found,) = open_findings(read(text))
    assert (found.rule, found.position.line) == ("AMD-012", 24)


def test_every_text_number_date_and_answer_may_stay_open():
    text = spoiled(
        ("level: global", "level: 'TODO: where'"),
        ("primary: New Safety Information Available", "primary: 'TODO: why'"),
        ("count: 14", "count: 'TODO: how many'"),
        ("scope: globally", "scope: 'TODO: of what'"),
        ("at: 2026-06-10", "at: 'TODO: when'"),
        ("substantial: true", "substantial: 'TODO: yes or no'"),
    )
    entries = "reconsent:\n  time_sensitive: 'TODO: ask'\n  groups: 'TODO: ask'\nparticipants:\n  told: 'TODO: words'\n"
    declared = read(text + entries)
    assert declared.findings == ()
    assert declared.declaration is not None
    assert len(open_items(declared.declaration)) == 9


def test_what_is_left_out_of_reconsent_is_unanswered():
    assert declaration().reconsent.time_sensitive is None


def setting(**changes: object) -> list[tuple[str, int]]:
    found = setting_findings(read(MINIMAL), replace(SETTING, **changes))  # type: ignore[arg-type]
    return [(one.rule, one.position.line) for one in found]


def test_a_declaration_that_fits_protocol_and_log_has_no_finding():
    assert setting() == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"number": 2}, 2),
        ({"version": "2.1"}, 3),
        ({"on": "2026-06-13"}, 4),
        ({"since": "2026-06-11", "on": "2026-06-12"}, 14),
    ],
)
def test_number_version_and_dates_have_to_fit(change: dict[str, object], line: int):
    assert setting(**change) == [("AMD-005", line)]


def test_an_amendment_is_not_older_than_the_version_it_amends():
    assert ("AMD-005", 4) in setting(since="2026-07-01")


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("level: global", "level: site\n  of: [north]", []),
        ("level: global", "level: site\n  of: [west]", ["AMD-006"]),
        ("level: global", "level: country\n  of: [VN, US]", []),
        ("level: global", "level: country\n  of: [DE]", ["AMD-006"]),
        ("level: global", "level: region\n  of: [Asia]", []),
        ("number: 1\n", "number: 1\nfollows: 7\n", []),
        ("number: 1\n", "number: 1\nfollows: 8\n", ["AMD-014"]),
        ("number: 1\n", "number: 1\nagainst: [{body: board, site: north, version: '1.0', reason: Asked.}]\n", []),
        (
            "number: 1\n",
            "number: 1\nagainst: [{body: bord, site: n, version: '1.0', reason: Asked.}]\n",
            ["AMD-014"] * 2,
        ),
    ],
)
def test_names_of_the_declaration_are_names_of_the_protocol_and_the_log(old: str, new: str, rules: list[str]):
    assert [one.rule for one in setting_findings(read(spoiled((old, new))), SETTING)] == rules


def test_the_setting_comes_from_the_protocol():
    protocol = load(MINIMAL_PROTOCOL.encode("utf-8")).protocol
    assert protocol is not None
    found = setting_of(protocol, 3, "2026-01-01", (5,))
    assert (found.number, found.since, found.urgent) == (3, "2026-01-01", (5,))
    assert list(found.sites) == [site.id for site in protocol.sites]
    assert found.version == protocol.version.value


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_text_makes_the_reader_raise(data: bytes):
    assert load_declaration(data).findings
