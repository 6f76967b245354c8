"""What a package of a kind has besides what is made here, and what of it is lacking or was waived."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from regdocs.submission.contents import Item
from regdocs.versions.external_files import TITLES, Outside, PackageKind

PARTICIPANTS = "participants"

# What each kind has besides what is made here. A board may want more.
_WANTED: dict[PackageKind, tuple[str, ...]] = {
    "initial": ("protocol",),
    "amendment": ("protocol", "tracked protocol", PARTICIPANTS),
    "response": (),
    "continuing": ("progress-report", PARTICIPANTS),
    "closure": ("final-report",),
    "reportable": ("event-report",),
}


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a package of this kind has otherwise and this one has not; `why` where somebody waived it."""

    what: str
    why: str | None = None


def wants_participants(kind: PackageKind) -> bool:
    """Tell whether a package of this kind says how many participants are in each group."""
    return PARTICIPANTS in _WANTED[kind]


def lacks_participants(kind: PackageKind, site: str | None, outside: Outside) -> bool:
    """Tell whether a package of this kind says it, and nobody has, for the site asked for, or has waived it."""
    said = outside.participants if site is None else outside.groups_at((site,))
    return wants_participants(kind) and not said and PARTICIPANTS not in outside.waived_in(kind)


def lacking(kind: PackageKind, items: Iterable[Item], outside: Outside, sites: Collection[str]) -> tuple[Lacking, ...]:
    """Return what a package of this kind has otherwise, with the reasons of what was waived for this kind.

    Args:
        sites: For which it is.
    """
    there = {f"tracked {one.document}" if one.state == "tracked" else one.document for one in items}
    there |= {PARTICIPANTS} if outside.groups_at(sites) else set()
    waived = outside.waived_in(kind)
    return tuple(Lacking(one, waived.get(one)) for one in _WANTED[kind] if one not in there)


def words_for(what: str) -> str:
    """Return in words what is lacking."""
    if what == PARTICIPANTS:
        return "how many participants are in each group"
    tracked, _, kind = what.rpartition("tracked ")
    return f"{TITLES.get(kind, kind)}{', with tracked changes' if tracked or what != kind else ''}"
