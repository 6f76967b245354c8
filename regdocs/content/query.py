"""Questions asked of a content tree: its blocks, its inlines, what it read, what it shows.

Knows the tree only; the order of every answer is the order of the document, or sorted where it says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from regdocs.content.identity import Identity
from regdocs.content.model import (
    Block,
    Box,
    Change,
    Comb,
    Contents,
    Document,
    Footnote,
    FootnoteRef,
    Furniture,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    List,
    ListItem,
    PageCount,
    PageNumber,
    Paragraph,
    Revised,
    Row,
    Section,
    Signature,
    Styled,
    Table,
    Tags,
    Text,
    Value,
)

DIGITS = "0123456789"
_UNPRINTED = frozenset("\n\r\t")


def walk_blocks(document: Document) -> Iterator[Block]:
    """Yield every block, a block before those inside it; footnotes are not blocks."""
    for section in document.sections:
        yield from blocks_within(section.blocks)


def walk_tagged(document: Document) -> Iterator[Tags]:
    """Yield everything that carries an id and clause tags: blocks, list items, rows and footnotes."""
    for section in document.sections:
        yield from _tagged(section.blocks)
        yield from section.footnotes


def walk_changes(document: Document) -> Iterator[tuple[Tags, Change | None]]:
    """Yield what `walk_tagged` yields, each with what became of it in a redline: its own mark or one around it."""
    for section in document.sections:
        yield from _changed((*section.blocks, *section.footnotes), section.change)


def tagged_within(tagged: Tags) -> Iterator[Tags]:
    """Yield a block, list item or row and everything inside it that carries an id and clause tags."""
    yield tagged
    match tagged:
        case List():
            for item in tagged.items:
                yield from tagged_within(item)
        case ListItem() | Box():
            yield from _tagged(tagged.blocks)
        case Table():
            for row in (*tagged.head, *tagged.rows):
                yield from tagged_within(row)
        case Row():
            for cell in tagged.cells:
                yield from _tagged(cell.blocks)


def walk_inlines(document: Document) -> Iterator[Inline]:
    """Yield every inline, furniture first; a `Styled` comes before those inside it."""
    yield from _flat(furniture_runs(document.furniture))
    for section in document.sections:
        yield from _flat([section.running])
        for block in blocks_within(section.blocks):
            yield from _flat(own_runs(block))
        yield from _flat(footnote.inlines for footnote in section.footnotes)


def blocks_within(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks and every block inside them (items, cells, boxes), depth first."""
    return (tagged for tagged in _tagged(blocks) if not isinstance(tagged, ListItem | Row | Footnote))


def values(document: Document) -> tuple[Value, ...]:
    """Return every interpolated value, as often as it is printed."""
    return tuple(inline for inline in walk_inlines(document) if isinstance(inline, Value))


def paths_read(document: Document) -> tuple[str, ...]:
    """Return the protocol paths from which something was printed, each once, sorted."""
    return tuple(sorted({path for value in values(document) for path in value.paths}))


def headings(document: Document) -> tuple[Heading, ...]:
    """Return the headings, those in boxes and cells too; in a redline each with what became of it or of its place."""
    return tuple(
        tagged if tagged.change == change else replace(tagged, change=change)
        for tagged, change in walk_changes(document)
        if isinstance(tagged, Heading)
    )


def plain_text(inlines: Inlines) -> str:
    """Return the words of a run, of a redline's the new ones; a line break is a new line, what has no words nothing."""
    return "".join(_words(inline) for inline in inlines)


def words_within(tagged: Tags) -> str:
    """Return the words of a block, item, row or footnote and of everything in it, on one line."""
    return " ".join(" ".join(map(plain_text, _runs_within(tagged))).split())


def values_within(tagged: Tags) -> Iterator[Value]:
    """Yield every interpolated value of a block, item, row or footnote and of everything in it."""
    return (inline for inline in _flat(_runs_within(tagged)) if isinstance(inline, Value))


def characters(document: Document, identity: Identity) -> str:
    """Return each character that the tree makes a writer show, sorted.

    These are all words, marks, numbers, markers and labels printed, and the identity. Glyphs a writer brings itself
    (bullets, tick boxes) are its own concern. New lines and tabs are not shown; every other space is.
    """
    shown: set[str] = set()
    for text in _shown_texts(document, identity):
        shown.update(text)
    return "".join(sorted(shown - _UNPRINTED))


# ------------------------------------------------------------------------------------------------------------- runs


def furniture_runs(furniture: Furniture) -> Iterator[Inlines]:
    """Yield the runs of inlines on every page: marks, header, footer."""
    yield from furniture.marks
    yield from furniture.header
    yield from furniture.footer


def furniture_at(document: Document, section: Section) -> Furniture:
    """Return what repeats on the pages of a section: the document's, with what the section says of itself."""
    furniture, (start, centre, end) = document.furniture, document.furniture.footer
    if not section.running:
        return furniture
    start = (*section.running, LineBreak(), *start) if start else section.running
    return replace(furniture, footer=(start, centre, end))


def _runs_within(tagged: Tags) -> Iterator[Inlines]:
    for one in tagged_within(tagged):
        match one:
            case Footnote():
                yield one.inlines
            case Heading() | Paragraph() | Table() | Signature() | Contents():
                yield from own_runs(one)


def own_runs(block: Block) -> Iterator[Inlines]:
    """Yield the runs of inlines that stand in the block itself, not in blocks inside it."""
    match block:
        case Heading() | Paragraph():
            yield block.inlines
        case Table():
            yield block.caption
        case Signature():
            yield block.who
            yield block.statement
        case Contents():
            yield block.title


def _changed(tagged: Iterable[Tags], around: Change | None) -> Iterator[tuple[Tags, Change | None]]:
    for one in tagged:
        change = one.change or around
        yield one, change
        match one:
            case List():
                yield from _changed(one.items, change)
            case Table():
                yield from _changed((*one.head, *one.rows), change)
            case Row():
                for cell in one.cells:
                    yield from _changed(cell.blocks, change)
            case Box() | ListItem():
                yield from _changed(one.blocks, change)


def _tagged(blocks: Iterable[Block]) -> "Iterator[Block | ListItem | Row]":
    for block in blocks:
        yield block
        match block:
            case List():
                for item in block.items:
                    yield item
                    yield from _tagged(item.blocks)
            case Table():
                for row in (*block.head, *block.rows):
                    yield row
                    for cell in row.cells:
                        yield from _tagged(cell.blocks)
            case Box():
                yield from _tagged(block.blocks)


def _flat(runs: Iterable[Inlines]) -> Iterator[Inline]:
    for run in runs:
        for inline in run:
            yield inline
            if isinstance(inline, Styled | Revised):
                yield from _flat((inline.inlines,))


def _words(inline: Inline) -> str:
    match inline:
        case Text() | Value():
            return inline.text
        case Styled():
            return plain_text(inline.inlines)
        case LineBreak():
            return "\n"
        case Revised(change="inserted"):
            return plain_text(inline.inlines)
        case _:
            return ""


# ------------------------------------------------------------------------------------------------------------ shown


def _shown_texts(document: Document, identity: Identity) -> Iterator[str]:
    for inline in walk_inlines(document):
        yield _shown_of_inline(inline)
    for tagged in walk_tagged(document):
        yield from _shown_of_tagged(tagged)
    yield from (text for text in (identity.version, identity.date, identity.protocol_version) if text)
    if identity.draft:
        yield identity.draft.mark
        yield from _shown_in_notice(identity.draft.notice)


def _shown_in_notice(notice: tuple[Block, ...]) -> Iterator[str]:
    for tagged in _tagged(notice):
        yield from _shown_of_tagged(tagged)
    for block in blocks_within(notice):
        for inline in _flat(own_runs(block)):
            yield _shown_of_inline(inline)


def _shown_of_inline(inline: Inline) -> str:
    match inline:
        case Text() | Value():
            return inline.text
        case Comb():
            return inline.pattern
        case FootnoteRef():
            return inline.mark
        case PageNumber() | PageCount():
            return DIGITS
        case _:
            return ""


def _shown_of_tagged(tagged: Tags) -> Iterator[str]:
    match tagged:
        case Heading(old_number=str(number)) | ListItem(old_marker=str(number)) | Footnote(old_mark=str(number)):
            yield number
    match tagged:
        case Heading(number=str(number)) | ListItem(marker=str(number)) | Footnote(mark=number):
            yield number
        case Signature():
            yield from (label for label, _ in tagged.lines)
        case Contents():
            yield DIGITS
        case List(ordered=True):
            yield DIGITS + "."
