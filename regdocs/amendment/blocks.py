"""Which blocks of a document say something else than before, by id.

Knows content trees; does not know why a block changed. Words are compared, not their looks: `redline` shows those.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regdocs.content.model import (
    Block,
    Box,
    Document,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Row,
    Section,
    Signature,
    Styled,
    Table,
    Text,
    Value,
)
from regdocs.content.query import furniture_runs, own_runs, plain_text

FURNITURE = "pages"
"""Name under which what repeats on every page stands, as if it were a block."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a block says.

    Attributes:
        text: Its own words, without those of blocks inside it.
        paths: Protocol paths of the values printed in it.
        section: The nearest heading before it with its number, or "".
        entry: The words of the first cell of the row it stands in, or "".
    """

    text: str
    paths: frozenset[str]
    section: str
    entry: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block whose words changed; `old` is None where it is new, `new` where it is gone. The rest as in `Said`."""

    block: str
    old: str | None
    new: str | None
    section: str
    entry: str
    paths: frozenset[str]


def changed_blocks(old: Document | None, new: Document | None) -> tuple[BlockChange, ...]:
    """Return the blocks whose words differ, in the order of the new document; those that are gone last.

    None stands for a document that there was not, or is not any more.
    """
    before, after = (said_by(one) if one else {} for one in (old, new))
    ids = [*after, *(block for block in before if block not in after)]
    found = (_compared(block, before.get(block), after.get(block)) for block in ids)
    return tuple(one for one in found if one is not None)


def said_by(document: Document) -> dict[str, Said]:
    """Return what each block, list item and footnote with words of its own says, by id, in the document's order."""
    runs = (*furniture_runs(document.furniture), *(section.running for section in document.sections))
    said = {FURNITURE: _said("", runs)}
    for section in document.sections:
        said.update(_of_section(section))
    return {block: one for block, one in said.items() if one.text}


def _compared(block: str, old: Said | None, new: Said | None) -> BlockChange | None:
    was, now = old.text if old else None, new.text if new else None
    shown = new or old
    if was == now or shown is None:
        return None
    paths = frozenset(path for one in (old, new) if one for path in one.paths)
    return BlockChange(block, was, now, shown.section, shown.entry, paths)


# ----------------------------------------------------------------------------------------------------------- walking


def _of_section(section: Section) -> Iterator[tuple[str, Said]]:
    heading = ""
    for block, entry in _walk(section.blocks, ""):
        if isinstance(block, Heading):
            heading = f"{_mark(block)} {plain_text(block.inlines)}".strip()
        yield block.id, _said(_mark(block), _runs(block), heading, entry)
    for footnote in section.footnotes:
        yield footnote.id, _said(footnote.mark, (footnote.inlines,), heading)


def _walk(blocks: Iterable[Block], entry: str) -> Iterator[tuple[Block | ListItem, str]]:
    """Yield blocks and list items, each before those inside it, with the first words of the row they stand in."""
    for block in blocks:
        yield block, entry
        match block:
            case List():
                for item in block.items:
                    yield item, entry
                    yield from _walk(item.blocks, entry)
            case Box():
                yield from _walk(block.blocks, entry)
            case Table():
                for row in (*block.head, *block.rows):
                    yield from _walk((one for cell in row.cells for one in cell.blocks), _first_words(row))


def _first_words(row: Row) -> str:
    first = next((one for cell in row.cells[:1] for one in cell.blocks if isinstance(one, Paragraph)), None)
    return plain_text(first.inlines) if first else ""


# ------------------------------------------------------------------------------------------------------------- words


def _mark(block: Block | ListItem) -> str:
    """Return what is printed before a block's words."""
    match block:
        case Heading(number=str(number)):
            return number
        case ListItem(marker=str(marker)):
            return marker
    return ""


def _runs(block: Block | ListItem) -> tuple[Inlines, ...]:
    if isinstance(block, ListItem):
        return ()
    labels = tuple((Text(label),) for label, _ in block.lines) if isinstance(block, Signature) else ()
    return (*own_runs(block), *labels)


def _said(mark: str, runs: Iterable[Inlines], section: str = "", entry: str = "") -> Said:
    listed = tuple(runs)
    words = "\n".join(filter(None, map(plain_text, listed)))
    return Said(f"{mark} {words}".strip(), frozenset(_paths(listed)), section, entry)


def _paths(runs: Iterable[Inlines]) -> Iterator[str]:
    for inline in (one for run in runs for one in run):
        if isinstance(inline, Value):
            yield from inline.paths
        elif isinstance(inline, Styled):
            yield from _paths([inline.inlines])
