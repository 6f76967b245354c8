"""What a form gives for each mark: the words, the section and the page of every block that carries it.

A heading gives what stands under it, a label what it labels; with nothing there it gives nothing. Knows the tree and
its marks; does not know which marks a study needs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regdocs.content.model import (
    Block,
    Box,
    Document,
    Heading,
    List,
    PageBreak,
    Paragraph,
    Signature,
    Table,
    Tags,
    ValueState,
)
from regdocs.content.query import plain_text, values_within, words_within

BEFORE_SECTIONS = "Title"  # where a block stands that comes before every section
_QUOTED = 160  # letters of a quotation; the block's id leads to the rest


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that give a mark.

    Attributes:
        block: Id of the block that carries the mark.
        section: Number and words of the section it stands in.
        words: Its words.
        state: "todo" where something in it is still open, "assumed" where something is only assumed.
        open_paths: Protocol paths that are still open in it.
        page: Page of the PDF, counted from one; None where nobody asked or there is none.
        document: Stem of the document, where it is another one than the form.
    """

    block: str
    section: str
    words: str
    state: ValueState
    open_paths: tuple[str, ...] = ()
    page: int | None = None
    document: str | None = None

    @property
    def quoted(self) -> str:
        """The words, shortened."""
        words = self.words
        return words if len(words) <= _QUOTED else f"{words[: _QUOTED - 2].rsplit(' ', 1)[0]} …"

    @property
    def place(self) -> str:
        """Where it stands, for people: the section, and the page where it is known."""
        where = f'"{self.section}"' if self.document is None else f'"{self.section}" of {self.document}'
        return where if self.page is None else f"{where}, page {self.page}"


def evidence_of(
    document: Document, pages: Mapping[str, int] | None = None, stem: str | None = None
) -> dict[str, tuple[Evidence, ...]]:
    """Return for every mark of a document what carries it and gives something, in the order of the document."""
    found: dict[str, list[Evidence]] = {}
    for section in document.sections:
        for marked, gives, where in _carriers(section.blocks):
            one = _evidence(marked.id, gives, where, (pages or {}).get(marked.id), stem)
            for clause in marked.clauses:
                found.setdefault(clause, []).append(one)
    return {clause: tuple(all_of) for clause, all_of in found.items()}


def _evidence(block: str, gives: tuple[Tags, ...], section: str, page: int | None, stem: str | None) -> Evidence:
    values = [value for one in gives for value in values_within(one)]
    opened = tuple(dict.fromkeys(path for value in values if value.state == "todo" for path in value.paths))
    assumed = any(value.state == "assumed" for value in values)
    state: ValueState = "todo" if opened else "assumed" if assumed else "known"
    words = " ".join(filter(None, map(words_within, gives)))
    return Evidence(block, section, words, state, opened, page, stem)


# ------------------------------------------------------------------------------------------------------------ carriers


_Carrier = tuple[Tags, tuple[Tags, ...], str]


def _carriers(blocks: tuple[Block, ...], section: str = BEFORE_SECTIONS) -> Iterator[_Carrier]:
    """Yield what carries marks and gives something, with what gives it and the section that it stands in."""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level == 1:
            section = " ".join(filter(None, (block.number, plain_text(block.inlines))))
        yield from _carrier(block, _under(blocks, number), section)
        yield from _inside(block, section)


def _inside(block: Block, section: str) -> Iterator[_Carrier]:
    match block:
        case Box():
            yield from _carriers(block.blocks, section)
        case List():
            for item in block.items:
                yield from _carrier(item, (item,), section)
                yield from _carriers(item.blocks, section)
        case Table():
            for row in (*block.head, *block.rows):
                yield from _carrier(row, (row,), section)
                for cell in row.cells:
                    yield from _carriers(cell.blocks, section)


def _carrier(marked: Tags, gives: tuple[Tags, ...], section: str) -> Iterator[_Carrier]:
    if marked.clauses and any(map(_says, gives)):
        yield marked, gives, section


def _under(blocks: tuple[Block, ...], number: int) -> tuple[Tags, ...]:
    """Return what a block of this place gives: itself, and for a heading or label what follows it instead."""
    block = blocks[number]
    if isinstance(block, Heading):
        end = (n for n in range(number + 1, len(blocks)) if _ends(blocks[n], block))
        under = blocks[number + 1 : next(end, len(blocks))]
        return tuple(one for one in under if not isinstance(one, Heading | PageBreak))
    if isinstance(block, Paragraph) and block.role == "label":
        after = blocks[number + 1 : number + 2]
        return (block, *after) if after and _says(after[0]) and not isinstance(after[0], Heading) else ()
    return (block,)


def _ends(block: Block, heading: Heading) -> bool:
    return isinstance(block, Heading) and block.level <= heading.level


def _says(tagged: Tags) -> bool:
    """Tell whether a block gives words of its own: a table by its rows, not by its head."""
    if isinstance(tagged, Table):
        return any(words_within(row) for row in tagged.rows)
    return isinstance(tagged, Signature) or bool(words_within(tagged))
