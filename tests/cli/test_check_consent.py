"""`regdocs check --consent`: for people, for programs, and as a checklist of the same bytes each time."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from regdocs.render.environment import pdf_environment
from tests.build.studies import content
from tests.cli.calling import Call
from tests.rules.cases import MINIMAL

QUICK = ("check", "--consent", "--no-pages")
STEM = "consent/example-hospital/en"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The smallest study, supported by the US government, with the templates that come with the program."""
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "protocol.yaml").write_text(
        MINIMAL.replace("federal_funding: false", "federal_funding: true"), encoding="utf-8"
    )
    return folder


def change(study: Path, old: str, new: str) -> None:
    """Replace what stands once in the protocol; without `old`, add to its end."""
    file = study / "protocol.yaml"
    text = file.read_text(encoding="utf-8")
    assert not old or text.count(old) == 1
    file.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")


def states(call: Call, study: Path, *more: str) -> dict[str, dict[str, Any]]:
    """The elements of the only form as JSON, by id."""
    said = call("-C", study, *QUICK, "--json", *more)
    (form,) = json.loads(said.out)["forms"]
    return {one["id"]: one for one in form["elements"]}


def test_each_form_is_told_with_its_rules_states_and_words(call: Call, study: Path) -> None:
    before = content(study)
    said = call("-C", study, *QUICK)
    assert said.code == 0, said.out
    assert f"{STEM}: Participant Information and Consent Form" in said.out
    assert "applies:" in said.out and "does not apply:" in said.out
    assert "CR-b4     found" in said.out and "“" in said.out
    assert "never that it is good enough" in said.out
    assert content(study) == before


def test_json_has_words_and_section_of_each_piece_of_evidence(call: Call, study: Path) -> None:
    found = states(call, study)
    voluntary = found["CR-b8.1"]
    assert voluntary["state"] == "found"
    assert "voluntary" in voluntary["evidence"][0]["words"] and voluntary["evidence"][0]["section"].startswith("1 ")
    assert {one["evidence"][0]["page"] for one in found.values() if one["evidence"]} == {None}


def test_text_taken_out_by_an_own_template_is_missing_and_gives_1(call: Call, study: Path) -> None:
    own = study / "templates/consent/choices.xml"
    own.parent.mkdir(parents=True)
    shipped = Path(__file__).resolve().parents[2] / "templates/consent/choices.xml"
    lines = shipped.read_text(encoding="utf-8").splitlines(keepends=True)
    own.write_text("".join(line for line in lines if "CR-c3" not in line), encoding="utf-8")
    said = call("-C", study, *QUICK)
    assert said.code == 1
    assert "error[ELM-001]" in said.out and "CR-c3" in said.out and "E6-k" in said.out


def test_open_value_is_to_be_completed_and_missing_in_a_final_form(call: Call, study: Path) -> None:
    change(study, "  costs: Nothing.", "  costs: 'TODO: what participants pay'")
    assert states(call, study)["CR-c3"]["state"] == "to be completed"
    said = call("-C", study, *QUICK)
    line = next(n for n, one in enumerate((study / "protocol.yaml").read_text().splitlines(), 1) if "  costs: " in one)
    assert said.code == 0 and f"protocol.yaml:{line}:" in said.out and "note[ELM-002]" in said.out
    final = call("-C", study, *QUICK, "--final")
    assert final.code == 1 and "error[ELM-002]" in final.out


def test_sign_off_of_a_named_person_is_told_and_one_without_a_name_is_open(call: Call, study: Path) -> None:
    assert states(call, study)["CR-a3"]["why"] == "nobody signed it off yet"
    signed = (
        "sign_offs:\n  - id: plain\n    element: CR-a3\n    version: '1.0'\n"
        "    by: Ann Reader\n    role: Patient council\n    on: 2026-02-03\n"
    )
    change(study, "", signed)
    told = states(call, study)["CR-a3"]
    assert told["state"] == "for a person" and "Ann Reader, Patient council, 3 February 2026" in told["why"]
    change(study, "by: Ann Reader", "by: 'TODO: who'")
    assert states(call, study)["CR-a3"]["state"] == "to be completed"


def test_answer_leaves_out_only_what_a_rule_lets_be_left_out(call: Call, study: Path) -> None:
    answers = "answers:\n" + "".join(
        f"  - id: a{n}\n    question: {name}\n    answer: No.\n    reason: It costs nothing.\n    by: Ann\n"
        for n, name in enumerate(("CR-b4", "CR-c33"))
    )
    change(study, "", answers)
    said = call("-C", study, *QUICK)
    assert said.out.count("warning[ELM-006]") == 2
    assert "changes nothing: its rule has no condition" in said.out and 'did you mean "CR-c3"?' in said.out


@pytest.mark.parametrize(
    "options",
    [
        ("--consent", "--format", "xlsx"),
        ("--format", "pdf", "--out", "a.pdf"),
        ("--final",),
        ("--consent", "--only", "crf"),
        ("--consent", "--site", "nowhere"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(call: Call, study: Path, options: tuple[str, ...]) -> None:
    said = call("-C", study, "check", *options)
    assert said.code == 2 and said.err.strip() and "Traceback" not in said.err


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_checklist_has_the_words_and_the_same_bytes_twice(call: Call, study: Path, form: str) -> None:
    made = []
    for name in (f"one.{form}", f"two.{form}"):
        assert call("-C", study, *QUICK, "--format", form, "--out", name).code == 0
        made.append((study / name).read_bytes())
    assert made[0] == made[1]
    parts = zipfile.ZipFile(io.BytesIO(made[0]))
    words = "".join(parts.read(one).decode("utf-8", "replace") for one in parts.namelist() if one.endswith(".xml"))
    assert "CR-b8.1" in words and "CR-b8.2" in words and "You may stop at any time" in words


@pytest.mark.slow
@pytest.mark.skipif(bool(pdf_environment()), reason="this machine cannot make PDFs")
def test_pages_are_those_of_the_pdf(call: Call, study: Path) -> None:
    said = call("-C", study, "check", "--consent", "--json")
    (form,) = json.loads(said.out)["forms"]
    assert call("-C", study, "build", "--only", "consent").code == 0
    pdf = pypdfium2.PdfDocument(study / f"out/{STEM}.pdf")
    printed = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    there = [each for one in form["elements"] for each in one["evidence"] if each["document"] is None]
    assert len(there) > 40
    for each in there:
        assert " ".join(each["words"].split()[:3]) in printed[each["page"] - 1], each
    again = call("-C", study, "check", "--consent", "--json")
    assert again.out == said.out
    assert call("-C", study, "check", "--consent", "--format", "pdf", "--out", "list.pdf").code == 0
    assert (study / "list.pdf").read_bytes().startswith(b"%PDF")


def test_sarif_names_the_rules_and_their_places(call: Call, study: Path) -> None:
    said = call("-C", study, *QUICK, "--format", "sarif")
    (run,) = json.loads(said.out)["runs"]
    assert {one["ruleId"] for one in run["results"]} >= {"ELM-002", "ELM-003"}


_INSTITUTION = """\
# Key information
You are being asked to join a research study. Joining is your choice.
# Costs
There is no cost to you for being in this study.
# Your rights
By signing this form you give up your right to sue the hospital.
"""


def word_form(folder: Path, text: str) -> Path:
    """A Word form without our marks; lines that begin with # are headings."""
    document = docx.Document()
    for line in text.splitlines():
        if line.startswith("# "):
            document.add_heading(line[2:], 1)
        else:
            document.add_paragraph(line)
    file = folder / "theirs.docx"
    document.save(str(file))
    return file


def test_a_word_form_without_marks_is_held_against_the_elements_by_its_words(call: Call, study: Path) -> None:
    word_form(study, _INSTITUTION)
    said = call("-C", study, "check", "--consent", "theirs.docx", "--json")
    (form,) = json.loads(said.out)["forms"]
    found = {one["id"]: one for one in form["elements"]}
    assert said.code == 1
    assert found["CR-b1.1"]["state"] == "found" and "found by its words" in found["CR-b1.1"]["why"]
    assert found["CR-c3"]["evidence"][0]["section"] == "Costs"
    assert found["CR-b4"]["state"] == "missing"
    assert found["CR-a6"]["state"] == "missing" and "give up your right" in found["CR-a6"]["evidence"][0]["words"]
    assert {one["file"] for one in json.loads(said.out)["findings"] if one["rule"] == "ELM-001"} == {"theirs.docx"}


@pytest.mark.parametrize(("name", "data"), [("a.docx", b"PK\x03\x04 no"), ("b.docx", b""), ("c.txt", b"words")])
def test_a_file_that_is_no_word_file_is_refused_in_a_sentence(call: Call, study: Path, name: str, data: bytes) -> None:
    (study / name).write_bytes(data)
    said = call("-C", study, "check", "--consent", name)
    assert said.code in (1, 2) and name in said.err and "Traceback" not in said.err


def test_words_by_which_a_right_is_given_up_are_told_with_the_line_of_the_protocol(call: Call, study: Path) -> None:
    change(study, "  costs: Nothing.", "  costs: You waive your right to sue the sponsor for any injury.")
    said = call("-C", study, *QUICK)
    line = next(n for n, one in enumerate((study / "protocol.yaml").read_text().splitlines(), 1) if "  costs: " in one)
    assert f"protocol.yaml:{line}:" in said.out and "[WRD-002]" in said.out
    assert states(call, study)["CR-a6"]["state"] == "missing"


def test_errors_of_the_study_are_told_first_in_the_format_that_was_asked_for(call: Call, study: Path) -> None:
    change(study, "  costs: Nothing.", "  csots: Nothing.")
    said = call("-C", study, *QUICK, "--json")
    assert said.code == 1 and {one["severity"] for one in json.loads(said.out)} == {"error"}
    text = call("-C", study, *QUICK)
    assert text.code == 1 and "mend these errors first" in text.out


def test_quiet_leaves_notes_out_of_lists_for_people(call: Call, study: Path) -> None:
    assert "::notice" in call("-C", study, *QUICK, "--format", "github").out
    assert "::notice" not in call("-C", study, *QUICK, "--format", "github", "--quiet").out
