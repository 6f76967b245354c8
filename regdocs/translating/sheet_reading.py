"""A workbook that came back from a translator: its cells as texts, and what cannot be taken as text.

What comes back is hostile: its size is bounded before it is unpacked, parts with entities are refused, formulas are
never worked out. Knows the layout (`sheet`); not what there is to translate.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from regdocs.errors import Refusal
from regdocs.translating.sheet import COLUMNS, DIGEST, FIRST_ROW, LONGEST, MARKER, NAME, PART, SAME, SOURCE, TRANSLATION

MAX_BYTES = 16_000_000
_MAX_UNPACKED, _MAX_PARTS, _MAX_ROWS = 32_000_000, 400, 10_000
_PLAIN_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']")
_NO_WORKBOOK = "it is no .xlsx workbook that can be read"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    RuntimeError,
    SyntaxError,  # which XML's own mistakes are
    OverflowError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True)
class Given:
    """One row that came back, with its number; `problem` is why a cell of it cannot be taken as text."""

    row: int
    part: str
    name: str
    source: str
    digest: str
    text: str
    same: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: which language and kind it says it is of, and its rows."""

    name: str
    language: str
    kind: str
    rows: tuple[Given, ...]


def sheets_in(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets that are ours, in order; others are passed over.

    Raises:
        Refusal: It is no workbook, unpacks to too much, has entities, or has no sheet of ours.
    """
    try:
        _demand_bounded(data)
        found = tuple(_sheets(data))
    except _BROKEN as error:
        raise Refusal(_NO_WORKBOOK) from error
    if not found:
        raise Refusal('no sheet of it is one that "regdocs translate --export" wrote')
    kinds = [(one.language, one.kind) for one in found]
    if len(set(kinds)) != len(kinds):
        raise Refusal("two sheets of it are of the same kind")
    return found


def _demand_bounded(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if len(data) > MAX_BYTES or len(parts) > _MAX_PARTS or sum(one.file_size for one in parts) > _MAX_UNPACKED:
            raise Refusal("it is larger than a workbook of translations is")
        for part in parts:
            _demand_plain(package.read(part), part.filename.lower().endswith((".xml", ".rels")))


def _demand_plain(data: bytes, named_xml: bool) -> None:
    """Refuse a part with entities, or in an encoding in which they could hide; its name is nothing to go by."""
    if not named_xml and b"<" not in data[:200]:
        return  # a picture or the like
    encoding = _ENCODING.search(data[:200])
    strange = encoding is not None and encoding[1].lower() not in (b"utf-8", b"ascii")
    if strange or not _PLAIN_XML.match(data) or b"\0" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refusal(_NO_WORKBOOK)


def _sheets(data: bytes) -> Iterator[Sheet]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of every feature of Excel that it leaves out
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            rows = [tuple(row) for row in sheet.iter_rows(max_row=_MAX_ROWS + 1, max_col=len(COLUMNS))]
            marker = _marker(rows)
            if marker is not None and len(rows) > _MAX_ROWS:
                raise Refusal(f"it has more than {_MAX_ROWS:,} rows")
            if marker is not None:
                yield Sheet(str(sheet.title), *marker, tuple(_rows(rows)))


def _marker(cells: list[tuple[Any, ...]]) -> tuple[str, str] | None:
    text = str(cells[1][0].value) if len(cells) > 1 and cells[1] else ""
    words = text.split(" ")
    return (words[1], words[2]) if len(words) == 3 and words[0] == MARKER else None


def _rows(rows: list[tuple[Any, ...]]) -> Iterator[Given]:
    for number, row in enumerate(rows[FIRST_ROW - 1 :], start=FIRST_ROW):
        if any(cell.value is not None for cell in row):
            yield _given(number, row)


def _given(number: int, row: tuple[Any, ...]) -> Given:
    problems = [f'under "{COLUMNS[n][0]}" {why}' for n in (TRANSLATION, SAME, SOURCE) if (why := _problem(_at(row, n)))]
    part, name, source, digest, text, same = (
        _text(_at(row, n)) for n in (PART, NAME, SOURCE, DIGEST, TRANSLATION, SAME)
    )
    return Given(number, part, name, source, digest, text, same, problems[0] if problems else None)


def _at(row: tuple[Any, ...], column: int) -> Any:
    return row[column] if column < len(row) else None


def _problem(cell: Any) -> str | None:
    """Return why a cell cannot be taken as text; None where it can."""
    value = getattr(cell, "value", None)
    kind = getattr(cell, "data_type", "n")
    if kind == "f":
        return "stands a formula, which is never worked out; write the text itself"
    if kind == "e":
        return "stands a mistake of the spreadsheet, not a text"
    if value is None or isinstance(value, str):
        return "stands more than a cell takes" if len(value or "") > LONGEST else None
    if isinstance(value, int) and not isinstance(value, bool):
        return None
    return "stands a number, date or yes/no of the spreadsheet, not a text; format the cell as text and write it again"


def _text(cell: Any) -> str:
    value = getattr(cell, "value", None)
    return "" if value is None else str(value).replace("\r\n", "\n").replace("_x000D_\n", "\n").strip()
