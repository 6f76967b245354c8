"""Follows a board's recorded alteration of consent in a document: what it lists is left out, or said in other words.

45 CFR 46.116(f)(2): a board may let elements of (b) and (c) be left out or changed, never those of (a). A block goes
only when the decision covers every clause that it carries; what another clause needs stays, and `Outcome` says so.
Knows trees and recorded decisions; the sentence that names the decision stands in the templates.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from regdocs.content.model import (
    Block,
    Box,
    Cell,
    Document,
    Heading,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Signature,
    Table,
    Tags,
    Value,
)
from regdocs.content.query import tagged_within
from regdocs.documents.shown import Reader, Shown
from regdocs.spec.identity import Site
from regdocs.spec.oversight import Waiver
from regdocs.spec.protocol import Protocol

# Tags of 45 CFR 46.116(a), which no board may leave out or alter.
NEVER_ALTERED = "CR-a"


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said in place of an element."""

    id: str
    element: str
    text: Shown


@dataclass(frozen=True, slots=True)
class Alteration:
    """One recorded decision: the elements that are left out or changed, and the words that stand instead."""

    waiver: str
    elements: tuple[str, ...]
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one element of a decision in one document.

    Attributes:
        left: Ids of the blocks that are left out, or said in other words.
        kept: Ids of the blocks that stay, each with the clauses for which it stays; none for a signature.
    """

    waiver: str
    element: str
    left: tuple[str, ...]
    kept: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Altered:
    """The document as the decisions leave it, what became of each element, and the wordings that are printed."""

    document: Document
    outcomes: tuple[Outcome, ...]
    printed: tuple[tuple[str, str], ...]


def alterations_at(protocol: Protocol, reader: Reader, site: Site | None) -> tuple[Alteration, ...]:
    """Return the alterations that the bodies of a site decided on, in the order of the protocol."""
    reader.note("/waivers", "/oversight")
    bodies = {body.id for body in protocol.oversight if site is not None and site.id in body.sites}
    decided = (one for one in protocol.waivers if one.kind == "alteration-of-consent" and one.body in bodies)
    return tuple(_alteration(waiver, reader) for waiver in decided)


def _alteration(waiver: Waiver, reader: Reader) -> Alteration:
    reader.note(f"/waivers/{waiver.id}/elements")
    wordings = tuple(Wording(one.id, one.element, reader.show(one.text)) for one in waiver.wording)
    named = dict.fromkeys((*waiver.elements, *(one.element for one in wordings)))
    return Alteration(waiver.id, tuple(one for one in named if not one.startswith(NEVER_ALTERED)), wordings)


def alter(document: Document, alterations: tuple[Alteration, ...]) -> Altered:
    """Return the document without what the decisions leave out; the document itself where there is no decision.

    Words that stand in place of an element are printed once under each numbered heading that had the element. Headings
    keep their numbers, because recorded words name sections by them. A heading with nothing left under it goes, and a
    label goes with what it labels.
    """
    if not alterations:
        return Altered(document, (), ())
    work = _Work(alterations)
    sections = tuple(section for one in document.sections if (section := work.section(one)) is not None)
    return Altered(replace(document, sections=sections), work.outcomes(), tuple(work.printed))


Part = TypeVar("Part", ListItem, Row)


class _Work:
    """Goes through one document in its order, and notes what goes, what stays and which words are printed."""

    def __init__(self, alterations: tuple[Alteration, ...]) -> None:
        self._alterations = alterations
        self._pairs = tuple((one.waiver, element) for one in alterations for element in one.elements)
        self._left: dict[tuple[str, str], list[str]] = {pair: [] for pair in self._pairs}
        self._kept: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = {pair: [] for pair in self._pairs}
        self._here: set[tuple[str, str]] = set()  # wordings printed under the numbered heading at hand
        self.printed: dict[tuple[str, str], None] = {}

    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(Outcome(*pair, tuple(self._left[pair]), tuple(self._kept[pair])) for pair in self._pairs)

    def section(self, section: Section) -> Section | None:
        blocks = self._blocks(section.blocks)
        return replace(section, blocks=blocks) if blocks else None

    # ------------------------------------------------------------------------------------------------------- blocks

    def _blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        after = [self._block(block) for block in blocks]
        _without_labels(blocks, after)
        _without_bare_headings(blocks, after)
        return tuple(block for block in after if block is not None)

    def _block(self, block: Block) -> Block | None:
        if isinstance(block, Heading) and block.level == 1:
            self._here.clear()
        if self._goes(block):
            text = self._instead_of(block)
            return None if text is None else _said(block, text)
        match block:
            case List():
                items = self._items(block.items)
                return replace(block, items=items) if items or not block.items else None
            case Table():
                rows = self._rows(block.rows)
                return None if rows != block.rows and all(row.section for row in rows) else replace(block, rows=rows)
            case Box():
                inside = self._blocks(block.blocks)
                return replace(block, blocks=inside) if inside or not block.blocks else None
        return block

    def _items(self, items: tuple[ListItem, ...]) -> tuple[ListItem, ...]:
        after = (self._part(item) for item in items)
        return tuple(replace(one, blocks=self._blocks(one.blocks)) for one in after if one is not None)

    def _rows(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        joined = any(cell.rowspan > 1 for row in rows for cell in row.cells)  # taking a row out would shift the others
        after = rows if joined else tuple(self._part(row) for row in rows)
        return tuple(replace(one, cells=tuple(map(self._cell, one.cells))) for one in after if one is not None)

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, blocks=self._blocks(cell.blocks))

    def _part(self, part: Part) -> Part | None:
        if not self._goes(part):
            return part
        text = self._instead_of(part)
        return None if text is None else _said_in(part, text)

    # ---------------------------------------------------------------------------------------------------- decisions

    def _goes(self, tagged: Tags) -> bool:
        """Tell whether a block goes: it carries clauses, and all of them, and all inside it, are covered."""
        pairs = self._covering(tagged.clauses)
        if not pairs or isinstance(tagged, Heading):
            return False
        inside = [clause for one in tagged_within(tagged) for clause in one.clauses]
        needed = tuple(dict.fromkeys(clause for clause in inside if not self._covering((clause,))))
        goes = not needed and not isinstance(tagged, Signature)
        for pair in pairs:
            if goes:
                self._left[pair].append(tagged.id)
            else:
                self._kept[pair].append((tagged.id, needed))
        return goes

    def _covering(self, clauses: Iterable[str]) -> list[tuple[str, str]]:
        return [pair for pair in self._pairs if any(_covers(pair[1], clause) for clause in clauses)]

    def _instead_of(self, tagged: Tags) -> Shown | None:
        """Return the words that stand in place of a block that goes; None where they stand already, or are none."""
        for alteration in self._alterations:
            for wording in alteration.wordings:
                name = (alteration.waiver, wording.id)
                if name not in self._here and any(_covers(wording.element, clause) for clause in tagged.clauses):
                    self._here.add(name)
                    self.printed[name] = None
                    return wording.text
        return None


def _covers(element: str, clause: str) -> bool:
    """Tell whether an element is a clause or holds it: CR-b8 holds CR-b8.1."""
    return clause == element or clause.startswith(f"{element}.")


# -------------------------------------------------------------------------------------------------- what stands instead


def _said(block: Block, text: Shown) -> Paragraph:
    value = Value(text.text, text.paths, text.state)
    return Paragraph(id=block.id, clauses=block.clauses, language=block.language, inlines=(value,))


def _said_in(part: Part, text: Shown) -> Part:
    """Return an item or row with these words in place of its own."""
    value = Value(text.text, text.paths, text.state)
    if isinstance(part, ListItem):
        return replace(part, blocks=(Paragraph(id=f"{part.id}.text", inlines=(value,)),))
    words, columns = Paragraph(id=f"{part.id}.1", inlines=(value,), role="line"), sum(one.colspan for one in part.cells)
    return replace(part, cells=(Cell(blocks=(words,), colspan=columns),))


# ------------------------------------------------------------------------------------------------------- what is bare


def _without_labels(before: tuple[Block, ...], after: list[Block | None]) -> None:
    """Take away a label whose list goes, and a list without clauses whose label goes."""
    for number, (block, following) in enumerate(pairwise(before)):
        if not isinstance(block, Paragraph) or block.role != "label":
            continue
        if after[number + 1] is None and not block.clauses:
            after[number] = None
        untagged = isinstance(following, List | Table) and not any(one.clauses for one in tagged_within(following))
        if after[number] is not block and untagged:
            after[number + 1] = None


def _without_bare_headings(before: tuple[Block, ...], after: list[Block | None]) -> None:
    """Take away each heading under which something went and nothing stays; the last first, so that parts count."""
    for number in range(len(before) - 1, -1, -1):
        heading = before[number]
        if not isinstance(heading, Heading):
            continue
        end = next((at for at in range(number + 1, len(before)) if _is_beside(before[at], heading)), len(before))
        under = after[number + 1 : end]
        if None in under and all(one is None or isinstance(one, PageBreak) for one in under):
            after[number] = None


def _is_beside(block: Block, heading: Heading) -> bool:
    return isinstance(block, Heading) and block.level <= heading.level
