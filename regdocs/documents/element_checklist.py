"""The checklist of elements of consent that a board gets: rules that apply, and where each element stands in a form.

Prints plain values that the caller hands in, as the papers of a package do. Knows no rule.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from regdocs.documents.amended_words import site_name
from regdocs.documents.kind import Kind
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

CHECKLIST, CHECKLIST_TITLE = "element-checklist", "Checklist of Elements of Consent"
_AT = "/element-checklist"


@dataclass(frozen=True, slots=True)
class ToldPack:
    """A rule: its name, "applies" or "does not apply", and why."""

    name: str
    applies: str
    reason: str


@dataclass(frozen=True, slots=True)
class ToldElement:
    """An element: id, citation, what it is about, its state, where it stands, the words, and why where that is said."""

    id: str
    citation: str
    about: str
    state: str
    where: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class ToldForm:
    """A form: its kind in words, site, language, the rules, how many elements have which state, and the elements."""

    title: str
    site: str | None
    language: str
    packs: tuple[ToldPack, ...]
    counts: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, tuple[ToldElement, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Row:
    id: Name
    cells: tuple[Shown | None, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    id: Name
    name: Shown
    rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    id: Name
    title: Shown
    site: Shown | None
    language: Shown
    packs: tuple[_Row, ...]
    counts: tuple[_Row, ...]
    groups: tuple[_Group, ...]


@dataclass(frozen=True, slots=True)
class _View:
    study: Study
    forms: tuple[_Form, ...]


def element_checklist(forms: tuple[ToldForm, ...]) -> Kind:
    """Return the kind of one checklist, to be composed and printed as any other."""
    return Kind(CHECKLIST, CHECKLIST_TITLE, ("pdf", "docx"), per_site=False, view=_view_of(forms))


def _view_of(forms: tuple[ToldForm, ...]) -> Callable[[Protocol, Reader, Site | None], object]:
    return lambda protocol, reader, _site: _View(
        study=study_of(protocol, reader),
        forms=tuple(_form(number, one, protocol, reader) for number, one in enumerate(forms, start=1)),
    )


def _form(number: int, one: ToldForm, protocol: Protocol, reader: Reader) -> _Form:
    path = f"{_AT}/{number}"
    return _Form(
        id=Name(str(number)),
        title=reader.fact(one.title, f"{path}/title"),
        site=site_name(protocol, reader, one.site) if one.site is not None else None,
        language=reader.fact(one.language, f"{path}/language"),
        packs=_rows(reader, f"{path}/packs", [(each.name, each.applies, each.reason) for each in one.packs]),
        counts=_rows(reader, f"{path}/counts", [(state, str(count)) for state, count in one.counts]),
        groups=tuple(_group(n, group, reader, path) for n, group in enumerate(one.groups, start=1)),
    )


def _group(number: int, group: tuple[str, tuple[ToldElement, ...]], reader: Reader, path: str) -> _Group:
    name, elements = group
    told = [(e.id, e.citation, e.about, e.state, e.where, e.words, e.why) for e in elements]
    rows = _rows(reader, f"{path}/groups/{number}", told)
    return _Group(Name(str(number)), reader.fact(name, f"{path}/groups/{number}/name"), rows)


def _rows(reader: Reader, path: str, told: Sequence[tuple[str, ...]]) -> tuple[_Row, ...]:
    return tuple(
        _Row(Name(str(number)), tuple(reader.fact(cell, f"{path}/{number}") if cell else None for cell in cells))
        for number, cells in enumerate(told, start=1)
    )
