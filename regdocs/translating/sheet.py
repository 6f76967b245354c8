"""The workbook that goes to a translator: how its sheets are laid out, and its bytes.

One sheet a kind of document. Only what a translator fills in can be changed; every text is text, never a formula. The
bytes depend on the study alone. Knows texts; not how they come back (`sheet_reading`).
"""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from regdocs.content.query import plain_text
from regdocs.documents.translate import says_the_same
from regdocs.translating.texts import SourceText, Work

MARKER = "regdocs.translation-sheet/v1"
FIRST_ROW = 4  # of texts, as programs count: title, marker and heads stand above
LONGEST = 32_000  # a cell takes 32,767 characters
YES = "yes"
COLUMNS = (
    ("Part", 6),
    ("Name", 24),
    ("State", 9),
    ("Stands under, or in", 20),
    ("Source", 44),
    ("Reads, at one site", 30),
    ("Translation", 44),
    ("Same", 6),
    ("Earlier translation", 30),
    ("Source hash", 17),
)
PART, NAME, _, _, SOURCE, _, TRANSLATION, SAME, _, DIGEST = range(len(COLUMNS))
_HEADS_ROW, _LINE, _TALLEST, _FILLED = FIRST_ROW - 2, 13, 409, 1.2
_OPEN = {"current": "plain", "as its source": "doubtful"}
_DAY = datetime(2000, 1, 1)  # a workbook has to name one; the same study gives the same bytes
_PERMITTED = {"format_cells": True, "format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
_HOW = (
    "Write each translation into the column Translation. Everything else is locked, and is compared when the file "
    "comes back. What is left empty stays as it is. Save as .xlsx.",
    "Each slot of the source stands in the translation once, in any order: {/path} is a value that the study prints "
    "there, {#1 …} a place to write or sign. Words after the number of a slot are read aloud and are translated too: "
    "{#1 Signature}. {{ and }} are braces.",
    "Tags are kept around what they mark: <strong> <em> <sup> <sub> <small> <q>. A new line inside a text is <br/>.",
    "Rows of the part value are words of the study itself, such as names, times and places.",
    "Where a text reads the same in both languages, such as a name, write yes into the column Same, and leave "
    "Translation empty.",
    "State: missing – nothing yet; stale – the source has changed, and what it said before stands under Earlier "
    "translation; broken – a slot was lost; as its source – the translation is the source itself; current – nothing is "
    "to be done.",
)


def workbook(works: Iterable[Work], title: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the bytes of a workbook, and the names of texts that are too long for a cell and so are not in it."""
    import xlsxwriter

    target, left_out = BytesIO(), []
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": title, "author": "regdocs", "created": _DAY})
    formats = _formats(book)
    _how(book, title, formats)
    for work in works:
        left_out += [f"{work.kind.name}: {one.name}" for one in work.texts if not _fits(one)]
        _sheet(book, work, title, formats)
    book.close()
    return target.getvalue(), tuple(left_out)


def _fits(one: SourceText) -> bool:
    return all(len(text) <= LONGEST for text in (one.source, one.text or "", one.name, plain_text(one.inlines)))


def _formats(book: Any) -> dict[str, Any]:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B0B0B0", "font_size": 10}
    return {
        "plain": book.add_format({**cell, "num_format": "@"}),
        "quiet": book.add_format({**cell, "num_format": "@", "font_color": "#606060"}),
        "doubtful": book.add_format({**cell, "bold": True, "font_color": "#9C0006"}),
        "fill": book.add_format({**cell, "num_format": "@", "locked": False, "bg_color": "#FFF9DB"}),
        "head": book.add_format({**cell, "bold": True, "bg_color": "#E8E8E8"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "how": book.add_format({"text_wrap": True, "valign": "top"}),
        "marker": book.add_format({"font_size": 8, "font_color": "#808080"}),
    }


def _how(book: Any, title: str, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("How to")
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, title, formats["title"])
    for number, line in enumerate(_HOW, start=1):
        sheet.write_string(number, 0, line, formats["how"])
    sheet.protect("", _PERMITTED)


def _sheet(book: Any, work: Work, title: str, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(work.kind.name)
    sheet.write_string(0, 0, f"{work.kind.title}: {title}", formats["title"])
    sheet.write_string(1, 0, f"{MARKER} {work.language} {work.kind.name}", formats["marker"])
    for column, (head, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADS_ROW, column, head, formats["head"])
    texts = [one for one in work.texts if _fits(one)]
    for row, one in enumerate(texts, start=FIRST_ROW - 1):
        _row(sheet, row, one, formats)
    _arrange(sheet, FIRST_ROW - 2 + max(1, len(texts)))


def _arrange(sheet: Any, last: int) -> None:
    sheet.data_validation(FIRST_ROW - 1, SAME, last, SAME, {"validate": "list", "source": [YES]})
    sheet.autofilter(_HEADS_ROW, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(FIRST_ROW - 1, NAME + 1)
    sheet.protect("", _PERMITTED)  # against slips: without a password, so that nobody is locked out
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADS_ROW)


def _row(sheet: Any, row: int, one: SourceText, formats: dict[str, Any]) -> None:
    reads = plain_text(one.inlines)
    known = one.state in ("current", "as its source")
    said = known and not (one.same and says_the_same(one.text or "", one.source))
    cells = (
        (one.part, "quiet"),
        (one.name, "quiet"),
        (one.state, _OPEN.get(one.state, "doubtful")),
        (one.where, "quiet"),
        (one.source, "plain"),
        (reads if reads != one.source else "", "quiet"),
        ((one.text or "") if said else "", "fill"),
        (YES if one.same and known else "", "fill"),
        ("" if known else one.text or "", "quiet"),
        (one.digest, "quiet"),
    )
    sheet.set_row(row, _height([text for text, _ in cells]))
    for column, (text, form) in enumerate(cells):
        if text:
            sheet.write_string(row, column, text, formats[form])
        else:
            sheet.write_blank(row, column, None, formats[form])


def _height(texts: list[str]) -> float:
    """Return a height in points for the cell with most lines: not every program finds it by itself."""
    widths = [width for _, width in COLUMNS]
    lines = max(-(-len(text) // int(width * _FILLED)) for text, width in zip(texts, widths, strict=True))
    return float(min(_TALLEST, max(1, lines) * _LINE + 3))
