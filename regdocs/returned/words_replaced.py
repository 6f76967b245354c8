"""Words replaced in a source text, as somebody would do it by hand: only they, wherever its lines break.

What is replaced is found again by its words and by which of the same words it is. Text is YAML or a template; words
that could mean more than words there are never put in.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.sax.saxutils import escape

from regdocs.returned.stretches import Stretch, stretches

_MEANS_MORE = re.compile("[{}\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Replaced(NamedTuple):
    """One replacement: the words as they stand, those that come in their place, and which of the same words it is."""

    old: str
    new: str
    nth: int


def replacements(old: str, new: str) -> tuple[Replaced, ...]:
    """Return what has to be replaced to make one text of another, the last one first; each has words to find it by."""
    found = (_anchored(old, stretch) for stretch in reversed(stretches(old, new)))
    return tuple(Replaced(one.old, one.new, len([*_found(one.old, old[: one.start])])) for one in found)


def replaced(source: str, start: int, end: int, changes: Iterable[Replaced], *, markup: bool = False) -> str | None:
    """Return a source in which words between two places are replaced; None where they are not found there."""
    for change in changes:
        words = escape(change.old) if markup else change.old
        there = [one for one in _found(words, source[:end]) if one.start() >= start]
        if not 0 <= change.nth < len(there):
            return None
        place = there[change.nth]
        new = escape(change.new) if markup else change.new
        source = source[: place.start()] + new + source[place.end() :]
        end += len(new) - len(place[0])
    return source


def means_more(words: str) -> bool:
    """Tell whether words from outside hold marks that a template or a translation would obey."""
    return _MEANS_MORE.search(words) is not None


def pattern_of(words: str) -> str:
    """Return a pattern for words, however the lines between them break."""
    text = r"\s+".join(map(re.escape, words.split()))
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    return before + text + (r"(?!\w)" if words[-1:].isalnum() else "")


def _found(words: str, source: str) -> Iterable[re.Match[str]]:
    return re.finditer(pattern_of(words.strip()), source)


def _anchored(text: str, stretch: Stretch) -> Stretch:
    """Return a stretch with words on both sides: what was only put in or struck takes a neighbour along."""
    old, new = stretch.old.strip(), stretch.new.strip()
    if old and new:
        return Stretch(stretch.start, stretch.end, old, new)
    before = re.search(r"\S+\s*$", text[: stretch.start])
    if before is not None:
        start = before.start()
        return Stretch(start, stretch.end, text[start : stretch.end].strip(), _tidy(before[0] + stretch.new))
    after = re.match(r"\s*\S+", text[stretch.end :])
    rest = after[0] if after is not None else ""
    return Stretch(stretch.start, stretch.end, (stretch.old + rest).strip(), _tidy(stretch.new + rest))


def _tidy(words: str) -> str:
    return " ".join(words.split())
