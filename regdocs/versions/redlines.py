"""Tracked-changes versions of documents, each against what a body last approved for a site.

Knows which base each changed document has at which body, and merges the stored tree of that base with the new one. One
distinct base gives one redline; it names its base and the decisions that approved it. Where no base is approved none is
made, and what exists is told. Renders nothing and writes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from regdocs.build.examine import Draftable
from regdocs.content.model import Document, IdentityField, Text
from regdocs.content.redline import redline
from regdocs.content.tracked_identity import with_tracked_identity
from regdocs.documents.kind import Format
from regdocs.spec.protocol import Protocol
from regdocs.versions.bases import Base, approved_base, bases_listed, bodies_for, words_of
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.printed import tree_of
from regdocs.versions.proposal import Proposed

FOLDER = "redline-from-"
MARK = "TRACKED CHANGES against version"


@dataclass(frozen=True, slots=True)
class Against:
    """Another base than the approved one, as a person asks: a recorded version for a body, and why.

    `body` or `site` None means all of them.
    """

    version: str
    reason: str
    body: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class BaseFor:
    """The base of a document for one body.

    Attributes:
        body: Id of the body.
        site: Id of the site for which it decides.
        base: Recorded version that issued the base document.
        version, date: The base document's own.
        tree: Digest of its tree.
        approval: The decision that approved it; None when a person chose another base.
        against: Why another base than the approved one, or None.
    """

    body: str
    site: str
    base: str
    version: str
    date: str
    tree: str
    approval: Base | None = None
    against: str | None = None


@dataclass(frozen=True, slots=True)
class Redline:
    """One tracked-changes version of a document.

    Attributes:
        document: The new document, as composed.
        bases: The base, for each body for which it is the same one; at least one.
        tree: Both trees merged; its pages name the base.
    """

    document: Draftable
    bases: tuple[BaseFor, ...]
    tree: Document

    @property
    def base(self) -> BaseFor:
        """The base; of several they differ in body and approval only."""
        return self.bases[0]

    @property
    def stem(self) -> str:
        """Its path without ending, below the folder of the new version."""
        return f"{FOLDER}{self.base.base}/{self.document.stem}"

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats in which tracked changes can be shown."""
        return tuple(form for form in self.document.kind.formats if form != "txt")


@dataclass(frozen=True, slots=True)
class NoBase:
    """A changed document for which a body has approved nothing at a site, and what exists instead, in words."""

    stem: str
    body: str
    site: str
    exists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Redlines:
    """The redlines of a version, in the order of its documents, and where there is no base."""

    made: tuple[Redline, ...] = ()
    without_base: tuple[NoBase, ...] = ()

    def and_also(self, other: "Redlines") -> "Redlines":
        """Return them with those of others that are held against another base than one that is there."""
        there = {one.stem for one in self.made}
        return replace(self, made=(*self.made, *(one for one in other.made if one.stem not in there)))

    def with_identity(self, version: str, proposed: Mapping[str, Proposed]) -> "Redlines":
        """Return them with running titles that track the identity; `version` is that of the protocol."""
        return replace(self, made=tuple(_with_identity(one, version, proposed) for one in self.made))


def redlines_of_version(
    logbook: Logbook, protocol: Protocol, changed: Iterable[Draftable], against: tuple[Against, ...] = ()
) -> Redlines:
    """Return the redlines of the changed documents of a version that is being made.

    Raises:
        Refusal: A version named in `against` is not recorded; a base's tree is not in the store or is another one.
    """
    found = [_of_document(logbook, protocol, one, against) for one in changed]
    return Redlines(tuple(chain(*(made for made, _ in found))), tuple(chain(*(lacking for _, lacking in found))))


# ------------------------------------------------------------------------------------------------------------- bases


def _of_document(
    logbook: Logbook, protocol: Protocol, document: Draftable, against: tuple[Against, ...]
) -> tuple[list[Redline], list[NoBase]]:
    bases: list[BaseFor] = []
    lacking: list[NoBase] = []
    for body, site in _bodies(protocol, document):
        found = _base(logbook, document, body, site, against)
        if isinstance(found, NoBase):
            lacking.append(found)
        else:
            bases.append(found)
    return list(_merged(logbook, protocol, document, bases)), lacking


def _bodies(protocol: Protocol, document: Draftable) -> Iterator[tuple[str, str]]:
    """Yield each body that decides about a document, with the site for which it does."""
    for site in (document.site,) if document.site is not None else protocol.sites:
        yield from ((body.id, site.id) for body in bodies_for(protocol, site.id))


def _base(
    logbook: Logbook, document: Draftable, body: str, site: str, against: tuple[Against, ...]
) -> BaseFor | NoBase:
    kind, language = document.kind.name, document.language
    chosen = next((one for one in against if one.body in (None, body) and one.site in (None, site)), None)
    if chosen is not None:
        found = _chosen(logbook, document, (body, site), chosen)
        return found or NoBase(document.stem, body, site, (f"version {chosen.version}, which was chosen, has none",))
    base = approved_base(logbook, body=body, site=site, kind=kind, language=language)
    if base is not None:
        return BaseFor(body, site, base.version, base.document_version, base.date, base.tree, base)
    exists = bases_listed(logbook, body=body, site=site, kind=kind, language=language)
    return NoBase(document.stem, body, site, tuple(map(words_of, exists)))


def _chosen(logbook: Logbook, document: Draftable, of: tuple[str, str], chosen: Against) -> BaseFor | None:
    """Return the document as it stands in the version that a person chose; None where that version has none."""
    issued = _issued(logbook, document.stem, chosen.version)
    if issued is None:
        return None
    return BaseFor(*of, issued.source, issued.version, issued.date, issued.tree, None, chosen.reason)


def _issued(logbook: Logbook, stem: str, version: str) -> IssuedDocument | None:
    return next((one for one in documents_of(logbook, logbook.version(version)) if one.stem == stem), None)


# ------------------------------------------------------------------------------------------------------------ merging


def _merged(logbook: Logbook, protocol: Protocol, document: Draftable, bases: Iterable[BaseFor]) -> Iterator[Redline]:
    """Yield one redline for each distinct base; none where the words are those of the base."""
    alike: dict[tuple[str, str], list[BaseFor]] = {}
    for one in bases:
        alike.setdefault((one.base, one.tree), []).append(one)
    for (_, digest), same in alike.items():
        base = tree_of(logbook.object(digest))
        if base != document.composed.document:
            tree = redline(base, document.composed.document)
            words = f"{base_words(protocol, same)}{_since(logbook, document.stem, same[0].base)}"
            yield Redline(document, tuple(same), marked(tree, words))


def _since(logbook: Logbook, stem: str, base: str) -> str:
    """Return in words which later versions of the document the redline shows too: none of them is approved."""
    first = logbook.version(base).n
    later = [one for one in logbook.versions if one.n > first and one.issues]
    shown = [one.name for one in later if any(d.stem == stem and d.since is None for d in documents_of(logbook, one))]
    return (
        f"; also shows the changes of version {', '.join(shown)}, for which no approval with its letter is recorded"
        if shown
        else ""
    )


def base_words(protocol: Protocol, bases: Iterable[BaseFor]) -> str:
    """Return the line that names the base and what approved it, for every page of a redline."""
    listed = tuple(bases)
    names = {one.id: one.name.present for one in protocol.oversight}
    approvals = (one.approval for one in listed if one.approval is not None)
    words = dict.fromkeys(
        f"approved by {names.get(one.body, one.body)}, {one.reference}, {one.day}" for one in approvals
    )
    chosen = dict.fromkeys(f"chosen as base: {one.against}" for one in listed if one.against is not None)
    return f"{MARK} {listed[0].version} of {listed[0].date}, {'; '.join((*words, *chosen))}"


def identity_words(version: str, date: str, protocol_version: str) -> dict[IdentityField, str]:
    """Return what the slots of a recorded document's running titles say."""
    return {"version": version, "date": date, "protocol-version": protocol_version}


def _with_identity(one: Redline, version: str, proposed: Mapping[str, Proposed]) -> Redline:
    own, base = proposed[one.document.stem], one.base
    was, now = identity_words(base.version, base.date, base.base), identity_words(own.version, own.date, version)
    return replace(one, tree=with_tracked_identity(one.tree, was, now))


def marked(tree: Document, mark: str) -> Document:
    """Return the tree with one more line on every page, above the running title; no word of the body changes."""
    furniture = tree.furniture
    return replace(tree, furniture=replace(furniture, marks=(*furniture.marks, (Text(mark),))))
