"""A small study that needs Vietnamese, and a translator who fills in a workbook as a spreadsheet program does."""

from pathlib import Path
from typing import Any

import openpyxl

from regdocs.build.examine import examine
from regdocs.build.study import read_inputs
from regdocs.translating.sheet import FIRST_ROW
from regdocs.translating.texts import Work, works_of
from tests.build.studies import protocol, write_study, write_template

FILE = "translations/vi/consent.yaml"
TEMPLATE = """\
<document title="A small document" subject="Something to build">
<section id="consent.main">
<h1 id="consent.title">Your consent</h1>
<p id="consent.study">You take part in {{ view.study.short_title }}, number {{ view.study.protocol_number }}.</p>
<p id="consent.sign">Sign <strong>here</strong>: <blank label="Signature"/></p>
</section>
</document>
"""
SAID = {
    "consent.title": "Chấp thuận",
    "consent.study": "Số {/identity/protocol_number}: bạn tham gia {/identity/titles/short}.",
    "consent.sign": "Ký <strong>ở đây</strong>: {#1 Chữ ký}",
    "document.title": "Tài liệu nhỏ",
    "document.subject": "Thứ để dựng",
}
_LANGUAGES = "    languages:\n      - en\n"


def vietnamese_study(folder: Path) -> Path:
    study = write_study(folder)
    text = protocol().replace(_LANGUAGES, _LANGUAGES + "      - vi\n", 1)
    (study / "protocol.yaml").write_text(text, encoding="utf-8")
    write_template(study, "consent", TEMPLATE)
    return study


def work_of(study: Path) -> Work:
    inputs = read_inputs(study)
    (work,) = works_of(inputs, examine(inputs), "vi", ())
    return work


def sheet_of(book: Any) -> Any:
    return book["consent"]


def rows(file: Path) -> dict[str, dict[str, Any]]:
    """Each row of the sheet of consent by its name; of a value by its words."""
    sheet = sheet_of(openpyxl.load_workbook(file))
    heads = [cell.value for cell in sheet[FIRST_ROW - 1]]
    told = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=FIRST_ROW)]
    return {one["Source"] if one["Part"] == "value" else one["Name"]: one for one in told}


def fill_in(file: Path, cells: dict[str, Any], column: str = "Translation") -> None:
    """Write into a column of the rows of these names, and save."""
    book = openpyxl.load_workbook(file)
    sheet = sheet_of(book)
    heads = {cell.value: cell.column for cell in sheet[FIRST_ROW - 1]}
    for row in range(FIRST_ROW, sheet.max_row + 1):
        part, name, source = (sheet.cell(row, heads[head]).value for head in ("Part", "Name", "Source"))
        wanted = source if part == "value" else name
        if wanted in cells:
            sheet.cell(row, heads[column]).value = cells[wanted]
    book.save(file)
