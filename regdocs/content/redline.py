"""Two documents as one tree that says what became of the base: the redline, which every writer prints.

Blocks, items and rows are known again by their ids among their siblings; what stays is looked into, down to the words.
Knows content trees only: any two stored ones will do, whichever version, template or program made them. Running titles,
the title and the attributes of sections are the new document's, untracked. `revision.py` gives back either of the two.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias, TypeVar

from regdocs.content.model import (
    Blank,
    Block,
    Box,
    Cell,
    Change,
    Contents,
    Document,
    Footnote,
    Heading,
    Inlines,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Signature,
    Styled,
    Table,
)
from regdocs.content.revised_words import look_alike, revised_words
from regdocs.content.siblings import aligned

Sibling = TypeVar("Sibling", Section, Footnote, ListItem, Block)
_RowGroup: TypeAlias = tuple[Row, ...]


def redline(base: Document, new: Document) -> Document:
    """Return the new document with everything that its base says otherwise, each change marked.

    Both are clean trees. `accepted` of the result prints as `new`, `rejected` as `base`. Clause tags and the paths of
    values are the new ones where both print the same.
    """
    if base.sections == new.sections:
        return new
    return replace(new, sections=_merged(base.sections, new.sections, _section))


class _Coarse(Exception):
    """What changed cannot be told inside a block, so the whole block is replaced; never leaves this module."""


def _merged(
    old: tuple[Sibling, ...], new: tuple[Sibling, ...], inside: Callable[[Sibling, Sibling], Sibling]
) -> tuple[Sibling, ...]:
    """Return the siblings of both in one order, each with what became of it."""
    if old == new:
        return new
    found: list[Sibling] = []
    for change, before, after in aligned(old, new, _name):
        found.extend(_told(change, before, after, inside))
    return tuple(found)


def _told(
    change: Change | None, old: Sibling | None, new: Sibling | None, inside: Callable[[Sibling, Sibling], Sibling]
) -> Iterator[Sibling]:
    if old is None or new is None:
        yield from (replace(one, change=change) for one in (old, new) if one is not None)
        return
    try:
        yield new if old == new else inside(old, new)
    except _Coarse:
        yield replace(old, change="deleted")
        yield replace(new, change="inserted")


def _name(sibling: Section | Footnote | ListItem | Block) -> Hashable:
    return type(sibling), sibling.id


def _require(alike: bool) -> None:
    if not alike:
        raise _Coarse


# ---------------------------------------------------------------------------------------------------- what stays


def _section(old: Section, new: Section) -> Section:
    notes = _merged(old.footnotes, new.footnotes, _footnote)
    return replace(new, blocks=_merged(old.blocks, new.blocks, _block), footnotes=notes)


def _footnote(old: Footnote, new: Footnote) -> Footnote:
    _require(old.language == new.language)
    return replace(new, inlines=_words(old.inlines, new.inlines), old_mark=_other(old.mark, new.mark))


def _block(old: Block, new: Block) -> Block:
    _require(old.language == new.language)
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        role = old.role if old.role != new.role else None
        return replace(new, inlines=_words(old.inlines, new.inlines), old_role=role)
    if isinstance(old, Heading) and isinstance(new, Heading):
        return _heading(old, new)
    if isinstance(old, List) and isinstance(new, List):
        _require(old.ordered == new.ordered)
        return replace(new, items=_merged(old.items, new.items, _item))
    if isinstance(old, Table) and isinstance(new, Table):
        return _table(old, new)
    if isinstance(old, Box) and isinstance(new, Box):
        _require(old.role == new.role)
        return replace(new, blocks=_merged(old.blocks, new.blocks, _block))
    return _single(old, new)


def _single(old: Block, new: Block) -> Block:
    if isinstance(old, Signature) and isinstance(new, Signature):
        _require(old.lines == new.lines)
        return replace(new, who=_words(old.who, new.who), statement=_words(old.statement, new.statement))
    if isinstance(old, Contents) and isinstance(new, Contents):
        _require(old.depth == new.depth)
        return replace(new, title=_words(old.title, new.title))
    _require(isinstance(old, PageBreak))
    return new


def _heading(old: Heading, new: Heading) -> Heading:
    _require(old.level == new.level and (old.number is None) == (new.number is None))
    return replace(new, inlines=_words(old.inlines, new.inlines), old_number=_other(old.number, new.number))


def _item(old: ListItem, new: ListItem) -> ListItem:
    _require(old.language == new.language and (old.marker is None) == (new.marker is None))
    blocks = _merged(old.blocks, new.blocks, _block)
    # The first block stands beside the marker; without it in both, the item would be torn apart.
    _require(not blocks or (blocks[0].change is None and bool(old.blocks) and bool(new.blocks)))
    return replace(new, blocks=blocks, old_marker=_other(old.marker, new.marker))


def _other(old: str | None, new: str | None) -> str | None:
    return old if old != new else None


def _words(old: Inlines, new: Inlines) -> Inlines:
    if old == new:
        return new
    if _fills_a_line(old) or _fills_a_line(new):  # its lines are divided among its blanks, which takes all of them
        _require(look_alike(old, new))
        return new
    return revised_words(old, new)


def _fills_a_line(inlines: Inlines) -> bool:
    return any(
        (isinstance(inline, Blank) and inline.width_mm == 0)
        or (isinstance(inline, Styled) and _fills_a_line(inline.inlines))
        for inline in inlines
    )


# -------------------------------------------------------------------------------------------------------- tables


def _table(old: Table, new: Table) -> Table:
    _require(old.role == new.role and old.columns == new.columns)
    caption = _words(old.caption, new.caption)
    return replace(new, caption=caption, head=_rows(old.head, new.head), rows=_rows(old.rows, new.rows))


def _rows(old: tuple[Row, ...], new: tuple[Row, ...]) -> tuple[Row, ...]:
    if old == new:
        return new
    steps = aligned(_groups(old), _groups(new), lambda group: group[0].id)
    return tuple(row for change, before, after in steps for row in _told_rows(change, before, after))


def _groups(rows: tuple[Row, ...]) -> list[_RowGroup]:
    """Return the rows in groups that merged cells tie together; almost always each row by itself."""
    groups: list[list[Row]] = []
    below = 0
    for row in rows:
        if below:
            groups[-1].append(row)
        else:
            groups.append([row])
        below = max(below - 1, max((cell.rowspan - 1 for cell in row.cells), default=0))
    return [tuple(group) for group in groups]


def _told_rows(change: Change | None, old: _RowGroup | None, new: _RowGroup | None) -> Iterable[Row]:
    if old is None or new is None:
        return _marked(old or new or (), change)
    try:
        _require(len(old) == len(new))
        return [_row(before, after) for before, after in zip(old, new, strict=True)]
    except _Coarse:
        return [*_marked(old, "deleted"), *_marked(new, "inserted")]


def _marked(rows: _RowGroup, change: Change | None) -> list[Row]:
    return [replace(row, change=change) for row in rows]


def _row(old: Row, new: Row) -> Row:
    if old == new:
        return new
    _require((old.id, old.language, old.section) == (new.id, new.language, new.section))
    _require([_shape(cell) for cell in old.cells] == [_shape(cell) for cell in new.cells])
    return replace(new, cells=tuple(map(_cell, old.cells, new.cells)))


def _shape(cell: Cell) -> Cell:
    return replace(cell, blocks=())


def _cell(old: Cell, new: Cell) -> Cell:
    return replace(new, blocks=_merged(old.blocks, new.blocks, _block))
