"""The ledger: what entries become which rows, which are flagged, and which are asked for."""

from pathlib import Path
from typing import Any

import pytest

from regdocs.audit.line import Json
from regdocs.canonical import sha256_hex
from regdocs.versions.activations import Activated, activation
from regdocs.versions.decisions import decisions_of
from regdocs.versions.deviations import Deviation, deviation
from regdocs.versions.external_files import External
from regdocs.versions.facts import correct, note
from regdocs.versions.ledger import WHATS, Row, Wanted, ledger
from regdocs.versions.ledger_rows import rows_of
from regdocs.versions.ledger_words import WIDTH, row_lines
from regdocs.versions.logbook import Logbook
from regdocs.versions.submissions import Again, Submitted, submission
from regdocs.versions.urgent import AtSite, Measure, urgent_safety
from tests.versions.filings import AGENCY, LETTER, NORTH, SOUTH, decided, filed_log, submitted
from tests.versions.logs import JANE, recorded

CAME, TRAINED = b"%PDF-1.7 a stamped copy", b"Trained on 1 March 2026: Jane, John."
POSTER = External("poster/en/1.0", "advertisement", "Poster", "2026-01-20", "a" * 64)


def activated(logbook: Logbook, version: str, site: str, on: str, trained: bytes | None = None) -> Logbook:
    entry, objects = activation(logbook, JANE, Activated(version, site, on), trained)
    return recorded(logbook, entry, objects=objects)


def received(logbook: Logbook, *changes: dict[str, str]) -> Logbook:
    """Record a copy that came back with the last decision, for the site north."""
    *_, last = decisions_of(logbook)
    file: dict[str, Json] = {"object": sha256_hex(CAME), "bytes": len(CAME), "kind": "pdf"}
    entry: dict[str, Any] = {
        "do": "receive",
        "by": JANE,
        "of": last["n"],
        "site": "north",
        "language": "en",
        "file": file,
    }
    entry |= {"document": "consent/en/1.0", "against": "b" * 64, "compared": "words", "on": "2026-02-13"}
    return recorded(logbook, entry | ({"changes": list(changes)} if changes else {}), objects={sha256_hex(CAME): CAME})


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Logbook:
    """A study with one of everything."""
    log = filed_log(tmp_path_factory.mktemp("ledger") / "study")
    log = submitted(log, "1.0", NORTH, external=(POSTER,))
    log = decided(log, NORTH, "conditionally-approved", stipulations=("Name the dose.",), classification="major")
    [asked] = decisions_of(log)
    answer: dict[str, Json] = {
        "number": 1,
        "text": "Name the dose.",
        "answer": "It is named.",
        "unchanged": "It was there",
    }
    again = Again(asked["n"], 2, (answer,), (LETTER,))
    said = Submitted("1.0", NORTH, "2026-02-20", documents=("consent/en/1.0",))
    log = recorded(log, submission(log, JANE, said, again=again), objects={sha256_hex(LETTER): LETTER})
    log = decided(log, NORTH, decided="2026-02-25", received="2026-02-26", expires="2027-02-25")
    log = received(log, {"was": "shall", "now": "may", "where": "page 2"})
    log = activated(log, "1.0", "north", "2026-03-01", TRAINED)
    log = activated(log, "2.0", "south", "2026-03-01")
    measure = Measure("A hazard", "Stop.", "Jane", (AtSite("north", "2026-03-01T10:00+01:00", "called"),))
    log = recorded(log, urgent_safety(log, JANE, measure))
    log = recorded(log, note(JANE, "Told board-north by e-mail.", on="2026-03-01"))
    log = recorded(log, correct(log, log.head.size - 1, JANE, "By letter, not by e-mail."))
    told = Deviation(
        "PD-1", "south", "immediate-hazard", True, "Dose left out.", "2026-03-01", {}, {AGENCY: "2026-03-09"}
    )
    return recorded(log, deviation(log, JANE, told))


def one(log: Logbook, what: str) -> Row:
    [found] = [row for row in ledger(log) if row.what == what]
    return found


def test_every_sort_of_row_is_made_and_each_names_its_entry(log: Logbook):
    found = {row.what for row in ledger(log)}
    assert found == set(WHATS) - {"notice"}
    kinds = {row.what: log.entry(row.entry)["do"] for row in ledger(log)}
    assert kinds["question"] == kinds["letter"] == kinds["decision"] == "decision"
    assert (kinds["training record"], kinds["received copy"], kinds["response"]) == ("activate", "receive", "submit")


def test_rows_stand_by_the_day_on_which_it_happened(log: Logbook):
    days = [row.happened for row in ledger(log)]
    assert days == sorted(days) and days != [row.happened for row in rows_of(log)]


def test_a_submission_has_its_documents_those_from_outside_with_their_number(log: Logbook):
    row = one(log, "submission")
    assert row.documents[-1] == "poster/en/1.0" and "poster/en/1.0 (Poster; advertisement; 02.02.06)" in row.words
    assert (row.body, row.sites, row.happened, row.late_days) == (NORTH, ("north",), "2026-02-01", 28)
    assert row.tmf is not None and str(row.tmf) == "04.01.01 IRB or IEC Submission"


def test_a_decision_has_a_row_for_its_letter_and_for_each_question_with_its_answer(log: Logbook):
    first = next(row for row in ledger(log) if row.what == "decision")
    assert (first.outcome, first.reference, first.happened) == ("conditionally-approved", "EXB-1", "2026-02-10")
    assert "class: major" in first.words
    question, response = one(log, "question"), one(log, "response")
    assert question.words == f"stipulation 1, answered in entry {response.entry}: Name the dose."
    assert (question.entry, question.happened) == (first.entry, "2026-02-12")
    assert "stipulation 1: It is named." in response.words and f"answering entry {first.entry}" in response.words
    letters = [row for row in ledger(log) if row.what == "letter"]
    assert all(sha256_hex(LETTER) in row.words for row in letters) and len(letters) == 2


def test_what_the_body_changed_stands_word_by_word_in_the_copy_that_came_back(log: Logbook):
    row = one(log, "received copy")
    assert "“shall” became “may” (page 2)" in row.words and "the body changed 1 place" in row.flags
    assert (row.body, row.sites, row.version, row.amendment) == (NORTH, ("north",), "1.0", None)
    assert row.tmf is not None and row.tmf.number == "02.02.03"


def test_an_activation_says_who_was_trained(log: Logbook):
    [row] = ledger(log, Wanted(whats=("activation", "training record"), version="1.0"))[1:]
    assert sha256_hex(TRAINED) in row.words and row.words.endswith(": Trained on 1 March 2026: Jane, John.")
    assert one(log, "training record").words.endswith(sha256_hex(TRAINED))  # it is read only when it is asked for
    without = [row for row in ledger(log, Wanted(site="south")) if row.what == "activation"]
    assert ["no record of training" in row.words for row in without] == [True]


def test_a_record_of_training_without_words_is_left_to_a_person(tmp_path: Path):
    log = activated(filed_log(tmp_path / "study", "1.0"), "1.0", "north", "2026-03-01", b"\xff\xfe picture")
    [row] = ledger(log, Wanted(whats=("training record",)))
    assert row.words.endswith("; its words cannot be read here, so a person has to")


def test_what_was_used_before_approval_is_flagged_with_the_documents(log: Logbook):
    [row] = ledger(log, Wanted(site="south", whats=("activation",)))
    early = [flag for flag in row.flags if flag.startswith("BEFORE APPROVAL")]
    assert len(early) == 2  # the committee, and the agency
    assert early[0].startswith(f"BEFORE APPROVAL: {SOUTH}: no decision that permits it by then: protocol/en/2.0")


def test_asked_for_what_came_too_early_measures_and_deviations_stand_there_too(log: Logbook):
    found = ledger(log, Wanted(too_early=True))
    assert [row.what for row in found] == ["activation", "activation", "urgent measure", "deviation"]


def test_use_after_expiry_and_after_an_approval_was_taken_back_have_their_own_marks(tmp_path: Path):
    log = filed_log(tmp_path / "study", "1.0")
    names = ("protocol/en/1.0", "consent/en/1.0")
    log = decided(submitted(log, "1.0", NORTH), NORTH, documents=names, expires="2026-02-20")
    log = decided(submitted(log, "1.0", AGENCY), AGENCY, documents=names)
    log = decided(log, AGENCY, "suspended", documents=names, decided="2026-02-15", received="2026-02-15")
    [row] = ledger(activated(log, "1.0", "north", "2026-03-01"), Wanted(too_early=True))
    assert [flag.partition(":")[0] for flag in row.flags] == ["AFTER EXPIRY", "AFTER IT WAS TAKEN BACK"]


def test_a_deviation_says_what_is_still_to_be_reported(log: Logbook):
    row = one(log, "deviation")
    assert (row.reference, row.sites) == ("PD-1", ("south",)) and "agency: due 2026-03-09" in row.words


def test_a_note_that_names_one_body_is_that_bodys_and_its_correction_stands_beside_it(log: Logbook):
    row = one(log, "note")
    assert row.body == NORTH and "corrected by entry" in row.flags[-1] and "By letter" in row.flags[-1]


@pytest.mark.parametrize(
    ("wanted", "whats"),
    [
        (Wanted(body=AGENCY), set()),
        (Wanted(body=NORTH), {"submission", "response", "decision", "letter", "question", "received copy", "note"}),
        (Wanted(amendment=1), {"activation"}),
        (Wanted(version="2.0"), {"activation"}),
        (Wanted(whats=("question", "deviation")), {"question", "deviation"}),
        (Wanted(site="south"), {"activation", "deviation"}),
    ],
)
def test_only_what_is_asked_for_is_told(log: Logbook, wanted: Wanted, whats: set[str]):
    assert {row.what for row in ledger(log, wanted)} == whats


def test_a_sealed_text_is_never_printed(tmp_path: Path):
    from regdocs.versions.facts import sealed

    log = filed_log(tmp_path / "study", "1.0")
    log = recorded(log, sealed(log, note(JANE, "A secret word.", on="2026-03-01"), b"0" * 16))
    row = one(log, "note")
    assert row.words == "(sealed: not printed here)"


def test_no_line_is_longer_than_the_screen_and_nothing_of_a_row_is_lost(log: Logbook):
    lines = list(row_lines(ledger(log)))
    assert max(map(len, lines)) <= WIDTH
    whole = " ".join(" ".join(lines).split())
    assert [row.words for row in ledger(log) if " ".join(row.words.split()) not in whole] == []
    assert lines[-1].startswith("1 submission, 1 response, 2 decisions") or "2 decisions" in lines[-2]
