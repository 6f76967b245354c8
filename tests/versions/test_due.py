"""What is due is worked out of the log with its source and entries; what is done is not due, and no day is invented."""

from pathlib import Path
from typing import Any

import pytest

from regdocs.versions import facts
from regdocs.versions.activations import Activated, activation
from regdocs.versions.determination_words import determination_said
from regdocs.versions.due import due_at
from regdocs.versions.due_line import Due, distance
from regdocs.versions.logbook import Logbook
from regdocs.versions.submissions import Again, Submitted, submission
from regdocs.versions.urgent import AtSite, Measure, urgent_safety
from tests.build.studies import REPOSITORY
from tests.versions import filings
from tests.versions.filings import AGENCY, NORTH, SOUTH, decided, filed_log, submitted
from tests.versions.logs import JANE, opened, recorded

DEMO = REPOSITORY / "examples" / "demo-101"


@pytest.fixture
def log(tmp_path: Path) -> Logbook:
    return filed_log(tmp_path / "study")


def due(logbook: Logbook, on: str, what: str | None = None) -> list[Due]:
    return [one for one in due_at(logbook, lambda site: on) if what in (None, one.what)]


def used(logbook: Logbook, version: str, site: str, on: str, *documents: str) -> Logbook:
    entry, _ = activation(logbook, JANE, Activated(version, site, on, documents or None))
    return recorded(logbook, entry)


def noted(logbook: Logbook, text: str, on: str) -> Logbook:
    return recorded(logbook, facts.note(JANE, text, on=on))


def newest(logbook: Logbook) -> int:
    return logbook.head.size - 1


# ------------------------------------------------------------------------------------------------------------ expiry


@pytest.mark.parametrize(
    ("on", "state", "said"),
    [
        ("2026-12-11", "due", "in 61 days"),
        ("2026-12-12", "due", "in 60 days, within 60"),
        ("2027-01-11", "due", "in 30 days, within 30"),
        ("2027-02-09", "due", "in 1 day, within 30"),
        ("2027-02-10", "overdue", "today"),
        ("2027-02-12", "overdue", "2 days ago"),
    ],
)
def test_an_expiry_is_told_from_60_and_30_days_ahead_and_is_over_on_its_day(
    log: Logbook, on: str, state: str, said: str
):
    logbook = decided(log, NORTH, expires="2027-02-10")
    [one] = due(logbook, on, "expiry")
    assert (one.day, one.state, one.sites, one.whom, one.entries) == (
        "2027-02-10", state, ("north",), NORTH, (newest(logbook),),
    )  # fmt: skip
    assert distance(one, on) == said and "consent/en/1.0 may not be used from that day on" in one.text


def test_a_renewal_takes_the_place_of_the_expiry_before(log: Logbook):
    logbook = decided(log, NORTH, expires="2027-02-10")
    renewed = decided(logbook, NORTH, decided="2027-01-20", received="2027-01-20", expires="2028-01-20")
    assert [one.day for one in due(renewed, "2027-01-25", "expiry")] == ["2028-01-20"]
    assert [one.day for one in due(renewed, "2027-01-10", "expiry")] == ["2027-02-10"]


def test_a_form_that_a_site_does_not_use_any_more_needs_no_renewal(log: Logbook):
    logbook = used(decided(log, NORTH, expires="2027-02-10"), "1.0", "north", "2026-03-01")
    assert due(logbook, "2026-12-20", "expiry")
    assert not due(used(logbook, "2.0", "north", "2026-06-01"), "2026-12-20", "expiry")


def test_a_decision_without_its_letter_permits_nothing_that_could_expire(log: Logbook):
    assert not due(decided(log, NORTH, letter=None, expires="2027-02-10"), "2027-01-01", "expiry")


# ------------------------------------------------------------------------- stipulations, approvals, letters to come


def answered(logbook: Logbook, to: int, on: str) -> Logbook:
    again = Again(to, 2, ({"number": 1, "text": "x", "answer": "y", "unchanged": "z"},))
    return recorded(logbook, submission(logbook, JANE, Submitted("1.0", NORTH, on), again=again))


def test_stipulations_are_open_until_a_submission_answers_them_and_then_a_decision_is_awaited(log: Logbook):
    logbook = decided(log, NORTH, "conditionally-approved", stipulations=("Say “tablet”.",))
    [one] = due(logbook, "2026-03-01")
    assert (one.what, one.day, one.state) == ("stipulations", None, "open")
    assert "EXB-1: 1 stipulation not answered" in one.title and "Say “tablet”." in one.text
    replied = answered(logbook, newest(logbook), "2026-03-10")
    [before] = due(replied, "2026-03-09")
    [after] = due(replied, "2026-03-10")
    assert (before.what, after.what) == ("stipulations", "approval")
    assert "answered on 2026-03-10" in after.text and after.entries == (newest(logbook), newest(replied))
    approved = decided(replied, NORTH, decided="2026-03-20", received="2026-03-20")
    assert not due(approved, "2026-03-20") and due(approved, "2026-03-19")


@pytest.mark.parametrize("outcome", ["changes-required", "deferred", "conditionally-approved"])
@pytest.mark.parametrize("end", ["approved", "disapproved"])
def test_what_a_body_let_wait_is_open_until_it_decides_with_its_letter(log: Logbook, outcome: str, end: str):
    logbook = decided(log, NORTH, outcome)
    assert [one.what for one in due(logbook, "2026-03-01")] == ["approval"]
    reported = decided(logbook, NORTH, letter=None, decided="2026-03-05", received="2026-03-05")
    assert {one.what for one in due(reported, "2026-03-06")} == {"approval", "letter"}
    ended = decided(reported, NORTH, end, decided="2026-03-07", received="2026-03-07")
    assert not due(ended, "2026-03-08", "approval") and due(ended, "2026-03-06", "approval")


def test_a_decision_is_reported_until_its_letter_is_recorded(log: Logbook):
    logbook = decided(log, NORTH, letter=None)
    [one] = due(logbook, "2026-03-01")
    assert one.what == "letter" and "reported without its letter" in one.title
    assert not due(decided(logbook, NORTH), "2026-03-01")


# ------------------------------------------------------------------------------------------------------ participants


def test_consent_anew_is_due_by_its_day_until_a_note_says_that_it_is_done(log: Logbook):
    said = tuple(map(determination_said, ("required by=2026-04-01: All.", "In words only.", "not-required: Others.")))
    logbook = decided(log, NORTH, reconsent=said)
    [one] = due(logbook, "2026-04-01", "re-consent")
    assert (one.day, one.state, one.sites) == ("2026-04-01", "due", ("north",)) and "“All.”" in one.text
    assert "All." not in one.title and "ICH E6(R3) 2.8.2 [V]" in one.rule
    assert due(logbook, "2026-04-02", "re-consent")[0].state == "overdue"
    n = newest(logbook)
    other = noted(logbook, f"Done: entry {n}1, re-consent is complete.", "2026-04-03")
    assert due(other, "2026-04-30", "re-consent"), "it names another entry"
    done = noted(other, f"Done: entry {n}, re-consent is complete at north.", "2026-04-05")
    assert due(done, "2026-04-04", "re-consent") and not due(done, "2026-04-05", "re-consent")


def test_consent_anew_without_a_day_has_none(log: Logbook):
    [one] = due(decided(log, NORTH, reconsent=(determination_said("next-visit: All."),)), "2027-04-01", "re-consent")
    assert (one.day, one.state) == (None, "open")


def test_a_language_that_lags_behind_is_told_with_what_it_waits_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(filings, "DOCUMENTS", (*filings.DOCUMENTS, ("consent", "south", "fr")))
    logbook = filed_log(tmp_path / "study")
    first = ("consent/en/1.0", "consent/fr/1.0", "consent/vi/1.0")
    for body in (SOUTH, AGENCY):
        logbook = decided(logbook, body, documents=first)
    logbook = used(logbook, "1.0", "south", "2026-03-01")
    assert not due(logbook, "2026-03-02", "translation")
    for body in (SOUTH, AGENCY):
        logbook = second(logbook, body, "2026-06-10")
    logbook = used(logbook, "2.0", "south", "2026-06-15", "consent/en/2.0")
    assert not due(logbook, "2026-06-14", "translation")
    [one] = due(logbook, "2026-06-15", "translation")
    assert one.title == "consent/en/2.0 in force, consent/fr/1.0 stale: do not enrol speakers of fr"
    assert "until consent/fr/2.0 may be used" in one.text and "the body may allow 1.0" in one.text
    assert one.day is None and one.sites == ("south",) and one.whom == f"{SOUTH}, {AGENCY}"


# ----------------------------------------------------------------------------------------------------------- notices


@pytest.fixture
def applicable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Logbook:
    """A log of a study that answers that it is an applicable clinical trial."""
    monkeypatch.setitem(filings.FORM, "regulation", {"applicable_clinical_trial": True})
    return filed_log(tmp_path / "study")


def second(logbook: Logbook, body: str, on: str, outcome: str = "approved") -> Logbook:
    return decided(logbook, body, outcome, decided=on, received=on, documents=("consent/en/2.0",))


def test_the_registry_is_updated_30_days_after_the_first_board_agreed_to_what_participants_are_told(
    applicable: Logbook,
):
    logbook = second(second(applicable, NORTH, "2026-06-12"), SOUTH, "2026-06-10")
    [one] = due(logbook, "2026-07-10", "registry")
    assert (one.day, one.state, one.entries) == ("2026-07-10", "due", (newest(logbook),))
    assert "42 CFR 11.64(a)(1)(ii)(O)" in one.rule and "[V]" in one.rule
    assert due(logbook, "2026-07-11", "registry")[0].state == "overdue"
    done = noted(logbook, f"Done: entry {newest(logbook)}, ClinicalTrials.gov updated.", "2026-07-01")
    assert not due(done, "2026-07-11", "registry")


def test_a_letter_that_says_something_else_than_was_reported_counts_for_the_registry(applicable: Logbook):
    said: dict[str, Any] = {"decided": "2026-06-10", "received": "2026-06-10", "documents": ("consent/en/2.0",)}
    logbook = decided(applicable, NORTH, letter=None, **said)
    assert [one.day for one in due(logbook, "2026-06-11", "registry")] == ["2026-07-10"]
    logbook = decided(logbook, NORTH, "conditionally-approved", **said)
    assert not due(logbook, "2026-06-11", "registry")
    assert [one.day for one in due(second(logbook, NORTH, "2026-06-20"), "2026-06-21", "registry")] == ["2026-07-20"]


def test_a_day_beyond_the_calendar_is_none(applicable: Logbook):
    logbook = decided(applicable, NORTH, decided="9999-12-20", received="9999-12-20", expires="9999-12-31")
    found = due(logbook, "9999-12-21")
    assert [(one.what, one.day) for one in found] == [("expiry", "9999-12-31"), ("registry", None)]


def test_a_regulator_asks_for_no_update_and_a_suspension_does(applicable: Logbook):
    logbook = second(applicable, AGENCY, "2026-06-10")
    assert not due(logbook, "2026-06-11", "registry")
    [one] = due(second(logbook, NORTH, "2026-06-10", "suspended"), "2026-06-11", "registry")
    assert one.day == "2026-07-10" and "a board suspended the study" in one.text


@pytest.mark.parametrize("answer", [False, None, "TODO: ask", {"value": True, "assumption": "likely"}])
def test_without_a_recorded_yes_no_update_of_the_registry_is_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Any
):
    monkeypatch.setitem(filings.FORM, "regulation", {"applicable_clinical_trial": answer})
    logbook = second(filed_log(tmp_path / "study"), NORTH, "2026-06-10")
    assert not due(logbook, "2026-06-11", "registry")


def test_who_has_to_be_told_of_a_measure_is_open_until_a_note_names_them(log: Logbook):
    said = Measure("A hazard.", "A measure.", "Jane", [AtSite("north", "2026-06-12T14:30+02:00", "All.")])
    logbook = recorded(log, urgent_safety(log, JANE, said))
    found = due(logbook, "2026-06-13", "urgent measure")
    assert [(one.whom, one.day) for one in found] == [(AGENCY, None), (NORTH, None)]
    assert all("ask: the body's own policy" in one.text for one in found)
    n = newest(logbook)
    asked = noted(logbook, f"Who tells {NORTH} of entry {n}? Nobody has.", "2026-06-14")
    assert NORTH in [one.whom for one in due(asked, "2026-06-14", "urgent measure")]
    told = noted(asked, f"Done: entry {n}, {NORTH} told by telephone.", "2026-06-14")
    assert [one.whom for one in due(told, "2026-06-14", "urgent measure")] == [AGENCY]
    assert not due(logbook, "2026-06-11", "urgent measure")


def test_a_submission_alone_does_not_count_as_telling_of_a_measure(log: Logbook):
    said = Measure("A hazard.", "A measure.", "Jane", [AtSite("north", "2026-06-12T14:30+02:00", "All.")])
    logbook = submitted(recorded(log, urgent_safety(log, JANE, said)), "2.0", NORTH, "2026-06-20")
    assert NORTH in [one.whom for one in due(logbook, "2026-06-21", "urgent measure")]


def deviation(*told: dict[str, str]) -> dict[str, Any]:
    own = {"number": "D-1", "site": "north", "category": "other", "important": True, "text": "x", "on": "2026-06-01"}
    return {"do": "deviation", "by": JANE, **own, "reported": list(told)}


def test_a_deviation_is_due_to_be_reported_until_a_later_entry_of_its_number_says_when_it_was(log: Logbook):
    logbook = recorded(log, deviation({"to": NORTH, "due": "2026-06-08"}, {"to": "sponsor", "on": "2026-06-02"}))
    [one] = due(logbook, "2026-06-08", "deviation")
    assert (one.whom, one.day, one.state) == (NORTH, "2026-06-08", "due")
    assert due(logbook, "2026-06-09", "deviation")[0].state == "overdue"
    assert not due(recorded(logbook, deviation({"to": NORTH, "on": "2026-06-09"})), "2026-06-30", "deviation")


# ------------------------------------------------------------------------------------------------------------- order


def test_what_is_over_its_day_comes_first_then_by_day_then_what_has_none(log: Logbook):
    logbook = decided(log, NORTH, expires="2027-02-10")
    logbook = decided(logbook, SOUTH, expires="2026-05-01")
    logbook = decided(logbook, AGENCY, letter=None)
    logbook = recorded(logbook, deviation({"to": NORTH, "due": "2026-06-08"}))
    found = due(logbook, "2026-06-02")
    assert [(one.state, one.day) for one in found] == [
        ("overdue", "2026-05-01"),
        ("due", "2026-06-08"),
        ("due", "2027-02-10"),
        ("open", None),
    ]


def test_each_site_is_looked_at_on_its_own_day(log: Logbook):
    logbook = decided(decided(log, NORTH, expires="2026-05-01"), SOUTH, expires="2026-05-01")
    days = {"north": "2026-04-30", "south": "2026-05-01"}
    found = due_at(logbook, lambda site: days.get(site, "2026-04-30"))
    assert [(one.sites, one.state) for one in found] == [(("south",), "overdue"), (("north",), "due")]


def test_a_correction_of_what_a_line_rests_on_is_named(log: Logbook):
    logbook = decided(log, NORTH, expires="2027-02-10")
    correction = facts.correct(logbook, newest(logbook), JANE, "It expires on 2027-03-10.", on="2026-03-02")
    [one] = due(recorded(logbook, correction), "2026-06-02")
    assert one.day == "2027-02-10" and one.text.endswith(f"(corrected, read entry {newest(logbook) + 1})")


def test_nothing_is_due_in_a_log_without_versions(tmp_path: Path):
    assert due(filed_log(tmp_path / "study", record=True), "2026-06-02") == []


def test_the_rules_say_whom_demo_101_has_to_tell_of_its_measure():
    logbook = opened(DEMO)
    [entry] = [one for one in logbook.entries() if one["do"] == "urgent-safety"]
    found = {one.whom: one for one in due(logbook, entry["on"], "urgent measure")}
    assert {"board-north", "US FDA"} <= found.keys()
    assert "21 CFR 56.108(a)(4) [V]" in found["board-north"].rule
    later = [one.whom for one in due(logbook, "2026-09-30", "urgent measure")]
    assert "board-north" not in later, "the amendment that follows was submitted to it"
