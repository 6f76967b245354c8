"""Every run of words in a document, with a name for good: what a translation replaces, one by one.

A run's name is its block's id, with a suffix where a block has several (`.caption`, `.who`, `.statement`, `.line.1`);
furniture is `furniture.…`. Knows the tree only; the order is the order of reading, furniture last.
"""

from collections.abc import Callable
from dataclasses import replace

from regdocs.content.model import (
    Block,
    Box,
    Cell,
    Contents,
    Document,
    Footnote,
    Furniture,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Row,
    Section,
    Signature,
    Table,
    Text,
)
from regdocs.content.query import plain_text

Change = Callable[[str, Inlines], Inlines]


def change_runs(document: Document, change: Change) -> Document:
    """Return the document with each run of inlines replaced by what `change` gives for its name and the run.

    Labels of signature lines, the title and the subject are runs of one text; what comes back is taken as plain text.
    """
    sections = tuple(_section(section, change) for section in document.sections)
    return replace(
        document,
        title=_words(change, "document.title", document.title),
        subject=_words(change, "document.subject", document.subject),
        sections=sections,
        furniture=_furniture(document.furniture, change),
    )


def runs(document: Document) -> dict[str, Inlines]:
    """Return every run by its name, in order; empty runs are left out."""
    found: dict[str, Inlines] = {}

    def note(name: str, inlines: Inlines) -> Inlines:
        found[name] = inlines
        return inlines

    change_runs(document, note)
    return {name: inlines for name, inlines in found.items() if inlines}


def _words(change: Change, name: str, text: str) -> str:
    return plain_text(change(name, (Text(text),) if text else ()))


def _section(section: Section, change: Change) -> Section:
    notes = tuple(_footnote(note, change) for note in section.footnotes)
    running = change(f"{section.id}.running", section.running)
    return replace(section, running=running, blocks=_blocks(section.blocks, change), footnotes=notes)


def _footnote(note: Footnote, change: Change) -> Footnote:
    return replace(note, inlines=change(note.id, note.inlines))


def _furniture(furniture: Furniture, change: Change) -> Furniture:
    marks = tuple(change(f"furniture.mark.{n}", mark) for n, mark in enumerate(furniture.marks, start=1))
    return replace(
        furniture,
        marks=marks,
        header=_three("furniture.header", furniture.header, change),
        footer=_three("furniture.footer", furniture.footer, change),
    )


def _three(name: str, parts: tuple[Inlines, Inlines, Inlines], change: Change) -> tuple[Inlines, Inlines, Inlines]:
    start, centre, end = parts
    return change(f"{name}.start", start), change(f"{name}.centre", centre), change(f"{name}.end", end)


def _blocks(blocks: tuple[Block, ...], change: Change) -> tuple[Block, ...]:
    return tuple(_block(block, change) for block in blocks)


def _block(block: Block, change: Change) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, inlines=change(block.id, block.inlines))
        case List():
            return replace(block, items=tuple(_item(item, change) for item in block.items))
        case Box():
            return replace(block, blocks=_blocks(block.blocks, change))
        case Table():
            return _table(block, change)
        case Signature():
            return _signature(block, change)
        case Contents():
            return replace(block, title=change(f"{block.id}.title", block.title))
        case _:
            return block


def _item(item: ListItem, change: Change) -> ListItem:
    return replace(item, blocks=_blocks(item.blocks, change))


def _table(table: Table, change: Change) -> Table:
    return replace(
        table,
        caption=change(f"{table.id}.caption", table.caption),
        head=tuple(_row(row, change) for row in table.head),
        rows=tuple(_row(row, change) for row in table.rows),
    )


def _row(row: Row, change: Change) -> Row:
    return replace(row, cells=tuple(_cell(cell, change) for cell in row.cells))


def _cell(cell: Cell, change: Change) -> Cell:
    return replace(cell, blocks=_blocks(cell.blocks, change))


def _signature(signature: Signature, change: Change) -> Signature:
    name = signature.id
    lines = enumerate(signature.lines, start=1)
    return replace(
        signature,
        who=change(f"{name}.who", signature.who),
        statement=change(f"{name}.statement", signature.statement),
        lines=tuple((_words(change, f"{name}.line.{n}", label), share) for n, (label, share) in lines),
    )
