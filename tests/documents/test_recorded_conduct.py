"""What the protocol records of its conduct stands where a reader looks for it: in the synopsis, and in the forms."""

import pytest

from tests.documents.companions import words
from tests.documents.test_designs import CROSSOVER, EXTRAS, MASKED, document, ids, said

DEMO = "demo-101"
TEST = ("{required_of:", "{pregnancy_test: blood-draw, required_of:")
DATA = ("    retention: Ten years.\n", "    retention: Ten years.\n    after_withdrawal: What we know is kept.\n")


def test_the_synopsis_says_how_the_assignment_is_concealed() -> None:
    assert "after the participant is registered" in words(
        document("synopsis", CROSSOVER), "synopsis.design.concealment"
    )
    assert "synopsis.design.concealment" not in ids("synopsis", "cohort-404")


def test_the_synopsis_has_each_step_of_the_plan_of_doses_with_the_visit_at_which_it_begins() -> None:
    synopsis = document("synopsis", DEMO)
    first = words(synopsis, "synopsis.doses.velmaxoren-week-1")
    assert "30 mg once daily in the evening 1 week" in first and not first.endswith("–")
    assert words(synopsis, "synopsis.doses.velmaxoren-from-week-2").endswith("1 week after: Day 0")
    assert "synopsis.doses" not in ids("synopsis", "device-303")


def test_the_synopsis_has_the_rules_for_stopping_and_the_address_of_the_sponsor() -> None:
    synopsis = document("synopsis", DEMO)
    assert words(synopsis, "synopsis.stopping.liver").startswith("One participant Alanine aminotransferase")
    assert words(synopsis, "synopsis.stopping.safety").startswith("The study ")
    assert "1 Sample Street" in words(synopsis, "synopsis.facts.sponsor")


@pytest.mark.parametrize("kind", ["consent", "parental-permission"])
def test_the_form_says_by_which_test_a_pregnancy_is_looked_for(kind: str) -> None:
    assert words(document(kind, DEMO), f"{kind}.contraception.test").endswith("pregnancy test in urine")


def test_without_a_recorded_test_the_form_speaks_of_none() -> None:
    assert "consent.contraception.test" not in ids("consent", MASKED, EXTRAS)
    assert "blood draw" in words(document("consent", MASKED, EXTRAS.replace(*TEST)), "consent.contraception.test")


def test_the_form_says_what_happens_to_information_when_one_stops() -> None:
    assert "What we know is kept." in words(document("consent", MASKED, "", DATA), "consent.stopping.data")
    assert "consent.stopping.data" not in ids("consent", MASKED)
    assert "What happens to what we know about you" not in said("consent", MASKED)
    assert "What we know up to that day is kept" in said("parental-permission", DEMO)
