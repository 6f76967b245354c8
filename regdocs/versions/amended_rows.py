"""The rows of a summary of changes: each declared change with what it changed, where that stands, and its class.

Joins declaration, changes and impact; decides nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

from regdocs.amendment.blocks import BlockChange
from regdocs.amendment.change import Change
from regdocs.amendment.classification import ClassRow
from regdocs.amendment.coverage import covered_by
from regdocs.amendment.declaration import DeclaredChange
from regdocs.amendment.given import text_of
from regdocs.amendment.words import text_of as words_of
from regdocs.documents.amended import Classed, Printed, Row, Section, Wording
from regdocs.versions.amending import Amending, block_name, changed_places, other_blocks
from regdocs.versions.differences import Differences
from regdocs.versions.own_version import Stem

ABOUT_CONSENT = frozenset(("consent", "assent", "parental-permission", "short-form", "short-form-summary"))
Pages: TypeAlias = Mapping[str, Mapping[str, int]]
_UNTOUCHED = "no word of a consent document changes"


@dataclass(frozen=True, slots=True)
class Told:
    """What rows need beside the amendment itself.

    Attributes:
        titles: What documents are called, by stem.
        language: The protocol's.
        classes: The class of each declared change under each regime.
        pages: On which page of a document's PDF a block begins, by stem and block; empty before they are printed.
    """

    titles: Mapping[str, str]
    language: str
    classes: tuple[ClassRow, ...] = ()
    pages: Pages = field(default_factory=dict)


def rows_of(own: Amending, told: Told) -> tuple[Row, ...]:
    """Return one row for each declared change, in the order of the declaration."""
    found = own.differences
    places = (*changed_places(found), *other_blocks(found, told.language))
    covered, others = covered_by(own.declaration, places), _others(found)
    return tuple(_row(change, covered[change.id], found, others, told) for change in own.declaration.changes)


@dataclass(frozen=True, slots=True)
class _Touched:
    """What changes touch in one document: names of sections, and ids of blocks."""

    sections: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()

    def and_also(self, other: "_Touched") -> "_Touched":
        return _Touched(_each(self.sections, other.sections), _each(self.blocks, other.blocks))


# What changed for another reason: by the block as a declaration names it, and by document.
_Others: TypeAlias = Mapping[str, Mapping[str, _Touched]]


def _each(*listed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(*listed)))


def _others(found: Differences) -> _Others:
    places: dict[str, dict[str, _Touched]] = {}
    for document in found.documents:
        for block in document.other:
            own = places.setdefault(block_name(document.stem, block), {})
            one = _Touched((block.section,), (block.block,))
            own[document.stem] = own.get(document.stem, _Touched()).and_also(one)
    return places


def _row(change: DeclaredChange, covered: tuple[str, ...], found: Differences, others: _Others, told: Told) -> Row:
    touched = _touched(covered, found, others)
    affects, why_not = _consent(change, touched)
    own = (one.sections for stem, one in touched.items() if Stem.of(stem).language == told.language)
    return Row(
        id=change.id,
        description=text_of(change.summary),
        rationale=text_of(change.rationale),
        sections=tuple(Section(None, name) for name in dict.fromkeys(chain(*own))),
        documents=tuple(_printed(stem, one, told) for stem, one in touched.items() if stem in told.titles),
        wordings=tuple(_wordings(covered, found)),
        classes=tuple(_classed(one) for one in told.classes if one.change == change.id),
        affects_consent=affects,
        why_not=why_not,
    )


def _printed(stem: str, touched: _Touched, told: Told) -> Printed:
    pages = told.pages.get(stem, {})
    return Printed(told.titles[stem], tuple(sorted({pages[one] for one in touched.blocks if one in pages})))


def _touched(covered: Iterable[str], found: Differences, others: _Others) -> dict[str, _Touched]:
    """Return what the covered places and blocks touch, by document, in the order of the documents."""
    by_stem: dict[str, _Touched] = {}
    for one in covered:
        for stem, touched in _of_place(one, found, others).items():
            by_stem[stem] = by_stem.get(stem, _Touched()).and_also(touched)
    return {one.stem: by_stem[one.stem] for one in found.documents if one.stem in by_stem}


def _of_place(place: str, found: Differences, others: _Others) -> Mapping[str, _Touched]:
    impact = found.impact.by_path.get(place)
    if impact is None:
        return others.get(place, {})
    return {stem: _Touched(names, impact.blocks[stem]) for stem, names in impact.documents.items()}


def _consent(change: DeclaredChange, touched: Iterable[str]) -> tuple[bool | None, str | None]:
    """Return whether consent is affected: as a person said, else by whether a consent document changes."""
    said = change.affects_consent
    if said is not None:
        return said.affects.value, text_of(said.why)
    affects = any(Stem.of(stem).kind in ABOUT_CONSENT for stem in touched)
    return affects, None if affects else _UNTOUCHED


# ------------------------------------------------------------------------------------------------------------ wording


def _wordings(covered: Iterable[str], found: Differences) -> Iterator[Wording]:
    wanted = frozenset(covered)
    for change in found.changes:
        if change.path in wanted:
            yield _wording(change)
    seen: set[str] = set()
    for document in found.documents:
        for block in document.other:
            name = block_name(document.stem, block)
            if name in wanted and name not in seen:
                seen.add(name)
                yield _of_block(name, block)


def _wording(change: Change) -> Wording:
    if change.kind == "moved":
        return Wording(change.label, change.path, _after(change.old), _after(change.new))
    old = None if change.kind == "added" else words_of(change.old)
    new = None if change.kind == "removed" else words_of(change.new)
    return Wording(change.label, change.path, old, new)


def _after(element: object) -> str:
    return f"stands after {element}" if element is not None else "stands first"


def _of_block(name: str, block: BlockChange) -> Wording:
    return Wording(f"{block.section or 'On every page'} (template, translation or program)", name, block.old, block.new)


def _classed(one: ClassRow) -> Classed:
    reason = one.reason if one.override is None else f"{one.override.reason} (proposed: {one.proposed}; {one.reason})"
    asked = (f"{reason}. {' '.join(one.questions)}" if one.questions else reason).strip()
    source = None if one.source is None else one.source.text
    return Classed(one.regime, one.name, asked, source, one.may_be_used_before_decision)
