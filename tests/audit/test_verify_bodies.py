"""Submissions, decisions and urgent measures: both verifiers read the same in them, and need the letter."""

from pathlib import Path
from typing import Any

import pytest

from regdocs.audit.entry import OUTCOMES
from tests.audit.log_maker import LogMaker
from tests.audit.test_verify_folders import agreed, messages

ANN = "ann@example.org"
LETTER = b"%PDF-1.7 a letter"
SUBMITTED: dict[str, Any] = {
    "version": "1.0",
    "body": "board-north",
    "sites": ["north"],
    "documents": ["consent/en/1.0", "protocol/en/1.0"],
    "on": "2026-02-01",
}
DECIDED: dict[str, Any] = {
    "body": "board-north",
    "reference": "EXB-2026-014/1",
    "outcome": "approved",
    "decided": "2026-02-20",
    "received": "2026-02-24",
    "sites": ["north"],
    "documents": ["consent/en/1.0"],
}
ACTIVATED: dict[str, Any] = {"version": "1.0", "site": "north", "on": "2026-03-02"}
RECEIVED: dict[str, Any] = {
    "of": 0,
    "site": "north",
    "language": "en",
    "document": "consent/en/1.0",
    "against": "0" * 64,
    "compared": "words",
}
DEVIATED: dict[str, Any] = {
    "number": "DEV-7",
    "site": "north",
    "category": "visit",
    "important": False,
    "text": "the visit of week 4 was a day late",
    "on": "2026-03-20",
}
AT_NORTH = {"site": "north", "at": "2026-03-01T14:00:00Z", "told": "by telephone, each one"}
MEASURE: dict[str, Any] = {
    "hazard": "fainting after the infusion",
    "measure": "participants stay for two hours",
    "decided_by": "the sponsor's medical monitor",
    "sites": [AT_NORTH],
}


@pytest.fixture
def log() -> LogMaker:
    return LogMaker()


PACKAGED: dict[str, Any] = {
    "profile": "generic",
    "kind": "amendment",
    "manifest": "1" * 64,
    "contents": "2" * 64,
    "on": "2026-03-01",
}


def letter(log: LogMaker, **changes: Any) -> dict[str, Any]:
    return {"object": log.keep(LETTER), "bytes": len(LETTER), "kind": "pdf", **changes}


def test_what_is_as_the_page_says_holds(log: LogMaker, tmp_path: Path):
    submitted = log.add("submit", ANN, **SUBMITTED)
    more = {"effective": "2026-02-25", "expires": "2027-02-19", "version": "1.0", "of": submitted, "class": "minor"}
    texts = {"stipulations": ["Say “tablet”, not “pill”."], "reconsent": [{"site": "north", "text": "not needed"}]}
    log.add("decision", ANN, **DECIDED, **more, **texts, letter=letter(log))
    log.add("activate", ANN, **ACTIVATED, documents=["consent/en/1.0"], trained=letter(log))
    log.add("activate", ANN, **ACTIVATED)
    log.add("urgent-safety", ANN, **MEASURE, known="2026-03-01T09:00:00Z")
    again = {"to": submitted, "submission": 2, "answers": [{"number": 1}], "external": [{"title": "Poster"}]}
    log.add("submit", ANN, **SUBMITTED, **again, response=[letter(log), letter(log)])
    changes = [{"was": "pill", "now": "tablet"}]
    log.add("receive", ANN, **RECEIVED, file=letter(log), changes=changes)
    log.add("deviation", ANN, **DEVIATED, reported=[{"to": "board-north", "on": "2026-03-21"}])
    first = log.add("package", ANN, **PACKAGED)
    log.add("package", ANN, **PACKAGED, site="north", of=first)
    assert agreed(log.write(tmp_path)) == set()


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_one_for_both_verifiers(log: LogMaker, tmp_path: Path, outcome: str):
    log.add("decision", ANN, **DECIDED | {"outcome": outcome})
    assert agreed(log.write(tmp_path)) == set()


@pytest.mark.parametrize(
    ("do", "own", "changes"),
    [
        ("submit", SUBMITTED, {"version": "a/b"}),
        ("submit", SUBMITTED, {"body": ""}),
        ("submit", SUBMITTED, {"sites": []}),
        ("submit", SUBMITTED, {"sites": ["north", "north"]}),
        ("submit", SUBMITTED, {"documents": []}),
        ("submit", SUBMITTED, {"documents": ["consent/en"]}),
        ("submit", SUBMITTED, {"on": "2026-02-30"}),
        ("decision", DECIDED, {"outcome": "maybe"}),
        ("decision", DECIDED, {"reference": " EXB"}),
        ("decision", DECIDED, {"decided": "20 February"}),
        ("decision", DECIDED, {"effective": "2026-02-30"}),
        ("decision", DECIDED, {"expires": ""}),
        ("decision", DECIDED, {"received": None}),
        ("decision", DECIDED, {"documents": ["consent//1.0"]}),
        ("decision", DECIDED, {"letter": {"object": "0" * 64, "kind": "pdf"}}),
        ("decision", DECIDED, {"letter": "a letter"}),
        ("decision", DECIDED, {"stipulations": [""]}),
        ("decision", DECIDED, {"stipulations": "Say tablet."}),
        ("decision", DECIDED, {"class": ""}),
        ("decision", DECIDED, {"reconsent": "needed"}),
        ("decision", DECIDED, {"version": "con"}),
        ("decision", DECIDED, {"of": "2"}),
        ("decision", DECIDED, {"of": 99}),
        ("urgent-safety", MEASURE, {"hazard": ""}),
        ("urgent-safety", MEASURE, {"decided_by": None}),
        ("urgent-safety", MEASURE, {"known": "2026-03-01"}),
        ("urgent-safety", MEASURE, {"sites": []}),
        ("urgent-safety", MEASURE, {"sites": [AT_NORTH, AT_NORTH]}),
        ("urgent-safety", MEASURE, {"sites": [AT_NORTH | {"at": "2026-03-01"}]}),
        ("urgent-safety", MEASURE, {"sites": [AT_NORTH | {"told": ""}]}),
        ("activate", ACTIVATED, {"on": "soon"}),
        ("activate", ACTIVATED, {"site": ""}),
        ("activate", ACTIVATED, {"version": "a/b"}),
        ("activate", ACTIVATED, {"documents": []}),
        ("activate", ACTIVATED, {"trained": {"object": "0" * 64, "kind": "pdf"}}),
        ("submit", SUBMITTED, {"to": 99}),
        ("submit", SUBMITTED, {"submission": 0}),
        ("submit", SUBMITTED, {"response": []}),
        ("submit", SUBMITTED, {"response": [{"object": "0" * 64, "bytes": 1}]}),
        ("submit", SUBMITTED, {"answers": "none"}),
        ("submit", SUBMITTED, {"external": {}}),
        ("receive", RECEIVED, {"file": "a letter"}),
        ("deviation", DEVIATED, {"number": "DEV\n7"}),
        ("deviation", DEVIATED, {"important": "yes"}),
        ("deviation", DEVIATED, {"category": ""}),
        ("deviation", DEVIATED, {"text": ""}),
        ("deviation", DEVIATED, {"on": "2026-02-30"}),
        ("deviation", DEVIATED, {"reported": {}}),
        ("package", PACKAGED, {"profile": ""}),
        ("package", PACKAGED, {"kind": 1}),
        ("package", PACKAGED, {"site": ""}),
        ("package", PACKAGED, {"manifest": "m"}),
        ("package", PACKAGED, {"contents": None}),
        ("package", PACKAGED, {"on": "2026-02-30"}),
        ("package", PACKAGED, {"of": 99}),
        ("package", PACKAGED, {"of": -1}),
    ],
)
def test_a_wrong_form_is_altered(log: LogMaker, tmp_path: Path, do: str, own: dict[str, Any], changes: dict[str, Any]):
    log.add(do, ANN, **own | changes)
    assert agreed(log.write(tmp_path)) == {1}


@pytest.mark.parametrize(
    "changes", [{"of": 99}, {"of": None}, {"site": ""}, {"document": 1}, {"against": "x"}, {"compared": "perhaps"},
                {"changes": "none"}, {"file": None}],
)  # fmt: skip
def test_a_wrong_form_of_what_came_back_is_altered(log: LogMaker, tmp_path: Path, changes: dict[str, Any]):
    log.add("receive", ANN, **{**RECEIVED, "file": letter(log), **changes})
    assert agreed(log.write(tmp_path)) == {1}


@pytest.mark.parametrize("do", ["receive", "submit"])
def test_what_came_back_and_what_was_answered_are_needed_as_recorded(log: LogMaker, tmp_path: Path, do: str):
    own, key = {"receive": (RECEIVED, "file"), "submit": (SUBMITTED, "response")}[do]
    named = letter(log)
    log.add(do, ANN, **own, **{key: named if do == "receive" else [named]})
    study = log.write(tmp_path / "missing")
    (study / "audit" / "objects" / named["object"]).unlink()
    assert agreed(study) == {7}
    other = LogMaker()
    short = letter(other, bytes=3)
    other.add(do, ANN, **own, **{key: short if do == "receive" else [letter(other), short]})
    assert agreed(other.write(tmp_path / "length")) == {1}


@pytest.mark.parametrize("do", ["submit", "decision", "activate", "deviation", "urgent-safety", "package"])
def test_what_is_needed_may_not_be_missing(log: LogMaker, tmp_path: Path, do: str):
    own = {
        "submit": SUBMITTED,
        "decision": DECIDED,
        "activate": ACTIVATED,
        "deviation": DEVIATED,
        "package": PACKAGED,
        "urgent-safety": MEASURE,
    }[do]
    for number, key in enumerate(own):
        short = LogMaker()
        n = short.add(do, ANN, **{other: value for other, value in own.items() if other != key})
        study = short.write(tmp_path / str(number))
        assert agreed(study) == {1}, key
        assert messages(study, n) == f'"{key}" is missing'


def test_a_letter_is_needed_as_it_was_recorded(log: LogMaker, tmp_path: Path):
    named = letter(log)
    n = log.add("decision", ANN, **DECIDED, letter=named)
    study = log.write(tmp_path)
    kept = study / "audit" / "objects" / named["object"]
    kept.write_bytes(LETTER + b" with another stipulation")
    assert agreed(study) == {7}
    kept.unlink()
    assert agreed(study) == {7}
    assert "(letter) is missing" in messages(study, n)


def test_a_record_of_training_is_needed_as_it_was_recorded(log: LogMaker, tmp_path: Path):
    named = letter(log)
    n = log.add("activate", ANN, **ACTIVATED, trained=named)
    study = log.write(tmp_path / "missing")
    (study / "audit" / "objects" / named["object"]).unlink()
    assert agreed(study) == {7} and "(trained) is missing" in messages(study, n)
    other = LogMaker()
    other.add("activate", ANN, **ACTIVATED, trained=letter(other, bytes=3))
    assert agreed(other.write(tmp_path / "length")) == {1}


def test_a_letter_of_another_length_than_was_said_is_altered(log: LogMaker, tmp_path: Path):
    log.add("decision", ANN, **DECIDED, letter=letter(log, bytes=3))
    assert agreed(log.write(tmp_path)) == {1}


def test_a_missing_letter_of_a_decision_on_no_entry_is_told_beside_that(log: LogMaker, tmp_path: Path):
    log.add("decision", ANN, **DECIDED, of=99, letter=letter(log, object="0" * 64))
    assert agreed(log.write(tmp_path)) == {1, 7}


def test_a_letter_without_its_kind_is_read_as_a_value_that_was_put_out(log: LogMaker, tmp_path: Path):
    log.add("decision", ANN, **DECIDED, letter={"object": log.keep(LETTER), "bytes": len(LETTER)})
    assert agreed(log.write(tmp_path)) == {1}


def test_long_stipulations_are_put_out_and_needed(log: LogMaker, tmp_path: Path):
    log.add("decision", ANN, **DECIDED, stipulations=["Một yêu cầu dài. " * 400])
    study = log.write(tmp_path / "study")
    assert agreed(study) == set()
    for kept in (study / "audit" / "objects").iterdir():
        kept.unlink()
    assert agreed(study) == {7}
