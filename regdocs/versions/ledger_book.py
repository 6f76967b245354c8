"""The ledger as a workbook: a sheet of rows, one of approvals, one a site with its index, one about the whole.

The bytes depend on the log alone. Every text stays text: nothing is a formula or a link, whatever it begins with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, TypeAlias

import xlsxwriter

from regdocs.versions import tmf
from regdocs.versions.ledger import Row
from regdocs.versions.ledger_approved import Approved
from regdocs.versions.ledger_index import Expected
from regdocs.versions.logbook import Logbook
from regdocs.versions.tmf import TO_BE_CHECKED, Artifact

_LONGEST = 32_000  # a cell takes 32,767 characters
_SHEET_NAME = 31
_FIRST_DAY = date(1900, 3, 1)  # from here on all programs count days alike
_A4, _HEAD = 9, 3  # paper; row of the table's first line, from 0
_LINE, _TALLEST = 13, 409  # points: of a line, and the tallest row that programs take
_FILLED = 1.2  # letters of our size to a width, which counts digits of a larger one

Cell: TypeAlias = str | int | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, a title, the heads of its columns with their widths in characters, and its lines."""

    name: str
    title: str
    columns: Sequence[tuple[str, int]]
    lines: Sequence[Sequence[Cell]]


_ROWS = (
    ("Happened", 10),
    ("Recorded", 10),
    ("Days late", 6),
    ("What", 11),
    ("Body", 12),
    ("Sites", 8),
    ("Reference", 12),
    ("Outcome", 11),
    ("Version", 7),
    ("Amend-\nment", 7),
    ("In words", 44),
    ("Documents", 22),
    ("To be noticed", 28),
    ("TMF Reference Model", 14),
    ("Recorded by", 14),
    ("Entry", 6),
)
_APPROVED = (
    ("Document", 26),
    ("Title", 24),
    ("Type", 15),
    ("Made here", 6),
    ("Language", 9),
    ("Site", 8),
    ("Body", 14),
    ("Outcome", 11),
    ("Reference", 16),
    ("Since", 10),
    ("Until", 10),
    ("What ended it", 22),
    ("TMF Reference Model", 18),
    ("Letter, sha256", 17),
    ("Entries", 8),
)
_INDEX = (
    ("Version", 12),
    ("Language or document", 20),
    ("Expected", 18),
    ("Body", 18),
    ("State", 12),
    ("Missing, or why not expected", 50),
    ("TMF Reference Model", 30),
    ("Entries", 12),
)


def workbook(
    logbook: Logbook,
    rows: Iterable[Row],
    approvals: Iterable[Approved],
    indexes: Sequence[tuple[str, Iterable[Expected]]],
) -> bytes:
    """Return the workbook's bytes; `indexes` are the sites with theirs, in the order of their sheets."""
    study = str(logbook.genesis["study"])
    lines = [_row(one) for one in rows]
    tables = [Table("Ledger", f"Ledger of {study}", _ROWS, lines)]
    tables.append(
        Table("Approved", f"What is and was approved, {study}", _APPROVED, [_approved(one) for one in approvals])
    )
    for site, index in indexes:
        found = [_expected(one) for one in index]
        tables.append(Table(_sheet_name(site, tables), f"Index of the site {site}, {study}", _INDEX, found))
    target = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    book = xlsxwriter.Workbook(target, options)
    made_at = datetime.fromisoformat(logbook.last_at.removesuffix("Z"))
    book.set_properties({"title": f"Ledger of {study}", "author": "regdocs", "created": made_at})
    formats = _formats(book)
    for table in tables:
        _sheet(book, table, formats, _foot(logbook))
    _about(book, logbook, formats)
    book.close()
    return target.getvalue()


# -------------------------------------------------------------------------------------------------------------- lines


def _row(one: Row) -> tuple[Cell, ...]:
    return (
        _day(one.happened),
        _day(one.recorded[:10]),
        one.late_days,
        one.what,
        one.body,
        ", ".join(one.sites),
        one.reference,
        one.outcome,
        one.version,
        one.amendment,
        one.words,
        "\n".join(one.documents),
        "\n".join(one.flags),
        _artifact(one.tmf),
        one.by,
        one.entry,
    )


def _approved(one: Approved) -> tuple[Cell, ...]:
    return (
        one.document,
        one.title,
        one.type,
        "no" if one.outside else "yes",
        one.language,
        one.site,
        one.body,
        one.outcome,
        one.reference,
        _day(one.since),
        _day(one.until),
        one.ended,
        _artifact(one.tmf),
        one.letter,
        ", ".join(map(str, one.entries)),
    )


def _expected(one: Expected) -> tuple[Cell, ...]:
    standing = "MISSING" if one.standing == "missing" else one.standing
    entries = ", ".join(map(str, one.entries))
    return one.version, one.language, one.what, one.body, standing, one.why, _artifact(one.tmf), entries


def _artifact(one: Artifact | None) -> str:
    return TO_BE_CHECKED if one is None else str(one)


def _day(text: str | None) -> Cell:
    """Return a day as a date; as its text where programs would show another one."""
    if text is None:
        return None
    day = date.fromisoformat(text)
    return day if day >= _FIRST_DAY else text


def _sheet_name(site: str, tables: Sequence[Table]) -> str:
    """Return a name for a site's sheet that no other has; programs take 31 characters and compare without capitals."""
    taken = {one.name.casefold() for one in tables} | {"about", "history"}
    whole = f"Site {site}"
    for number in range(1, len(taken) + 2):
        name = whole[:_SHEET_NAME] if number == 1 else f"{whole[: _SHEET_NAME - 4]}~{number}"
        if name.casefold() not in taken:
            return name
    raise AssertionError("one of so many names is free")


# -------------------------------------------------------------------------------------------------------------- sheets


def _formats(book: Any) -> dict[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B0B0B0", "font_size": 10}
    return {
        "cell": book.add_format(cell),
        "day": book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "left"}),
        "number": book.add_format({**cell, "align": "center"}),
        "head": book.add_format({**cell, "bold": True, "bg_color": "#E8E8E8"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "missing": book.add_format({**cell, "bold": True, "font_color": "#9C0006"}),
    }


def _sheet(book: Any, table: Table, formats: dict[str, Any], foot: str) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.write_string(0, 0, _text(table.title), formats["title"])
    for column, (head, width) in enumerate(table.columns):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD - 1, column, head, formats["head"])
    widths = [width for _, width in table.columns]
    sheet.set_row(_HEAD - 1, _height([head for head, _ in table.columns], widths))
    for line, cells in enumerate(table.lines, start=_HEAD):
        sheet.set_row(line, _height(cells, widths))
        for column, cell in enumerate(cells):
            _write(sheet, (line, column), cell, formats)
    last = max(_HEAD, _HEAD + len(table.lines) - 1)
    sheet.autofilter(_HEAD - 1, 0, last, len(table.columns) - 1)
    sheet.freeze_panes(_HEAD, 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8{foot}&C&8&A&R&8Page &P of &N")


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """Return a height in points for the cell with most lines: not every program finds it by itself."""
    texts = [cell if isinstance(cell, str) else "" for cell in cells]
    most = max(
        sum(max(1, -(-len(line) // int(width * _FILLED))) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return float(min(_TALLEST, most * _LINE + 3))


def _write(sheet: Any, place: tuple[int, int], cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(*place, datetime(cell.year, cell.month, cell.day), formats["day"])
    elif isinstance(cell, int):
        sheet.write_number(*place, cell, formats["number"])
    elif not cell:
        sheet.write_blank(*place, None, formats["cell"])
    else:
        marked = cell == "MISSING" or cell.startswith(("BEFORE APPROVAL", "AFTER ", "WITHOUT APPROVAL"))
        sheet.write_string(*place, _text(cell), formats["missing" if marked else "cell"])


def _about(book: Any, logbook: Logbook, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 110)
    lines = (
        f"Made from the log {logbook.origin}, {logbook.head.size} entries, the newest of {logbook.last_at}.",
        'Each line names its entry; "regdocs log N" prints it, "regdocs verify" says whether the log holds.',
        tmf.CHECKED,
        "Expected in an index is what can be told from the log alone; whether more is expected at your place is for "
        "you to know. This is no statement that anything is complete or fulfils a rule.",
        "Days are those that people gave; late by counts from them to the day of the record, in UTC.",
    )
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, _text(line), formats["plain"])
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _foot(logbook: Logbook) -> str:
    return f"{logbook.origin}, {logbook.head.size} entries".replace("&", "&&")


def _text(text: str) -> str:
    """Return a text that fits into a cell."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… (cut; the entry has all of it)"
