"""Follows a board's recorded alteration of consent in a document: what it lists is left out, or said in other words.

45 CFR 46.116(f)(2): a board may let elements of (b) and (c) be left out or changed, never those of (a). A block goes
only when the decision covers every clause that it carries; what another clause needs, or another law that the study is
under (`regimes.py`), stays, and `Outcome` says so. Recorded words are printed where the element stands, also beside a
block that stays. The sentence that names a decision stands in the templates, in a paragraph whose id ends in
`.altered.<decision>`; it goes from a document in which the decision left out and changed nothing.
"""

from collections.abc import Iterable, Iterator
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
from regdocs.documents.regimes import Regime, regimes_of, still_asked
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
    """One recorded decision: the elements that are left out or changed, and the words that stand instead.

    `regimes` are the laws beside the Common Rule that the study is under; the citation may name them or not.
    """

    waiver: str
    elements: tuple[str, ...]
    wordings: tuple[Wording, ...]
    citation: str = ""
    regimes: tuple[Regime, ...] = ()


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
    return tuple(_alteration(waiver, reader, regimes_of(protocol, reader)) for waiver in decided)


def _alteration(waiver: Waiver, reader: Reader, regimes: tuple[Regime, ...]) -> Alteration:
    reader.note(f"/waivers/{waiver.id}/elements", f"/waivers/{waiver.id}/citation")
    worded = (one for one in waiver.wording if not one.element.startswith(NEVER_ALTERED))
    wordings = tuple(Wording(one.id, one.element, reader.show(one.text)) for one in worded)
    named = dict.fromkeys((*waiver.elements, *(one.element for one in wordings)))
    elements = tuple(one for one in named if not one.startswith(NEVER_ALTERED))
    return Alteration(waiver.id, elements, wordings, waiver.citation, regimes)


def alter(document: Document, alterations: tuple[Alteration, ...]) -> Altered:
    """Return the document without what the decisions leave out; the document itself where there is no decision.

    Words that stand in place of an element are printed once under each numbered heading that had the element. Headings
    keep their numbers, because recorded words name sections by them. A heading with nothing left under it goes, and a
    label goes with what it labels. The sentence that names a decision stays only where the decision changed something.
    """
    if not alterations:
        return Altered(document, (), ())
    work = _Work(alterations)
    altered = tuple(section for one in document.sections if (section := work.section(one)) is not None)
    sections = tuple(_without_idle_sentences(section, work.idle()) for section in altered)
    return Altered(replace(document, sections=sections), work.outcomes(), tuple(work.printed))


Part = TypeVar("Part", ListItem, Row)


class _Work:
    """Goes through one document in its order, and notes what goes, what stays and which words are printed."""

    def __init__(self, alterations: tuple[Alteration, ...]) -> None:
        self._alterations = alterations
        self._of = {one.waiver: one for one in alterations}
        self._pairs = tuple((one.waiver, element) for one in alterations for element in one.elements)
        self._left: dict[tuple[str, str], list[str]] = {pair: [] for pair in self._pairs}
        self._kept: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = {pair: [] for pair in self._pairs}
        self._stay: set[str] = set()  # ids of blocks that a decision names and that stay
        self._here: set[tuple[str, str]] = set()  # wordings printed under the numbered heading at hand
        self.printed: dict[tuple[str, str], None] = {}

    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(Outcome(*pair, tuple(self._left[pair]), tuple(self._kept[pair])) for pair in self._pairs)

    def idle(self) -> tuple[str, ...]:
        """Return the decisions that left out and changed nothing so far."""
        active = {waiver for waiver, _ in self.printed} | {pair[0] for pair in self._pairs if self._left[pair]}
        return tuple(waiver for waiver in self._of if waiver not in active)

    def section(self, section: Section) -> Section | None:
        blocks = self._blocks(section.blocks)
        return replace(section, blocks=blocks) if blocks else None

    # ------------------------------------------------------------------------------------------------------- blocks

    def _blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        said: dict[int, tuple[Block, ...]] = {}
        after: list[Block | None] = []
        for number, block in enumerate(blocks):
            after.append(self._block(block))
            # Between a label and what it labels nothing else can stand.
            place = number + 1 if _is_label(block) and number + 1 < len(blocks) else number
            said[place] = (*said.get(place, ()), *(self._said_beside(block) if after[number] is not None else ()))
        _without_labels(blocks, after)
        _without_bare_headings(blocks, after)
        return tuple(one for n, block in enumerate(after) if block is not None for one in (block, *said.get(n, ())))

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
        after = ((self._part(item), item) for item in items)
        return tuple(
            replace(one, blocks=(*self._blocks(one.blocks), *self._said_beside(item)))
            for one, item in after
            if one is not None
        )

    def _rows(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        joined = any(cell.rowspan > 1 for row in rows for cell in row.cells)  # taking a row out would shift the others
        found: list[Row] = []
        for row in rows:
            after = row if joined else self._part(row)
            if after is not None:
                found.append(replace(after, cells=tuple(map(self._cell, after.cells))))
                found += [_row_of(one, row) for one in self._said_beside(row)] if not joined else ()
        return tuple(found)

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
        needed = tuple(dict.fromkeys(still for clause in inside for still in self._still_needed(clause)))
        goes = not needed and not isinstance(tagged, Signature)
        for pair in pairs:
            if goes:
                self._left[pair].append(tagged.id)
            else:
                self._kept[pair].append((tagged.id, needed))
                self._stay.add(tagged.id)
        return goes

    def _still_needed(self, clause: str) -> tuple[str, ...]:
        """Return what needs a text with that mark: its clause, or other laws; () where a decision covers all of it."""
        deciding = [self._of[waiver] for waiver, _ in self._covering((clause,))]
        left = [still_asked(clause, one.citation, one.regimes) for one in deciding]
        return min(left, key=len) if left else (clause,)

    def _covering(self, clauses: Iterable[str]) -> list[tuple[str, str]]:
        return [pair for pair in self._pairs if any(_covers(pair[1], clause) for clause in clauses)]

    def _instead_of(self, tagged: Tags) -> Shown | None:
        """Return the words that stand in place of a block that goes; None where they stand already, or are none."""
        name, wording = next(self._wordings(tagged), (None, None))
        if name is None or wording is None:
            return None
        self._say(name)
        return wording.text

    def _said_beside(self, tagged: Tags) -> tuple[Paragraph, ...]:
        """Return the recorded words for what a block is marked with, as paragraphs after it; () for a signature.

        Of a block that went nothing is left to say: its words stand in its place already.
        """
        if isinstance(tagged, Signature) or tagged.id not in self._stay:
            return ()
        found = []
        for name, wording in list(self._wordings(tagged)):
            self._say(name)
            clauses = tuple(clause for clause in tagged.clauses if _covers(wording.element, clause))
            value = Value(wording.text.text, wording.text.paths, wording.text.state)
            found.append(Paragraph(id=f"{tagged.id}.in-words.{wording.id}", clauses=clauses, inlines=(value,)))
        return tuple(found)

    def _wordings(self, tagged: Tags) -> Iterator[tuple[tuple[str, str], Wording]]:
        """Give the wordings of what a block is marked with that do not stand yet under the numbered heading at hand."""
        for alteration in self._alterations:
            for wording in alteration.wordings:
                name = (alteration.waiver, wording.id)
                if name not in self._here and any(_covers(wording.element, clause) for clause in tagged.clauses):
                    yield name, wording

    def _say(self, name: tuple[str, str]) -> None:
        self._here.add(name)
        self.printed[name] = None


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


def _row_of(said: Paragraph, row: Row) -> Row:
    """Return a row of its own for words beside a row that stays."""
    words = replace(said, id=f"{said.id}.1", clauses=(), role="line")
    columns = sum(one.colspan for one in row.cells)
    return Row(id=said.id, clauses=said.clauses, language=row.language, cells=(Cell(blocks=(words,), colspan=columns),))


# ------------------------------------------------------------------------------------------------------- what is bare


def _without_idle_sentences(section: Section, idle: tuple[str, ...]) -> Section:
    """Take away the sentences that name decisions which left out and changed nothing here."""
    ends = tuple(f".altered.{waiver}" for waiver in idle)
    if not ends:
        return section
    return replace(section, blocks=tuple(one for one in section.blocks if not one.id.endswith(ends)))


def _without_labels(before: tuple[Block, ...], after: list[Block | None]) -> None:
    """Take away a label whose list goes, and a list without clauses whose label goes."""
    for number, (block, following) in enumerate(pairwise(before)):
        if not _is_label(block):
            continue
        if after[number + 1] is None and not block.clauses:
            after[number] = None
        untagged = isinstance(following, List | Table) and not any(one.clauses for one in tagged_within(following))
        if after[number] is not block and untagged:
            after[number + 1] = None


def _is_label(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role == "label"


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
