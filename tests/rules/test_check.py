"""Findings of rules: places, order, severities; the real record has none that is an error."""

from pathlib import Path

from regdocs.finding import Severity, has_errors
from regdocs.rules.check import check_protocol
from regdocs.rules.table import RULES
from regdocs.source import Position
from regdocs.spec.load import load
from tests.rules.cases import MINIMAL, changed, findings

RECORD = Path(__file__).resolve().parents[2] / "protocol.yaml"
MISSPELT = (("    activities:\n      - score\n", "    activities:\n      - scoer\n"),)


def line_of(text: str, words: str) -> int:
    return text.split("\n").index(words) + 1


def test_rules_stand_in_the_order_of_their_ids_and_each_once():
    ids = [rule.id for rule in RULES]
    assert ids == sorted(set(ids))


def test_finding_has_the_line_column_and_text_of_its_place():
    text = changed(MISSPELT)
    (found,) = findings(text)
    assert found.position == Position(line_of(text, "      - scoer"), 9)
    assert found.excerpt == "      - scoer"
    assert found.file == "protocol.yaml"


def test_finding_carries_rule_severity_hint_and_source():
    text = MINIMAL.replace("    time_frame: From day 0 to day 28\n", "")
    (found,) = findings(text)
    shown = found.to_json()
    assert (shown["rule"], shown["severity"]) == ("END-001", "error")
    assert "ClinicalTrials.gov" in str(shown["source"])
    assert "time_frame" in str(shown["hint"])


def test_findings_follow_the_text_whatever_the_order_of_the_rules():
    text = changed(MISSPELT).replace("  arm_count: 2\n", "  arm_count: 3\n").replace("      of: blood-draw\n", "")
    lines = [found.position.line for found in findings(text)]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_duplicate_is_shown_at_the_second_place():
    text = changed((("      - id: helped\n", "      - id: total\n"),))
    (found,) = findings(text)
    assert found.position.line == line_of(text, "        label: Somebody helped to answer") - 1


def test_protocol_that_does_not_load_is_not_checked_further():
    assert check_protocol(load(b"regdocs: 1\n")) == ()


def test_open_values_and_slips_are_never_errors():
    severities = {rule.id: rule.severity for rule in RULES}
    assert severities["OPEN-001"] is severities["OPEN-002"] is Severity.NOTE
    assert severities["SLIP-001"] is Severity.WARNING


def test_real_record_checks_without_an_error():
    loaded = load(RECORD.read_bytes())
    found = check_protocol(loaded)
    assert loaded.protocol is not None
    assert not has_errors(found)


def test_every_query_of_the_real_record_is_a_warning_with_whom_to_ask():
    loaded = load(RECORD.read_bytes())
    assert loaded.protocol is not None
    slips = [finding for finding in check_protocol(loaded) if finding.rule == "SLIP-001"]
    assert len(slips) == len(loaded.protocol.queries) > 30
    assert all(slip.hint is not None and slip.hint.startswith("ask ") for slip in slips)
