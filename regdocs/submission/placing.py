"""Where the files of a package lie and what they are called: sections, formats and names as a profile wants them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regdocs.errors import Refusal
from regdocs.submission.contents import FromOutside, Item
from regdocs.submission.naming import NameFacts, file_names
from regdocs.submission.profile import Profile
from regdocs.submission.profile_parts import Section, State
from regdocs.versions.external_files import PackageKind


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """A file of a package with its section and its path there."""

    item: Item
    section: Section
    path: str


def wanted_items(profile: Profile, kind: PackageKind, items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the files in the states and formats that a profile wants.

    A document that is there in none of them goes as it is: a package without it would be less than what was asked for.
    """
    listed = tuple(items)
    delivered = profile.states_of(kind)
    there = {(one.document, one.site, one.language, one.state) for one in listed if one.state in delivered}
    states = [one for one in listed if one.state in (*delivered, "stamped") or not _other(one, there)]
    fit = [one for one in states if _fits(profile, one)]
    known = {_which(one) for one in fit}
    return (*fit, *(one for one in states if _which(one) not in known))


def _other(one: Item, there: set[tuple[str, str | None, str, State]]) -> bool:
    states: tuple[State, ...] = ("clean", "tracked")
    return any((one.document, one.site, one.language, state) in there for state in states)


def _fits(profile: Profile, one: Item) -> bool:
    formats = profile.formats_of(one.document, one.state)
    return isinstance(one.source, FromOutside) or not formats or one.form in formats


def _which(one: Item) -> tuple[str, str | None, str, str, str]:
    return one.document, one.site, one.language, one.version, one.state


def placed_items(profile: Profile, study: str, items: Sequence[Item]) -> tuple[PlacedItem, ...]:
    """Return where each file lies, section by section. Raises as `file_names`."""
    found = []
    for section in profile.layout.sections:
        mine = [one for one in items if profile.section_of(one.document) == section]
        names = file_names(profile, [(_facts(study, one), one.form) for one in mine])
        found += [PlacedItem(one, section, f"{section.folder}/{name}") for one, name in zip(mine, names, strict=True)]
    return tuple(found)


def _facts(study: str, one: Item) -> NameFacts:
    return NameFacts(
        document=one.document,
        title=one.title,
        language=one.language,
        site=one.site,
        version=one.version,
        date=one.date,
        state=one.state,
        study=study,
    )


def demand_limits(profile: Profile, sizes: Iterable[tuple[str, int]]) -> None:
    """Refuse more or larger files than a board's system takes, each named.

    Raises:
        Refusal: A file, all together, or their number is beyond the profile's limits.
    """
    listed, limits = tuple(sizes), profile.limits
    told = [f'"{path}" has {size:,} bytes' for path, size in listed if size > (limits.file_bytes or size)]
    whole = sum(size for _, size in listed)
    told += [f"all files have {whole:,} bytes"] if whole > (limits.package_bytes or whole) else []
    told += [f"there are {len(listed)} files"] if len(listed) > (limits.files or len(listed)) else []
    if told:
        allowed = {"a file": limits.file_bytes, "all": limits.package_bytes, "files": limits.files}
        known = ", ".join(f"{what} {limit:,}" for what, limit in allowed.items() if limit is not None)
        raise Refusal(f'the profile "{profile.name}" allows less ({known}): {"; ".join(told)}')
