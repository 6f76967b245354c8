"""A workbook of tables for people: every text stays text, nothing is a formula or a link, whatever it begins with.

The bytes depend on what is handed in alone, the time among it. Knows sheets; not what the tables are about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, TypeAlias

_LONGEST = 32_000  # a cell takes 32,767 characters
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


def workbook_of(title: str, at: str, tables: Iterable[Table], about: Sequence[str], foot: str) -> bytes:
    """Return the bytes of a workbook.

    Args:
        title: Of the whole.
        at: When it was made, UTC, as "2026-03-01T14:02:11Z".
        tables: A sheet each.
        about: Paragraphs of the last sheet.
        foot: What stands at the foot of each printed page.
    """
    import xlsxwriter  # here, because who only reads a manifest needs none of it

    target = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    book = xlsxwriter.Workbook(target, options)
    made_at = datetime.fromisoformat(at.removesuffix("Z"))
    book.set_properties({"title": title, "author": "regdocs", "created": made_at})
    formats = _formats(book)
    for table in tables:
        _sheet(book, table, formats, foot.replace("&", "&&"))
    _about(book, about, formats)
    book.close()
    return target.getvalue()


def day_cell(text: str | None) -> Cell:
    """Return a day as a date; as its text where programs would show another one."""
    if text is None:
        return None
    day = date.fromisoformat(text)
    return day if day >= _FIRST_DAY else text


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


def _about(book: Any, lines: Sequence[str], formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 110)
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, _text(line), formats["plain"])
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _text(text: str) -> str:
    """Return a text that fits into a cell."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… (cut; the entry has all of it)"
