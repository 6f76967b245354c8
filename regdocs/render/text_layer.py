"""The words of a PDF or a Word file that came from outside, with the page of each, and which lie in the stamp's place.

Reads with PDFium (pypdfium2) and lxml. Such a file is hostile input: call it in a process with limits. Knows no
document of ours and no log.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from regdocs.errors import Refusal
from regdocs.render.paper import EDGE_MM, GAP_MM, SIDE_MM, STAMP_HEIGHT_MM, STAMP_WIDTH_MM

MAX_PAGES, MAX_WORDS = 500, 300_000
MAX_PARTS_BYTES = 64 * 1024 * 1024  # of the parts of a Word file, unpacked
_MM = 72 / 25.4
_WORDML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_WORDML}{name}" for name in ("tab", "br", "cr")}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a file: its letters, the page from 1 (0 of a Word file, which has none), and if it is in the stamp."""

    text: str
    page: int
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The words of a file in its own order, its number of pages, and the pages that have none, such as scans."""

    words: tuple[Word, ...]
    pages: int = 0
    empty: tuple[int, ...] = ()


def text_layer(data: bytes, kind: str, *, stamp_area: bool = False) -> TextLayer:
    """Return the words of a file of the kind "pdf", "docx" or "text".

    Args:
        stamp_area: Whether pages keep room for a stamp at the upper right; words that lie there are marked.

    Raises:
        Refusal: It cannot be read, or has more pages or words than are read.
    """
    if kind == "pdf":
        return _of_pdf(data, stamp_area)
    if kind == "docx":
        return TextLayer(tuple(_limited(_of_word_file(data))))
    return TextLayer(tuple(_limited(Word(one, 0) for one in data.decode("utf-8-sig", "replace").split())))


def _limited(words: Iterator[Word]) -> Iterator[Word]:
    for number, word in enumerate(words):
        if number >= MAX_WORDS:
            raise Refusal(f"it has more than {MAX_WORDS:,} words")
        yield word


# ---------------------------------------------------------------------------------------------------------------- PDF


def _of_pdf(data: bytes, stamp_area: bool) -> TextLayer:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refusal("it is no PDF that can be read, or it is locked by a password") from error
    if len(document) > MAX_PAGES:
        raise Refusal(f"it has {len(document):,} pages; at most {MAX_PAGES} are read")
    pages = [list(_of_page(document[index], index + 1, stamp_area)) for index in range(len(document))]
    words = tuple(_limited(word for page in pages for word in page))
    return TextLayer(words, len(pages), tuple(number for number, page in enumerate(pages, start=1) if not page))


def _of_page(page: Any, number: int, stamp_area: bool) -> Iterator[Word]:
    """Yield the words of a page; one is the stamp's when its first letter lies in the stamp's place."""
    from pypdfium2 import raw

    text, (width, height) = page.get_textpage(), page.get_size()
    left, bottom = width - (SIDE_MM + STAMP_WIDTH_MM) * _MM, height - (EDGE_MM + STAMP_HEIGHT_MM + GAP_MM) * _MM
    letters: list[str] = []
    stamped = False
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if letter.isspace() or letter in "\0\ufffe":
            if letters:
                yield Word("".join(letters), number, stamped)
            letters = []
            continue
        if not letters and stamp_area:
            x, y, *_ = text.get_charbox(index)
            stamped = x >= left and y >= bottom
        letters.append(letter)
    if letters:
        yield Word("".join(letters), number, stamped)


# --------------------------------------------------------------------------------------------------------------- Word


def _of_word_file(data: bytes) -> Iterator[Word]:
    """Yield the words of body, headers and footers as they read with all changes accepted."""
    for root in _parts(data):
        letters: list[str] = []
        for element in root.iter():
            if element.tag == f"{_WORDML}t":
                letters.append(element.text or "")
            elif element.tag == f"{_WORDML}p" or element.tag in _BREAKS:
                letters.append(" ")
        yield from (Word(one, 0) for one in "".join(letters).split())


def _parts(data: bytes) -> list[Any]:
    """Return the roots of the body and then of running titles.

    Raises:
        Refusal: It is no Word file that can be read, or unpacks to too much.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [one for one in package.infolist() if _is_text(one.filename)]
            if sum(one.file_size for one in names) > MAX_PARTS_BYTES:
                raise Refusal("it unpacks to more than is read")
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            ordered = sorted(names, key=lambda one: (one.filename != "word/document.xml", one.filename))
            return [etree.fromstring(package.read(one), parser) for one in ordered]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refusal("it is no Word file that can be read") from error


def _is_text(name: str) -> bool:
    return name == "word/document.xml" or name.startswith(("word/header", "word/footer"))
