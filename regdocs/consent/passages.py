"""What of a document is read as text: its passages in order, each with its section and its place.

Left out are headings, titles, labels, table heads, furniture, and words that nobody may make plainer: verbatim titles,
numbers, names, eligibility criteria, and the statement that 21 CFR 50.25(c) words itself. Knows the tree only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from regdocs.content.model import (
    Block,
    Box,
    Cell,
    Document,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    List,
    Paragraph,
    Signature,
    Styled,
    Table,
    Text,
    Value,
)
from regdocs.content.query import plain_text

Role = Literal["text", "item", "cell", "label"]

# Values under these protocol paths are printed as they are recorded: names, numbers, addresses, titles, criteria.
VERBATIM_PATHS = (
    "/identity/",
    "/eligibility/",
    "/organisations/",
    "/contacts/",
    "/sites/*/name",
    "/sites/*/city",
    "/sites/*/country",
    "/sites/*/investigator/",
    "/sites/*/emergency_telephone",
    "/oversight/*/name",
    "/oversight/*/approval",
    "/oversight/*/contact",
    "/oversight/*/paediatric/reference",
    "/products/*/name",
    "/interventions/*/name",
    "/waivers/*/citation",
    "/waivers/*/reference",
    "/demonstration",
)
VERBATIM_CLAUSES = frozenset({"FDA-c"})  # 21 CFR 50.25(c): the statement is to be reproduced word for word
_UNREAD_ROLES = frozenset({"title", "subtitle", "label"})
BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a document: what its heading of level 1 says, and whether the key information stands there."""

    name: str
    key: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words: which part it stands in, the id of its block, and its role.

    A `label` names what stands behind or below it; `verbatim` and `open_values` count values that are left out.
    """

    part: Part
    place: str
    role: Role
    text: str
    verbatim: int = 0
    open_values: int = 0


def passages(document: Document) -> Iterator[Passage]:
    """Yield the passages of a document in order; what stands before the first heading is a part of its own."""
    name = "Before the first heading"
    for section in document.sections:
        for heading, blocks in _groups(section.blocks):
            name = " ".join(filter(None, (heading.number, plain_text(heading.inlines)))) if heading else name
            part = Part(name, key=any(isinstance(block, Box) and block.role == "key" for block in blocks))
            yield from _of_blocks(blocks, part, "text")
        for note in section.footnotes:
            yield from _of_run(Part(name), note.id, "text", note.inlines)


def _groups(blocks: Iterable[Block]) -> Iterator[tuple[Heading | None, list[Block]]]:
    """Yield the blocks from one heading of level 1 to the next, with that heading; None before the first."""
    heading: Heading | None = None
    group: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield heading, group
            heading, group = block, []
        group.append(block)
    yield heading, group


def _of_block(block: Block, part: Part, role: Role) -> Iterator[Passage]:
    if VERBATIM_CLAUSES.intersection(block.clauses):
        yield Passage(part, block.id, "label", "", verbatim=1)
        return
    match block:
        case Paragraph():
            yield from _of_run(part, block.id, "label" if block.role in _UNREAD_ROLES else role, block.inlines)
        case Heading():
            yield from _of_run(part, block.id, "label", block.inlines)
        case List():
            for item in block.items:
                yield from _of_blocks(item.blocks, part, "item")
        case Box():
            yield from _of_blocks(block.blocks, part, role)
        case Table():
            yield from _of_table(block, part)
        case Signature():
            yield from _of_run(part, block.id, "text", block.statement)


def _of_blocks(blocks: Iterable[Block], part: Part, role: Role) -> Iterator[Passage]:
    for block in blocks:
        yield from _of_block(block, part, role)


def _of_table(table: Table, part: Part) -> Iterator[Passage]:
    for row in table.rows:
        for cell in row.cells:
            yield from _of_blocks(cell.blocks, part, _role_of(cell))


def _role_of(cell: Cell) -> Role:
    return "label" if cell.header else "cell"


# ------------------------------------------------------------------------------------------------------------- runs


def _of_run(part: Part, place: str, role: Role, inlines: Inlines) -> Iterator[Passage]:
    """Yield a run as one passage, with the labels that begin it as passages of their own."""
    label, rest = _leading_label(inlines)
    if label:
        yield Passage(part, place, "label", plain_text(label))
    values = tuple(_values(rest))
    yield Passage(
        part,
        place,
        role,
        _readable(rest).strip(),
        verbatim=sum(is_verbatim(value) for value in values),
        open_values=sum(value.state != "known" for value in values),
    )


def _leading_label(inlines: Inlines) -> tuple[Inlines, Inlines]:
    """Split a run after a label: strong words at its start, or words up to a colon before a value ("Insurance: …").

    A value that goes on in small letters belongs to the sentence before it, so that there is no label then.
    """
    match inlines:
        case (Styled(style="strong"), _, *_) if _ends(plain_text(inlines[:1]), ".:?"):
            return inlines[:1], inlines[1:]
        case (Text(text=text), Value(text=value), *_) if _ends(text, ":") and not value[:1].islower():
            return inlines[:1], inlines[1:]
    return (), inlines


def _ends(text: str, marks: str) -> bool:
    return text.rstrip()[-1:] in tuple(marks)


def _values(inlines: Inlines) -> Iterator[Value]:
    for inline in inlines:
        if isinstance(inline, Value):
            yield inline
        elif isinstance(inline, Styled):
            yield from _values(inline.inlines)


def _readable(inlines: Inlines) -> str:
    return "".join(map(_words, inlines))


def _words(inline: Inline) -> str:
    """Return the words of an inline: none of verbatim ones; an open value in its brackets, where no word counts."""
    match inline:
        case Value() if is_verbatim(inline):
            return ""
        case Styled(style="verbatim" | "superscript" | "subscript"):
            return ""
        case Styled():
            return _readable(inline.inlines)
        case LineBreak():
            return BREAK
        case _:
            return plain_text((inline,))


def is_verbatim(value: Value) -> bool:
    """Tell whether a value is printed as it is recorded: each of its paths is one of `VERBATIM_PATHS`."""
    return bool(value.paths) and all(any(_below(path, verbatim) for verbatim in VERBATIM_PATHS) for path in value.paths)


def _below(path: str, verbatim: str) -> bool:
    """Tell whether a path is this one or below it; "*" stands for one part of it."""
    wanted, given = verbatim.strip("/").split("/"), path.strip("/").split("/")
    return len(given) >= len(wanted) and all(w in ("*", g) for w, g in zip(wanted, given, strict=False))
