"""`regdocs activate` and `valid`: what they say and how they end, on DEMO-101 and its history."""

import json
import shutil
from pathlib import Path

import pytest

from tests.build.studies import REPOSITORY
from tests.cli.calling import Call, call_of

DEMO = REPOSITORY / "examples" / "demo-101"
HEADER = "participant;site;form;version;language;date;time\n"
ROBIN = ("--by", "robin.demo@example.org")


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    return call_of(monkeypatch, capsys)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEMO, tmp_path / "study", ignore=shutil.ignore_patterns("out", ".regdocs")))


def test_a_valid_form_is_named_with_all_that_proves_it(call: Call):
    said = call("-C", DEMO, "valid", "--site", "north", "--on", "2026-05-03", "--document", "consent")
    assert said.code == 0
    assert "VALID at north on 2026-05-03: consent/en/1.0" in said.out
    told = ("consent/north/en.pdf  sha256:", "EXB-2026-014, from 2026-02-11", "in use: from 2026-03-02", "entries: ")
    assert [part for part in told if part not in said.out] == []


def test_a_form_that_was_used_before_approval_ends_with_1_and_the_reason(call: Call):
    asked = ("--site", "south", "--on", "2026-07-10", "--document", "consent", "--language", "vi")
    said = call("-C", DEMO, "valid", *asked)
    assert said.code == 1
    assert "NOT VALID at south on 2026-07-10: consent/vi/2.0" in said.out
    assert "not valid: committee-south: no decision that permits it by then" in said.out


def test_json_says_the_same(call: Call):
    said = call("-C", DEMO, "valid", "--site", "north", "--on", "2026-05-03", "--document", "consent", "--json")
    [found] = json.loads(said.out)
    assert (found["valid"], found["version"], found["why_not"]) == (True, "1.0", [])
    assert found["bodies"][0]["outcome"] == "approved" and len(found["entries"]) == 4


def test_signed_forms_are_judged_and_the_output_says_what_it_contains(call: Call, tmp_path: Path):
    rows = "7;north;consent;1.0;en;2026-05-03;10:00\n8;north;consent;1.0;en;2026-08-03;10:00\n"
    (tmp_path / "signed.csv").write_text(HEADER + rows, encoding="utf-8-sig")
    said = call("-C", DEMO, "valid", "--signed", tmp_path / "signed.csv")
    assert said.code == 1 and said.out.startswith("This output contains participant data")
    assert "line 2: 7: correct" in said.out and "line 3: 8: form not valid that day" in said.out
    assert "superseded by consent/en/2.0, used from 2026-07-01" in said.out
    found = json.loads(call("-C", DEMO, "valid", "--signed", tmp_path / "signed.csv", "--json").out)
    assert found["notice"] == "contains participant data"
    assert [one["verdict"] for one in found["rows"]] == ["correct", "form not valid that day"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--site", "north"), "say the site and the day"),
        (("--signed", "x.csv", "--site", "north"), "goes with --on alone"),
        (("--signed", "x.csv", "--on", "3 May"), "is not a day"),
        (("--site", "north", "--on", "3 May"), "is not a day"),
        (("--site", "north", "--on", "2026-05-03", "--document", "diary"), "was ever issued"),
    ],
)
def test_a_wrong_call_is_told(call: Call, options: tuple[str, ...], words: str):
    said = call("-C", DEMO, "valid", *options)
    assert said.code == 2 and words in said.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--site", "east", "--on", "2026-05-03"), 'no recorded version has a site "east"'),
        (("--signed", "no.csv"), "there is no file"),
    ],
)
def test_what_cannot_be_answered_is_refused(call: Call, options: tuple[str, ...], words: str):
    said = call("-C", DEMO, "valid", *options)
    assert said.code == 1 and words in said.err


def test_an_activation_is_recorded_with_its_record_of_training_and_flagged_when_too_early(call: Call, study: Path):
    (study.parent / "training.txt").write_text("Trained on 1 October 2026: nobody real.", encoding="utf-8")
    words = ("activate", "3.0", "--site", "north", "--on", "2026-10-02", "--trained", study.parent / "training.txt")
    said = call("-C", study, *words, *ROBIN)
    assert said.code == 0 and "north uses version 3.0 from 2026-10-02" in said.out
    assert "used at north from 2026-10-02 although board-north: no decision that permits it by then" in said.out
    answer = call("-C", study, "valid", "--site", "north", "--on", "2026-10-02", "--document", "consent")
    assert answer.code == 1 and "reported without its letter" in answer.out


def test_several_sites_are_activated_in_one_write(call: Call, study: Path):
    words = ("activate", "2.0", "--site", "north,south", "--on", "2026-10-02", "--documents", "consent/en/2.0")
    said = call("-C", study, *words, *ROBIN)
    assert said.code == 0 and "north uses" in said.out and "south uses" in said.out


def test_an_unknown_site_or_document_is_refused_and_nothing_is_recorded(call: Call, study: Path):
    before = (study / "audit" / "log.jsonl").read_bytes()
    for words in (("--site", "east"), ("--site", "north", "--documents", "consent/en/9.0"), ("--site", " ")):
        said = call("-C", study, "activate", "2.0", "--on", "2026-10-02", *words, *ROBIN)
        assert said.code in (1, 2) and said.err
    assert (study / "audit" / "log.jsonl").read_bytes() == before


def test_of_a_day_before_the_log_it_is_said_what_the_answer_rests_on(call: Call):
    said = call("-C", DEMO, "valid", "--site", "north", "--on", "2020-01-01", "--document", "consent")
    assert said.code == 1 and "This log begins on 2026-01-14" in said.out and "NOT VALID" in said.out


NUMBER = "N-7431-X"  # found nowhere in the study, wherever it might be kept
EARLIER = f"{NUMBER};north;consent;1.0;en;2026-05-03;10:00\n"


def determined(call: Call, study: Path) -> None:
    """The board decides about version 2.0 anew, and determines who signs again."""
    (study / "letter.txt").write_text("EXB-9: all participants of version 1.0 sign version 2.0.", encoding="utf-8")
    decided = ("--decided", "2026-08-03", "--received", "2026-08-04", "--sites", "north", "--letter", "letter.txt")
    what = ("--documents", "consent/en/2.0", "--reconsent", "required by=2026-09-01: All sign version 2.0.")
    said = call(
        "-C", study, "decision", "--body", "board-north", "--reference", "EXB-9", "--outcome", "approved",
        *decided, *what, *ROBIN,
    )  # fmt: skip
    assert said.code == 0, said.err


def test_who_has_to_sign_anew_is_said_for_a_day_and_the_file_is_kept_nowhere(call: Call, study: Path, tmp_path: Path):
    determined(call, study)
    (tmp_path / "signed.csv").write_text(HEADER + EARLIER, encoding="utf-8")
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    due = call("-C", study, "valid", "--signed", tmp_path / "signed.csv", "--on", "2026-09-01")
    assert due.code == 0 and f"{NUMBER}: re-consent due (by 2026-09-01): last signed consent/en/1.0" in due.out
    assert "Re-consent at north on 2026-09-01, the day asked for:" in due.out
    assert "board-north, EXB-9: required by 2026-09-01: “All sign version 2.0.”" in due.out
    assert "the sponsor proposed with version 2.0 (the body determines: ICH E6(R3) 2.8.2 [V])" in due.out
    late = call("-C", study, "valid", "--signed", tmp_path / "signed.csv", "--on", "2026-09-02", "--json")
    assert late.code == 1
    [found] = json.loads(late.out)["reconsent"]
    assert (found["verdict"], found["by"], found["lines"]) == ("re-consent overdue", "2026-09-01", [2])
    after = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    assert after == before and not any(NUMBER.encode() in data for data in after.values())


# Decided by hand from the story of DEMO-101: north uses 2.0 from 1 July, south from 8 July. For 2.0 the board of north
# wants consent anew by 15 August, and what `determined` adds later about its consent form; that of south by 31 August.
STANDS = (
    (("north;consent;1.0;en;2026-05-03",), "re-consent due"),
    (("north;consent;2.0;en;2026-07-10",), "re-consent not required"),
    (("north;consent;1.0;en;2026-05-03", "north;consent;2.0;en;2026-07-10"), "re-consent done"),
    (("north;consent;1.0;en;2026-05-03", "north;consent;2.0;en;2026-08-20"), "re-consent done"),
    (("north;consent;1.0;en;2026-05-03", "north;consent;2.0;en;2026-06-26"), "re-consent due"),
    (("north;consent;1.0;en;2026-05-03", "north;consent;2.0;en;2026-08-26"), "re-consent due"),
    (("north;assent;1.0;en;2026-05-03",), "re-consent overdue"),
    (("north;participant-card;1.0;en;2026-05-03",), "re-consent not required"),
    (("south;consent;1.0;vi;2026-05-03",), "re-consent due"),
    (("south;consent;1.0;vi;2026-05-03", "south;consent;2.0;vi;2026-07-10"), "re-consent due"),
    (("south;consent;1.0;vi;2026-05-03", "south;consent;2.0;en;2026-07-20"), "re-consent done"),
)


def test_participants_of_demo_101_stand_as_decided_by_hand(call: Call, study: Path, tmp_path: Path):
    determined(call, study)
    rows = [f"P-{number};{row};\n" for number, (given, _) in enumerate(STANDS) for row in given]
    (tmp_path / "signed.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    said = call("-C", study, "valid", "--signed", tmp_path / "signed.csv", "--on", "2026-08-25", "--json")
    found = {one["participant"]: one["verdict"] for one in json.loads(said.out)["reconsent"]}
    assert found == {f"P-{number}": verdict for number, (_, verdict) in enumerate(STANDS)}


def test_a_re_consent_that_is_done_ends_with_0(call: Call, study: Path, tmp_path: Path):
    determined(call, study)
    again = f"{NUMBER};north;consent;2.0;en;2026-08-20;10:00\n"
    (tmp_path / "signed.csv").write_text(HEADER + EARLIER + again, encoding="utf-8")
    said = call("-C", study, "valid", "--signed", tmp_path / "signed.csv", "--on", "2026-09-05")
    assert said.code == 0 and f"{NUMBER}: re-consent done" in said.out and "1 re-consent done" in said.out
