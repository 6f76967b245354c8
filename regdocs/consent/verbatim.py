"""Holds the statement of 21 CFR 50.25(c) against a form, word for word; a difference is shown word by word.

White space and quotation marks do not count; every letter, the punctuation and the address do. Knows words only.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from regdocs.consent.elements import registry_statement

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‘’‚‛'`´", '"'))
_NEAR = 0.6  # share of the statement's words from which a stretch is a form of it, not other words about a registry
_ANCHOR = re.compile(r"clinicaltrials|description|summary", re.IGNORECASE)
_MOST_ANCHORS, _AROUND = 200, 80  # places of a text that are looked at, and words on either side of each


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the statement, and the words that stand in their place; one of the two may be ""."""

    wanted: str
    found: str


def stands_verbatim(words: str) -> bool:
    """Tell whether the statement stands in these words as it has to."""
    return " ".join(_normal(registry_statement())) in " ".join(_normal(words))


def differences(words: str) -> tuple[Difference, ...]:
    """Return how the nearest stretch of these words differs; () where it stands, or where nothing is like it."""
    if stands_verbatim(words):
        return ()
    wanted, stretch = _normal(registry_statement()), _nearest(_normal(words))
    return tuple(_differing(wanted, stretch)) if stretch else ()


def _normal(words: str) -> list[str]:
    return words.translate(_QUOTES).split()


def _nearest(found: list[str]) -> list[str]:
    """Return the stretch of words that is most like the statement; [] where less than a part of it is there."""
    wanted = _normal(registry_statement())
    anchors = [number for number, word in enumerate(found) if _ANCHOR.search(word)][:_MOST_ANCHORS]
    around = (found[max(0, number - _AROUND) : number + _AROUND] for number in anchors)
    likeness, nearest = max((_like(wanted, one) for one in around), default=(0, []))
    return nearest if likeness >= _NEAR * len(wanted) else []


def _like(wanted: list[str], found: list[str]) -> tuple[int, list[str]]:
    """Return how many words of the statement stand in a stretch, and the part of it from the first to the last."""
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    there = [block for block in blocks if block.size]
    part = found[there[0].b : there[-1].b + there[-1].size] if there else []
    return sum(block.size for block in there), part


def _differing(wanted: list[str], found: list[str]) -> list[Difference]:
    steps = SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes()
    return [Difference(" ".join(wanted[a:b]), " ".join(found[c:d])) for tag, a, b, c, d in steps if tag != "equal"]


def in_words(found: tuple[Difference, ...]) -> str:
    """Return the differences for people, each with what stands and what has to stand."""
    return "; ".join(_told(one) for one in found)


def _told(one: Difference) -> str:
    if not one.found:
        return f'"{one.wanted}" is lacking'
    if not one.wanted:
        return f'"{one.found}" is too much'
    return f'"{one.found}" stands in place of "{one.wanted}"'
