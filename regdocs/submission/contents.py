"""What belongs into a package of a kind: documents of a recorded version, their redlines, files from outside.

Decides what goes in and what is lacking; names no file and reads no bytes. Lists of what boards want were read in
public checklists (`docs/packages.md` has them); the board's own page decides.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.documents.amendment_kinds import amendment_kind_named
from regdocs.documents.kinds import kind_named
from regdocs.errors import Refusal
from regdocs.submission.profile_parts import State
from regdocs.versions import tmf
from regdocs.versions.copies_back import copy_at
from regdocs.versions.external_files import Outside, PackageKind
from regdocs.versions.issued import IssuedDocument, IssuedFile, documents_of
from regdocs.versions.issued_beside import IssuedCompanion, IssuedRedline, companions_issued, redlines_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.overseen import deciding_bodies, overseen_bodies, sites_of
from regdocs.versions.submissions import submissions_of
from regdocs.versions.validity import forms_at
from regdocs.versions.version_form import language_of


@dataclass(frozen=True, slots=True)
class FromStore:
    """A file of the log's store: the version and path that it was issued under, or its digest alone; and the entry."""

    sha256: str
    entry: int
    version: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class FromTree:
    """A document that is printed for one body from the tree that an entry issued, as the file of that path was."""

    entry: int
    version: str
    path: str


@dataclass(frozen=True, slots=True)
class FromOutside:
    """A file that is not made here; `entry` is the submission that names its digest, where one does."""

    sha256: str
    place: str
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a package, before it has a name.

    Attributes:
        document, title: Its kind in our words, or the type of what comes from outside; and what people call it.
        site, language, version, date: Its own; None where it is for all sites.
        state: Clean, tracked, or stamped: as a body sent it back.
        form: The ending of its file.
        source: Where its bytes are.
        tmf: Its number in the TMF Reference Model, in words where there is none.
        base: Of a tracked one, what it is held against and who approved that; "" for others.
    """

    document: str
    title: str
    site: str | None
    language: str
    version: str
    date: str
    state: State
    form: str
    source: FromStore | FromTree | FromOutside
    tmf: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Addressed:
    """To whom a package goes: ids of the sites that it is for, and of the bodies that decide there."""

    sites: tuple[str, ...]
    bodies: tuple[str, ...]


def addressed(
    logbook: Logbook, version: Version, kind: PackageKind, site: str | None, items: Iterable[Item], outside: Outside
) -> Addressed:
    """Return to whom a package goes.

    An answer goes to the body that asked. Without a site the others go to the bodies of those sites that have a
    document of their own in the log's part of it; where it has none, of those that a file from outside is for; else
    to all.

    Raises:
        Refusal: As `items_of`; or files from outside alone are for sites of several bodies.
    """
    if kind == "response":
        entry = _answer(logbook, version, site)
        return Addressed((site,) if site is not None else tuple(entry["sites"]), (entry["body"],))
    every, own = sites_of(logbook, version), {one.site for one in items}
    sites = (site,) if site is not None else tuple(one for one in every if one in own)
    sites = sites or _sites_from_outside(logbook, version, outside) or every
    return Addressed(sites, _bodies(logbook, version, sites))


def _sites_from_outside(logbook: Logbook, version: Version, outside: Outside) -> tuple[str, ...]:
    named = {one.site for one in outside.documents}
    found = tuple(one for one in sites_of(logbook, version) if one in named)
    if len({_bodies(logbook, version, (one,)) for one in found}) > 1:
        raise Refusal(
            f"submission.yaml has files for sites of several bodies ({', '.join(found)}): say which, --site ID"
        )
    return found


def _bodies(logbook: Logbook, version: Version, sites: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(body for one in sites for body in deciding_bodies(logbook, version, one)))


def items_of(logbook: Logbook, version: Version, kind: PackageKind, site: str | None, day: str) -> tuple[Item, ...]:
    """Return the files of a package that the log has, in the order in which they were issued.

    Args:
        site: Only for this site, with what is for all; None for all sites.
        day: The day of the package, on which forms are in force.

    Raises:
        Refusal: No answer to a body of that site is recorded of this version, or answers to several bodies are.
        NotIssued, DoesNotFit: As `documents_of`.
    """
    if kind == "response":
        answer = _answer(logbook, version, site)
        sites = (site,) if site is not None else tuple(answer["sites"])
        here = {*sites, answer["body"], None}
        return tuple(one for one in _response(logbook, version, answer) if one.site in here)
    made = {
        "initial": _initial,
        "amendment": _amendment,
        "continuing": _continuing,
        "closure": _nothing,
        "reportable": _nothing,
    }[kind]
    return tuple(one for one in made(logbook, version, day) if site is None or _is_for(logbook, version, one, site))


def outside_items(logbook: Logbook, outside: Outside, sites: Collection[str]) -> tuple[Item, ...]:
    """Return the files from outside for these sites and for all, with the submission that named each first.

    Only of files that are at hand.
    """
    newest_first = reversed(tuple(submissions_of(logbook)))
    named = {
        (one.get("sha256"), one.get("document")): entry["n"]
        for entry in newest_first
        for one in entry.get("external", ())
    }
    return tuple(
        Item(
            document=one.type,
            title=one.title,
            site=one.site,
            language=one.document.split("/")[1],
            version=one.document.split("/")[2],
            date=one.date,
            state="tracked" if one.tracked else "clean",
            form=(one.place.suffix.lstrip(".") or "bin").lower(),
            source=FromOutside(one.sha256, str(one.place), named.get((one.sha256, one.document))),
            tmf=tmf.number_of(tmf.of_external(one.type)),
        )
        for one in outside.documents
        if one.place is not None and one.site in (None, *sites)
    )


# --------------------------------------------------------------------------------------------------------- each kind


def _initial(logbook: Logbook, version: Version, _: str) -> Iterator[Item]:
    for one in documents_of(logbook, version):
        yield from _clean(logbook, one)


def _amendment(logbook: Logbook, version: Version, _: str) -> Iterator[Item]:
    """Yield what the wordings of an amendment changed, clean and against what was last approved, and its papers."""
    wordings = [one for one in logbook.versions if one.amendment == version.amendment and one.n <= version.n]
    names = [one.name for one in wordings]
    for one in documents_of(logbook, version):
        if one.source in names:
            yield from _clean(logbook, one)
    for wording in wordings:
        yield from _redlines(logbook, version, wording, lambda one: one.base not in names)
    yield from _papers(logbook, version)


def _answer(logbook: Logbook, version: Version, site: str | None) -> dict[str, Any]:
    """Return the entry of the newest answer to a body about a version, for a site. Raises as `items_of`."""
    every = [one for one in submissions_of(logbook) if one["version"] == version.name and one.get("response")]
    answers = [one for one in every if site is None or site in one["sites"]]
    if not answers:
        asked = ", ".join(sorted({one["body"] for one in every})) or "none"
        where = "" if site is None else f" of {site}"
        raise Refusal(
            f"version {version.name} has no recorded answer to a body{where}; bodies that were answered: {asked}"
        )
    if len({one["body"] for one in answers}) > 1:
        raise Refusal("several bodies were answered about this version: say which, with --site ID")
    return answers[-1]


def _response(logbook: Logbook, version: Version, answer: Mapping[str, Any]) -> Iterator[Item]:
    """Yield the letter, what this wording changed, and its redlines against the approved and the submitted wording."""
    role = overseen_bodies(logbook, version).get(answer["body"], {}).get("role")
    for file in answer["response"]:
        source = FromStore(file["object"], answer["n"])
        yield Item(
            document="response-letter",
            title="Response to stipulations",
            site=None,
            language=language_of(logbook, version),
            version=version.name,
            date=answer["on"],
            state="clean",
            form=file["kind"],
            source=source,
            tmf=tmf.number_of(tmf.of_submission(role)),
        )
    for one in documents_of(logbook, version):
        if one.since is None:
            yield from _clean(logbook, one)
    yield from _redlines(logbook, version, version, lambda one: True)
    yield from _papers(logbook, version)


def _continuing(logbook: Logbook, version: Version, day: str) -> Iterator[Item]:
    """Yield the forms in use on a day: clean, and stamped where a body sent one back."""
    known: set[tuple[str | None, str]] = set()
    for site in sites_of(logbook, version):
        for state in forms_at(logbook, site, day):
            document = state.document
            if (document.site, document.stem) not in known:
                yield from _clean(logbook, document)
            known.add((document.site, document.stem))
            copy = copy_at(logbook, state)
            if copy is not None:
                source = FromStore(copy.sha256, copy.entry)
                yield _item(document, "stamped", copy.kind, source, site)


def _nothing(_: Logbook, __: Version, ___: str) -> Iterator[Item]:
    yield from ()


# ---------------------------------------------------------------------------------------------------------- each file


def _clean(logbook: Logbook, document: IssuedDocument) -> Iterator[Item]:
    for file in document.files:
        yield _item(document, "clean", _ending(file), _issued(logbook, document.source, file), document.site)


def _redlines(
    logbook: Logbook, version: Version, wording: Version, wanted: Callable[[IssuedRedline], bool]
) -> Iterator[Item]:
    """Yield the redlines of a wording that stand for the version's own documents."""
    current = {one.stem: one.version for one in documents_of(logbook, version)}
    for one in redlines_of(logbook, wording):
        if wanted(one) and current.get(one.document) == one.version:
            for file in one.files:
                source = _issued(logbook, one.source, file)
                yield _item(one, "tracked", _ending(file), source, one.site, base=_base(logbook, one))


def _papers(logbook: Logbook, version: Version) -> Iterator[Item]:
    """Yield what goes with an amendment, but for the text for a letter: a package has its own letter."""
    for one in companions_issued(logbook, version):
        for file in one.files if one.kind != "cover-text" else ():
            yield _item(one, "clean", _ending(file), _issued(logbook, one.source, file), one.part)


def _item(
    one: IssuedDocument | IssuedRedline | IssuedCompanion,
    state: State,
    form: str,
    source: FromStore,
    site: str | None,
    base: str = "",
) -> Item:
    found = kind_named(one.kind) or amendment_kind_named(one.kind)
    title = found.title if found else one.kind
    number = tmf.number_of(tmf.of_document(one.kind))
    return Item(one.kind, title, site, one.language, one.version, one.date, state, form, source, number, base)


def _issued(logbook: Logbook, version: str, file: IssuedFile) -> FromStore:
    issues = logbook.version(version).issues
    return FromStore(file.sha256, issues[-1].n, version, file.path)


def _ending(file: IssuedFile) -> str:
    return file.path.rpartition(".")[2]


def _base(logbook: Logbook, one: IssuedRedline) -> str:
    """Return what a redline is held against, and whose decision approved that, in words."""
    held = f"version {one.base_version or one.base}"
    if not one.decisions:
        return f"{held}, chosen: {one.against}" if one.against else held
    names = overseen_bodies(logbook, logbook.version(one.source))
    decisions = (logbook.whole_entry(n) for n in one.decisions)
    approved = (f"{_name(names, said['body'])}, {said['reference']} of {said['decided']}" for said in decisions)
    return f"{held}, approved: {'; '.join(dict.fromkeys(approved))}"


def _name(bodies: Mapping[str, Mapping[str, Any]], body: str) -> str:
    """Return what a version calls a body; its id where it does not say."""
    name = bodies.get(body, {}).get("name")
    return name if isinstance(name, str) else body


def _is_for(logbook: Logbook, version: Version, one: Item, site: str) -> bool:
    """Tell whether a file is for a site: its own, what is for all, and what is for a body that decides there."""
    return one.site in (None, site, *deciding_bodies(logbook, version, site))
