"""A site's list of signed consent forms, as CSV: read, judged row by row, and kept nowhere.

Columns are found by their names, in any order; others are not looked at. Excel writes a byte order mark, semicolons and
days of its own, so those are understood or told. A cell that a spreadsheet would take for a formula is no value. A time
with its offset from UTC is a moment, and has the day of the site where the site's time zone is known.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from regdocs.errors import Refusal
from regdocs.versions.signed_times import SignedTime, signed_time

MAX_ROWS = 200_000
MAX_CELL = 200

Column: TypeAlias = Literal["participant", "site", "form", "version", "language", "date", "time"]

Zones: TypeAlias = Callable[[str], str | None]

_NAMES: dict[str, Column] = {
    "participant": "participant",
    "participant number": "participant",
    "site": "site",
    "form": "form",
    "version": "version",
    "language": "language",
    "date": "date",
    "time": "time",
}
_NEEDED = ("participant", "site", "form", "version", "language", "date")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class SignedForm:
    """One row: who (a number only) signed what where and when.

    Attributes:
        line: Of the file.
        date, time: By the clock of the site; `told` says how they were come by where they do not stand so in the file.
        lacking: What is missing or cannot be read.
    """

    line: int
    participant: str
    site: str
    form: str
    version: str
    language: str
    date: str
    time: str
    lacking: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def signed_forms(data: bytes, zone_of: Zones = lambda site: None) -> tuple[SignedForm, ...]:
    """Return the rows of the file; empty lines are passed over.

    Args:
        zone_of: Says the time zone of a site; None where nobody recorded it.

    Raises:
        Refusal: It is no table of text with the columns that are needed, or far too large.
    """
    text = _decoded(data)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = next((row for row in rows if any(row)), [])
        columns = _columns(header)
        return tuple(
            _limited(_row(rows.line_num, row, columns, zone_of) for row in rows if any(one.strip() for one in row))
        )
    except csv.Error as error:
        raise Refusal(f"the file is no CSV that can be read: line {rows.line_num}: {error}") from error


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal('the file is UTF-16; save it as "CSV UTF-8"')
    if data.startswith(b"PK\x03\x04"):
        raise Refusal('the file is a workbook; save its sheet as "CSV UTF-8"')
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(f'the file is not UTF-8 (byte {error.start}); save it as "CSV UTF-8"') from error
    if "\0" in text:
        raise Refusal("the file is no text")
    return text


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _columns(header: list[str]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for place, name in enumerate(header):
        column = _NAMES.get(" ".join(name.replace("_", " ").split()).lower())
        if column is not None and column in found:
            raise Refusal(f'the column "{column}" stands twice')
        if column is not None:
            found[column] = place
    missing = [one for one in _NEEDED if one not in found]
    if missing:
        wanted = ", ".join((*_NEEDED, "time"))
        raise Refusal(f"the first line lacks the columns {', '.join(missing)}; the columns are: {wanted}")
    return found


def _limited(rows: Iterator[SignedForm]) -> Iterator[SignedForm]:
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            raise Refusal(f"the file has more than {MAX_ROWS:,} rows")
        yield row


def _row(line: int, cells: list[str], columns: dict[Column, int], zone_of: Zones) -> SignedForm:
    values: dict[Column, str] = {"time": ""}
    lacking: list[str] = []
    for column, place in columns.items():
        values[column] = cells[place].strip() if place < len(cells) else ""
        lacking += _slips(column, values[column])
        if len(values[column]) > MAX_CELL:
            values[column] = values[column][:MAX_CELL]
    when = SignedTime(values["date"], values["time"]) if lacking else _when(values, zone_of)
    values |= {"date": when.day, "time": when.time}
    return SignedForm(line=line, lacking=(*lacking, *when.lacking), told=when.told, **values)


def _when(values: dict[Column, str], zone_of: Zones) -> SignedTime:
    site = values["site"]
    return signed_time(values["date"], values["time"], site, zone_of(site))


def _slips(column: Column, value: str) -> Iterator[str]:
    """Yield what is wrong with a cell, whatever it says."""
    if not value:
        yield from () if column == "time" else (f"no {column}",)
    elif value.startswith(_FORMULA):
        yield f"{column} begins like a formula"
    elif len(value) > MAX_CELL:
        yield f"{column} has more than {MAX_CELL} characters"
