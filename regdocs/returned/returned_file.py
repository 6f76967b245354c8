"""What is read of a Word file that came back: paragraphs with names and marks, and comments. Knows no document."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Mark = Literal["", "inserted", "deleted", "passing"]  # passing: put in, and struck again


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; where Word tracked it, what became of it, who did it, and when (both may be "")."""

    text: str
    mark: Mark = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class FileParagraph:
    """A paragraph of the file.

    Attributes:
        number: Its number in the file, from 1; paragraphs without words count.
        names: The bookmarks that begin in it or right before it.
        pieces: Its words in order, without lines to write on and boxes to tick.
    """

    number: int
    names: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def before(self) -> str:
        """The words without what Word tracked."""
        return one_line(piece.text for piece in self.pieces if piece.mark in ("", "deleted"))

    @property
    def now(self) -> str:
        """The words as they read with each tracked change accepted."""
        return one_line(piece.text for piece in self.pieces if piece.mark in ("", "inserted"))

    @property
    def tracked(self) -> tuple[Piece, ...]:
        """The pieces that Word tracked and that say something."""
        return tuple(piece for piece in self.pieces if piece.mark in ("inserted", "deleted") and piece.text.strip())


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: who made it, when, what it says, the words it stands at, and their paragraph (0 for none)."""

    author: str
    date: str
    text: str
    quoted: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A Word file as it came back."""

    paragraphs: tuple[FileParagraph, ...]
    remarks: tuple[Remark, ...] = ()


def one_line(pieces: Iterable[str]) -> str:
    """Return words joined, with single spaces and plain hyphens; what is not seen or only written on is left out."""
    return " ".join(_LINE.sub(" ", "".join(pieces).translate(_PLAIN)).split())


_PLAIN: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2002\u2003\u2007\u2009"), " "),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff☐"), None),
}
_LINE = re.compile(r"_{2,}")
