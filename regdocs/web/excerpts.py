"""What a redline changes, block by block, in a few words: enough to see the change, never the whole document.

Knows content trees with marks; a stretch that stayed is cut in its middle. The whole redline is a document of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from regdocs.amendment.words import Piece, PieceKind
from regdocs.content.identity import Identity
from regdocs.content.model import (
    Block,
    Box,
    Change,
    Document,
    Footnote,
    Heading,
    Inlines,
    List,
    ListItem,
    Revised,
    Row,
    Styled,
    Table,
)
from regdocs.content.query import own_runs, plain_text
from regdocs.render.text_inlines import inlines_text

_AROUND = 70  # characters of what stayed, on each side of a change
_KINDS: dict[Change, PieceKind] = {
    "inserted": "inserted",
    "moved-to": "inserted",
    "deleted": "deleted",
    "moved-from": "deleted",
}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One changed block: the heading that it stands under, and its words with what became of them."""

    under: str
    pieces: tuple[Piece, ...]


def excerpts(redline: Document, identity: Identity) -> tuple[Excerpt, ...]:
    """Return what a redline changes, in its order."""
    found: list[Excerpt] = []
    under = ""
    for section in redline.sections:
        for heading, pieces in _units((*section.blocks, *section.footnotes), section.change, identity):
            under = heading or under
            if any(one.kind != "kept" for one in pieces):
                found.append(Excerpt(under, shortened(pieces)))
    return tuple(found)


def shortened(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces, neighbours of one kind as one, and long ones that were kept cut in their middle."""
    joined = [
        Piece(kind, "".join(one.text for one in group))
        for kind, group in groupby((one for one in pieces if one.text), key=lambda piece: piece.kind)
    ]
    return tuple(_cut(one, place > 0, place < len(joined) - 1) for place, one in enumerate(joined))


def _cut(piece: Piece, after_change: bool, before_change: bool) -> Piece:
    if piece.kind != "kept" or len(piece.text) <= 2 * _AROUND + 10:
        return piece
    start = piece.text[:_AROUND].rpartition(" ")[0] if after_change else ""
    end = piece.text[-_AROUND:].partition(" ")[2] if before_change else ""
    return Piece("kept", f"{start} […] {end}")


_Unit = tuple[str, tuple[Piece, ...]]


def _units(blocks: Sequence[Block | Footnote], around: Change | None, identity: Identity) -> Iterator[_Unit]:
    """Yield each block that has words of its own, with its new words where it is a heading, else ""."""
    for block in blocks:
        change = block.change or around
        match block:
            case List():
                for item in block.items:
                    yield from _item(item, change, identity)
            case Table():
                for row in (*block.head, *block.rows):
                    yield "", tuple(_row(row, change, identity))
            case Box():
                yield from _units(block.blocks, change, identity)
            case _:
                runs = (block.inlines,) if isinstance(block, Footnote) else own_runs(block)
                pieces = tuple(piece for run in runs for piece in _pieces(run, change, identity))
                yield plain_text(block.inlines) if isinstance(block, Heading) else "", pieces


def _item(item: ListItem, around: Change | None, identity: Identity) -> Iterator[_Unit]:
    change = item.change or around
    marker = Piece(_KINDS[change] if change else "kept", f"{item.marker} " if item.marker else "")
    for place, (heading, pieces) in enumerate(_units(item.blocks, change, identity)):
        yield heading, (marker, *pieces) if place == 0 else pieces


def _row(row: Row, around: Change | None, identity: Identity) -> Iterator[Piece]:
    change = row.change or around
    for place, cell in enumerate(row.cells):
        if place:
            yield Piece(_KINDS[change] if change else "kept", " | ")
        for number, (_, pieces) in enumerate(_units(cell.blocks, change, identity)):
            yield from (Piece("kept", " "), *pieces) if number else pieces


def _pieces(run: Inlines, around: Change | None, identity: Identity) -> Iterator[Piece]:
    for inline in run:
        if isinstance(inline, Revised):
            yield from _pieces(inline.inlines, inline.change, identity)
        elif isinstance(inline, Styled) and any(isinstance(one, Revised) for one in inline.inlines):
            yield from _pieces(inline.inlines, around, identity)
        else:
            yield Piece(_KINDS[around] if around else "kept", inlines_text((inline,), identity))
