"""The order of siblings in two trees: which stay, which are gone, which are new, which have moved.

Knows the names by which siblings are known again, and nothing of what they are. The work grows with their number times
its logarithm, so a list of thousands is no trouble.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from regdocs.content.model import Change

One = TypeVar("One")
Step = tuple[Change | None, One | None, One | None]


def aligned(old: Sequence[One], new: Sequence[One], name: Callable[[One], Hashable]) -> Iterator[Step[One]]:
    """Yield what became of each sibling, in the order in which a redline shows them.

    A step holds the old one, the new one, or with change None both: it stays where it is. As many as can stay do; the
    others of both sides have moved, and are shown in their old place and in their new one. Between two that stay the
    old ones come first. Siblings of one name are told apart by their order.
    """
    places = {key: n for n, key in enumerate(_keys(old, name))}
    froms = [places.get(key) for key in _keys(new, name)]
    both = {place for place in froms if place is not None}
    stay = _longest_rising([place for place in froms if place is not None])
    shown = 0
    waiting: list[Step[One]] = []
    for there, one in zip(froms, new, strict=True):
        if there not in stay:
            waiting.append(("inserted" if there is None else "moved-to", None, one))
            continue
        assert there is not None
        yield from _gone(old, range(shown, there), both)
        yield from waiting
        waiting.clear()
        yield None, old[there], one
        shown = there + 1
    yield from _gone(old, range(shown, len(old)), both)
    yield from waiting


def _gone(old: Sequence[One], places: range, both: set[int]) -> Iterator[Step[One]]:
    for place in places:
        yield "moved-from" if place in both else "deleted", old[place], None


def _keys(siblings: Sequence[One], name: Callable[[One], Hashable]) -> list[Hashable]:
    seen: Counter[Hashable] = Counter()
    keys: list[Hashable] = []
    for one in siblings:
        key = name(one)
        seen[key] += 1
        keys.append((key, seen[key]))
    return keys


def _longest_rising(numbers: list[int]) -> set[int]:
    """Return the numbers of a longest rising subsequence; each number stands there once."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
