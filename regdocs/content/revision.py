"""Either side of a redline: the document with every change accepted, or the base with every change rejected.

Knows the marks only, not how they came about. What was joined from pieces of one text comes back as one text.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, TypeAlias, TypeVar

from regdocs.content.model import (
    Block,
    Box,
    Cell,
    Contents,
    Document,
    Footnote,
    Furniture,
    Heading,
    Inline,
    Inlines,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Revised,
    Row,
    Section,
    Signature,
    Styled,
    Table,
    Text,
    Value,
)

Side: TypeAlias = Literal["new", "base"]
Part = TypeVar("Part", Section, Footnote, ListItem, Row, Block)

_GONE = {"new": ("deleted", "moved-from"), "base": ("inserted", "moved-to")}


def accepted(tree: Document) -> Document:
    """Return the new document of a redline; a clean tree comes back as it is."""
    return _document(tree, "new")


def rejected(tree: Document) -> Document:
    """Return the base of a redline, in the title and the section attributes of the new document.

    So are its running titles, but for an identity that they track.
    """
    return _document(tree, "base")


def run_of_side(inlines: Inlines, side: Side) -> Inlines:
    """Return the words of a run that one side has."""
    if not any(isinstance(inline, Revised) for inline in inlines):
        return inlines
    joined: list[Inline] = []
    for inline in _of_side(inlines, side):
        whole = _joined(joined[-1], inline) if joined else None
        if whole is None:
            joined.append(inline)
        else:
            joined[-1] = whole
    return tuple(joined)


def _document(tree: Document, side: Side) -> Document:
    sections = tuple(_section(one, side) for one in _left(tree.sections, side))
    return replace(tree, sections=sections, furniture=_furniture(tree.furniture, side))


def _furniture(furniture: Furniture, side: Side) -> Furniture:
    header, footer = _titles(furniture.header, side), _titles(furniture.footer, side)
    return replace(furniture, header=header, footer=footer)


def _titles(parts: tuple[Inlines, Inlines, Inlines], side: Side) -> tuple[Inlines, Inlines, Inlines]:
    start, centre, end = (run_of_side(part, side) for part in parts)
    return start, centre, end


def _left(parts: tuple[Part, ...], side: Side) -> Iterator[Part]:
    """Yield the parts that this side has, without their marks."""
    for part in parts:
        if part.change is None:
            yield part
        elif part.change not in _GONE[side]:
            yield replace(part, change=None)


def _section(section: Section, side: Side) -> Section:
    notes = tuple(_footnote(note, side) for note in _left(section.footnotes, side))
    return replace(section, blocks=_blocks(section.blocks, side), footnotes=notes)


def _footnote(note: Footnote, side: Side) -> Footnote:
    mark = note.old_mark if side == "base" and note.old_mark is not None else note.mark
    return replace(note, inlines=run_of_side(note.inlines, side), mark=mark, old_mark=None)


def _blocks(blocks: tuple[Block, ...], side: Side) -> tuple[Block, ...]:
    return tuple(_block(block, side) for block in _left(blocks, side))


def _block(block: Block, side: Side) -> Block:
    match block:
        case Paragraph():
            role = block.old_role if side == "base" and block.old_role is not None else block.role
            return replace(block, inlines=run_of_side(block.inlines, side), role=role, old_role=None)
        case Heading():
            number = block.old_number if side == "base" and block.old_number is not None else block.number
            return replace(block, inlines=run_of_side(block.inlines, side), number=number, old_number=None)
        case List():
            return replace(block, items=tuple(_item(item, side) for item in _left(block.items, side)))
        case Table():
            caption = run_of_side(block.caption, side)
            return replace(block, caption=caption, head=_rows(block.head, side), rows=_rows(block.rows, side))
        case Box():
            return replace(block, blocks=_blocks(block.blocks, side))
        case Signature():
            return replace(block, who=run_of_side(block.who, side), statement=run_of_side(block.statement, side))
        case Contents():
            return replace(block, title=run_of_side(block.title, side))
        case PageBreak():
            return block


def _item(item: ListItem, side: Side) -> ListItem:
    marker = item.old_marker if side == "base" and item.old_marker is not None else item.marker
    return replace(item, blocks=_blocks(item.blocks, side), marker=marker, old_marker=None)


def _rows(rows: tuple[Row, ...], side: Side) -> tuple[Row, ...]:
    return tuple(replace(row, cells=tuple(_cell(cell, side) for cell in row.cells)) for row in _left(rows, side))


def _cell(cell: Cell, side: Side) -> Cell:
    return replace(cell, blocks=_blocks(cell.blocks, side))


def _of_side(inlines: Inlines, side: Side) -> Iterator[Inline]:
    for inline in inlines:
        if not isinstance(inline, Revised):
            yield inline
        elif inline.change not in _GONE[side]:
            yield from inline.inlines


def _joined(first: Inline, second: Inline) -> Inline | None:
    """Return two pieces as one where nothing stands between them but a mark that is gone."""
    match first, second:
        case Text(before), Text(after):
            return Text(before + after)
        case Value(before, paths, state), Value(after, other, same) if (paths, state) == (other, same):
            return Value(before + after, paths, state)
        case Styled(style, before), Styled(other, after) if style == other:
            return Styled(style, _run_together(before, after))
    return None


def _run_together(before: Inlines, after: Inlines) -> Inlines:
    whole = _joined(before[-1], after[0]) if before and after else None
    return (*before, *after) if whole is None else (*before[:-1], whole, *after[1:])
