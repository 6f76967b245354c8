"""Deviations: their own number, closed categories, and never a participant's number."""

from pathlib import Path
from typing import Any

import pytest

from regdocs.versions.actors import NotAllowed
from regdocs.versions.deviations import CATEGORIES, Deviation, deviation, deviations_of
from regdocs.versions.facts import flagged
from regdocs.versions.logbook import Logbook
from tests.versions.filings import NORTH, SOUTH, filed_log
from tests.versions.logs import JANE, recorded

SAID: dict[str, Any] = {
    "number": "PD-001",
    "site": "south",
    "category": "informed-consent",
    "important": True,
    "text": "The new form was signed before the committee had approved it.",
    "on": "2026-02-20",
    "reported": {"sponsor": "2026-02-22"},
    "due": {SOUTH: "2026-03-10"},
}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Logbook:
    return filed_log(tmp_path_factory.mktemp("deviations") / "study", "1.0")


def entry(log: Logbook, why: str | None = None, **other: Any) -> dict[str, Any]:
    return deviation(log, JANE, Deviation(**(SAID | other)), why=why)


def test_an_entry_says_what_happened_and_to_whom_it_was_and_has_to_be_reported(log: Logbook):
    made = entry(log)
    assert made["reported"] == [{"to": "sponsor", "on": "2026-02-22"}, {"to": SOUTH, "due": "2026-03-10"}]
    assert (made["do"], made["number"], made["important"]) == ("deviation", "PD-001", True)
    assert "reported" not in entry(log, reported={}, due={})


def test_a_day_of_report_and_one_by_which_stand_together(log: Logbook):
    made = entry(log, reported={SOUTH: "2026-03-01"}, due={SOUTH: "2026-03-10"})
    assert made["reported"] == [{"to": SOUTH, "on": "2026-03-01", "due": "2026-03-10"}]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"category": "minor"}, "is not a category: informed-consent"),
        ({"site": "east"}, 'no recorded version has a site "east"'),
        ({"number": ""}, "one line of 1 to 200 characters"),
        ({"number": "two\nlines"}, "one line of 1 to 200 characters"),
        ({"text": "  "}, "needs a text"),
        ({"on": "20 February"}, "is not a day"),
        ({"reported": {SOUTH: "soon"}}, "is not a day"),
        ({"due": {"": "2026-03-01"}}, "has to be one line"),
    ],
)
def test_what_has_no_form_is_refused(log: Logbook, other: dict[str, Any], words: str):
    with pytest.raises(NotAllowed, match=words):
        entry(log, **other)


@pytest.mark.parametrize(
    "text",
    [
        "Participant 7 came late",
        "participant no. 12 came",
        "Participants 3 and 4 came late",
        "the patient ID: 0012",
        "subject#3 was given two tablets",
        "Subject number S07 was late",
        "screening number 0007",
        "S-004 came late",
        "N-012 was not withdrawn",
        "it was 001-0004",
        "it was participant\n\n   7",
        "it was participant" + " " * 50_000 + "7",
    ],
)
def test_a_text_that_seems_to_hold_a_participants_number_is_refused(log: Logbook, text: str):
    with pytest.raises(NotAllowed, match="looks like the number of a participant; leave it out"):
        entry(log, text=text)
    with pytest.raises(NotAllowed, match="looks like the number of a participant"):
        entry(log, why=text)


@pytest.mark.parametrize(
    "text",
    [
        "write to jo@clinic.example",
        "Mrs. Miller came late",
        "Dr Miller's patient came late",
        "the patient (J.D.) came late",
        "initials JD came late",
        "born in 1961",
        "DOB 1 May 1961",
        "MRN 0044127 came late",
        "study ID 10234 came late",
        "hospital number: 77123",
        "call +1 205 555 0100",
        "call (205) 555-0100",
    ],
)
def test_a_text_that_seems_to_tell_who_somebody_is_is_refused(log: Logbook, text: str):
    with pytest.raises(NotAllowed, match="looks like what tells who somebody is; leave it out"):
        entry(log, text=text)


@pytest.mark.parametrize(
    "text",
    [
        "in the U.S. and at sites elsewhere, from 2026-03-01 to 2026-03-09",
        "at 08:30 on 2026-03-01, 10 mg were given 2 h late; the window was 3 to 5 days",
        "E. coli was found; vitamin D. was not given",
        "22 participants were called",
        "the participant came 2 days late, and a participant 3 weeks late",
        "one participant 17 years old was enrolled against criterion E07",
        "EXB-2026-014 of 2026-02-11 was known; DEMO-101, section 7",
        "as in PD-001, of the same day",
    ],
)
def test_other_numbers_are_taken(log: Logbook, text: str):
    assert entry(log, text=text)["text"] == text


def test_numbers_of_earlier_deviations_may_stand_in_a_text(log: Logbook):
    with pytest.raises(NotAllowed):
        entry(log, number="D-100", text="as in D-099")
    after = recorded(log, entry(log, number="D-099"))
    assert entry(after, number="D-100", text="as in D-099")["text"] == "as in D-099"


def test_the_same_number_again_follows_the_first_and_is_flagged(tmp_path: Path):
    log = filed_log(tmp_path / "study", "1.0")
    first = recorded(log, entry(log))
    second = recorded(first, entry(first, text="Reported now.", reported={SOUTH: "2026-03-01"}, due={}))
    other = recorded(second, entry(second, site="north", reported={NORTH: "2026-03-01", "x": "2026-03-01"}, due={}))
    numbers = [one["n"] for one in deviations_of(other)]
    told = [flags for found, flags in flagged(other) if found["do"] == "deviation"]
    follows = [[flag for flag in flags if "recorded late" not in flag and "out of order" not in flag] for flags in told]
    assert follows == [
        [],
        [f"follows entry {numbers[0]}, of the same number"],
        [
            f"follows entry {numbers[1]}, of the same number",
            f"entry {numbers[1]} says it happened at south",
            '"x" is no body of a recorded version, and not "sponsor"',
        ],
    ]


def test_every_category_says_what_it_holds_and_whose_word_it_is():
    assert "immediate-hazard" in CATEGORIES and list(CATEGORIES)[-1] == "other"
    assert [one for one, words in CATEGORIES.items() if one != "other" and "[" not in words] == []


def test_a_log_of_a_public_record_holds_none(tmp_path: Path):
    with pytest.raises(NotAllowed, match="public record"):
        entry(filed_log(tmp_path / "record", record=True))
