"""NUM-003 and NUM-004: documents against the protocol and against each other; lists that leave out a part."""

import pytest

from regdocs.finding import Finding
from regdocs.numbers.agreement import agreement_findings
from regdocs.numbers.check import check_numbers
from regdocs.numbers.lists import list_findings
from regdocs.rules.eligibility import all_criteria
from tests.numbers.studies import EXAMPLES, study, with_template, with_value

DEMO, CONSENT = "examples/demo-101", "consent/north/en"
PARTICIPATION = "/design/participation"


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_example_disagrees_and_no_document_leaves_a_part_out(example: str) -> None:
    assert [*agreement_findings(study(example)), *list_findings(study(example))] == []


def told(path: str, text: str, stem: str = CONSENT) -> list[Finding]:
    return list(agreement_findings(with_value(study(DEMO), stem, path, text)))


def test_another_number_than_the_protocols_is_told_at_the_protocols_line() -> None:
    findings = told("/design/enrolment/count", "150")
    assert [one.rule for one in findings] == ["NUM-003"] * len(findings)
    assert f'{CONSENT} prints "150" for /design/enrolment/count, and the protocol has 160' in findings[0].message
    assert "count: 160" in (findings[0].excerpt or "")


@pytest.mark.parametrize("text", ["about 5 months", "20 weeks", "21 days"])
def test_a_time_that_was_rounded_or_has_another_unit_is_told(text: str) -> None:
    assert any(f'prints "{text}"' in one.message for one in told(PARTICIPATION, text))


@pytest.mark.parametrize("text", ["21 weeks", "147 days"])
def test_the_same_time_in_an_exact_unit_is_fine(text: str) -> None:
    assert told(PARTICIPATION, text) == []


def test_two_documents_that_count_differently_are_told_together() -> None:
    (finding,) = told("/encounters", "8")
    assert finding.message == ('consent/north/en prints "8" and consent/south/en prints "9", both for /encounters')


def test_a_number_in_words_has_to_stand_in_the_protocols_words() -> None:
    (finding,) = told("/consent/purpose", "We ask 20 people how the tablets taste.")
    assert "/consent/purpose" in finding.message


def test_a_checklist_without_exclusion_criteria_is_told_with_its_count() -> None:
    table = '    {{ criteria.table("eligibility.exclusion", view.exclusion, true) }}\n'
    own = with_template(
        "examples/device-303", "eligibility/eligibility.xml", (table, '<p id="eligibility.x">None.</p>\n')
    )
    (finding,) = list_findings(own)
    criteria = len(list(all_criteria(own.protocol)))
    assert f"of {criteria} criteria of the protocol" in finding.message and '"E01"' in finding.message
    (count,) = (one for one in check_numbers(own).counts if one["document"] == "eligibility/en")
    assert (count["of"], count["recorded"]) == ("criteria", criteria) and count["shown"] != criteria


def test_a_schedule_that_prints_no_table_is_told_with_what_it_lacks() -> None:
    small = '<section id="schedule.main"><p id="schedule.x">Soon.</p></section>'
    small = f'<document title="Schedule" subject="Schedule">{small}</document>'
    own = with_template(DEMO, "schedule/schedule.xml", ("", small))
    found = list(list_findings(own))
    assert [one.rule for one in found] == ["NUM-004", "NUM-004"]
    assert "schedule/en shows 0 of 11 visits of the protocol" in found[0].message
