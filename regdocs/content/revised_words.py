"""Two runs of inlines as one that says both: what stays, what only the base says, what only the new one says.

Knows words and how much of a change a reader can follow: single words where most stay, the whole run where few do. Does
not know blocks.
"""

from collections import Counter
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from regdocs.content.model import Inlines, Revised
from regdocs.content.tokens import Token, Tokens, is_space, run_of, tokens_of

# More pairs of equal words than this, or of any words, and the search takes longer than reading both texts.
_MOST_PAIRS = 50_000
_MOST_OF_ANY = 1_000_000
# With a smaller share of words that stay, the old and the new run are read one after the other.
_LEAST_KEPT = 1 / 3
# Marks and spaces between two changes, up to so many, change with them.
_LONGEST_GAP = 3


class _Part(NamedTuple):
    """A stretch of both runs; where it stays, both look alike."""

    stays: bool
    old: Tokens
    new: Tokens


def revised_words(old: Inlines, new: Inlines) -> Inlines:
    """Return one run in which what differs is `Revised`, the deleted before the inserted.

    Words are compared by what is printed and how: a value that became words of the template, or was read from another
    path, is no change. What stays is the new run's.
    """
    if old == new:
        return new
    before, after = tokens_of(old), tokens_of(new)
    parts = _readable(_without_gaps(_parts(before, after)))
    if all(part.stays for part in parts):
        return new
    return tuple(inline for part in parts for inline in _inlines(part))


def look_alike(old: Inlines, new: Inlines) -> bool:
    """Tell whether two runs are printed in the same words and styles."""
    return old == new or [one.key for one in tokens_of(old)] == [one.key for one in tokens_of(new)]


def _inlines(part: _Part) -> Inlines:
    if part.stays:
        return run_of(part.new)
    deleted = (Revised("deleted", run_of(part.old)),) if part.old else ()
    inserted = (Revised("inserted", run_of(part.new)),) if part.new else ()
    return (*deleted, *inserted)


def _parts(old: list[Token], new: list[Token]) -> list[_Part]:
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    parts = [_Part(True, old[:head], new[:head])]
    parts += _middle(old[head : ends[0]], new[head : ends[1]])
    parts.append(_Part(True, old[ends[0] :], new[ends[1] :]))
    return [part for part in parts if part.old or part.new]


def _alike(old: list[Token], new: list[Token]) -> int:
    """Return how many tokens at the beginning look alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0].key == pair[1].key, zip(old, new, strict=False)))


def _middle(old: list[Token], new: list[Token]) -> list[_Part]:
    before, after = [one.key for one in old], [one.key for one in new]
    many = len(before) * len(after) > _MOST_OF_ANY or _pairs(before, after) > _MOST_PAIRS
    if not before or not after or many:
        return [_Part(False, old, new)]
    matcher = SequenceMatcher(is_space, before, after, autojunk=False)
    return [_Part(tag == "equal", old[a:b], new[c:d]) for tag, a, b, c, d in matcher.get_opcodes()]


def _pairs(old: list[tuple[object, ...]], new: list[tuple[object, ...]]) -> int:
    counts = Counter(new)
    return sum(counts[key] for key in old if not is_space(key))


def _without_gaps(parts: list[_Part]) -> list[_Part]:
    """Join changes between which no word stays: single spaces between them would only confuse."""
    joined: list[_Part] = []
    for n, part in enumerate(parts):
        gap = part.stays and 0 < n < len(parts) - 1 and _is_gap(part.new)
        if joined and not joined[-1].stays and (gap or not part.stays):
            joined[-1] = _Part(False, [*joined[-1].old, *part.old], [*joined[-1].new, *part.new])
        else:
            joined.append(part)
    return joined


def _is_gap(tokens: Tokens) -> bool:
    return len(tokens) <= _LONGEST_GAP and not any(token.is_word for token in tokens)


def _readable(parts: list[_Part]) -> list[_Part]:
    """Return the parts, or the whole run as one change where hardly anything stays."""
    old = [token for part in parts for token in part.old]
    new = [token for part in parts for token in part.new]
    kept = [words for part in parts if part.stays and (words := _words(part.new))]
    few, many = sorted((_words(old), _words(new)))
    if not few or sum(kept) >= _LEAST_KEPT * many:
        return parts
    # What was only added to, or only cut, stays in long stretches.
    if sum(kept) >= _LEAST_KEPT * few and sum(kept) >= 3 * len(kept):
        return parts
    return [_Part(False, old, new)]


def _words(tokens: Tokens) -> int:
    return sum(token.is_word for token in tokens)
