"""The rows of a summary of changes: each declared change with what it changed, where that stands, and its class.

Joins declaration, changes and impact; decides nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
_UNTOUCHED = "no word of a consent document changes"


@dataclass(frozen=True, slots=True)
class Told:
    """What rows need beside the amendment itself.

    Attributes:
        titles: What documents are called, by stem.
        language: The protocol's.
        classes: The class of each declared change under each regime.
    """

    titles: Mapping[str, str]
    language: str
    classes: tuple[ClassRow, ...] = ()


def rows_of(own: Amending, told: Told) -> tuple[Row, ...]:
    """Return one row for each declared change, in the order of the declaration."""
    found = own.differences
    places = (*changed_places(found), *other_blocks(found, told.language))
    covered, others = covered_by(own.declaration, places), _others(found)
    return tuple(_row(change, covered[change.id], found, others, told) for change in own.declaration.changes)


# Where blocks stand that changed for another reason: sections by document, by the block as a declaration names it.
_Others: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...]]]


def _others(found: Differences) -> _Others:
    places: dict[str, dict[str, tuple[str, ...]]] = {}
    for document in found.documents:
        for block in document.other:
            own = places.setdefault(block_name(document.stem, block), {})
            own[document.stem] = (*own.get(document.stem, ()), block.section)
    return places


def _row(change: DeclaredChange, covered: tuple[str, ...], found: Differences, others: _Others, told: Told) -> Row:
    touched = _touched(covered, found, others)
    affects, why_not = _consent(change, touched)
    own = (names for stem, names in touched.items() if Stem.of(stem).language == told.language)
    return Row(
        id=change.id,
        description=text_of(change.summary),
        rationale=text_of(change.rationale),
        sections=tuple(Section(None, name) for name in dict.fromkeys(chain(*own))),
        documents=tuple(Printed(told.titles[stem]) for stem in touched if stem in told.titles),
        wordings=tuple(_wordings(covered, found)),
        classes=tuple(_classed(one) for one in told.classes if one.change == change.id),
        affects_consent=affects,
        why_not=why_not,
    )


def _touched(covered: Iterable[str], found: Differences, others: _Others) -> dict[str, tuple[str, ...]]:
    """Return the sections that the covered places and blocks touch, by document, in the order of the documents."""
    sections: dict[str, dict[str, None]] = {}
    for one in covered:
        impact = found.impact.by_path.get(one)
        for stem, names in (impact.documents if impact else others.get(one, {})).items():
            sections.setdefault(stem, {}).update(dict.fromkeys(names))
    return {one.stem: tuple(sections[one.stem]) for one in found.documents if one.stem in sections}


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
