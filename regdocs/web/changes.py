"""What each amendment changed: its steps in words, and what its redlines show, with one redline for forms alike.

Taken from what was recorded and issued; nothing is composed anew, so today's templates change nothing in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regdocs.amendment.change import Change
from regdocs.amendment.changes import changes_of
from regdocs.amendment.words import Piece, difference, text_of
from regdocs.content.identity import Identity
from regdocs.versions.issued_beside import redlines_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.printed import tree_of
from regdocs.versions.version_form import form_of
from regdocs.web.excerpts import Excerpt, excerpts, shortened

_LONGEST = 1_500  # characters of a value that was put in or taken out
_MOST_PLACES = 60  # of one redline


@dataclass(frozen=True, slots=True)
class Told:
    """A change of the protocol as a reader sees it: where, what kind, the words that went and came."""

    path: str
    label: str
    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Redlined:
    """What the redlines of forms show that changed alike.

    Attributes:
        kind, language, base: Of the documents.
        sites: For whom they are; () for a document that has no site.
        version: The documents' own.
        places: What changed.
        left_out: How many more places changed.
    """

    kind: str
    language: str
    base: str
    sites: tuple[str, ...]
    version: str
    places: tuple[Excerpt, ...]
    left_out: int


def changes_in(logbook: Logbook, version: Version) -> tuple[Change, ...]:
    """Return the steps of an amendment in words; () of the original protocol.

    Raises:
        Unreadable: The steps are long and their object is missing.
    """
    place = logbook.versions.index(version)
    if version.amendment is None or not place:
        return ()
    steps = logbook.whole_entry(version.n)["what"]
    return changes_of(steps, form_of(logbook, logbook.versions[place - 1]), form_of(logbook, version))


def told(change: Change) -> Told:
    """Return a change as a reader sees it; long values are cut, and end in "…"."""
    return Told(change.path, change.label, change.kind, tuple(_pieces(change)))


def redlined(logbook: Logbook, version: Version) -> tuple[Redlined, ...]:
    """Return what the redlines of a version show.

    Raises:
        DoesNotFit, Refusal: What the log says of them does not fit, or a tree is not kept as it was recorded.
    """
    groups: dict[tuple[str, str, str, str, tuple[Excerpt, ...]], list[str]] = {}
    for one in redlines_of(logbook, version):
        found = excerpts(tree_of(logbook.object(one.tree)), Identity(version=one.version, date=one.date))
        sites = groups.setdefault((one.kind, one.language, one.base, one.version, found), [])
        sites += [one.site] if one.site is not None else []
    return tuple(
        Redlined(kind, language, base, tuple(sites), own, found[:_MOST_PLACES], max(0, len(found) - _MOST_PLACES))
        for (kind, language, base, own, found), sites in groups.items()
        if found
    )


def _pieces(change: Change) -> Iterator[Piece]:
    match change.kind:
        case "moved":
            was, now = (f"after {one}" if one else "first" for one in (change.old, change.new))
            yield from (Piece("deleted", was), Piece("kept", " "), Piece("inserted", now))
        case "added":
            yield Piece("inserted", _limited(text_of(change.new)))
        case "removed":
            yield Piece("deleted", _limited(text_of(change.old)))
        case _:
            yield from _difference(text_of(change.old), text_of(change.new))


def _difference(old: str, new: str) -> tuple[Piece, ...]:
    found = difference(old, new)
    if all(one.kind == "kept" for one in found):
        return (Piece("kept", "Only white space, or how it is written, differs."),)
    return tuple(Piece(one.kind, _limited(one.text)) for one in shortened(found))


def _limited(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def by_path(logbook: Logbook) -> Mapping[int, tuple[Change, ...]]:
    """Return the changes of each version by the number of its entry. Raises as `changes_in`."""
    return {version.n: changes_in(logbook, version) for version in logbook.versions}
