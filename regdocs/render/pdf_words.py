"""The words of the pages of a PDF with their places, and the notes that lie over pages, read with PDFium (pypdfium2).

A word belongs to the stamp when its first letter lies in the room that our pages keep for it, at the upper right.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from regdocs.content.model import Furniture
from regdocs.errors import Refusal
from regdocs.render.paper import EDGE_MM, GAP_MM, SIDE_MM, STAMP_ROOM_MM, STAMP_WIDTH_MM
from regdocs.render.text_layer import LINE_END, MAX_WORDS, Note, Word

_MM = 72 / 25.4
_STAMP_MM = Furniture().stamp_height_mm
_HYPHENS = "\x02\ufffe\u00ad"  # what PDFium gives for a hyphen at the end of a line, and what files have there
_HEAD, _FOOT = 0.78, 0.12  # shares of a page's height, above and below which running titles stand
_SAME_LINE = 2.0  # points
_UPRIGHT = 0.1  # radians
_NO_NOTES = ("Link", "Popup")
_MAX_NOTES, _NOTE_LETTERS = 200, 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page from 1: its words and the notes over it."""

    number: int
    words: tuple[Word, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    text: str
    x: float
    y: float


def pages_of_pdf(data: bytes, most: int, *, stamp_area: bool) -> tuple[Page, ...]:
    """Return the pages of a PDF.

    Raises:
        Refusal: It cannot be read, or has more pages or words than are read.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refusal("it is no PDF that can be read, or it is locked by a password") from error
    if len(document) > most:
        raise Refusal(f"it has {len(document):,} pages; at most {most} are read")
    try:
        return tuple(_page(document[index], index + 1, stamp_area) for index in range(len(document)))
    except pypdfium2.PdfiumError as error:
        raise Refusal("it is no PDF that can be read: one of its pages is damaged") from error


def _page(page: Any, number: int, stamp_area: bool) -> Page:
    placed = _upright(page)
    size = page.get_size()
    words = [Word(one.text, number, stamped=stamp_area and _in_stamp(one.x, one.y, size)) for one in placed]
    margins = _margins(placed, words, size[1])
    notes = tuple(
        Note(number, text, stamp_area and _in_stamp(x, y, size))
        for x, y, text in _notes(page)  # at the lower left of each
    )
    return Page(number, tuple(replace(word, margin=margins.get(at, "")) for at, word in enumerate(words)), notes)


def _upright(page: Any) -> tuple[_Placed, ...]:
    """Return the words of a page; of one that somebody turned, with its letters lying, as it was before."""
    from pypdfium2 import raw

    text = page.get_textpage()
    if page.get_rotation() and text.count_chars() and abs(raw.FPDFText_GetCharAngle(text.raw, 0)) < _UPRIGHT:
        page.set_rotation(0)
        text = page.get_textpage()
    return tuple(_placed(text))


def _placed(text: Any) -> Iterator[_Placed]:
    """Yield the words of a page, each with the place of its first letter on the line."""
    from pypdfium2 import raw

    count = text.count_chars()
    if count > 20 * MAX_WORDS:
        raise Refusal(f"one of its pages has {count:,} letters, which is more than is read")
    letters: list[str] = []
    first = 0
    for index in range(count):
        letter = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if letter.isspace() or letter == "\0":
            if letters:
                yield _Placed("".join(letters), *_origin(text, first))
            letters = []
            continue
        first = first if letters else index
        letters.append(LINE_END if letter in _HYPHENS else letter)
    if letters:
        yield _Placed("".join(letters), *_origin(text, first))


def _origin(text: Any, index: int) -> tuple[float, float]:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
    return x.value, y.value


def _in_stamp(x: float, y: float, size: tuple[float, float]) -> bool:
    left = size[0] - (SIDE_MM + STAMP_WIDTH_MM) * _MM
    return x >= left and y >= size[1] - (EDGE_MM + _STAMP_MM + STAMP_ROOM_MM + GAP_MM) * _MM


def _margins(placed: Sequence[_Placed], words: Sequence[Word], height: float) -> dict[int, str]:
    """Return for each word in the head or foot of a page its whole line, digits as "#"; the stamp is not in it."""
    found: dict[int, str] = {}
    own = [at for at, word in enumerate(words) if not word.stamped and not _FOOT < placed[at].y / height < _HEAD]
    for _, line in groupby(own, key=lambda at: round(placed[at].y / _SAME_LINE)):
        members = tuple(line)
        said = re.sub(r"\d+", "#", " ".join(words[at].text for at in members))
        found |= dict.fromkeys(members, said)
    return found


# -------------------------------------------------------------------------------------------------------------- notes


def _notes(page: Any) -> Iterator[tuple[float, float, str]]:
    """Yield place and words of each note over a page; of one without words its kind in brackets, as "[StrikeOut]"."""
    from pypdfium2 import raw

    kinds = {getattr(raw, name): name.removeprefix("FPDF_ANNOT_") for name in dir(raw) if _is_kind(name)}
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    if count > _MAX_NOTES:
        raise Refusal(f"{count:,} notes lie over one of its pages, which is more than is read")
    for index in range(count):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        kind = kinds.get(raw.FPDFAnnot_GetSubtype(note), "UNKNOWN")
        if kind not in {one.upper() for one in _NO_NOTES}:
            box = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(note, box)
            yield box.left, box.bottom, _said_by(note, b"Contents") or _said_by(note, b"V") or f"[{kind.lower()}]"
        raw.FPDFPage_CloseAnnot(note)


def _is_kind(name: str) -> bool:
    return name.startswith("FPDF_ANNOT_") and not name.startswith(("FPDF_ANNOT_FLAG", "FPDF_ANNOT_APPEARANCE"))


def _said_by(note: Any, key: bytes) -> str:
    from pypdfium2 import raw

    letters = (ctypes.c_ushort * _NOTE_LETTERS)()
    raw.FPDFAnnot_GetStringValue(note, key, letters, ctypes.sizeof(letters))
    return " ".join(bytes(letters).decode("utf-16-le", "replace").partition("\0")[0].split())
