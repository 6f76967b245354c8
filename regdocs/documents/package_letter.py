"""The two papers of a package for a body: the letter that goes with it, and the list of what is in it.

Like the response letter they print plain values that the caller hands in, and belong to one package. The list says
nothing of the day on which the package is made, so that the same files have the same list.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from regdocs.documents.amended_words import body_name, site_name
from regdocs.documents.kind import Kind
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol
from regdocs.units import date_words

LETTER, LETTER_TITLE = "cover-letter", "Cover Letter"
LIST, LIST_TITLE = "contents-list", "List of Contents"
_AT = "/package"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of a package.

    Attributes:
        section: The folder it lies in, as people call it.
        file: Its name.
        title, version, date, language: Its own.
        site: The site that it is for; None where it is for all.
        state: "clean", "tracked" or "stamped".
        base: What a tracked one is held against, and who approved that; "" for others.
        tmf: Its number in the TMF Reference Model; "" where none is wanted.
    """

    section: str
    file: str
    title: str
    version: str
    date: str
    language: str
    site: str | None
    state: str
    base: str = ""
    tmf: str = ""


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """All that both papers print beside the protocol; the list only what no day changes. Days are ISO dates.

    Attributes:
        subject: What is submitted: "Amendment 2, version 3.1".
        sites: Ids of the sites it is for.
        bodies: Ids of the bodies it goes to.
        asks_decision: Whether they are to decide; else they are told.
        decided_before: Whether they approved the study before, so that they have a number for it.
        reasons: What changes and why, as it was recorded.
        enclosed: Its files, in their order.
        waived: What it goes without, each with the reason.
        participants: Groups of participants, with how many are in each.
        on, sender: When it goes, and who signs the letter.
        extends: Which package it goes on from, in words; "" where it is the first.
        phrases: Sentences that the body wants in the letter, word for word.
        head: Head of the log that the package extends, in words.
    """

    subject: str
    sites: tuple[str, ...]
    bodies: tuple[str, ...]
    enclosed: tuple[Enclosed, ...]
    asks_decision: bool = True
    decided_before: bool = False
    reasons: tuple[str, ...] = ()
    waived: tuple[tuple[str, str], ...] = ()
    participants: tuple[tuple[str, int], ...] = ()
    on: str = ""
    sender: str = ""
    extends: str = ""
    phrases: tuple[str, ...] = ()
    head: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    id: Name
    file: Shown
    title: Shown
    version: Shown
    date: Shown
    language: Shown
    site: Shown | None
    state: Shown
    base: Shown | None
    tmf: Shown | None


@dataclass(frozen=True, slots=True)
class _Section:
    id: Name
    title: Shown
    files: tuple[_File, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    id: Name
    what: Shown
    said: Shown


@dataclass(frozen=True, slots=True)
class _AtSite:
    id: Name
    site: Shown
    investigator: Shown


@dataclass(frozen=True, slots=True)
class _Body:
    id: Name
    name: Shown
    approval: Shown | None


@dataclass(frozen=True, slots=True)
class PackageView:
    """All that the letter and the list print."""

    study: Study
    subject: Shown
    asks_decision: bool
    bodies: tuple[_Body, ...]
    sites: tuple[_AtSite, ...]
    reasons: tuple[Shown, ...]
    sections: tuple[_Section, ...]
    tracked: tuple[_File, ...]
    waived: tuple[_Pair, ...]
    participants: tuple[_Pair, ...]
    date: Shown | None
    sender: Shown | None
    extends: Shown | None
    phrases: tuple[Shown, ...]
    head: Shown | None


def cover_letter(facts: PackageFacts) -> Kind:
    """Return the kind of one package's letter, to be composed and printed as any other."""
    return Kind(LETTER, LETTER_TITLE, ("pdf", "docx"), per_site=False, view=_view_of(facts))


def contents_list(facts: PackageFacts) -> Kind:
    """Return the kind of one package's list of contents."""
    return Kind(LIST, LIST_TITLE, ("pdf", "docx"), per_site=False, view=_view_of(facts))


def _view_of(facts: PackageFacts) -> Callable[[Protocol, Reader, Site | None], object]:
    return lambda protocol, reader, _site: _view(protocol, facts, reader)


def _view(protocol: Protocol, facts: PackageFacts, reader: Reader) -> PackageView:
    sections = tuple(_sections(facts, protocol, reader))
    return PackageView(
        study=study_of(protocol, reader),
        subject=reader.fact(facts.subject, f"{_AT}/subject"),
        asks_decision=facts.asks_decision,
        bodies=tuple(_body(protocol, reader, body, facts.decided_before) for body in facts.bodies),
        sites=tuple(_at_site(protocol, reader, site) for site in facts.sites),
        reasons=tuple(reader.fact(one, f"{_AT}/reasons") for one in facts.reasons),
        sections=sections,
        tracked=tuple(file for section in sections for file in section.files if file.base is not None),
        waived=_pairs(reader, "waived", facts.waived),
        participants=_pairs(reader, "participants", ((group, str(count)) for group, count in facts.participants)),
        date=reader.fact(date_words(facts.on), f"{_AT}/on") if facts.on else None,
        sender=_said(reader, facts.sender, "sender"),
        extends=_said(reader, facts.extends, "extends"),
        phrases=tuple(reader.fact(one, f"{_AT}/phrases") for one in facts.phrases),
        head=_said(reader, facts.head, "head"),
    )


def _said(reader: Reader, text: str, key: str) -> Shown | None:
    return reader.fact(text, f"{_AT}/{key}") if text else None


def _pairs(reader: Reader, key: str, listed: Iterable[tuple[str, str]]) -> tuple[_Pair, ...]:
    return tuple(
        _Pair(Name(str(number)), reader.fact(what, f"{_AT}/{key}/{number}"), reader.fact(said, f"{_AT}/{key}/{number}"))
        for number, (what, said) in enumerate(listed, start=1)
    )


def _body(protocol: Protocol, reader: Reader, body: str, decided_before: bool) -> _Body:
    found = next((one for one in protocol.oversight if one.id == body), None)
    approval = reader.show(found.approval) if found is not None and decided_before else None
    return _Body(Name(body), body_name(protocol, reader, body), approval)


def _at_site(protocol: Protocol, reader: Reader, site: str) -> _AtSite:
    found = next((one for one in protocol.sites if one.id == site), None)
    name = site_name(protocol, reader, site)
    investigator = reader.lacking("the investigator", f"{_AT}/sites") if found is None else None
    return _AtSite(Name(site), name, investigator or reader.show(found.investigator.name))  # type: ignore[union-attr]


def _place_name(protocol: Protocol, reader: Reader, place: str) -> Shown:
    """Return the name of a site, or of the body that a paper is for."""
    is_site = any(one.id == place for one in protocol.sites)
    return site_name(protocol, reader, place) if is_site else body_name(protocol, reader, place)


def _sections(facts: PackageFacts, protocol: Protocol, reader: Reader) -> Iterator[_Section]:
    numbered = list(enumerate(facts.enclosed, start=1))
    for place, title in enumerate(dict.fromkeys(one.section for one in facts.enclosed), start=1):
        files = tuple(_file(n, one, protocol, reader) for n, one in numbered if one.section == title)
        yield _Section(Name(str(place)), reader.fact(title, f"{_AT}/sections/{place}"), files)


def _file(number: int, one: Enclosed, protocol: Protocol, reader: Reader) -> _File:
    path = f"{_AT}/files/{number}"
    return _File(
        id=Name(str(number)),
        file=reader.fact(one.file, f"{path}/file"),
        title=reader.fact(one.title, f"{path}/title"),
        version=reader.fact(one.version, f"{path}/version"),
        date=reader.fact(date_words(one.date), f"{path}/date"),
        language=reader.fact(one.language, f"{path}/language"),
        site=_place_name(protocol, reader, one.site) if one.site is not None else None,
        state=reader.fact(one.state, f"{path}/state"),
        base=reader.fact(one.base, f"{path}/base") if one.base else None,
        tmf=reader.fact(one.tmf, f"{path}/tmf") if one.tmf else None,
    )
