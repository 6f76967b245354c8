"""`submit` and `decision` as people call them: recorded, told with what is odd, refused where there is no form."""

import json
from pathlib import Path

import pytest

from regdocs.canonical import sha256_hex
from tests.cli.calling import Call
from tests.versions.filings import FORM, LETTER, NORTH, SOUTH, filed_log
from tests.versions.logs import JANE, opened

DECISION = (
    "decision", "--body", NORTH, "--reference", "EXB-1", "--outcome", "approved", "--decided", "2026-02-26",
    "--received", "2026-02-28", "--sites", "north", "--documents", "consent/en/1.0",
)  # fmt: skip


@pytest.fixture(autouse=True)
def jane_acts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Jane is at the keyboard, on a day of March 2026."""
    monkeypatch.setenv("REGDOCS_BY", JANE)
    monkeypatch.setenv("REGDOCS_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("REGDOCS_NOW", "2026-03-01T09:00:00Z")


@pytest.fixture
def filed(tmp_path: Path) -> Path:
    log = filed_log(tmp_path / "study")
    (log.study / "protocol.yaml").write_text(json.dumps(FORM), encoding="utf-8")
    (log.study / "letter.txt").write_bytes(LETTER)
    return log.study


def newest(study: Path) -> dict:
    logbook = opened(study)
    return logbook.whole_entry(logbook.head.size - 1)


def test_a_submission_is_recorded_and_told(filed: Path, call: Call):
    said = call("-C", filed, "submit", "2.0", "--body", SOUTH, "--on", "2026-02-27")
    assert said.code == 0, said.err
    assert "submit – 3 documents of version 2.0 to committee-south, for south" in said.out
    some = ("--site", "south", "--documents", "consent/en/2.0, consent/vi/1.0")
    assert call("-C", filed, "submit", "2.0", "--body", SOUTH, "--on", "2026-02-28", *some).code == 0
    assert newest(filed)["documents"] == ["consent/en/2.0", "consent/vi/1.0"]


def test_a_decision_with_its_letter_is_recorded_and_the_letter_kept(filed: Path, call: Call):
    call("-C", filed, "submit", "1.0", "--body", NORTH, "--on", "2026-02-25")
    said = call("-C", filed, *DECISION, "--letter", "letter.txt")
    assert said.code == 0, said.err
    assert "approved by board-north on 2026-02-26, EXB-1: consent/en/1.0, for north" in said.out
    assert "note:" not in said.out and "warning" not in said.err
    assert opened(filed).object(sha256_hex(LETTER)) == LETTER
    assert "sign" not in [entry["do"] for entry in opened(filed).entries(opened(filed).head.size - 1)]


def test_a_letter_that_names_another_reference_is_told(filed: Path, call: Call):
    said = call("-C", filed, *[one.replace("EXB-1", "EXB-2") for one in DECISION], "--letter", "letter.txt")
    assert said.code == 0
    assert "note: the letter does not name: reference EXB-2" in said.out
    assert "the letter does not name: reference EXB-2" in call("-C", filed, "log").out


def test_of_a_letter_that_cannot_be_read_it_is_said_that_a_person_has_to(filed: Path, call: Call):
    (filed / "letter.pdf").write_bytes(b"%PDF-1.7")
    said = call("-C", filed, *DECISION, "--letter", "letter.pdf")
    assert "note: the letter could not be read, so nobody searched it" in said.out and said.code == 0


def test_a_decision_without_letter_and_submission_is_recorded_and_both_is_told(filed: Path, call: Call):
    said = call("-C", filed, *DECISION)
    assert said.code == 0
    assert "note: consent/en/1.0 was not submitted to board-north before, for north" in said.out
    assert "note: without its letter: reported only, and no base" in said.out
    assert "without its letter" in call("-C", filed, "log").out
    assert "without its letter" in call("-C", filed, "log", str(newest(filed)["n"])).out


def test_stipulations_class_and_determinations_are_recorded_word_for_word(filed: Path, call: Call):
    (filed / "stipulations.yaml").write_text(
        "stipulations:\n  - Say “tablet”.\n  - |-\n    Two\n    lines.\n", encoding="utf-8"
    )
    more = ("--stipulation", "Number the pages.", "--stipulations", "stipulations.yaml", "--class", "more than minor")
    sites = ("--reconsent", "north=At the next visit.", "--reconsent", "x = y is not a site")
    days = ("--effective", "2026-02-27", "--expires", "2027-02-25", "--version", "1.0", "--why", "it came by post")
    assert call("-C", filed, *DECISION, *more, *sites, *days, "--letter", "letter.txt").code == 0
    entry = newest(filed)
    assert entry["stipulations"] == ["Number the pages.", "Say “tablet”.", "Two\nlines."]
    assert entry["class"] == "more than minor"
    assert entry["reconsent"] == [{"site": "north", "text": "At the next visit."}, {"text": "x = y is not a site"}]
    assert (entry["effective"], entry["expires"], entry["why"]) == ("2026-02-27", "2027-02-25", "it came by post")


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--outcome", "maybe"), 1, "not an outcome"),
        (("--body", "board-west"), 1, 'no body "board-west"'),
        (("--documents", "consent/en"), 2, "KIND/LANGUAGE/VERSION"),
        (("--documents", "consent/en/9.0"), 1, "no document"),
        (("--letter", "missing.pdf"), 1, "there is no file"),
        (("--stipulations", "letter.txt"), 2, "a list of texts under"),
        (("--decided", "yesterday"), 1, "not a day"),
    ],
)
def test_what_has_no_form_is_refused_and_nothing_recorded(
    filed: Path, call: Call, more: tuple[str, ...], code: int, words: str
):
    before = opened(filed).head
    said = call("-C", filed, *DECISION, *more)
    assert (said.code, said.traceback) == (code, False)
    assert words in said.err
    assert opened(filed).head == before


def test_all_is_not_what_a_decision_is_about(filed: Path, call: Call):
    assert call("-C", filed, *DECISION[:-1], "all").code == 2


def test_a_determination_that_a_machine_can_act_on_is_recorded_beside_the_words(filed: Path, call: Call):
    said = (
        "--reconsent",
        "north=required by=2026-08-01: All who take tablets.",
        "--reconsent",
        "not-required: Others.",
    )
    assert call("-C", filed, *DECISION, *said).code == 0
    assert newest(filed)["reconsent"] == [
        {"site": "north", "need": "required", "by": "2026-08-01", "text": "All who take tablets."},
        {"need": "not-required", "text": "Others."},
    ]
    before = opened(filed).head
    refused = call("-C", filed, *DECISION, "--reconsent", "required by 2026-08-01: All.")
    assert refused.code == 1 and "required [by=2026-08-01]: TEXT" in refused.err
    assert opened(filed).head == before
