"""`regdocs translate`: a workbook goes out and comes back, nothing is lost, and nothing is filled in by itself."""

import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import yaml

from tests.build.studies import REPOSITORY, write_template
from tests.cli.calling import Call
from tests.translating.workbooks import FILE, SAID, TEMPLATE, fill_in, rows, vietnamese_study

VALUES = ("Examplin", "EX-1")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return vietnamese_study(tmp_path / "study")


@pytest.fixture
def book(call: Call, study: Path, tmp_path: Path) -> Path:
    file = tmp_path / "vi.xlsx"
    assert call("-C", study, "translate", "vi", "--export", file).code == 0
    return file


@pytest.fixture
def translated(call: Call, study: Path, book: Path) -> Path:
    """The study with everything translated by way of the workbook."""
    fill_in(book, SAID)
    fill_in(book, dict.fromkeys(VALUES, "yes"), "Same")
    assert call("-C", study, "translate", "vi", "--import", book).code == 0
    return study


def again(call: Call, study: Path, tmp_path: Path) -> Path:
    file = tmp_path / "again.xlsx"
    assert call("-C", study, "translate", "vi", "--export", file).code == 0
    return file


def blocks(study: Path) -> dict[str, str]:
    tree = yaml.safe_load((study / FILE).read_text(encoding="utf-8"))
    return {one["id"]: one["text"] for one in tree["blocks"]}


def test_all_texts_go_out_as_missing_with_their_slots_and_nothing_is_filled_in(book: Path) -> None:
    told = rows(book)
    assert set(told) == {*SAID, *VALUES}
    assert {one["State"] for one in told.values()} == {"missing"}
    assert {one["Translation"] for one in told.values()} == {None}
    assert told["consent.sign"]["Source"] == "Sign <strong>here</strong>: {#1 Signature}"
    assert told["consent.study"]["Reads, at one site"] == "You take part in Examplin, number EX-1."


def test_only_what_a_translator_fills_in_is_not_locked_and_no_cell_is_a_formula(study: Path, book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["consent"]
    assert sheet.protection.sheet
    open_ = {sheet.cell(3, cell.column).value for row in sheet for cell in row if not cell.protection.locked}
    assert open_ == {"Translation", "Same"}
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}


def test_words_that_look_like_a_formula_go_out_as_text(call: Call, study: Path, tmp_path: Path) -> None:
    write_template(study, "consent", TEMPLATE.replace("Your consent", "=1+1 is two"))
    told = rows(again(call, study, tmp_path))
    assert told["consent.title"]["Source"] == "=1+1 is two"
    sheet = openpyxl.load_workbook(tmp_path / "again.xlsx")["consent"]
    assert "f" not in {cell.data_type for row in sheet for cell in row}


def test_the_same_study_gives_the_same_bytes(call: Call, study: Path, tmp_path: Path, book: Path) -> None:
    assert again(call, study, tmp_path).read_bytes() == book.read_bytes()
    for name in ("one.docx", "two.docx"):
        assert call("-C", study, "translate", "vi", "--review", tmp_path / name).code == 0
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


def test_what_comes_back_makes_a_file_whose_language_is_complete(call: Call, translated: Path) -> None:
    assert blocks(translated) == SAID
    said = call("-C", translated, "check")
    assert said.code == 0 and "TRN-00" in said.out and "0 warnings" in said.out
    assert "TODO: who translated it" in (translated / FILE).read_text(encoding="utf-8")
    assert "note[TRN-013]" in said.out and "note[TRN-009]" in said.out
    assert "consent: 7 current" in call("-C", translated, "translate", "vi").out


def test_what_is_left_empty_stays_missing_and_is_counted(call: Call, study: Path, book: Path) -> None:
    fill_in(book, {"consent.title": SAID["consent.title"]})
    said = call("-C", study, "translate", "vi", "--import", book)
    assert said.code == 0 and "1 new, 0 changed, 0 rejected, 6 still to be translated" in said.out
    assert blocks(study) == {"consent.title": SAID["consent.title"]}
    assert "TRN-001" in call("-C", study, "check").out


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (
            {"consent.study": "Bạn tham gia {/identity/titles/short}."},
            "slot {/identity/protocol_number} of the source is",
        ),
        ({"consent.sign": "Ký <strong>ở đây: {#1 Chữ ký}"}, "<strong> is not closed"),
        ({"consent.title": '=HYPERLINK("http://example.org")'}, "a formula"),
        ({"consent.title": "your  CONSENT"}, "is the source itself"),
        ({"consent.title": "Chấp\nthuận"}, "new line"),
        ({"consent.title": "Chấp\u202ethuận"}, "turns the direction"),
        ({"consent.title": 1.5}, "not a text"),
    ],
    ids=["slot", "tag", "formula", "source", "line", "bidi", "number"],
)
def test_a_row_that_cannot_be_taken_is_named_and_then_nothing_is_written(
    call: Call, study: Path, book: Path, cells: dict[str, object], why: str
) -> None:
    fill_in(book, {**SAID, **cells})
    said = call("-C", study, "translate", "vi", "--import", book)
    assert said.code == 1 and "error[TRN-014]" in said.out and why in said.out, said.out
    assert "vi.xlsx:" in said.out and "Nothing was written" in said.out and not said.traceback
    assert not (study / "translations").exists()
    said = call("-C", study, "translate", "vi", "--import", book, "--without-rejected")
    assert said.code == 1 and set(blocks(study)) == set(SAID) - set(cells)


def test_a_source_that_was_altered_is_refused_and_so_is_a_name_of_nothing(call: Call, study: Path, book: Path) -> None:
    fill_in(book, SAID)
    fill_in(book, {"consent.study": "You take part."}, "Source")
    fill_in(book, {"consent.title": "consent.nowhere"}, "Name")
    said = call("-C", study, "translate", "vi", "--import", book)
    assert said.code == 1 and said.out.count("error[TRN-014]") == 2
    assert "was altered in the workbook" in said.out and 'there is no text "consent.nowhere"' in said.out
    assert not (study / "translations").exists()


def test_a_text_that_stands_twice_is_refused(call: Call, study: Path, book: Path) -> None:
    fill_in(book, SAID)
    opened = openpyxl.load_workbook(book)
    opened["consent"].append([cell.value for cell in opened["consent"][4]])
    opened.save(book)
    said = call("-C", study, "translate", "vi", "--import", book)
    assert said.code == 1 and "stands in several rows" in said.out


def test_a_source_that_changed_while_the_workbook_was_away_is_refused(call: Call, study: Path, book: Path) -> None:
    fill_in(book, SAID)
    write_template(study, "consent", TEMPLATE.replace("Your consent", "Your own consent"))
    said = call("-C", study, "translate", "vi", "--import", book)
    assert said.code == 1 and 'the source of "consent.title" has changed since' in said.out


def test_a_stale_text_goes_out_beside_its_field_and_is_never_taken_unasked(
    call: Call, translated: Path, tmp_path: Path
) -> None:
    write_template(translated, "consent", TEMPLATE.replace("Your consent", "Your own consent"))
    before = (translated / FILE).read_bytes()
    file = again(call, translated, tmp_path)
    told = rows(file)["consent.title"]
    assert (told["State"], told["Translation"], told["Earlier translation"]) == ("stale", None, "Chấp thuận")
    assert call("-C", translated, "translate", "vi", "--import", file).code == 0
    assert (translated / FILE).read_bytes() == before
    assert "warning[TRN-002]" in call("-C", translated, "check").out
    fill_in(file, {"consent.title": "Chấp thuận của bạn"})
    said = call("-C", translated, "translate", "vi", "--import", file)
    assert said.code == 0 and "changed: consent.title" in said.out
    assert "0 warnings" in call("-C", translated, "check").out


def test_an_emptied_cell_takes_nothing_away(call: Call, translated: Path, tmp_path: Path) -> None:
    file, before = again(call, translated, tmp_path), (translated / FILE).read_bytes()
    fill_in(file, {"consent.title": None})
    said = call("-C", translated, "translate", "vi", "--import", file)
    assert said.code == 0 and "emptied in the workbook, and kept as it was: consent.title" in said.out
    assert (translated / FILE).read_bytes() == before


def test_a_dry_run_says_what_would_be_taken_and_writes_nothing(call: Call, study: Path, book: Path) -> None:
    fill_in(book, SAID)
    said = call("-C", study, "translate", "vi", "--import", book, "--dry-run")
    assert said.code == 0 and "new: consent.title" in said.out and not (study / "translations").exists()


def test_letters_and_accents_that_came_apart_are_put_together(call: Call, study: Path, book: Path) -> None:
    fill_in(book, {"consent.title": "Cha\u0302\u0301p thua\u0323\u0302n"})
    assert call("-C", study, "translate", "vi", "--import", book).code == 0
    assert blocks(study) == {"consent.title": "Chấp thuận"}


def test_a_file_that_is_there_is_not_written_over(call: Call, study: Path, book: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.docx"
    review.write_bytes(b"comments of the reviewer")
    for option, file in (("--export", book), ("--review", review)):
        before = file.read_bytes()
        said = call("-C", study, "translate", "vi", option, file)
        assert said.code == 1 and "is there already" in said.err and file.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("xx",), 2, "no site lists it"),
        (("en",), 2, "the protocol is written in it"),
        (("vi", "--kind", "assent"), 2, "not needed"),
        (("vi", "--export", "a.csv"), 2, ".xlsx"),
        (("vi", "--export", "a.xlsx", "--review", "b.docx"), 2, "three things"),
        (("vi", "--dry-run"), 2, "go with --import"),
        (("vi", "--import", "nowhere.xlsx"), 1, "there is no file"),
        (("vi", "--import", "protocol.yaml"), 1, "no .xlsx workbook"),
    ],
)
def test_a_call_that_cannot_be_followed_says_why(
    call: Call, study: Path, arguments: tuple[str, ...], code: int, why: str
) -> None:
    said = call("-C", study, "translate", *arguments)
    assert said.code == code and why in said.err and not said.traceback


def test_a_workbook_of_another_language_is_refused(call: Call, study: Path, book: Path) -> None:
    text = (study / "protocol.yaml").read_text(encoding="utf-8")
    (study / "protocol.yaml").write_text(text.replace("      - vi\n", "      - fr\n"), encoding="utf-8")
    said = call("-C", study, "translate", "fr", "--import", book)
    assert said.code == 1 and 'is of "vi", not of "fr"' in said.err


def test_a_translation_with_mistakes_is_not_touched(call: Call, translated: Path, book: Path) -> None:
    path = translated / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("certified:", "certifyed:"), encoding="utf-8")
    said = call("-C", translated, "translate", "vi", "--import", book)
    assert said.code == 1 and "TRN-014" not in said.out and "certifyed:" in path.read_text(encoding="utf-8")


def test_status_and_build_say_what_is_not_certified(call: Call, translated: Path) -> None:
    said = call("-C", translated, "build", "--only", "consent", "--jobs", "1")
    assert said.code == 0 and "1 translation is not certified, and each page says so" in said.out
    assert "translation: consent/second-hospital/vi: not certified" in call("-C", translated, "status").out
    told = json.loads((translated / "out/manifest.json").read_text(encoding="utf-8"))["documents"]
    assert {one["translation"] for one in told if one["language"] == "vi"} == {"not certified"}


def test_a_digest_that_is_named_makes_the_certificate_count(call: Call, translated: Path) -> None:
    digest = call("-C", translated, "translate", "vi").out.split('in its file: "')[1][:16]
    lines = ("by: Bureau (fictional)", "reference: C-17", "date: 2026-01-03", 'version: "1.0"', f"of: '{digest}'")
    told = "certified: true\ncertificate:\n" + "".join(f"  {line}\n" for line in lines)
    path = translated / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("certified: false\n", told), encoding="utf-8")
    assert "certified: Bureau (fictional), C-17, 2026-01-03" in call("-C", translated, "translate", "vi").out
    assert "TRN-010" not in call("-C", translated, "check").out


def test_the_vietnamese_consent_of_the_demonstration_is_told_as_not_certified(call: Call, tmp_path: Path) -> None:
    study = REPOSITORY / "examples" / "demo-101"
    said = call("-C", study, "check")
    assert said.code == 0 and 'note[TRN-009] consent in "vi" is not certified; each of its pages says so' in said.out
    told = call("-C", study, "translate", "vi", "--kind", "consent").out
    assert told.startswith("consent: 578 current\n  not certified; no review\n")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_workbook_that_libreoffice_saved_comes_back_whole(call: Call, translated: Path, tmp_path: Path) -> None:
    file, before = again(call, translated, tmp_path), (translated / FILE).read_bytes()
    saved = tmp_path / "saved"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    done = subprocess.run(
        [*command, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(saved), str(file)],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
    said = call("-C", translated, "translate", "vi", "--import", saved / "again.xlsx")
    assert said.code == 0 and "0 new, 0 changed, 0 rejected, 0 still" in said.out, said.out
    assert (translated / FILE).read_bytes() == before
    fill_in(saved / "again.xlsx", {"consent.title": "Bản chấp thuận"})
    assert call("-C", translated, "translate", "vi", "--import", saved / "again.xlsx").code == 0
    assert blocks(translated)["consent.title"] == "Bản chấp thuận"
