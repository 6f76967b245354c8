"""Whether a form may be used at a site on a day: each body with its letter, in force that day, and in use there."""

from pathlib import Path
from typing import Any

import pytest

from regdocs.errors import Refusal, UsageError
from regdocs.versions.activations import Activated, activation, activations_of
from regdocs.versions.actors import NotAllowed
from regdocs.versions.asking import answered
from regdocs.versions.facts import flagged
from regdocs.versions.logbook import Logbook
from regdocs.versions.validity import USES, FormState, documents_named, form_at, forms_at, why_not
from tests.versions.filings import AGENCY, NORTH, SOUTH, decided, filed_log
from tests.versions.logs import JANE, recorded

DAY = "2026-03-01"
OTHER: dict[str, Any] = {"documents": ("consent/en/2.0",), "decided": "2026-05-01", "received": "2026-05-02"}


def used(log: Logbook, version: str = "1.0", on: str = "2026-02-20", site: str = "north", **more: Any) -> Logbook:
    entry, objects = activation(log, JANE, Activated(version, site, on, **more), b"%PDF-1.7 trained")
    return recorded(log, entry, objects=objects)


def state(log: Logbook, day: str = DAY, site: str = "north") -> FormState:
    [found] = answered(log, site, day, "consent", "en")
    return found


def forms_of(log: Logbook, day: str) -> list[FormState]:
    """The state of each consent form that was ever issued for north."""
    return [form_at(log, one, "north", day) for one in documents_named(log, "north", "consent", "en")]


@pytest.fixture
def approved(tmp_path: Path) -> Logbook:
    """Version 1.0 of the consent form, approved by both bodies of north on 10 February and not used yet."""
    return decided(decided(filed_log(tmp_path / "study"), NORTH), AGENCY, sites=("north",))


def test_a_form_is_valid_when_every_body_permits_it_and_the_site_uses_it(approved: Logbook):
    found = state(used(approved))
    assert found.valid and why_not(found) == ()
    assert [(one.body, one.standing) for one in found.bodies] == [(NORTH, "permits"), (AGENCY, "permits")]
    assert found.in_use is not None and found.in_use.since == "2026-02-20"


def test_it_is_not_before_the_site_uses_it(approved: Logbook):
    log = used(approved)
    [before] = (one for one in forms_of(log, "2026-02-19") if one.document.version == "1.0")
    assert not before.valid and why_not(before) == ("not in use at north by then",)
    assert state(log, "2026-02-20").valid


def test_one_body_that_has_not_decided_is_enough_against_it(tmp_path: Path):
    found = state(used(decided(filed_log(tmp_path / "study"), NORTH)))
    assert not found.valid and why_not(found) == ("agency: no decision that permits it by then",)


def test_a_decision_for_another_site_language_or_version_permits_nothing_here(tmp_path: Path):
    log = decided(filed_log(tmp_path / "study"), AGENCY, sites=("south",))
    log = decided(log, NORTH, documents=("consent/en/2.0",))
    assert [one.standing for one in state(used(log)).bodies] == ["undecided", "undecided"]


def test_without_its_letter_a_decision_unlocks_nothing_and_the_answer_says_so(tmp_path: Path):
    log = decided(decided(filed_log(tmp_path / "study"), AGENCY, sites=("north",)), NORTH, letter=None)
    found = state(used(log))
    assert not found.valid and "reported without its letter (entry" in why_not(found)[0]


@pytest.mark.parametrize(("outcome", "use"), USES.items())
def test_each_outcome_does_to_an_approved_form_what_the_table_says(approved: Logbook, outcome: str, use: str):
    later = decided(used(approved), NORTH, outcome, decided="2026-02-25", received="2026-02-26")
    assert state(later).valid == (use != "ends")
    assert state(later, "2026-02-24").valid, "what was decided later changes no day before"


@pytest.mark.parametrize(("outcome", "use"), USES.items())
def test_each_outcome_alone_permits_or_not(tmp_path: Path, outcome: str, use: str):
    log = decided(decided(filed_log(tmp_path / "study"), AGENCY, sites=("north",)), NORTH, outcome)
    assert state(used(log)).valid == (use == "permits")


def test_a_suspension_counts_without_a_letter_until_the_body_approves_again(approved: Logbook):
    own = {"decided": "2026-02-25", "received": "2026-02-26"}
    log = decided(used(approved), NORTH, "suspended", letter=None, **own)
    assert why_not(state(log))[0].startswith("board-north: suspended from 2026-02-25")
    again = decided(log, NORTH, decided="2026-03-05", received="2026-03-06")
    assert not state(again).valid and state(again, "2026-03-05").valid


def test_a_decision_holds_from_its_effective_day_and_ends_on_the_day_it_expires(tmp_path: Path):
    log = decided(filed_log(tmp_path / "study"), AGENCY, sites=("north",))
    log = used(decided(log, NORTH, effective="2026-02-25", expires="2026-03-10"))
    days = ("2026-02-24", "2026-02-25", "2026-03-09", "2026-03-10")
    assert [state(log, day).valid for day in days] == [False, True, True, False]
    assert why_not(state(log, "2026-03-10"))[0].startswith("board-north: expired on 2026-03-10")


def test_a_renewal_carries_a_form_over_its_expiry(tmp_path: Path):
    log = decided(filed_log(tmp_path / "study"), AGENCY, sites=("north",))
    log = decided(used(log), NORTH, expires="2026-03-10")
    log = decided(log, NORTH, decided="2026-03-08", received="2026-03-09", expires="2027-03-08")
    assert state(log, "2026-03-10").valid and state(log, "2027-03-07").valid and not state(log, "2027-03-08").valid


def test_a_form_is_superseded_at_one_site_only_and_by_use_not_by_approval(approved: Logbook):
    log = decided(used(approved), SOUTH, sites=("south",))
    log = used(decided(log, AGENCY, sites=("south",), decided="2026-02-11"), site="south")
    log = decided(decided(log, NORTH, **OTHER), AGENCY, sites=("north",), **OTHER)
    assert state(log, "2026-05-10").document.version == "1.0", "approved and not used yet"
    log = used(log, "2.0", "2026-05-15")
    assert state(log, "2026-05-14").document.version == "1.0" and state(log, "2026-05-14").valid
    assert state(log, "2026-05-15").document.version == "2.0" and state(log, "2026-05-15").valid
    assert state(log, "2026-05-15", "south").document.version == "1.0"


def test_a_document_that_a_version_kept_stays_in_use_since_it_first_was(approved: Logbook):
    log = used(used(approved, site="south"), "2.0", "2026-05-15", site="south")
    [found] = answered(log, "south", "2026-06-01", "consent", "vi")
    assert found.document.version == "1.0" and found.in_use is not None and found.in_use.since == "2026-02-20"


def test_some_documents_of_a_version_can_be_used_alone(approved: Logbook):
    log = used(used(approved), "2.0", "2026-05-15", documents=("consent/en/2.0",))
    assert {(one.document.kind, one.document.version) for one in forms_at(log, "north", "2026-06-01")} == {
        ("consent", "2.0"),
        ("protocol", "1.0"),
    }


def test_an_activation_before_approval_is_recorded_and_flagged(tmp_path: Path):
    log = used(filed_log(tmp_path / "study"))
    [(entry, flags)] = [(one, flags) for one, flags in flagged(log) if one["do"] == "activate"]
    assert entry["on"] == "2026-02-20"
    assert "although board-north: no decision that permits it by then: protocol/en/1.0, consent/en/1.0" in flags[-2]


def test_the_entries_of_an_answer_are_version_issue_decisions_and_activation(approved: Logbook):
    log = used(approved)
    assert [log.entry(n)["do"] for n in state(log).entries] == ["release", "issue", "decision", "decision", "activate"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Activated("1.0", "east", DAY), 'no site "east"'),
        (Activated("1.0", "north", "1 March"), "is not a day"),
        (Activated("1.0", "north", DAY, ("consent/en/9.0",)), "no document"),
        (Activated("9.0", "north", DAY), "no recorded version"),
    ],
)
def test_what_has_no_form_is_refused(approved: Logbook, said: Activated, words: str):
    with pytest.raises(Refusal, match=words):
        activation(approved, JANE, said)


def test_an_empty_record_of_training_is_refused_and_a_log_of_a_record_takes_no_activation(tmp_path: Path):
    log = filed_log(tmp_path / "study")
    with pytest.raises(NotAllowed, match="empty"):
        activation(log, JANE, Activated("1.0", "north", DAY), b"")
    with pytest.raises(NotAllowed):
        activation(filed_log(tmp_path / "record", record=True), JANE, Activated("1.0", "north", DAY))


def test_the_record_of_training_is_kept(approved: Logbook):
    log = used(approved)
    [entry] = activations_of(log)
    assert log.object(entry["trained"]["object"]) == b"%PDF-1.7 trained" and entry["trained"]["kind"] == "pdf"


def test_questions_that_cannot_be_answered_are_refused_in_words(approved: Logbook):
    with pytest.raises(Refusal, match='no recorded version has a site "east"'):
        answered(approved, "east", DAY)
    with pytest.raises(UsageError, match="is not a day"):
        answered(approved, "north", "3 May")
    with pytest.raises(UsageError, match='no "diary" was ever issued for north; there are: protocol, consent'):
        answered(approved, "north", DAY, "diary")


def test_before_anything_was_used_the_newest_form_of_that_day_is_named(approved: Logbook):
    assert answered(approved, "north", "2025-01-01", "consent", "en")[0].document.version == "1.0"
