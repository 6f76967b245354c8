"""The fields that a template may place, and what each says: blocks of the tree, protocol values, the identity.

A field of a heading is the heading and all that stands under it; with `.below` it is only what stands under it. Knows
the tree and the protocol; knows no Word file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from regdocs.content.identity import Identity
from regdocs.content.model import (
    Block,
    Document,
    Footnote,
    FootnoteRef,
    Furniture,
    Heading,
    IdentitySlot,
    Inline,
    Inlines,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Row,
    Section,
    Table,
    Tags,
    Text,
    Value,
)
from regdocs.content.query import blocks_within, own_runs, plain_text, tagged_within, walk_inlines
from regdocs.documents.shown import Reader
from regdocs.spec.identity import Site
from regdocs.spec.known import Known
from regdocs.spec.paths import known_values
from regdocs.spec.protocol import Protocol

BELOW = ".below"
VERSION, DATE, PROTOCOL_VERSION, DRAFT_MARK, DRAFT_NOTICE = (
    "version",
    "date",
    "protocol-version",
    "draft-mark",
    "draft-notice",
)
_IDENTITY: dict[str, Inline] = {
    VERSION: IdentitySlot("version"),
    DATE: IdentitySlot("date"),
    PROTOCOL_VERSION: IdentitySlot("protocol-version"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a template is filled from: a composed document, its identity, and the protocol at a site."""

    document: Document
    identity: Identity
    protocol: Protocol
    site: Site | None


@dataclass(frozen=True, slots=True)
class Field:
    """What one field says.

    Attributes:
        name: As people write it.
        what: What it is, in a word or two, for the list of fields.
        inlines: Its words, where it stands inside a paragraph; None for blocks.
        blocks: Its blocks, where it has paragraphs of its own; with `notes`, the footnotes that they refer to.
    """

    name: str
    what: str
    inlines: Inlines | None = None
    blocks: tuple[Block, ...] = ()
    notes: tuple[Footnote, ...] = ()

    @property
    def words(self) -> str:
        """How it begins, for the list of fields."""
        runs = (run for block in blocks_within(self.blocks) for run in own_runs(block) if run)
        return " ".join(plain_text(self.inlines if self.inlines is not None else next(runs, ())).split())

    @property
    def ids(self) -> frozenset[str]:
        """The ids of everything in its blocks."""
        inside = (tagged.id for block in self.blocks for tagged in tagged_within(block))
        return frozenset((*inside, *(note.id for note in self.notes)))


def fields_of(source: Source) -> dict[str, Field]:
    """Return every field by its name: the identity, values of the protocol, then the blocks in their order."""
    found = {field.name: field for field in _identity_fields(source)}
    found |= {field.name: field for field in _value_fields(source)}
    document = source.document
    below = [field for section in document.sections for field in _below(section, section.blocks)]
    found |= {field.name: field for field in below}
    for section in document.sections:
        found[section.id] = _field(section.id, "section", section.blocks, section)
        found |= {field.name: field for field in _block_fields(section, section.blocks)}
    return found


def inlines_in(field: Field, document: Document) -> Iterator[Inline]:
    """Yield every inline that a field prints."""
    blocks = field.blocks or (Paragraph(id="words", inlines=field.inlines or ()),)
    only = Section(id="only", blocks=blocks, footnotes=field.notes)
    return walk_inlines(replace(document, furniture=Furniture(), sections=(only,)))


def _identity_fields(source: Source) -> Iterator[Field]:
    yield from (Field(name, "identity", (slot,)) for name, slot in _IDENTITY.items())
    # What says on every page that the study is only a demonstration goes with the draft mark.
    marks = (inline for mark in source.document.furniture.marks for inline in (*mark, LineBreak()))
    yield Field(DRAFT_MARK, "identity", (*marks, IdentitySlot("draft")))
    draft = source.identity.draft
    yield Field(DRAFT_NOTICE, "identity", blocks=draft.notice if draft else ())
    yield Field("document.title", "title", (Text(source.document.title),))


def _value_fields(source: Source) -> Iterator[Field]:
    reader = Reader(source.protocol.language)
    site = f"/sites/{source.site.id}/" if source.site is not None else None
    for known in known_values(source.protocol):
        if not _is_words(known):
            continue
        shown = reader.show(known)
        inlines = (Value(shown.text, shown.paths, shown.state),)
        yield Field(f"protocol{known.path.replace('/', '.')}", "value", inlines)
        if site is not None and known.path.startswith(site):
            yield Field(f"site.{known.path.removeprefix(site).replace('/', '.')}", "value", inlines)


def _is_words(known: Known[object]) -> bool:
    """Tell whether a value is words or a number; an open one is words about what is missing."""
    return known.todo is not None or (isinstance(known.value, str | int | Decimal) and type(known.value) is not bool)


def _below(section: Section, blocks: tuple[Block, ...]) -> Iterator[Field]:
    """Yield the field of what stands under each heading, by the heading's name and `.below`."""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and (under := _under(block, blocks[number + 1 :])):
            yield _field(f"{block.id}{BELOW}", "what stands below it", under, section)


def _block_fields(section: Section, blocks: tuple[Block, ...]) -> Iterator[Field]:
    for number, block in enumerate(blocks):
        under = _under(block, blocks[number + 1 :]) if isinstance(block, Heading) else ()
        what = f"heading {block.level} with its part" if isinstance(block, Heading) else type(block).__name__.lower()
        yield _field(block.id, what, (block, *under), section)
        inside = list(tagged_within(block))
        tables = {row.id: one for one in inside if isinstance(one, Table) for row in (*one.head, *one.rows)}
        for tagged in inside[1:]:
            yield _field(tagged.id, _part_name(tagged), (_alone(tagged, tables),), section)
    for note in section.footnotes:
        yield _field(note.id, "footnote", (Paragraph(id=note.id, clauses=note.clauses, inlines=note.inlines),), section)


def _under(heading: Heading, following: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks up to the next heading of the same level or a higher one."""
    ends = (n for n, one in enumerate(following) if isinstance(one, Heading) and one.level <= heading.level)
    return following[: next(ends, len(following))]


def _part_name(tagged: Tags) -> str:
    return {ListItem: "item of a list", Row: "row of a table"}.get(type(tagged), type(tagged).__name__.lower())


def _alone(tagged: Tags, tables: Mapping[str, Table]) -> Block:
    """Return a part as a block: an item as a list of its own, a row as a table of its own."""
    if isinstance(tagged, ListItem):
        return List(id=tagged.id, items=(tagged,))
    if isinstance(tagged, Row):
        table = tables[tagged.id]
        return Table(id=tagged.id, columns=table.columns, head=(), rows=(tagged,), role=table.role)
    assert isinstance(tagged, Block)
    return tagged


def _field(name: str, what: str, blocks: tuple[Block, ...], section: Section) -> Field:
    if not section.footnotes:
        return Field(name, what, blocks=blocks)
    only = (Section(id="only", blocks=blocks),)
    whole = Document(kind="", language="en", title="", subject="", furniture=Furniture(), sections=only)
    named = {one.note for one in walk_inlines(whole) if isinstance(one, FootnoteRef)}
    return Field(name, what, blocks=blocks, notes=tuple(one for one in section.footnotes if one.id in named))
