"""Random documents, random edits of them, and what a document prints in one comparable form: for tests of redlines.

Documents are what a template could make: ids are unique, tables have columns. An edit changes words, numbers, roles and
shapes, and removes, adds and moves blocks, items, rows, cells' blocks, footnotes and sections, at any depth.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, groupby
from random import Random
from typing import Any, TypeVar

from regdocs.content import choices
from regdocs.content.model import (
    Blank,
    Block,
    Box,
    Cell,
    Comb,
    Contents,
    Document,
    Footnote,
    Furniture,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Signature,
    Styled,
    Table,
    Text,
    Tick,
    Value,
)
from regdocs.content.runs import change_runs
from regdocs.content.tokens import Token, tokens_of

_SENTENCE = "We take about 12 5.5 mL of blood, ; from you every Day visit máu người bệnh 👩‍⚕️ (again) the the a 🧬 stop."
WORDS = _SENTENCE.split()
One = TypeVar("One", Section, Footnote, ListItem, Row, Block)


class Author:
    """Writes and edits documents by the numbers of one `Random`; ids count up and are never used twice.

    With `nested` there are tables and boxes in cells, boxes and list items. Contents stand after the title or nowhere.
    """

    def __init__(self, random: Random, nested: bool = True) -> None:
        self._random = random
        self._nested = nested
        self._names = (f"b{n}" for n in count(1))

    # ------------------------------------------------------------------------------------------------- documents

    def document(self) -> Document:
        """Return a document of one to three sections."""
        furniture = Furniture(marks=((Text("FICTIONAL"),),))
        sections = tuple(self.section() for _ in range(self._random.randint(1, 3)))
        if self._random.random() < 0.3:
            title = Paragraph(id=self._name(), inlines=self._run(), role="title")
            contents = Contents(id="contents", title=(Text("Contents"),), depth=2)
            sections = (replace(sections[0], blocks=(title, contents, *sections[0].blocks)), *sections[1:])
        return Document(kind="k", language="en", title="T", subject="S", furniture=furniture, sections=sections)

    def section(self) -> Section:
        """Return a section with blocks and perhaps footnotes."""
        random = self._random
        blocks = tuple(self._block(0) for _ in range(random.randint(1, 7)))
        notes = tuple(
            Footnote(id=self._name(), mark=str(n), inlines=self._run()) for n in range(random.choice((0, 0, 2)))
        )
        orientation = random.choice(choices.ORIENTATIONS)
        return Section(id=self._name(), blocks=blocks, footnotes=notes, orientation=orientation)

    def _name(self) -> str:
        return next(self._names)

    def _block(self, depth: int) -> Block:
        makers: list[Callable[[int], Block]] = [self._paragraph, self._paragraph, self._heading, self._small]
        if depth < 2:
            makers += [self._list, self._list]
        if depth < (2 if self._nested else 1):
            makers += [self._table, self._table, self._box]
        return self._random.choice(makers)(depth)

    def _paragraph(self, depth: int) -> Block:
        return Paragraph(id=self._name(), inlines=self._run(), role=self._random.choice(choices.PARAGRAPH_ROLES))

    def _heading(self, depth: int) -> Block:
        number = self._random.choice((None, "1", "2.1"))
        return Heading(id=self._name(), level=self._random.randint(1, 4), inlines=self._run(), number=number)

    def _small(self, depth: int) -> Block:
        if depth:
            return self._paragraph(depth)
        signature = Signature(
            id=self._name(), who=self._run(), statement=self._run(0), lines=(("Name", 6), ("Date", 6))
        )
        return self._random.choice((PageBreak(id=self._name()), signature))

    def _list(self, depth: int) -> Block:
        marked = self._random.choice((True, False))
        items = tuple(
            ListItem(
                id=self._name(),
                blocks=tuple(self._block(depth + 1) for _ in range(self._random.choice((1, 1, 2)))),
                marker=f"E0{n}" if marked else None,
            )
            for n in range(self._random.randint(1, 4))
        )
        return List(id=self._name(), items=items, ordered=self._random.choice((True, False)))

    def _table(self, depth: int) -> Block:
        columns = self._random.randint(1, 3)
        head = tuple(self._row(columns, depth) for _ in range(self._random.choice((0, 1))))
        rows = tuple(self._row(columns, depth) for _ in range(self._random.randint(1, 4)))
        return Table(
            id=self._name(),
            columns=(1,) * columns,
            head=head,
            rows=rows,
            caption=self._run(0),
            role=self._random.choice(choices.TABLE_ROLES),
        )

    def _row(self, columns: int, depth: int) -> Row:
        if columns > 1 and self._random.random() < 0.1:
            return Row(id=self._name(), cells=(replace(self._cell(depth), colspan=columns),), section=True)
        return Row(id=self._name(), cells=tuple(self._cell(depth) for _ in range(columns)))

    def _cell(self, depth: int) -> Cell:
        made = self._random.choice((0, 1, 1, 1, 2))
        return Cell(blocks=tuple(self._block(depth + 2 if made == 1 else depth + 1) for _ in range(made)))

    def _box(self, depth: int) -> Block:
        blocks = tuple(self._block(depth + 1) for _ in range(self._random.randint(1, 3)))
        return Box(id=self._name(), blocks=blocks, role=self._random.choice(choices.BOX_ROLES))

    def _run(self, least: int = 1) -> Inlines:
        words = self._random.randint(least, 14)
        return tuple(self._inline() for _ in range(words // 5 + 1)) if words else ()

    def _inline(self) -> Inline:
        random = self._random
        words = " ".join(random.choices(WORDS, k=random.randint(1, 6))) + " "
        roll = random.random()
        if roll < 0.6:
            return Text(words)
        if roll < 0.8:
            return Value(words, ("/p",), random.choice(choices.VALUE_STATES))
        if roll < 0.9:
            return Styled(random.choice(choices.STYLES), (Text(words),))
        places = LineBreak(), Tick("Yes"), Comb("Date", "dd-MMM"), Blank("Name", 30), Blank("Line")
        return random.choice(places)

    # ----------------------------------------------------------------------------------------------------- edits

    def edited(self, document: Document, share: float) -> Document:
        """Return the document with about this share of everything in it changed."""
        self._share = share
        sections = self._siblings(document.sections, self._edit_section, self.section) or (self.section(),)
        return replace(document, sections=sections)

    def edited_section(self, section: Section, share: float) -> Section:
        """Return the section with about this share of everything in it changed."""
        self._share = share
        return self._edit_section(section)

    def _hit(self, part: float = 1.0) -> bool:
        return self._random.random() < self._share * part

    def _siblings(self, parts: tuple[One, ...], edit: Callable[[One], One], make: Callable[[], One]) -> tuple[One, ...]:
        left: list[One] = []
        for part in parts:
            if self._hit(0.4):
                left.append(make())
            if self._hit(0.4):
                continue
            edited = edit(part)
            left.insert(self._random.randint(0, len(left)) if self._hit(0.4) else len(left), edited)
        return tuple(left)

    def _edit_section(self, section: Section) -> Section:
        notes = self._siblings(
            section.footnotes, self._edit_note, lambda: Footnote(id=self._name(), mark="x", inlines=self._run())
        )
        first = 2 if any(isinstance(block, Contents) for block in section.blocks) else 0
        blocks = (*section.blocks[:first], *self._blocks(section.blocks[first:], 0))
        return replace(section, blocks=blocks, footnotes=notes)

    def _edit_note(self, note: Footnote) -> Footnote:
        return replace(note, inlines=self._words(note.inlines), mark="9" if self._hit() else note.mark)

    def _blocks(self, blocks: tuple[Block, ...], depth: int) -> tuple[Block, ...]:
        return self._siblings(blocks, lambda block: self._edit_block(block, depth), lambda: self._block(depth))

    def _edit_block(self, block: Block, depth: int) -> Block:
        if self._hit(0.1):
            return replace(self._block(depth), id=block.id)
        match block:
            case Paragraph():
                role = self._random.choice(choices.PARAGRAPH_ROLES) if self._hit(0.3) else block.role
                return replace(block, inlines=self._words(block.inlines), role=role)
            case Heading():
                number = self._random.choice((None, "3", "4.1")) if self._hit() else block.number
                return replace(block, inlines=self._words(block.inlines), number=number)
            case List():
                return replace(block, items=self._siblings(block.items, self._edit_item, self._item))
            case Table():
                return self._edit_table(block)
            case Box():
                return replace(block, blocks=self._blocks(block.blocks, depth + 1))
            case Signature():
                return replace(block, who=self._words(block.who), statement=self._words(block.statement))
            case _:
                return block

    def _item(self) -> ListItem:
        return ListItem(id=self._name(), blocks=(self._paragraph(2),))

    def _edit_item(self, item: ListItem) -> ListItem:
        marker = "E99" if item.marker and self._hit() else item.marker
        return replace(item, blocks=self._blocks(item.blocks, 1), marker=marker)

    def _edit_table(self, table: Table) -> Table:
        columns = len(table.columns)
        return replace(
            table,
            caption=self._words(table.caption) or (self._run() if self._hit(0.3) else ()),
            rows=self._siblings(table.rows, self._edit_row, lambda: self._row(columns, 1)),
        )

    def _edit_row(self, row: Row) -> Row:
        cells = tuple(replace(cell, blocks=self._blocks(cell.blocks, 2)) for cell in row.cells)
        return replace(row, cells=cells, section=row.section != self._hit(0.1))

    def _words(self, inlines: Inlines) -> Inlines:
        left: list[Inline] = []
        for inline in inlines:
            if self._hit(0.2):
                continue
            left.append(self._reworded(inline))
            if self._hit(0.2):
                left.append(self._inline())
        return tuple(left)

    def _reworded(self, inline: Inline) -> Inline:
        if not isinstance(inline, Text | Value):
            return inline
        words = [self._random.choice(WORDS) if self._hit(0.5) else word for word in inline.text.split()]
        return replace(inline, text=" ".join(word for word in words if not self._hit(0.2)) + " ")


# ---------------------------------------------------------------------------------------------------------- printed


def printed(document: Document) -> Document:
    """Return the document in the one form of all that print alike.

    Runs are cut into tokens and joined again, values are words, clause tags and running titles are left out.
    """
    plain = change_runs(document, lambda _, inlines: tuple(_joined(tokens_of(inlines))))
    sections = tuple(
        replace(_without_clauses(section), orientation="portrait", running=(), own_pages=False)
        for section in plain.sections
    )
    return Document(kind="", language="", title="", subject="", furniture=Furniture(), sections=sections)


def _joined(tokens: list[Token]) -> Iterator[Inline]:
    for look, same in groupby(tokens, lambda token: (token.styles, token.key[2:])):
        texts: list[str] = []
        for token in same:
            if isinstance(token.key[0], str):
                texts.append(token.key[0])
                continue
            yield from _styled(look, texts)
            texts = []
            yield Styled("strong", (token.inline, Text("/".join(token.styles))))
        yield from _styled(look, texts)


def _styled(look: tuple[Any, ...], texts: list[str]) -> Iterator[Inline]:
    if texts:
        yield Text(f"{look}{''.join(texts)}")


def _without_clauses(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(_without_clauses(one) for one in part)
    names = [name for name in ("blocks", "items", "head", "rows", "cells", "footnotes") if hasattr(part, name)]
    changes: dict[str, Any] = {name: _without_clauses(getattr(part, name)) for name in names}
    return replace(part, **changes, **({"clauses": ()} if hasattr(part, "clauses") else {}))
