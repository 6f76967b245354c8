"""Re-consent is advised by group from answers; what is not answered is not guessed; boards determine."""

import itertools

import pytest

from regdocs.amendment.declaration import Reconsent
from regdocs.amendment.reconsent import TO_BE_ANSWERED, Advice, Determination, Facts, advise, facts_of
from regdocs.amendment.reconsent_rules import CALL, CALLED, DUE, GROUPS
from tests.amendment.declaring import declaration

EVERY = tuple(GROUPS)
ANSWERS = {
    "time_sensitive": False,
    "size": "moderate",
    "enrolled_meets_new_exclusion": "no",
    "still_to_undergo": "yes",
    "groups": EVERY,
}
AFFECTED = Facts(consent_affected=True, exclusion_changed=True, tell=False)


def advice(facts: Facts = AFFECTED, **answers: object) -> dict[str, Advice]:
    given = {name: value for name, value in {**ANSWERS, **answers}.items() if value is not None}
    return {one.group: one for one in advise(Reconsent.model_validate(given), facts)}


def words(facts: Facts = AFFECTED, **answers: object) -> dict[str, str]:
    return {group: one.words for group, one in advice(facts, **answers).items()}


def test_without_answers_everything_is_to_be_answered():
    found = advise(Reconsent(), AFFECTED)
    assert {one.words for one in found} == {TO_BE_ANSWERED}
    assert [one.group for one in found] == list(GROUPS)
    assert len(found[0].questions) == 5


@pytest.mark.parametrize("name", list(ANSWERS))
def test_each_missing_or_open_answer_leaves_all_to_be_answered(name: str):
    assert set(words(AFFECTED, **{name: None}).values()) == {TO_BE_ANSWERED}
    assert set(words(AFFECTED, **{name: "TODO: ask the sites"}).values()) == {TO_BE_ANSWERED}


def test_what_nobody_said_of_consent_is_asked():
    found = advice(Facts(consent_affected=None, exclusion_changed=False, tell=False))
    assert found["on-product"].questions == ("Does each change affect consent, and if not, why?",)


def test_about_a_new_exclusion_is_asked_only_where_criteria_changed():
    facts = Facts(consent_affected=True, exclusion_changed=False, tell=False)
    assert words(facts, enrolled_meets_new_exclusion=None)["on-product"] == "addendum signed"


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("small", ["tell and document", "tell and document", "none", "none", "none"]),
        ("moderate", ["addendum signed", "addendum signed", "letter", "none", "none"]),
        ("large", ["full re-consent", "full re-consent", "addendum signed", "letter", "letter"]),
    ],
)
def test_the_larger_the_change_the_more_is_asked(size: str, expected: list[str]):
    found = words(size=size)
    groups = ["on-product", "follow-up", "long-term-follow-up", "completed", "withdrawn"]
    assert [found[group] for group in groups] == expected


def test_new_participants_and_those_now_of_age_are_asked_in_full():
    for size in ("small", "moderate", "large"):
        found = words(size=size)
        assert found["screening"] == found["now-of-age"] == "full re-consent"


def test_a_group_without_participants_is_asked_nothing():
    found = words(groups=("on-product",))
    assert found.pop("on-product") == "addendum signed"
    assert set(found.values()) == {"none"}


def test_an_answer_that_no_group_has_participants_is_an_answer():
    assert set(words(groups=()).values()) == {"none"}


def test_who_meets_a_new_exclusion_is_called_first():
    found = advice(enrolled_meets_new_exclusion="yes", known_since="2026-06-01")
    for group in CALLED:
        assert found[group].proposals[0].what == CALL
        assert found[group].proposals[0].due_on == "2026-06-01"
    assert found["on-product"].words == f"{CALL}; then addendum signed"
    assert CALL not in found["completed"].words


def test_an_unknown_answer_is_to_be_found_out_beside_the_proposal():
    found = advice(enrolled_meets_new_exclusion="unknown")
    assert found["on-product"].words == "addendum signed"
    assert len(found["on-product"].questions) == 1
    assert found["completed"].questions == ()


def test_what_cannot_wait_for_paper_is_told_by_telephone():
    assert words(time_sensitive=True)["on-product"] == f"{CALL}; then addendum signed"
    assert words(time_sensitive=True, size="small")["on-product"] == "tell and document"


def test_a_small_change_that_nobody_enrolled_meets_asks_nothing():
    found = words(size="small", still_to_undergo="no")
    assert found["on-product"] == found["follow-up"] == "none"
    assert found["screening"] == "full re-consent"


def test_where_consent_is_not_affected_nothing_is_proposed():
    facts = Facts(consent_affected=False, exclusion_changed=False, tell=False)
    found = words(facts, time_sensitive=None, size=None, still_to_undergo=None, enrolled_meets_new_exclusion=None)
    assert found.pop("now-of-age") == "full re-consent"
    assert set(found.values()) == {"none"}


def test_a_new_number_for_emergencies_is_told_although_consent_is_not_affected():
    facts = Facts(consent_affected=False, exclusion_changed=False, tell=True)
    found = words(facts)
    assert found["on-product"] == "tell and document"
    assert found["long-term-follow-up"] == "letter"
    assert found["completed"] == "none"


def test_no_paper_is_used_before_the_board_approved_it():
    answers = Reconsent.model_validate(ANSWERS)
    found = {one.group: one for one in advise(answers, AFFECTED, approved_on="2026-07-01")}
    assert found["on-product"].proposals[0].not_before == "2026-07-01"
    assert found["completed"].proposals[0].not_before is None


def test_determinations_stand_beside_the_proposal_and_may_differ_by_site():
    answers = Reconsent.model_validate(ANSWERS)
    given = (
        Determination("board-north", ("north",), "on-product", "full re-consent", "B-1", "2026-07-01"),
        Determination("board-south", ("south",), "on-product", "letter"),
    )
    found = {one.group: one for one in advise(answers, AFFECTED, given)}
    assert found["on-product"].words == "addendum signed"
    assert found["on-product"].determined == given
    assert found["follow-up"].determined == ()


def test_facts_come_from_declared_and_found_changes():
    assert facts_of(declaration(), ["/eligibility/E07"], tell=False) == Facts(None, True, False)
    said = declaration(("    covers:", "    affects_consent: {affects: false, why: Wording.}\n    covers:"))
    assert facts_of(said, ["/contacts/c"], tell=True) == Facts(False, False, True)
    assert facts_of(declaration(), [], tell=False, touches_consent={"fainting": True}).consent_affected is True
    assert facts_of(said, [], tell=False, touches_consent={"fainting": True}).consent_affected is False
    open_ = declaration(("    covers:", "    affects_consent: {affects: 'TODO: look'}\n    covers:"))
    assert facts_of(open_, [], tell=False).consent_affected is None


def test_every_proposal_has_a_reason_a_source_and_a_due_rule():
    combinations = itertools.product(
        (True, False), ("small", "moderate", "large"), ("no", "yes", "unknown"), ("no", "yes", "unknown"), (True, False)
    )
    for urgent, size, meets, undergo, affected in combinations:
        facts = Facts(affected, exclusion_changed=True, tell=urgent)
        answers = {"time_sensitive": urgent, "size": size, "enrolled_meets_new_exclusion": meets}
        for one in advice(facts, still_to_undergo=undergo, **answers).values():
            assert one.proposals
            assert all(proposal.reason and str(proposal.source) for proposal in one.proposals)
            assert all(proposal.due == DUE[proposal.what] for proposal in one.proposals)
