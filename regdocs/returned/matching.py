"""Which paragraph of a file is which of the study: by bookmark, by the same words in their order, by likeness.

A bookmark of a paragraph that is gone may stand in its neighbour afterwards; so of two that share one the likest stays.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeAlias

from regdocs.returned.printed import Printed
from regdocs.returned.returned_file import FileParagraph

_ALIKE = 0.5
_MOST_PAIRS = 250_000  # in one gap; beyond them nobody looks for likeness
Pairs: TypeAlias = dict[int, int]


def matched(printed: Sequence[Printed], found: Sequence[FileParagraph]) -> Pairs:
    """Return the place of the paragraph of the file for the place of each one of the study that it has."""
    pairs = _by_names(printed, found)
    _add_same_words(pairs, printed, found)
    _add_alike(pairs, printed, found)
    return pairs


def in_order(pairs: Pairs) -> frozenset[int]:
    """Return which paragraphs of the study stand in their order in the file: as many as can be."""
    ends: list[int] = []  # the smallest last place of a row of each length
    last: list[int] = []
    before: dict[int, int | None] = {}
    for one in sorted(pairs):
        length = bisect_left(ends, pairs[one])
        before[one] = last[length - 1] if length else None
        ends[length : length + 1] = [pairs[one]]
        last[length : length + 1] = [one]
    kept: set[int] = set()
    here = last[-1] if last else None
    while here is not None:
        kept.add(here)
        here = before[here]
    return frozenset(kept)


def likeness(one: str, other: str) -> float:
    """Return the share of words that two texts have in common, in whatever order."""
    left, right = Counter(one.casefold().split()), Counter(other.casefold().split())
    return 2 * (left & right).total() / max(1, left.total() + right.total())


def _by_names(printed: Sequence[Printed], found: Sequence[FileParagraph]) -> Pairs:
    owner: dict[str, int] = {}
    for place, paragraph in enumerate(found):
        for name in paragraph.names:
            owner.setdefault(name, place)
    scored = []
    for place, one in enumerate(printed):
        for other, shared in Counter(owner[name] for name in one.names if name in owner).items():
            likest = max(likeness(one.text, found[other].before), likeness(one.text, found[other].now))
            scored.append((-likest, -shared, place, other))
    pairs: Pairs = {}
    taken: set[int] = set()
    for *_, place, other in sorted(scored):
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)
    return pairs


def _add_same_words(pairs: Pairs, printed: Sequence[Printed], found: Sequence[FileParagraph]) -> None:
    """Pair what is left and says the same, in order; lines to sign and files without bookmarks come to this."""
    taken = set(pairs.values())
    left = [place for place in range(len(printed)) if place not in pairs]
    free = [place for place in range(len(found)) if place not in taken]
    matcher = SequenceMatcher(None, [printed[n].text for n in left], [found[n].before for n in free], autojunk=False)
    for block in matcher.get_matching_blocks():
        for n in range(block.size):
            pairs[left[block.a + n]] = free[block.b + n]


def _add_alike(pairs: Pairs, printed: Sequence[Printed], found: Sequence[FileParagraph]) -> None:
    """Pair, between neighbours that are paired, what is left and says nearly the same."""
    taken = set(pairs.values())
    for places, others in _gaps(pairs, len(printed), len(found)):
        free = [other for other in others if other not in taken]
        for place in places:
            best = max(free, key=lambda other: likeness(printed[place].text, found[other].before), default=None)
            if best is not None and likeness(printed[place].text, found[best].before) >= _ALIKE:
                pairs[place] = best
                free = [other for other in free if other > best]


def _gaps(pairs: Pairs, printed: int, found: int) -> Iterator[tuple[list[int], range]]:
    steady = in_order(pairs)
    anchors = [(-1, -1), *((place, pairs[place]) for place in sorted(steady)), (printed, found)]
    for (one, other), (next_one, next_other) in pairwise(anchors):
        places = [place for place in range(one + 1, next_one) if place not in pairs]
        if places and len(places) * (next_other - other - 1) <= _MOST_PAIRS:
            yield places, range(other + 1, next_other)
