"""`amend --prepare`, `--record` and `--urgent-safety` as people call them."""

import re
from pathlib import Path

import pytest

from regdocs.versions.amendment_preparation import prepare_candidate
from regdocs.versions.preparation import Asked
from tests.build.studies import change, content
from tests.cli.calling import Call
from tests.cli.terminal import at_terminal
from tests.versions.logs import JANE
from tests.versions.releases import MORE, SECOND, complete_study, edit_for_amendment, kinds_of_entries, release

BY = ("--by", JANE)
URGENT = """\
regdocs-urgent: 1
hazard: The pump may stop.
measure: Nobody is given more until it is mended.
decided_by: Dr Example
sites:
  - site: example-hospital
    implemented: 2026-04-03T14:20+02:00
    told: Everyone was called on the same day.
"""


@pytest.fixture(scope="module")
def released_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = complete_study(tmp_path_factory.mktemp("released") / "study")
    release(study)
    return study


@pytest.fixture
def released(released_once: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(released_once, tmp_path / "study"))


def test_prepare_writes_a_first_declaration_and_candidates_and_records_nothing(released: Path, call: Call):
    edit_for_amendment(released)
    (released / "amendment.yaml").unlink()
    before = kinds_of_entries(released)
    said = call("-C", released, "amend", "--prepare", *BY)
    assert said.code == 0, said.err
    drafted = (released / "amendment.yaml").read_text(encoding="utf-8")
    assert "/design/enrolment" in drafted and "crf#crf.study" in drafted and "TODO: why" in drafted
    page = (released / "candidate/2.0/clean/crf/en.html").read_text(encoding="utf-8")
    assert "CANDIDATE – not approved – not for use" in page
    assert "things stand against recording it" in said.out and "still to be completed" in said.out
    assert kinds_of_entries(released) == before and not (released / "issued/2.0").exists()


def test_prepare_never_writes_over_a_declaration(released: Path, call: Call):
    edit_for_amendment(released)
    own = (released / "amendment.yaml").read_bytes()
    assert call("-C", released, "amend", "--prepare", *BY).code == 0
    assert (released / "amendment.yaml").read_bytes() == own


def test_what_is_covered_by_no_declared_change_is_refused_and_named(released: Path, call: Call):
    edit_for_amendment(released)
    place = released / "amendment.yaml"
    place.write_text(place.read_text("utf-8").replace("/design/enrolment", "/population/minimum_age"), "utf-8")
    said = call("-C", released, "amend", "--record", "2.0", *BY)
    assert (said.code, said.traceback) == (1, False)
    assert "AMD-008" in said.out and "/design/enrolment/count" in said.out  # nothing declared covers it
    assert "AMD-009" in said.out and "/population/minimum_age" in said.out  # and this covers nothing
    assert "amend" not in kinds_of_entries(released)


def test_a_declaration_that_cannot_be_read_is_a_finding_with_its_place(released: Path, call: Call):
    edit_for_amendment(released)
    (released / "amendment.yaml").write_bytes(b"regdocs-amendment: 1\nnumber: [\xff")
    for arguments in (("--prepare",), ("--record", "2.0")):
        said = call("-C", released, "amend", *arguments, *BY)
        assert (said.code, said.traceback) == (1, False) and "amendment.yaml:" in said.out, said


def test_the_declaration_of_the_last_amendment_is_replaced_by_a_new_draft(released: Path, call: Call):
    edit_for_amendment(released)
    assert call("-C", released, "amend", "--record", "2.0", *BY).code == 0
    third = (('version: "1.0"', 'version: "3.0"'), ("date: 2026-01-15", "date: 2026-07-20"))
    change(released, *third, (MORE[0], MORE[1].replace("24", "25")))
    assert call("-C", released, "amend", "--prepare", *BY).code == 0
    assert "number: 2" in (released / "amendment.yaml").read_text(encoding="utf-8")


def test_nothing_changed_is_said_and_nothing_is_written(released: Path, call: Call):
    change(released, *SECOND)
    before = content(released)
    said = call("-C", released, "amend", "--prepare", *BY)
    assert (said.code, "nothing changed since version 1.0" in said.err) == (1, True)
    assert content(released) == before


def test_open_values_are_asked_at_a_terminal_and_an_empty_answer_leaves_them_open(released: Path):
    edit_for_amendment(released)
    (released / "amendment.yaml").unlink()
    draft = prepare_candidate(released, Asked("")).amended
    assert draft is not None
    asked: dict[str, str | bytes | list[str]] = {"Answer what is open": "y"}
    for question in re.findall(r'"TODO: ([^"]*)"', draft.amending.text.decode()):
        told = {"summary of the amendment": 'More "complete" records'}.get(question, "")
        asked[f"{question}:"] = [*asked.get(f"{question}:", []), "false" if question.startswith("true") else told]
    assert at_terminal("-C", released, "amend", "--prepare", *BY, answers=asked).code == 0
    text = (released / "amendment.yaml").read_text(encoding="utf-8")
    assert 'summary: "More \\"complete\\" records"' in text and "substantial: false" in text
    assert 'primary: "TODO: primary reason"' in text


def test_an_urgent_measure_is_recorded_without_a_base_and_says_whom_to_tell(released: Path, call: Call):
    file = released.parent / "urgent.yaml"
    file.write_text(URGENT, encoding="utf-8")
    said = call("-C", released, "amend", "--urgent-safety", "--from", file, *BY)
    assert said.code == 0, said.err
    assert kinds_of_entries(released)[-1] == "urgent-safety"
    assert "Whom to tell" in said.out and 'write "follows: 6"' in said.out


def test_a_moment_without_its_offset_is_a_finding_and_nothing_is_recorded(released: Path, call: Call):
    file = released.parent / "urgent.yaml"
    file.write_text(URGENT.replace("+02:00", ""), encoding="utf-8")
    said = call("-C", released, "amend", "--urgent-safety", "--from", file, *BY)
    assert (said.code, said.traceback) == (1, False) and "offset from UTC" in said.out
    assert "urgent-safety" not in kinds_of_entries(released)
