"""NUM-002: words of a record held against its own fields, at the line of the words."""

from decimal import Decimal

import pytest

from regdocs.finding import Finding
from regdocs.numbers.protocol_facts import facts_of
from regdocs.numbers.record import record_findings, record_odds
from regdocs.numbers.study import StudyDocuments
from tests.numbers.studies import EXAMPLES, study, with_words

DEMO = "examples/demo-101"


def found(one: StudyDocuments) -> list[Finding]:
    return list(record_findings(one.loaded))


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_example_contradicts_itself(example: str) -> None:
    assert found(study(example)) == []


def test_a_changed_enrolment_is_told_at_each_line_that_says_the_old_one() -> None:
    changed = with_words(
        ".", ("    count: 15\n", "    count: 20\n"), ("    participants: 15\n", "    participants: 20\n")
    )
    told = found(changed)
    assert [(one.rule, one.severity.value) for one in told] == [("NUM-002", "warning")] * len(told)
    assert "/arms/msc-and-prp/description" in told[0].message and '"15 patients will be"' in told[0].message
    assert told[0].message.endswith("but /design/enrolment/count has 20")
    for one in told:
        assert changed.loaded.lines[one.position.line - 1][one.position.column - 1 :].startswith("15 patients")


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (
            "are followed for 4 weeks after the last tablet",
            "are followed for 6 weeks after the last tablet",
            "/design/follow_up",
        ),
        ("study compares the two groups to see", "study compares the three groups to see", "/arms"),
    ],
)
def test_each_size_is_held_against_its_own_field(old: str, new: str, path: str) -> None:
    (finding,) = found(with_words(DEMO, (old, new)))
    assert f"but {path} has" in finding.message


def test_a_text_from_elsewhere_is_held_against_the_protocol() -> None:
    protocol = study(DEMO).protocol
    (odds,) = record_odds(protocol, "Dear colleague, about 140 patients will take part in this study.")
    assert (odds.claim.value, odds.fact.path, odds.fact.said) == (
        Decimal(140),
        "/design/enrolment/count",
        "160 (80 and 80 in the arms)",
    )
    assert record_odds(protocol, "About 160 patients will take part in this study.") == ()


def test_an_open_value_is_no_fact() -> None:
    facts = facts_of(study(".").protocol)
    assert facts.doses == () and facts.participants is not None


def test_in_a_crossover_the_number_of_groups_is_not_judged() -> None:
    assert facts_of(study("examples/crossover-202").protocol).arms is None
