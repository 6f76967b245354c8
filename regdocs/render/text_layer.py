"""The words of a PDF or a Word file that came from outside, with their pages, and which lie in the stamp's place.

Such a file is hostile input: call it in a process with limits. Knows no document of ours and no log.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.errors import Refusal

MAX_PAGES, MAX_WORDS = 500, 300_000
LINE_END = "\u00ad"
"""In a word: the hyphen after which a line ended; nobody knows whether it belongs to the word."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a file.

    Attributes:
        text: Its letters.
        page: Its page, from 1; 0 of a Word file, which has none.
        stamped: Whether it lies in the place of the stamp.
        margin: The whole line, digits as "#", where it lies in the head or foot of a page; of a Word file its running
            title. Else "".
    """

    text: str
    page: int
    stamped: bool = False
    margin: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What is laid over a page and is not part of it, such as a comment or a stamp: page, words, and place."""

    page: int
    text: str
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The words of a file in its own order, its number of pages, those without words (scans), and notes over pages."""

    words: tuple[Word, ...]
    pages: int = 0
    empty: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()


def text_layer(data: bytes, kind: str, *, stamp_area: bool = False) -> TextLayer:
    """Return the words of a file of the kind "pdf", "docx" or "text".

    Args:
        stamp_area: Whether pages keep room for a stamp at the upper right; words that lie there are marked.

    Raises:
        Refusal: It cannot be read, or has more pages or words than are read.
    """
    from regdocs.render.pdf_words import pages_of_pdf
    from regdocs.render.word_file import words_of_word_file

    if kind == "pdf":
        pages = pages_of_pdf(data, MAX_PAGES, stamp_area=stamp_area)
        words = tuple(_limited(word for page in pages for word in page.words))
        empty = tuple(one.number for one in pages if not one.words)
        return TextLayer(words, len(pages), empty, tuple(note for one in pages for note in one.notes))
    if kind == "docx":
        return TextLayer(tuple(_limited(words_of_word_file(data, stamp_area=stamp_area))))
    return TextLayer(tuple(_limited(Word(one, 0) for one in data.decode("utf-8-sig", "replace").split())))


def _limited(words: Iterator[Word]) -> Iterator[Word]:
    for number, word in enumerate(words):
        if number >= MAX_WORDS:
            raise Refusal(f"it has more than {MAX_WORDS:,} words")
        yield word
