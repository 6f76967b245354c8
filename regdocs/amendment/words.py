"""The difference of two texts word by word, and values of a data form as text.

Knows tokens; prints nothing. The time is bounded: texts that have little in common are one that went and one that came.
Source of the method: E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986) 251-266.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from regdocs.amendment.change import Json

MOST_EDITS = 400
"""Tokens that may differ between two texts before they count as one replaced by the other."""

# A word with its marks, hyphens and decimals, an emoji with what is joined to it, any other character; before each the
# white space that leads to it, which is not compared.
_TOKEN = re.compile(
    r"(\s*)([\w\u0300-\u036f]+(?:(?:[-.@'’](?=\w)|(?<=\d),(?=\d))[\w\u0300-\u036f]+)*"
    r"|[\U0001f1e6-\U0001f1ff]{2}|\S(?:[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]|\u200d\S)*|\Z)"
)
PieceKind: TypeAlias = Literal["kept", "deleted", "inserted"]
_Token: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two texts: in both, only in the old one, or only in the new one."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Tokens of the old text and of the new one in the same stretch, and whether they are the same."""

    old: Sequence[_Token]
    new: Sequence[_Token]
    kept: bool

    @property
    def size(self) -> int:
        """Characters of the longer side."""
        return max(sum(len(core) for _, core in side) for side in (self.old, self.new))


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of two texts in order; what was deleted stands before what was inserted in its place.

    Kept and inserted pieces together are the new text; kept and deleted ones the old text, but for its white space.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    runs = _without_scraps(_runs(before, after))
    return tuple(_joined(piece for run in runs for piece in _pieces(run)))


def text_of(value: Json) -> str:
    """Return a value of a data form as people read it: a text as it stands, objects and lists line by line."""
    return "\n".join(_lines(value))


def _lines(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _under(f"{key}:", one, "  ")
    elif isinstance(value, list):
        for one in value:
            first, *others = list(_lines(one)) or [""]
            bullet = "- " if isinstance(one, dict | list) else ""  # a bullet before a word would be a word of its own
            yield bullet + first
            yield from (f"{' ' * len(bullet)}{line}" for line in others)
    else:
        yield from ("" if value is None else str(value).lower() if isinstance(value, bool) else str(value)).split("\n")


def _under(head: str, value: Json, indent: str) -> Iterator[str]:
    lines = list(_lines(value))
    if isinstance(value, dict | list):
        yield head
        yield from (f"{indent}{line}" for line in lines)
    else:
        yield f"{head} {lines[0]}".rstrip(" ")
        yield from (f"{indent}{line}" for line in lines[1:])


# ------------------------------------------------------------------------------------------------------------- runs


def _runs(before: Sequence[_Token], after: Sequence[_Token]) -> list[_Run]:
    """Return stretches that are kept and stretches that are not, in turn."""
    runs: list[_Run] = []
    old = new = 0
    for i, j, length in _kept([core for _, core in before], [core for _, core in after]):
        if (i, j) != (old, new):
            runs.append(_Run(before[old:i], after[new:j], kept=False))
        old, new = i + length, j + length
        runs.append(_Run(before[i:old], after[j:new], kept=True))
    if (old, new) != (len(before), len(after)):
        runs.append(_Run(before[old:], after[new:], kept=False))
    return runs


def _without_scraps(runs: Sequence[_Run]) -> list[_Run]:
    """Return the runs with what is kept by chance, shorter than the changes around it, taken into the change."""
    found: list[_Run] = []
    for place, run in enumerate(runs):
        scrap = 0 < place < len(runs) - 1 and run.size < min(found[-1].size, runs[place + 1].size)
        kept = run.kept and not scrap
        if found and not kept and not found[-1].kept:
            last = found.pop()
            found.append(_Run([*last.old, *run.old], [*last.new, *run.new], kept=False))
        else:
            found.append(_Run(run.old, run.new, kept))
    return found


def _pieces(run: _Run) -> Iterator[Piece]:
    old, new = _text(run.old), _text(run.new)
    if run.kept:
        yield Piece("kept", new)
        return
    # White space before what came is no part of it.
    lead = run.new[0][0] if run.new and (not run.old or run.old[0][0] == run.new[0][0]) else ""
    yield Piece("kept", lead)
    yield Piece("deleted", old.removeprefix(lead))
    yield Piece("inserted", new.removeprefix(lead))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces with neighbours of one kind as one; empty ones are left out."""
    for kind, group in groupby((one for one in pieces if one.text), key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in group))


def _text(tokens: Iterable[_Token]) -> str:
    return "".join(space + core for space, core in tokens)


# ---------------------------------------------------------------------------------------------------------- matching


def _kept(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return what is in both, in order: where it begins in each, and how long it is."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = _shortest(old[start : len(old) - end], new[start : len(new) - end])
    blocks = [(0, 0, start)]
    for i, j in ((start + i, start + j) for i, j in middle):
        x, y, length = blocks[-1]
        if (x + length, y + length) == (i, j):
            blocks[-1] = (x, y, length + 1)
        else:
            blocks.append((i, j, 1))
    return [one for one in (*blocks, (len(old) - end, len(new) - end, end)) if one[2]]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many tokens two texts begin with in common."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))


def _shortest(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of tokens that a shortest edit keeps; none where it would take more than `MOST_EDITS`."""
    farthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(len(old) + len(new), MOST_EDITS) + 1):
        trace.append(dict(farthest))
        for diagonal in range(-edits, edits + 1, 2):
            x = _entered(farthest, diagonal, edits)[0]
            while x < len(old) and 0 <= x - diagonal < len(new) and old[x] == new[x - diagonal]:
                x += 1
            farthest[diagonal] = x
            if diagonal == len(old) - len(new) and x >= len(old):
                return _walked_back(trace, len(old), len(new))
    return []


def _entered(farthest: Mapping[int, int], diagonal: int, edits: int) -> tuple[int, int]:
    """Return where a diagonal is entered after one more edit, and the diagonal it is entered from."""
    inserted = diagonal == -edits or (diagonal != edits and farthest[diagonal - 1] < farthest[diagonal + 1])
    return (farthest[diagonal + 1], diagonal + 1) if inserted else (farthest[diagonal - 1] + 1, diagonal - 1)


def _walked_back(trace: Sequence[Mapping[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for edits in range(len(trace) - 1, -1, -1):
        begin, before = _entered(trace[edits], x - y, edits)
        while x > begin and y > 0:
            x, y = x - 1, y - 1
            kept.append((x, y))
        if edits:
            x = trace[edits][before]
            y = x - before
    return kept[::-1]
