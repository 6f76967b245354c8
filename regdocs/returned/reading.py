"""Reads a Word file that came back: its paragraphs with bookmarks, tracked changes and comments.

The file is hostile input: its parts are bounded and read without entities and network, and it is meant to be called in
a process with limits. A table of contents is left out, because each program writes its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from regdocs.errors import Refusal
from regdocs.render.word_file import parts_with_words
from regdocs.returned.returned_file import FileParagraph, Mark, Piece, Remark, ReturnedFile, one_line

MAX_PARAGRAPHS, MAX_WORDS, MAX_REMARKS = 30_000, 300_000, 2_000
_MOST_TOLD = 120  # letters of a name or date
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what stands before it
_TEXT, _COMMENTS = "word/document.xml", "word/comments.xml"
_LETTERS = {"noBreakHyphen": "-", "tab": " ", "br": " ", "cr": " ", "ptab": " "}
_MARKS: dict[str, Mark] = {"ins": "inserted", "moveTo": "inserted", "del": "deleted", "moveFrom": "deleted"}
_LEFT_OUT = frozenset(("pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr", "instrText", "delInstrText"))
_CONTENTS = re.compile(r"(?:TOC|Contents)\d", re.IGNORECASE)
_FIELD_LEFT_OUT = re.compile(r"\s*(TOC|PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b", re.IGNORECASE)


def read_returned(data: bytes) -> ReturnedFile:
    """Return the paragraphs and comments of a Word file.

    Raises:
        Refusal: It is no Word file that can be read, or holds more than is read.
    """
    parts = dict(parts_with_words(data))
    story = _Story()
    story.read(parts[_TEXT])
    return ReturnedFile(tuple(story.paragraphs), tuple(_remarks(parts.get(_COMMENTS), story)))


@dataclass
class _Open:
    """A paragraph that is being read."""

    number: int
    names: list[str]
    pieces: list[Piece] = field(default_factory=list)
    contents: bool = False


class _Story:
    """Walks the text in its order, and holds what is open: paragraphs in each other, fields, comments."""

    def __init__(self) -> None:
        self.paragraphs: list[FileParagraph] = []
        self.quoted: dict[str, list[str]] = {}  # words of each comment, by its id
        self.placed: dict[str, int] = {}  # its paragraph
        self._open: list[_Open] = []
        self._waiting: list[str] = []  # bookmarks between two paragraphs
        self._fields: list[str] = []  # the instruction of each field that is open
        self._remarked: dict[str, None] = {}  # comments whose words are being read
        self._count = self._letters = 0

    def read(self, root: Any) -> None:
        """Read everything below an element; no depth of a file costs stack."""
        stack: list[tuple[Any, Piece, bool]] = [(root, Piece(""), False)]
        while stack:
            element, look, leaves = stack.pop()
            if not isinstance(element.tag, str) or element.tag == _FALLBACK:
                continue
            name = element.tag.removeprefix(_W)
            if leaves:
                self._end_paragraph()
                continue
            if name == "p":
                self._begin_paragraph(element)
                stack.append((element, look, True))
            look = _tracked(element, name, look)
            if name not in _LEFT_OUT:
                self._take(element, name, look)
                stack.extend((child, look, False) for child in reversed(element))
            elif name == "instrText" and self._fields:
                self._fields[-1] += element.text or ""

    def _take(self, element: Any, name: str, look: Piece) -> None:
        if name in ("t", "delText"):
            self._say(element.text or "", look)
        elif name in _LETTERS:
            self._say(_LETTERS[name], look)
        elif name == "bookmarkStart":
            names = self._open[-1].names if self._open else self._waiting
            names.append(element.get(f"{_W}name") or "")
        elif name == "fldChar":
            self._turn(element.get(f"{_W}fldCharType"))
        elif name.startswith("comment"):
            self._remark(name, element.get(f"{_W}id") or "")

    def _say(self, text: str, look: Piece) -> None:
        self._letters += len(text)
        if self._letters > MAX_WORDS * 10:
            raise Refusal(f"it has more than {MAX_WORDS:,} words")
        if not self._open or any(_FIELD_LEFT_OUT.match(one) for one in self._fields):
            return
        self._open[-1].pieces.append(Piece(text, look.mark, look.author, look.date))
        for one in self._remarked:
            self.quoted[one].append(text)

    def _remark(self, name: str, number: str) -> None:
        here = self._open[-1].number if self._open else self._count
        if name == "commentRangeStart":
            self._remarked[number] = None
            self.quoted[number] = []
            self.placed[number] = here
        elif name == "commentRangeEnd":
            self._remarked.pop(number, None)
        elif name == "commentReference":
            self.placed.setdefault(number, here)

    def _turn(self, what: str | None) -> None:
        if what == "begin":
            self._fields.append("")
        elif what == "end" and self._fields:
            self._fields.pop()

    def _begin_paragraph(self, element: Any) -> None:
        self._count += 1
        if self._count > MAX_PARAGRAPHS:
            raise Refusal(f"it has more than {MAX_PARAGRAPHS:,} paragraphs")
        style = element.find(f"{_W}pPr/{_W}pStyle")
        contents = style is not None and _CONTENTS.fullmatch(style.get(f"{_W}val") or "") is not None
        self._open.append(_Open(self._count, self._waiting, contents=contents))
        self._waiting = []

    def _end_paragraph(self) -> None:
        ended = self._open.pop()
        for one in self._remarked:
            self.quoted[one].append(" ")
        if not ended.contents and (ended.names or any(piece.text.strip() for piece in ended.pieces)):
            self.paragraphs.append(FileParagraph(ended.number, tuple(ended.names), tuple(_joined(ended.pieces))))


def _tracked(element: Any, name: str, around: Piece) -> Piece:
    """Return how what stands in an element is tracked; a mark in another of the other kind undoes it."""
    mark = _MARKS.get(name)
    if mark is None or around.mark in (mark, "passing"):
        return around
    mark = "passing" if around.mark else mark
    return Piece("", mark, *(_told(element.get(f"{_W}{what}")) for what in ("author", "date")))


def _told(text: str | None) -> str:
    return " ".join((text or "").split())[:_MOST_TOLD]


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces, neighbours that look alike as one."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and (last.mark, last.author, last.date) == (piece.mark, piece.author, piece.date):
            last = Piece(last.text + piece.text, piece.mark, piece.author, piece.date)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _remarks(root: Any | None, story: _Story) -> Iterator[Remark]:
    found = [] if root is None else root.findall(f"{_W}comment")
    if len(found) > MAX_REMARKS:
        raise Refusal(f"it has more than {MAX_REMARKS:,} comments")
    for one in found:
        number = one.get(f"{_W}id") or ""
        author, date = (_told(one.get(f"{_W}{what}")) for what in ("author", "date"))
        said = one_line(text.text or " " for text in one.iter(f"{_W}t", f"{_W}p"))
        yield Remark(author, date, said, one_line(story.quoted.get(number, ())), story.placed.get(number, 0))
