"""`regdocs respond` as people call it: a first file, its mistakes, answers without a change, and the letter."""

import json
import shutil
from pathlib import Path

import pytest

from tests.build.studies import REPOSITORY
from tests.cli.calling import Call, call_of

ROBIN = ("--by", "robin.demo@example.org")
NORTH = "EXB-2026-014-A1"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    return call_of(monkeypatch, capsys)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("out", ".regdocs")
    return Path(shutil.copytree(REPOSITORY / "examples" / "demo-101", tmp_path / "study", ignore=ignored))


def test_a_first_file_is_written_once_with_the_words_of_the_board(study: Path, call: Call):
    said = call("-C", study, "respond", "--to", NORTH, "--prepare")
    assert said.code == 0, said.err
    assert "Please add to section 7" in (study / "response.yaml").read_text(encoding="utf-8")
    again = call("-C", study, "respond", "--to", NORTH, "--prepare")
    assert again.code == 1 and "is there already" in again.err


def test_what_is_open_is_told_with_its_place_and_nothing_is_recorded(study: Path, call: Call):
    before = (study / "audit" / "log.jsonl").read_bytes()
    call("-C", study, "respond", "--to", NORTH, "--prepare")
    said = call("-C", study, "respond", "--to", NORTH, *ROBIN)
    assert said.code == 1 and "response.yaml:" in said.out and "RSP-004" in said.out
    assert (study / "audit" / "log.jsonl").read_bytes() == before and not (study / "response").exists()


@pytest.mark.slow
def test_answers_are_recorded_and_their_letter_lies_where_it_is_said(study: Path, call: Call):
    call("-C", study, "respond", "--to", NORTH, "--prepare")
    file = study / "response.yaml"
    text = file.read_text(encoding="utf-8").replace('"TODO: why nothing changed"', "It stands there already.")
    text = text.replace('"TODO: what you answer"', "Version 9.9 says it.").replace("# changed", "#")
    text = text.replace('"TODO: who signs the letter, printed name and role"', "Robin Demo, regulatory")
    file.write_text(text.replace('"TODO: the day on which it goes to the body, as 2026-03-01"', "2026-07-03"), "utf-8")
    drafted = call("-C", study, "respond", "--to", NORTH, "--draft")
    assert drafted.code == 0 and "nothing is recorded" in drafted.out
    assert "warning[RSP-005] the answer to stipulation 1 names version 9.9" in drafted.out
    assert (study / "response" / "board-north-2-draft" / "response-letter.docx").is_file()
    (study / "elsewhere").mkdir()
    (study / "elsewhere" / "mine.txt").write_text("mine", "utf-8")
    before = (study / "audit" / "log.jsonl").read_bytes()
    foreign = call("-C", study, "respond", "--to", NORTH, "--out", "elsewhere", *ROBIN)
    assert foreign.code == 1 and (study / "audit" / "log.jsonl").read_bytes() == before
    said = call("-C", study, "respond", "--to", NORTH, *ROBIN)
    assert said.code == 0, said.err + said.out
    assert "submission 2, answering entry" in said.out
    folder = study / "response" / "board-north-2"
    assert {one.name for one in folder.iterdir()} == {"response-letter.pdf", "response-letter.docx", "response.json"}
    told = json.loads((folder / "response.json").read_text(encoding="utf-8"))
    kept = {one["object"] for one in json.loads(call("-C", study, "log", str(_last(study)), "--json").out)["response"]}
    assert {one["sha256"] for one in told["files"]} == kept


def _last(study: Path) -> int:
    return len((study / "audit" / "log.jsonl").read_bytes().splitlines()) - 1


def test_a_decision_that_is_not_there_is_refused_with_those_that_are(study: Path, call: Call):
    said = call("-C", study, "respond", "--to", "EXB-1", *ROBIN)
    assert said.code == 1 and NORTH in said.err


def test_without_a_file_it_is_said_how_to_get_one(study: Path, call: Call):
    said = call("-C", study, "respond", "--to", NORTH, *ROBIN)
    assert said.code == 2 and "--prepare" in said.err
