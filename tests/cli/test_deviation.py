"""`regdocs deviation`, and `submit --external` with what `valid` says of such documents, on DEMO-101."""

import json
import shutil
from pathlib import Path

import pytest

from tests.build.studies import REPOSITORY
from tests.cli.calling import Call, call_of

DEMO = REPOSITORY / "examples" / "demo-101"
ROBIN = ("--by", "robin.demo@example.org")
SAID = ("--number", "PD-001", "--site", "south", "--category", "informed-consent", "--on", "2026-07-08")
EXTERNAL = """\
regdocs-submission: 1
documents:
  - id: leaflet
    type: advertisement
    version: "1.0"
    date: 2026-06-10
    language: en
    file: leaflet.txt
"""


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    return call_of(monkeypatch, capsys)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(DEMO, tmp_path / "study", ignore=shutil.ignore_patterns("out", ".regdocs")))
    (folder / "leaflet.txt").write_text("Take part! (Fictional.)", encoding="utf-8")
    (folder / "submission.yaml").write_text(EXTERNAL, encoding="utf-8")
    return folder


def size(study: Path) -> int:
    return (study / "audit" / "log.jsonl").read_bytes().count(b"\n")


def test_a_deviation_is_recorded_and_said(call: Call, study: Path):
    more = ("--important", "--text", "The new form was used too early.", "--due", "committee-south=2026-07-30")
    said = call("-C", study, "deviation", *SAID, *more, *ROBIN)
    assert said.code == 0, said.err
    assert "deviation – PD-001 at south, important, informed-consent: The new form was used too early." in said.out
    entry = json.loads((study / "audit" / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert entry["reported"] == [{"due": "2026-07-30", "to": "committee-south"}]


def test_a_sealed_text_is_not_in_the_log(call: Call, study: Path):
    said = call("-C", study, "deviation", *SAID, "--not-important", "--text", "Something private.", "--seal", *ROBIN)
    assert said.code == 0, said.err
    assert b"Something private" not in (study / "audit" / "log.jsonl").read_bytes()
    assert "Something private" in call("-C", study, "log").out


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--text", "x"), 2, "important"),
        (("--important", "--text", "Participant 7 came late"), 1, "looks like the number of a participant"),
        (("--important", "--text", "x", "--due", "committee-south"), 2, "has to be BODY=DATE"),
        (("--important", "--text", "x", "--due", "a=2026-01-01", "--due", "a=2026-01-02"), 2, "twice"),
        (("--important", "--text", "x", "--due", "a=soon"), 1, "is not a day"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_recorded(
    call: Call, study: Path, more: tuple[str, ...], code: int, words: str
):
    before = size(study)
    said = call("-C", study, "deviation", *SAID, *more, *ROBIN)
    assert said.code == code and words in said.err and size(study) == before


def test_an_advertisement_is_submitted_decided_on_and_answered(call: Call, study: Path):
    to = ("--body", "board-north", "--on", "2026-06-16", "--documents", "leaflet/en/1.0")
    said = call("-C", study, "submit", "2.0", *to, "--external", "submission.yaml", *ROBIN)
    assert said.code == 0 and "0 documents of version 2.0 and 1 from outside to board-north, for north" in said.out
    asked = ("valid", "--site", "north", "--document", "leaflet", "--on")
    before = call("-C", study, *asked, "2026-07-01")
    assert before.code == 1 and "NOT APPROVED at north on 2026-07-01: leaflet/en/1.0" in before.out
    (study / "letter.txt").write_text("EXB-77: approved", encoding="utf-8")
    about = ("--body", "board-north", "--sites", "north", "--documents", "leaflet/en/1.0", "--letter", "letter.txt")
    what = ("--reference", "EXB-77", "--outcome", "approved", "--decided", "2026-06-20", "--received", "2026-06-21")
    assert call("-C", study, "decision", *about, *what, *ROBIN).code == 0
    after = call("-C", study, *asked, "2026-07-01")
    assert after.code == 0 and "approved from 2026-06-20 by board-north, EXB-77 (entry" in after.out
    [found] = json.loads(call("-C", study, *asked, "2026-07-01", "--json").out)
    assert (found["approved"], found["type"], len(found["entries"])) == (True, "advertisement", 2)
    assert call("-C", study, *asked, "2026-06-19").code == 1


def test_a_file_with_mistakes_is_told_with_places_and_nothing_is_recorded(call: Call, study: Path):
    (study / "submission.yaml").write_text(EXTERNAL.replace("leaflet.txt", "../leaflet.txt"), encoding="utf-8")
    before = size(study)
    to = ("--body", "board-north", "--on", "2026-06-16", "--external", "submission.yaml")
    said = call("-C", study, "submit", "2.0", *to, *ROBIN)
    assert said.code == 1 and "submission.yaml:8:5: error[SUB-002]" in said.out and size(study) == before


def test_a_file_that_is_not_there_is_told(call: Call, study: Path):
    to = ("--body", "board-north", "--on", "2026-06-16", "--external", "none.yaml")
    said = call("-C", study, "submit", "2.0", *to, *ROBIN)
    assert said.code == 1 and "there is no file" in said.err
