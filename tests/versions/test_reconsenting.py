"""Who has to sign anew is said by bodies: what a decision determines is due, overdue or done; nothing is guessed."""

from pathlib import Path
from typing import Any

import pytest

from regdocs.versions import facts
from regdocs.versions.activations import Activated, activation
from regdocs.versions.actors import NotAllowed
from regdocs.versions.decisions import Decided, decision, flags_of
from regdocs.versions.determination_words import determination_said
from regdocs.versions.judging import judged
from regdocs.versions.logbook import Logbook
from regdocs.versions.reconsenting import Reconsent, reconsents
from regdocs.versions.signed_forms import signed_forms
from tests.versions import filings
from tests.versions.filings import AGENCY, LETTER, NORTH, SOUTH, decided, filed_log
from tests.versions.logs import JANE, recorded

DUE, OVERDUE, DONE = "re-consent due", "re-consent overdue", "re-consent done"
NOT_REQUIRED, NOBODY = "re-consent not required", "no determination recorded"
TO_READ = "determination to be read by a person"
FIRST, SECOND = "7,north,consent,1.0,en,2026-03-05,", "7,north,consent,2.0,en,2026-06-20,"


def used(logbook: Logbook, version: str, site: str, on: str) -> Logbook:
    entry, _ = activation(logbook, JANE, Activated(version, site, on))
    return recorded(logbook, entry)


@pytest.fixture
def log(tmp_path: Path) -> Logbook:
    """Version 1.0 is used at both sites since March and 2.0 since June, all of it approved by everybody."""
    logbook = filed_log(tmp_path / "study")
    names = ("consent/en/1.0", "consent/vi/1.0")
    for body in (NORTH, SOUTH, AGENCY):
        logbook = decided(logbook, body, documents=names[:1] if body == NORTH else names)
    for site in ("north", "south"):
        logbook = used(logbook, "1.0", site, "2026-03-01")
    logbook = second(logbook, AGENCY)
    return used(used(logbook, "2.0", "north", "2026-06-15"), "2.0", "south", "2026-06-15")


def second(logbook: Logbook, body: str, *said: str, **more: Any) -> Logbook:
    """Approve version 2.0 with these determinations."""
    days = {"decided": "2026-06-10", "received": "2026-06-12", "documents": ("consent/en/2.0",)}
    return decided(logbook, body, reconsent=tuple(map(determination_said, said)), **(days | more))


def stand(logbook: Logbook, *rows: str, on: str = "2026-07-01") -> Reconsent:
    header = "participant,site,form,version,language,date,time\n"
    found = judged(logbook, signed_forms((header + "\n".join(rows)).encode()))
    [one] = reconsents(logbook, found, lambda site: on)
    return one


@pytest.mark.parametrize(
    ("said", "on", "verdict", "by"),
    [
        ("required by=2026-08-01: All.", "2026-07-31", DUE, "2026-08-01"),
        ("required by=2026-08-01: All.", "2026-08-01", DUE, "2026-08-01"),
        ("required by=2026-08-01: All.", "2026-08-02", OVERDUE, "2026-08-01"),
        ("required: All.", "2027-08-02", DUE, None),
        ("next-visit: All.", "2027-08-02", DUE, None),
        ("next-visit by=2026-08-01: All.", "2026-08-02", OVERDUE, "2026-08-01"),
        ("not-required: Nobody.", "2026-08-02", NOT_REQUIRED, None),
        ("At the next visit.", "2026-08-02", TO_READ, None),
        ("south=required: All.", "2026-08-02", NOBODY, None),
        ("north=required: All.", "2026-08-02", DUE, None),
        ("required by=2026-08-01: All.", "2026-06-09", NOT_REQUIRED, None),
    ],
)
def test_what_a_body_determined_says_what_is_due(log: Logbook, said: str, on: str, verdict: str, by: str | None):
    logbook = second(log, NORTH, said, sites=("north",) if not said.startswith("south") else ("north", "south"))
    found = stand(logbook, FIRST, on=on)
    assert (found.verdict, found.by) == (verdict, by)
    assert (logbook.head.size - 1 in found.entries) is (on > "2026-06-10" and not said.startswith("south"))


def test_where_nobody_determined_anything_that_is_said(log: Logbook):
    found = stand(second(log, NORTH), FIRST)
    assert found.verdict == NOBODY and found.versions == ("2.0",)
    assert "consent/en/2.0, in use at north from 2026-06-15" in found.why[0]


def test_the_newer_form_signed_correctly_is_what_makes_it_done(log: Logbook):
    logbook = second(log, NORTH, "required by=2026-06-18: All.")
    assert stand(logbook, FIRST, SECOND).verdict == DONE
    late = stand(logbook, FIRST, SECOND, on="2026-06-19")
    assert late.verdict == OVERDUE, "what was signed after the day asked for does not count yet"
    early = stand(logbook, FIRST, SECOND.replace("06-20", "06-12"))
    assert early.verdict == OVERDUE
    assert "consent/en/2.0 signed on 2026-06-12 does not count: form not valid that day (line 3)" in early.why


def test_who_signed_the_newer_form_first_has_nothing_to_sign_anew(log: Logbook):
    found = stand(second(log, NORTH, "required: All."), SECOND)
    assert (found.verdict, found.why) == (NOT_REQUIRED, ("signed the newest form that the site used by then",))


def test_who_signed_the_newer_form_too_early_alone_is_asked_like_those_who_signed_before(log: Logbook):
    found = stand(second(log, NORTH, "required: All."), SECOND.replace("06-20", "06-12"))
    assert found.verdict == DUE
    assert "consent/en/2.0 signed on 2026-06-12 does not count: form not valid that day (line 2)" in found.why


def test_one_body_that_requires_is_enough_and_the_other_is_told(log: Logbook):
    logbook = second(log, NORTH, "required: All of north.")
    logbook = second(logbook, AGENCY, "not-required: Ask the boards.", sites=("north", "south"))
    found = stand(logbook, FIRST)
    assert found.verdict == DUE
    assert any("All of north." in one for one in found.why) and any("Ask the boards." in one for one in found.why)
    assert stand(logbook, FIRST.replace("north", "south")).verdict == NOT_REQUIRED


def test_a_later_decision_of_the_body_on_the_same_version_counts(log: Logbook):
    logbook = second(log, NORTH, "required by=2026-06-20: All.")
    later = second(logbook, NORTH, "not-required: After your letter.", decided="2026-06-25", received="2026-06-26")
    assert stand(logbook, FIRST).verdict == OVERDUE
    assert stand(later, FIRST).verdict == NOT_REQUIRED
    assert stand(later, FIRST, on="2026-06-24").verdict == OVERDUE, "it does not count before it holds"


def test_two_determinations_of_one_decision_that_disagree_are_for_a_person(log: Logbook):
    found = stand(second(log, NORTH, "required: On the product.", "not-required: Completed."), FIRST)
    assert found.verdict == TO_READ and len(found.why) == 2


def test_without_its_letter_nothing_rests_on_a_determination_and_it_is_told(log: Logbook):
    found = stand(second(log, NORTH, "required: All.", letter=None), FIRST)
    assert found.verdict == NOBODY
    assert any("without its letter: reported only" in one for one in found.why)


def test_a_form_that_did_not_change_in_that_language_asks_nobody_anew(log: Logbook):
    documents = ("consent/en/2.0", "consent/vi/1.0")
    logbook = second(log, SOUTH, "required: All.", documents=documents)
    assert stand(logbook, "7,south,consent,1.0,vi,2026-03-05,").verdict == NOT_REQUIRED
    assert stand(logbook, "7,south,consent,1.0,en,2026-03-05,").verdict == DUE


def test_where_the_form_to_sign_cannot_be_used_that_is_said(log: Logbook):
    days = {"decided": "2026-06-01", "received": "2026-06-02"}
    found = stand(second(log, NORTH, "required by=2026-06-05: All.", **days), FIRST, on="2026-06-14")
    assert found.verdict == OVERDUE
    assert any(one.startswith("consent/en/2.0 cannot be used there on 2026-06-14: ") for one in found.why)


def test_a_correction_of_the_decision_is_named_and_a_person_reads_it(log: Logbook):
    logbook = second(log, NORTH, "required: All.")
    correction = facts.correct(logbook, logbook.head.size - 1, JANE, "Only some.", on="2026-06-14")
    found = stand(recorded(logbook, correction), FIRST)
    assert found.verdict == DUE and f"corrected, read entry {logbook.head.size}" in found.why


def test_rows_without_a_form_of_the_study_are_told_and_participants_stay_apart(log: Logbook):
    header = "participant,site,form,version,language,date,time\n"
    rows = (
        FIRST,
        SECOND.replace("7,", "8,", 1),
        "9,north,consent,9.0,en,2026-06-20,",
        ",north,consent,1.0,en,2026-03-05,",
    )
    found = judged(log, signed_forms((header + "\n".join(rows)).encode()))
    listed = reconsents(log, found, lambda site: "2026-07-01")
    assert [(one.participant, one.lines) for one in listed] == [("7", (2,)), ("8", (3,)), ("9", (4,))]
    assert listed[2].verdict == "rows cannot be read"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("required by=2026-08-01: All.", {"need": "required", "by": "2026-08-01", "text": "All."}),
        ("north=next-visit: Each.", {"site": "north", "need": "next-visit", "text": "Each."}),
        ("not-required:Nobody: said twice", {"need": "not-required", "text": "Nobody: said twice"}),
        ("north=Full re-consent", {"site": "north", "text": "Full re-consent"}),
        ("Required at once: all", {"text": "Required at once: all"}),
        ("x = y is not a site", {"text": "x = y is not a site"}),
    ],
)
def test_a_determination_is_read_as_it_is_said(said: str, kept: dict[str, str]):
    assert determination_said(said) == kept


@pytest.mark.parametrize(
    "said", ["required by 2026-08-01: All.", "required", "not-required by=2026-08-01: x", "required=x"]
)
def test_what_is_nearly_a_determination_for_machines_is_refused(said: str):
    with pytest.raises(NotAllowed):
        determination_said(said)


@pytest.mark.parametrize(
    "said",
    [
        {"need": "perhaps", "text": "x"},
        {"need": "required", "by": "soon", "text": "x"},
        {"need": "required", "text": " "},
    ],
)
def test_a_determination_without_form_is_refused(log: Logbook, said: dict[str, str]):
    known = Decided(
        NORTH, "R", "approved", "2026-06-10", "2026-06-12", ("north",), ("consent/en/2.0",), reconsent=(said,)
    )
    with pytest.raises(NotAllowed):
        decision(log, JANE, known, LETTER)


def test_odd_days_and_sites_of_a_determination_are_recorded_and_told(log: Logbook):
    logbook = second(log, NORTH, "south=required by=2026-06-01: All.")
    told = flags_of(logbook, logbook.whole_entry(logbook.head.size - 1))
    assert 'it determines for the site "south", which it does not decide for' in told
    assert "it asks for consent anew by 2026-06-01, before it was decided on 2026-06-10" in told


def test_who_has_only_rows_that_cannot_be_read_is_in_the_list_all_the_same(log: Logbook):
    header = "participant,site,form,version,language,date,time\n"
    data = f"{header}7,North,consent,1.0,en,2026-03-05,\n8,north,consent,1.0,en,,\n9,north,consent,2.0,en,2026-06-20,\n"
    found = judged(log, signed_forms(data.encode()))
    last, *lost = reconsents(log, found, lambda site: "2026-07-01")
    assert last.participant == "9" and [one.participant for one in lost] == ["7", "8"]
    assert {one.verdict for one in lost} == {"rows cannot be read"}
    assert 'did you mean "north"?' in lost[0].why[0] and "no date" in lost[1].why[0]


@pytest.fixture
def spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Logbook:
    """A short form that stays as it is in version 2.0, used since June, whose summary to be read aloud changes."""
    listed = (("short-form", "north", "vi"), ("short-form-summary", "north", "en"))
    monkeypatch.setattr(filings, "DOCUMENTS", listed)
    first = ("short-form/vi/1.0", "short-form-summary/en/1.0")
    logbook = filed_log(tmp_path / "spoken")
    for body in (NORTH, AGENCY):
        logbook = decided(logbook, body, sites=("north",), documents=first)
    logbook = used(logbook, "1.0", "north", "2026-03-01")
    logbook = second(logbook, AGENCY, sites=("north",), documents=("short-form-summary/en/2.0",))
    return used(logbook, "2.0", "north", "2026-06-15")


@pytest.mark.parametrize(
    ("said", "days", "verdict"),
    [
        (("required: All.",), ("2026-03-05",), DUE),
        (("required: All.",), ("2026-03-05", "2026-06-20"), DONE),
        (("required: All.",), ("2026-06-20",), NOT_REQUIRED),
        (("not-required: Nobody.",), ("2026-03-05",), NOT_REQUIRED),
        ((), ("2026-03-05",), NOBODY),
    ],
)
def test_who_signed_a_short_form_consented_to_what_was_said_with_it(
    spoken: Logbook, said: tuple[str, ...], days: tuple[str, ...], verdict: str
):
    logbook = second(spoken, NORTH, *said, documents=("short-form-summary/en/2.0",))
    assert stand(logbook, *(f"7,north,short-form,1.0,vi,{day}," for day in days)).verdict == verdict
