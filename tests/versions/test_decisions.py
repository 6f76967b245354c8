"""Submissions and decisions are recorded as people say them; only what has no form is refused, the rest is told."""

from pathlib import Path
from typing import Any

import pytest

from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal
from regdocs.versions.actors import NotAllowed
from regdocs.versions.decisions import Decided, decision, flags_of
from regdocs.versions.external_files import External
from regdocs.versions.facts import flagged
from regdocs.versions.history import summary
from regdocs.versions.issued import NotIssued
from regdocs.versions.logbook import Logbook
from regdocs.versions.signing import sign
from regdocs.versions.submissions import Submitted, submission
from tests.versions.filings import AGENCY, LETTER, NORTH, SOUTH, decided, filed_log, submitted, with_version
from tests.versions.logs import JANE, acting

SAID: dict[str, Any] = {
    "body": NORTH,
    "reference": "EXB-1",
    "outcome": "approved",
    "decided": "2026-02-10",
    "received": "2026-02-12",
    "sites": ("north",),
    "documents": ("consent/en/1.0",),
}


@pytest.fixture
def log(tmp_path: Path) -> Logbook:
    return filed_log(tmp_path / "study")


def last(logbook: Logbook) -> dict[str, Any]:
    return logbook.whole_entry(logbook.head.size - 1)


def flags(logbook: Logbook) -> tuple[str, ...]:
    """What is told of the newest entry, but for how late it was recorded."""
    [(_, told)] = flagged(logbook, logbook.head.size - 1)
    return tuple(one for one in told if not one.startswith(("recorded late", "the day lies", "out of order")))


# ------------------------------------------------------------------------------------------------------- submissions


def test_a_submission_is_of_all_documents_for_the_sites_of_the_body_unless_others_are_named(log: Logbook):
    log = submitted(log, "2.0", SOUTH)
    entry = last(log)
    assert (entry["sites"], entry["on"]) == (["south"], "2026-02-01")
    assert entry["documents"] == ["protocol/en/2.0", "consent/en/2.0", "consent/vi/1.0"]
    some = last(submitted(log, "2.0", AGENCY, sites=("north",), documents=("consent/en/2.0",)))
    assert (some["sites"], some["documents"]) == (["north"], ["consent/en/2.0"])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Submitted("2.0", "board-west", "2026-02-01"), 'no body "board-west"; its bodies: board-north'),
        (Submitted("2.0", NORTH, "2026-02-01", ("west",)), 'no site "west"; its sites: north, south'),
        (Submitted("2.0", NORTH, "2026-02-01", (), ("consent/en/1.0",)), "no document 'consent/en/1.0' for north"),
        (Submitted("2.0", NORTH, "2026-02-01", (), ("consent/vi/1.0",)), "no document 'consent/vi/1.0' for north"),
        (Submitted("2.0", NORTH, "2026-02-01", (), ()), "at least one document"),
        (Submitted("2.0", NORTH, "1 February"), "not a day"),
    ],
)
def test_what_a_version_does_not_have_cannot_be_submitted(log: Logbook, said: Submitted, words: str):
    with pytest.raises(NotAllowed, match=words):
        submission(log, JANE, said)


def test_a_version_that_is_not_recorded_cannot_be_submitted(log: Logbook):
    with pytest.raises(Refusal, match=r'no recorded version "3\.0"'):
        submission(log, JANE, Submitted("3.0", NORTH, "2026-02-01"))


# --------------------------------------------------------------------------------------------------------- decisions


def test_a_decision_keeps_all_that_the_body_said(log: Logbook):
    texts = ("Say “tablet”, not “pill”.", "Two\nlines.")
    more: dict[str, Any] = {"effective": "2026-02-15", "expires": "2027-02-09", "classification": "minor"}
    log = decided(submitted(log, "1.0", NORTH), NORTH, stipulations=texts, reconsent=({"text": "none"},), **more)
    entry = last(log)
    assert entry["stipulations"] == list(texts)
    assert (entry["effective"], entry["expires"], entry["class"]) == ("2026-02-15", "2027-02-09", "minor")
    assert entry["reconsent"] == [{"text": "none"}]
    kept = {"object": sha256_hex(LETTER), "bytes": len(LETTER), "kind": "text", "read": "words"}
    assert entry["letter"] == kept
    assert log.object(sha256_hex(LETTER)) == LETTER
    assert (entry["version"], entry["of"], entry["on"]) == ("1.0", log.head.size - 2, "2026-02-12")
    assert flags(log) == ()


def test_a_decision_is_about_the_version_submitted_or_else_the_newest_that_has_the_documents(log: Logbook):
    vietnamese: dict[str, Any] = {"documents": ("consent/vi/1.0",)}
    versions = []
    for step in (
        lambda log: decided(log, SOUTH, **vietnamese),
        lambda log: decided(log, NORTH),
        lambda log: decided(submitted(log, "1.0", SOUTH), SOUTH, **vietnamese),
        lambda log: decided(log, SOUTH, **vietnamese, version="2.0"),
    ):
        log = step(log)
        versions.append(last(log)["version"])
    assert versions == ["2.0", "1.0", "1.0", "2.0"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcome": "maybe"}, "not an outcome: approved"),
        ({"body": "board-west"}, 'no body "board-west"'),
        ({"sites": ("west",)}, 'no site "west"'),
        ({"sites": ()}, "at least one site"),
        ({"documents": ("consent/en/9.0",)}, "no document 'consent/en/9.0'"),
        ({"documents": ()}, "at least one document"),
        ({"reference": "two\nlines"}, "one line"),
        ({"decided": "2026-02-30"}, "decided: .* not a day"),
        ({"expires": "next year"}, "expires: .* not a day"),
        ({"stipulations": (" ",)}, "without words"),
        ({"reconsent": ({"site": "north"},)}, "without words"),
        ({"classification": ""}, "without words"),
    ],
)
def test_what_has_no_form_is_refused(log: Logbook, changes: dict[str, Any], words: str):
    with pytest.raises(NotAllowed, match=words):
        decision(log, JANE, Decided(**{**SAID, **changes}), LETTER)


def test_an_empty_letter_is_refused(log: Logbook):
    with pytest.raises(NotAllowed, match="letter is empty"):
        decision(log, JANE, Decided(**SAID), b"")


def test_without_a_version_there_is_nothing_to_decide_on(tmp_path: Path):
    logbook = filed_log(tmp_path / "record", record=True)
    with pytest.raises(NotAllowed, match="public record"):
        decision(logbook, JANE, Decided(**SAID), LETTER)
    with pytest.raises(NotAllowed, match="public record"):
        submission(logbook, JANE, Submitted("1.0", NORTH, "2026-02-01"))


def test_a_decision_before_any_version_is_refused(tmp_path: Path):
    from tests.versions.logs import begin_log

    with pytest.raises(NotIssued, match="nothing to decide on"):
        decision(begin_log(tmp_path / "study"), JANE, Decided(**SAID), LETTER)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"effective": "2026-02-09"}, "effective on 2026-02-09, before it was decided on 2026-02-10"),
        ({"expires": "2026-02-09"}, "it expires on 2026-02-09, before it is effective on 2026-02-10"),
        ({"received": "2026-02-09"}, "received on 2026-02-09, before it was decided on 2026-02-10"),
        ({"sites": ("north", "south")}, f'the body "{NORTH}" does not decide for the site "south"'),
        ({"letter": None}, "without its letter: reported only, and no base"),
        ({"decided": "2026-01-20"}, "consent/en/1.0 was submitted on 2026-02-01, after it was decided on 2026-01-20"),
        (
            {"documents": ("consent/en/2.0",), "version": "2.0"},
            f"consent/en/2.0 was not submitted to {NORTH} before, for north",
        ),
    ],
)
def test_what_is_odd_is_recorded_and_told(log: Logbook, changes: dict[str, Any], said: str):
    assert said in flags(decided(submitted(log, "1.0", NORTH), NORTH, **changes))


def test_two_decisions_of_one_day_that_disagree_are_told(log: Logbook):
    log = decided(decided(submitted(log, "1.0", NORTH), NORTH), NORTH)
    assert flags(log) == ()
    n = log.head.size - 1
    assert f"entry {n} says approved on the same day, for the same documents" in flags(
        decided(log, NORTH, "disapproved")
    )


def test_nobody_here_gives_the_approval_of_a_body(log: Logbook):
    log = decided(log, NORTH)
    n, actor = log.head.size - 1, acting(log, JANE, "principal-investigator")
    for meaning in ("approval", "authorship"):
        with pytest.raises(NotAllowed, match="somebody else's decision"):
            sign(log, n, meaning, actor)
    assert callable(sign(log, n, "review", actor))


def test_submissions_and_decisions_are_told_in_one_line(log: Logbook):
    log = decided(submitted(log, "1.0", NORTH), NORTH, letter=None)
    told = [summary(log, log.entry(n)) for n in log.filed]
    assert told == [
        "2 documents of version 1.0 to board-north, for north",
        "approved, reported by board-north on 2026-02-10, EXB-1: consent/en/1.0, for north",
    ]


# ----------------------------------------------------------------------------------------------------------- letters


def test_a_letter_should_name_reference_version_and_date_of_the_protocol_or_of_every_document(tmp_path: Path):
    log = filed_log(tmp_path / "dated", "1.0")
    log = with_version(log, "2.0", form={"date": "2026-05-20"})
    documents: dict[str, Any] = {"documents": ("consent/en/2.0", "consent/vi/1.0"), "sites": ("south",)}
    for letter, unnamed in (
        (b"EXB-1: version 2.0 of 20 May 2026", None),
        (b"EXB-1: versions 2.0 and 1.0 of 15 January 2026", None),
        (b"EXB-1: version 1.0 of 20 May 2026", ["version 2.0"]),
        (b"EXB-2, approved", ["reference EXB-1", "version 2.0", "date 2026-05-20"]),
    ):
        log = decided(log, SOUTH, letter=letter, **documents)
        entry = last(log)
        assert (entry["letter"]["read"], entry["letter"].get("unnamed")) == ("words", unnamed), letter
        told = [f"the letter does not name: {', '.join(unnamed)}"] if unnamed else []
        assert [one for one in flags_of(log, entry) if "letter" in one] == told


def test_a_letter_should_name_what_came_from_outside_too(log: Logbook):
    poster = External("poster/en/1.1", "advertisement", "A poster", "2026-02-03", "a" * 64)
    log = submitted(log, "1.0", NORTH, documents=("poster/en/1.1",), external=(poster,))
    entry = last(decided(log, NORTH, letter=b"EXB-1 approves the poster 1.1", documents=("poster/en/1.1",)))
    assert entry["letter"]["unnamed"] == ["date 2026-02-03 of poster/en/1.1"]
