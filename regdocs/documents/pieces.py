"""Cuts a long text into pieces that each fit a table row, since rows of our tables never go over a page.

Knows where a reader expects a cut; knows neither tables nor fonts.
"""

import re
import unicodedata

_ENDS = (re.compile(r"\n+"), re.compile(r"(?<=[.;:!?…])\s+"), re.compile(r"\s+"))
_JOINER = "\u200d"
_SELECTORS = range(0xFE00, 0xFE10)
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def pieces_of(text: str, longest: int, then: int | None = None) -> tuple[str, ...]:
    """Return the text in pieces of at most `longest` characters, after the first of `then`, where that is given.

    Only white space at the cuts goes.
    A cut falls at the end of a line, else of a sentence, else of a word, as long as the piece is at least half full; a
    word that is longer than a piece is cut between characters.
    """
    pieces, rest = [], text.strip()
    while len(rest) > longest:
        end = _cut(rest, longest)
        pieces.append(rest[:end].rstrip())
        rest, longest = rest[end:].lstrip(), then or longest
    return (*pieces, rest)


def _cut(text: str, longest: int) -> int:
    for ends in _ENDS:
        found = [match.start() for match in ends.finditer(text, 0, longest + 1)]
        if found and found[-1] >= longest // 2:
            return found[-1]
    return found[-1] if found and found[-1] > 0 else _between_characters(text, longest)


def _between_characters(text: str, longest: int) -> int:
    """Return the last place up to `longest` that parts no accent, no emoji and its sign, from what it belongs to."""
    place = longest
    while place > 1 and (_belongs(text[place]) or text[place - 1] == _JOINER):
        place -= 1
    return place if place > 1 else longest


def _belongs(character: str) -> bool:
    code = ord(character)
    joined = character == _JOINER or code in _SELECTORS or code in _SKIN_TONES
    return joined or unicodedata.combining(character) > 0
