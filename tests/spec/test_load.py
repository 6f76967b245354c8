"""What `load` says to people of a text that is not a protocol: which mistake, where, and the nearest way out."""

import pytest

from regdocs.finding import Finding
from regdocs.source import Position
from regdocs.spec.load import load
from tests.rules.cases import MINIMAL

NUMBER = "  protocol_number: EX-1\n"
COUNT = "  arm_count: 2\n"
DOSE = (
    "    dose: 1 tablet\n    administrations: once, at the treatment visit\n"
    "    route: by mouth\n  - id: placebo-tablet\n"
)
WINDOW = "      before: 2\n      after: 2\n"
TODO_HINT = "what is not known yet is 'TODO: what is missing'"
WRAPPER_HINT = "write 'value:' beside 'assumption' or 'source'; what is not known is 'TODO: what is missing', alone"
ALLOCATIONS = "randomized, non-randomized, not-applicable"


def loaded(old: str, new: str) -> tuple[str, list[Finding]]:
    assert MINIMAL.count(old) == 1
    text = MINIMAL.replace(old, new)
    return text, list(load(text.encode("utf-8")).findings)


def the_finding(old: str, new: str) -> tuple[Finding, str]:
    """The one finding of a change, and its line from the column on."""
    text, found = loaded(old, new)
    (finding,) = found
    return finding, text.split("\n")[finding.position.line - 1][finding.position.column - 1 :]


@pytest.mark.parametrize(
    ("old", "new", "at", "hint"),
    [
        (
            "    time_frame: From",
            "    timeframe: From",
            "timeframe: From day 0 to day 28",
            'did you mean "time_frame"?',
        ),
        ("      sex: female\n", "      sexx: female\n", "sexx: female", 'did you mean "sex"?'),
        (
            "    day: 28\n",
            "    day:\n      value: 28\n      assumtion: four weeks\n",
            "assumtion: four weeks",
            'did you mean "assumption"?',
        ),
    ],
)
def test_unknown_key_is_shown_at_its_line_with_the_nearest_key(old, new, at, hint):
    finding, place = the_finding(old, new)
    assert (finding.rule, place, finding.hint) == ("SPEC-001", at, hint)
    assert finding.message == f'unknown key "{at.partition(":")[0]}"'


def test_unknown_key_that_resembles_nothing_is_answered_with_the_keys_that_may_stand_there():
    finding, _ = the_finding("      text: women\n", "      text: women\n      qqqq: 1\n")
    assert finding.hint == "keys that may stand here: maximum_age, minimum_age, sex, text"


def test_misspelt_required_key_is_both_unknown_and_missing():
    _, found = loaded(WINDOW, "      befor: 2\n      after: 2\n")
    assert [finding.rule for finding in found] == ["SPEC-003", "SPEC-001"]
    assert found[1].hint == 'did you mean "before"?'


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        (COUNT, "  arm_count: two\n", "two", '"arm_count" is "two"; expected a whole number'),
        (COUNT, '  arm_count: "2"\n', '"2"', '"arm_count" is "2"; expected a whole number'),
        (COUNT, "  arm_count: 2.5\n", "2.5", '"arm_count" is "2.5"; expected a whole number'),
        ("    invasive: true\n", "    invasive: yes\n", "yes", '"invasive" is "yes"; expected true or false'),
        ("demonstration: true\n", "demonstration: no\n", "no", '"demonstration" is "no"; expected true or false'),
        (
            "    products:\n      - placebo-tablet\n",
            "    products: placebo-tablet\n",
            "placebo-tablet",
            '"products" is "placebo-tablet"; expected a list',
        ),
        (
            "    brief: Examplin in example disease\n",
            "    brief:\n      - Examplin\n",
            "brief:",
            '"brief" is a list; expected text',
        ),
        (
            "      name: Dr Example (fictional)\n    emergency",
            "      Dr Example\n    emergency",
            "Dr Example",
            '"investigator" is "Dr Example"; expected a group of keys',
        ),
        (
            "    blood_volume_ml: 5\n",
            "    blood_volume_ml: 5 mL\n",
            "5 mL",
            '"blood_volume_ml" is "5 mL": a number is expected',
        ),
    ],
)
def test_value_of_another_kind_is_told_with_what_was_expected(old, new, at, message):
    finding, place = the_finding(old, new)
    assert (finding.rule, place, finding.message) == ("SPEC-002", at, message)


def test_word_that_is_not_one_of_the_allowed_is_answered_with_the_nearest():
    finding, _ = the_finding("  allocation: randomized\n", "  allocation: randomised\n")
    assert finding.message == f'"allocation" is "randomised"; expected one of: {ALLOCATIONS}'
    assert finding.hint == 'did you mean "randomized"?'


def test_number_that_is_one_of_the_allowed_words_is_asked_for_in_quotes():
    finding, _ = the_finding('  phase: "2"\n', "  phase: 2\n")
    assert (finding.rule, finding.hint) == ("SPEC-002", 'put it in quotes: "2"')


def test_word_that_resembles_none_of_the_allowed_is_answered_with_all():
    finding, _ = the_finding("  allocation: randomized\n", "  allocation: drawn\n")
    assert finding.hint == f"write one of: {ALLOCATIONS}"


@pytest.mark.parametrize(
    ("new", "at", "message", "hint"),
    [
        ("", "identity:", '"protocol_number" is missing', f"add 'protocol_number:'; {TODO_HINT}"),
        ("  protocol_number:\n", "protocol_number:", '"protocol_number" is empty', f"write the value; {TODO_HINT}"),
        ('  protocol_number: " "\n', '" "', '"protocol_number" is empty', "write it, or leave the key out"),
    ],
)
def test_missing_value_is_told_with_how_to_write_what_is_not_known(new, at, message, hint):
    finding, place = the_finding(NUMBER, new)
    assert (finding.rule, place, finding.message, finding.hint) == ("SPEC-003", at, message, hint)


def test_list_that_every_document_needs_may_not_be_empty():
    site = MINIMAL[MINIMAL.index("sites:\n") : MINIMAL.index("contacts:\n")]
    finding, place = the_finding(site, "sites: []\n")
    hint = "write at least one element; what is not known of it yet is 'TODO: what is missing'"
    assert (finding.rule, place, finding.message, finding.hint) == ("SPEC-003", "sites: []", '"sites" is empty', hint)


@pytest.mark.parametrize("date", ["15/01/2026", "2026-13-15", "2026-02-30", "2026-1-5", "January 2026"])
def test_date_that_is_not_iso_8601_or_not_in_the_calendar_is_refused(date):
    finding, place = the_finding("date: 2026-01-15\n", f"date: {date}\n")
    assert (finding.rule, place) == ("SPEC-004", date)
    assert "2026-03-01, 2026-03 or 2026" in finding.message


@pytest.mark.parametrize("date", ["2026", "2026-01", "2026-01-15"])
def test_date_may_lack_its_day_or_month(date):
    assert loaded("date: 2026-01-15\n", f'date: "{date}"\n')[1] == []


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("  participation: P5W\n", "  participation: 5 weeks\n", "5 weeks"),
        (COUNT, "  arm_count: -2\n", "-2"),
        ("    blood_volume_ml: 5\n", "    blood_volume_ml: -5\n", "-5"),
        ("    blood_volume_ml: 5\n", "    blood_volume_ml: 1e30\n", "1e30"),
        ("        digits: 2\n", "        digits: 2000000000\n", "2000000000"),
        ("    kind: visit\n", "    kind: visit\n    log_rows: 2000000000\n", "2000000000"),
        (WINDOW, "      before: -2\n      after: 2\n", "-2"),
        ("  - id: E01\n", "  - id: 1st\n", "1st"),
        ("  countries:\n    - VN\n", "  countries:\n    - Vietnam\n", "Vietnam"),
        ("language: en\n", "language: English\n", "English"),
    ],
)
def test_value_that_is_not_in_its_form_is_refused_at_its_place(old, new, at):
    finding, place = the_finding(old, new)
    assert (finding.rule, place) == ("SPEC-004", at)


@pytest.mark.parametrize("todo", ["TODO", "todo: the number", "'TODO: '", "TODO the number"])
def test_todo_says_what_is_missing(todo):
    quoted = todo if todo.startswith("'") else f"'{todo}'"
    finding, place = the_finding(NUMBER, f"  protocol_number: {quoted}\n")
    assert (finding.rule, place) == ("SPEC-005", quoted)
    assert "an open value is written 'TODO: what is missing'" in finding.message


def test_todo_without_quotes_is_answered_with_quotes():
    finding, _ = the_finding(NUMBER, "  protocol_number: TODO: the number\n")
    assert finding.rule == "YAML-005"
    assert "needs quotes" in (finding.hint or "")


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            "  arm_count:\n    value: 'TODO: how many'\n    source: protocol\n",
            "a value cannot be TODO and assumed or sourced",
        ),
        ("  arm_count:\n    value: 2\n    todo: how many\n", "without a key 'todo'"),
        ("  arm_count:\n    value: 2\n    ask: the sponsor\n", "'ask' goes with 'assumption'"),
        ("  arm_count:\n    assumption: two are usual\n", '"arm_count" has no "value"'),
        ("  arm_count:\n    todo: how many\n", '"arm_count" has no "value"'),
    ],
)
def test_open_value_is_one_thing_only(new, message):
    finding, place = the_finding(COUNT, new)
    assert (finding.rule, place) == ("SPEC-005", "arm_count:")
    assert message in finding.message


def test_value_beside_an_assumption_that_was_forgotten_is_explained():
    finding, _ = the_finding(COUNT, "  arm_count:\n    assumption: two are usual\n")
    assert finding.hint == WRAPPER_HINT


def test_dose_is_never_assumed():
    wrapped = "    dose:\n      value: 1 tablet\n      assumption: usual\n      ask: the sponsor\n"
    finding, place = the_finding(DOSE, DOSE.replace("    dose: 1 tablet\n", wrapped))
    assert (finding.rule, place) == ("SPEC-006", "dose:")
    assert "may be known or TODO, never assumed" in finding.message


def test_dose_may_be_todo():
    assert loaded(DOSE, DOSE.replace("1 tablet", "'TODO: the dose; ask the sponsor'"))[1] == []


@pytest.mark.parametrize("version", ["2", "0", "true", '"1"', "1.0", "[1]"])
def test_language_version_that_is_not_known_ends_the_reading(version):
    finding, _ = the_finding("regdocs: 1\n", f"regdocs: {version}\n")
    assert (finding.rule, finding.position) == ("SPEC-007", Position(1, 10))
    assert finding.hint == "a protocol begins with the line 'regdocs: 1'"


def test_language_version_is_the_first_key():
    text = MINIMAL.replace("regdocs: 1\n", "").replace("language: en\n", "language: en\nregdocs: 1\n")
    (finding,) = load(text.encode("utf-8")).findings
    assert (finding.rule, finding.message) == ("SPEC-007", "the first key is not 'regdocs'")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_text():
    text = MINIMAL.replace(COUNT, "  arm_count: two\n").replace("    time_frame: From", "    timeframe: From")
    found = load(text.encode("utf-8")).findings
    assert [finding.rule for finding in found] == ["SPEC-002", "SPEC-001"]
    assert found[0].position < found[1].position


def test_finding_shows_the_line_as_it_stands():
    finding, _ = the_finding(COUNT, "  arm_count: two  # arms\n")
    assert finding.excerpt == "  arm_count: two  # arms"


def test_line_numbers_hold_with_windows_line_endings_and_a_byte_order_mark():
    text = MINIMAL.replace(COUNT, "  arm_count: two\n")
    (unix,) = load(text.encode("utf-8")).findings
    (windows,) = load(text.replace("\n", "\r\n").encode("utf-8-sig")).findings
    assert windows == unix


def test_number_keeps_its_digits_where_text_is_expected():
    protocol = load(MINIMAL.replace(NUMBER, "  protocol_number: 1.10\n").encode("utf-8")).protocol
    assert protocol is not None
    assert protocol.identity.protocol_number.present == "1.10"
