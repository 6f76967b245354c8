"""The words of a content tree as sections of plain text, as another program would read them in the printed form.

A section is what stands under a heading of any level; the headings above it are kept with it. Knows no mark.
"""

from collections.abc import Iterable, Iterator

from regdocs.content.model import Block, Box, Document, Heading, List, PageBreak, Signature, Table
from regdocs.content.query import plain_text, words_within
from regdocs.prose.recognised import TextSection

_LINE = "____________"
_Piece = tuple[tuple[str, ...], str]


def sections_of_document(document: Document) -> tuple[TextSection, ...]:
    """Return the sections of a document in order; a heading under which nothing stands gives one without words."""
    blocks = [block for section in document.sections for block in section.blocks]
    sections: list[TextSection] = []
    for headings, words in _pieces(blocks):
        above, heading = ": ".join(headings[:-1]), headings[-1] if headings else ""
        last = sections[-1] if sections else None
        if last is not None and (last.above, last.heading) == (above, heading):
            sections[-1] = TextSection(heading, f"{last.text}\n\n{words}".strip(), above)
        else:
            sections.append(TextSection(heading, words, above))
    return tuple(sections)


def _pieces(blocks: Iterable[Block]) -> Iterator[_Piece]:
    """Yield the words of every block with the headings it stands under, outermost first."""
    headings: tuple[str, ...] = ()
    for block in _opened(blocks):
        if isinstance(block, Heading):
            named = " ".join(filter(None, (block.number, plain_text(block.inlines))))
            headings = (*headings[: block.level - 1], named)
            yield headings, ""
        else:
            yield from ((headings, words) for words in _words(block) if words)


def _opened(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks in order, and in place of a box what stands in it."""
    for block in blocks:
        if isinstance(block, Box):
            yield from _opened(block.blocks)
        else:
            yield block


def _words(block: Block) -> Iterator[str]:
    match block:
        case List():
            yield from (words_within(item) for item in block.items)
        case Table():
            yield from (words_within(row) for row in block.rows)
        case Signature():
            lines = " ".join(f"{label} {_LINE}" for label, _ in block.lines)
            yield from (plain_text(block.statement), f"{plain_text(block.who)} {lines}")
        case PageBreak():
            return
        case _:
            yield words_within(block)
