"""Whether declared changes and found changes cover each other: nothing changed in silence, nothing declared in vain.

A cover names a place of the data form ("/eligibility/E07") and covers it with all below; or a block of a document that
changed for another reason than the protocol ("consent#consent.risks", with all blocks below it; "consent#*", all of
that kind). An element that was added or removed as a whole is one change at its own place: a cover at or above it
counts, one below does not, for it would leave the rest of the element undeclared. Of an element that got another id
the place is the one it had. `/version` and `/date` are the amendment's own and need no cover.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from regdocs.amendment.declaration import Declaration
from regdocs.amendment.slip import Slip

OWN = ("/version", "/date")
UNCOVERED, VAIN = "AMD-008", "AMD-009"
_PATH = re.compile(r"(?:/[^/\s]+)+")
_BLOCK = re.compile(r"(?P<kind>[a-z][a-z0-9-]*)#(?P<block>\*|\S+)")


@dataclass(frozen=True, slots=True)
class Vain:
    """A cover that covers nothing: number and id of the declared change, its place in the list there, its words."""

    number: int
    change: str
    place: int
    cover: str


def coverage_slips(
    declaration: Declaration, changed: Mapping[str, str], other_blocks: Mapping[str, str]
) -> Iterator[Slip]:
    """Yield what is covered by nothing and what covers nothing; changed places and blocks come with their labels."""
    for one in uncovered(declaration, changed, other_blocks):
        label = changed.get(one) or other_blocks[one]
        message = f"no declared change covers {label} ({one})"
        yield Slip(UNCOVERED, "/changes", message, f"name {one} in 'covers' of a change")
    for vain in vain_covers(declaration, changed, other_blocks):
        message = f'"{vain.cover}" covers nothing: nothing changed there'
        hint = _whole(vain.cover, changed) or "take it away, or write the place that changed"
        yield Slip(VAIN, f"/changes/{vain.number}/covers/{vain.place}", message, hint)


def _whole(cover: str, changed: Mapping[str, str]) -> str | None:
    """Return a hint where what a cover names changed as a part of something larger."""
    larger = next((one for one in _covering(cover) if one in changed), None)
    return f"{changed[larger]} changed as a whole: write {larger}" if larger is not None else None


def is_path(cover: str) -> bool:
    """Tell whether a cover names a place of the data form. The whole form is none."""
    return _PATH.fullmatch(cover) is not None


def is_block(cover: str) -> bool:
    """Tell whether a cover names a block, or all blocks, of a kind of document."""
    return _BLOCK.fullmatch(cover) is not None


def uncovered(declaration: Declaration, changed_paths: Iterable[str], other_blocks: Iterable[str]) -> tuple[str, ...]:
    """Return the changed places, then the changed blocks, that no declared change covers, in the order given."""
    covers = {cover for change in declaration.changes for cover in change.covers}
    changed = (one for one in dict.fromkeys((*changed_paths, *other_blocks)) if one not in OWN)
    return tuple(one for one in changed if covers.isdisjoint(_covering(one)))


def vain_covers(
    declaration: Declaration, changed_paths: Iterable[str], other_blocks: Iterable[str]
) -> tuple[Vain, ...]:
    """Return the covers at and below which nothing changed, in the order of the declaration."""
    useful = {cover for one in (*changed_paths, *other_blocks) for cover in _covering(one)}
    return tuple(
        Vain(number, change.id, place, cover)
        for number, change in enumerate(declaration.changes)
        for place, cover in enumerate(change.covers)
        if cover not in useful
    )


def covered_by(declaration: Declaration, changed: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return for each declared change the changed places and blocks that it covers, in the order given."""
    every = tuple(dict.fromkeys(changed))
    covering = {one: frozenset(_covering(one)) for one in every}
    return {
        change.id: tuple(one for one in every if not covering[one].isdisjoint(change.covers))
        for change in declaration.changes
    }


def covers(cover: str, changed: str) -> bool:
    """Tell whether a cover covers a changed place or block."""
    return cover in _covering(changed)


def _covering(changed: str) -> Iterator[str]:
    """Yield every cover that would cover a changed place or block, the nearest first."""
    if changed.startswith("/"):
        while changed:
            yield changed
            changed = changed.rpartition("/")[0]
        return
    kind, _, block = changed.partition("#")
    while block:
        yield f"{kind}#{block}"
        block = block.rpartition(".")[0]
    yield f"{kind}#*"
