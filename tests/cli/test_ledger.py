"""`regdocs ledger`: the questions of an inspector, each one command, on DEMO-101 and its history."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from regdocs.versions.deviations import CATEGORIES
from regdocs.versions.ledger import WHATS
from regdocs.versions.tmf import ARTIFACTS
from tests.build.studies import REPOSITORY
from tests.cli.calling import Call, call_of

DEMO = REPOSITORY / "examples" / "demo-101"
PAGE = (REPOSITORY / "docs" / "in-force.md").read_text(encoding="utf-8")


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    return call_of(monkeypatch, capsys)


def told(call: Call, *options: str) -> str:
    """What the ledger of the example says, with single spaces; no line of it is longer than a screen."""
    said = call("-C", DEMO, "ledger", *options)
    assert said.code == 0, said.err
    assert max(map(len, said.out.splitlines())) <= 100
    return " ".join(said.out.split())


def test_all_of_it_has_rows_and_an_index_for_each_site_and_says_how_far_numbers_were_checked(call: Call):
    out = told(call)
    assert "2026-01-26 submission board-north (entry" in out and "Index of the site south" in out
    assert "TMF 04.01.02" in out and "CDISC's own workbook was not read" in out


def test_submissions_questions_and_decisions_of_one_board(call: Call):
    out = told(call, "--body", "board-north", "--what", "submission,question,response,decision")
    assert "decision board-north approved EXB-2026-014" in out and "stipulation 1" in out
    assert "committee-south" not in out and "letter board-north" not in out


def test_when_each_site_began_to_use_amendment_1_and_who_was_trained(call: Call):
    out = told(call, "--amendment", "1", "--what", "activation,training-record")
    assert "north uses version 2.0 from 2026-07-01" in out and "south uses version 2.0 from 2026-07-08" in out
    assert "no record of training" in out and "Record of training, DEMO-101, site north" in out
    assert "uses version 1.0" not in out


def test_what_was_done_before_approval(call: Call):
    out = told(call, "--before-approval")
    assert "! BEFORE APPROVAL: committee-south: no decision that permits it by then: consent/en/2.0" in out
    assert "urgent measure" in out and "uses version 1.0" not in out


def test_which_documents_are_approved_for_a_site_until_when(call: Call):
    out = told(call, "--approved", "--site", "south")
    assert "south: approved by committee-south, EEC-2026-007-A1, from 2026-07-13 until 2026-10-13: expires" in out
    assert "consent/vi/2.0" in out and "board-north" not in out


def test_who_wrote_reviewed_and_approved_a_version(call: Call):
    out = told(call, "--version", "2.0")
    for words in ("wrote it: Robin Demo", "reviewed it: Sasha Number", "approved it: Dr Kim Sample"):
        assert re.search(rf"{words}.*?\(entry \d+ signs \d+\)", out)
    assert "Version 2.0, amendment 1 (entry 41; TMF 02.01.04)" in out and "committee-south: approved on" in out


def test_what_a_site_s_file_lacks(call: Call):
    out = told(call, "--index", "--site", "south")
    assert "record of training MISSING 05.03.03 of the activation in entry" in out and "site north" not in out


def test_json_has_the_same_for_programs(call: Call):
    found = json.loads(call("-C", DEMO, "ledger", "--json").out)
    assert found["format"] == "regdocs.ledger/v1" and {"rows", "index", "tmf"} <= found.keys()
    assert {row["what"] for row in found["rows"]} <= set(WHATS) and found["rows"][0]["late_days"] == 1
    narrow = json.loads(call("-C", DEMO, "ledger", "--version", "2.0", "--json").out)
    assert narrow["signed"][0]["meaning"] == "authorship" and "index" not in narrow
    approved = json.loads(call("-C", DEMO, "ledger", "--approved", "--json").out)["approved"]
    assert approved[0]["document"] == "consent/en/1.0"
    index = json.loads(call("-C", DEMO, "ledger", "--index", "--site", "north", "--json").out)
    assert {one["site"] for one in index["index"]} == {"north"} and "rows" not in index


def test_a_workbook_is_written_the_same_each_time_and_nothing_else(call: Call, tmp_path: Path):
    study = Path(shutil.copytree(DEMO, tmp_path / "study", ignore=shutil.ignore_patterns("out", ".regdocs")))
    made = []
    for name in ("one.xlsx", "two.xlsx"):
        said = call("-C", study, "ledger", "--xlsx", tmp_path / name)
        assert said.code == 0 and "the index of 2 sites written to" in said.out
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1] and zipfile.ZipFile(tmp_path / "one.xlsx").testzip() is None


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--body", "board-east"), 2, 'no recorded version has a body "board-east"; there are: board-north'),
        (("--site", "east"), 2, 'no recorded version has a site "east"'),
        (("--what", "telephone"), 2, '"telephone" is no sort of row: submission'),
        (("--version", "9.0"), 1, 'no recorded version "9.0"'),
        (("--approved", "--index"), 2, "not with each other"),
        (("--approved", "--amendment", "1"), 2, "go with --body and --site only"),
        (("--xlsx", "audit/log.jsonl"), 2, "has to end in .xlsx"),
        (("--xlsx", "x.xlsx", "--json"), 2, "--xlsx and --json"),
    ],
)
def test_what_cannot_be_asked_is_told(call: Call, options: tuple[str, ...], code: int, words: str):
    said = call("-C", DEMO, "ledger", *options)
    assert said.code == code and words in said.err


def test_the_page_lists_every_sort_of_row_every_number_and_every_category_of_deviations():
    assert [one for one in WHATS if f"`{one.replace(' ', '-')}`" not in PAGE] == []
    assert [one for one in ARTIFACTS.values() if f"| {one.number} | {one.name} |" not in PAGE] == []
    assert [one for one, words in CATEGORIES.items() if f"| `{one}` | {words} |" not in PAGE] == []
