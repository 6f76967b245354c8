"""Sentences and words of plain text, with where they stand.

    >>> [sentence.text for sentence in sentences("Take 2.5 mg, e.g. at 9 a.m. You may eat.")]
    ['Take 2.5 mg, e.g. at 9 a.m.', 'You may eat.']

A stop inside a number, an abbreviation or an initial ends nothing (`abbreviations.py`); neither does one in brackets
of an open value ("[TO BE COMPLETED: …]"), whose words are not counted, because they will not stay. An empty line and a
list marker at the start of a line begin something new. What has no end mark is a fragment – a heading, a label, a list
item of three words – and says so: `complete` is False. Knows no protocol, no tree and no grade. Any string is
accepted; the time taken grows with its length alone.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.prose.abbreviations import BEFORE_NUMBER, BEGINNERS, MAY_END, NEVER_END


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, without the punctuation around it, and where it stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a fragment where it is not `complete`.

    `text` is exactly `source[start:end]`, trimmed and without a list marker; `words` are its words in order.
    """

    text: str
    start: int
    end: int
    words: tuple[str, ...]
    complete: bool = True


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences and fragments of a text in order; what has no word is left out.

    They never overlap, and between them stand only white space, list markers and what has no word.
    """
    open_values = [found.span() for found in _OPEN_VALUE.finditer(text)]
    found = (_sentence(text, *span) for piece in _pieces(text) for span in _spans(text, *piece, open_values))
    return tuple(sentence for sentence in found if sentence.words)


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text: what stands between spaces and long dashes and has a letter or digit.

    "follow-up", "mg/kg", "don't", "2.5" and "2–4" are one word each (Flesch 1948: groups with white space around);
    "%" stays with its number and a currency sign before it. Words in the brackets of an open value are left out.
    """
    return tuple(_words(_blanked(text)))


# ---------------------------------------------------------------------------------------------------------- pieces

_OPEN_VALUE = re.compile(r"\[[^\W\d_a-z]{2}[^\[\]]{0,4000}:[^\[\]]{0,4000}\]")
_MARKER = r"(?:[-*•–·▪◦☐]|\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])[ \t]+"
_NEW_PIECE = re.compile(rf"\n[ \t]*\n\s*|\n(?=[ \t]*{_MARKER})")
_LEADING_MARKER = re.compile(rf"\s*(?:{_MARKER})?\s*")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches that no sentence goes beyond, each without its list marker."""
    start = 0
    for gap in _NEW_PIECE.finditer(text):
        yield _unmarked(text, start, gap.start())
        start = gap.end()
    yield _unmarked(text, start, len(text))


def _unmarked(text: str, start: int, end: int) -> tuple[int, int]:
    marker = _LEADING_MARKER.match(text, start, end)
    return (marker.end() if marker else start), end


# ------------------------------------------------------------------------------------------------------------- ends

_CLOSING = "\"'”’»)\\]"
_END = re.compile(rf"[.!?…]+[{_CLOSING}]*(?=\s|$)|[。！？।]+[{_CLOSING}]*")
_BEFORE = re.compile(r"[^\s(\[\"“‘«/—]{1,30}\Z")
_AFTER = re.compile(r"\s*[\"'“‘«(\[]*([^\s]{0,30})")


def _spans(text: str, start: int, end: int, open_values: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begun = start
    for mark in _END.finditer(text, start, end):
        if not _inside(mark.start(), open_values) and _ends(text, begun, mark, end):
            yield begun, mark.end()
            begun = mark.end()
    yield begun, end


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    at = bisect(spans, place, key=lambda span: span[0]) - 1
    return at >= 0 and place < spans[at][1]


def _ends(text: str, begun: int, mark: re.Match[str], end: int) -> bool:
    """Tell whether a mark ends a sentence, by the word before it and the word after it."""
    following = _AFTER.match(text, mark.end(), end)
    after = following[1] if following else ""
    if not after:
        return True
    if mark[0][0] in "。！？।":
        return True
    if after[0].islower():
        return False  # "e.g. fever", '"Why?" she asked', "and so on ... until"
    return mark[0][0] != "." or mark[0].startswith("..") or _stop_ends(text, begun, mark.start(), after)


def _stop_ends(text: str, begun: int, stop: int, after: str) -> bool:
    found = _BEFORE.search(text[max(begun, stop - 31) : stop])
    before = found[0] if found else ""
    plain, begins = before.lower(), _plain(after) in BEGINNERS
    if plain in NEVER_END or (plain in BEFORE_NUMBER and after[0].isdigit()):
        return False
    if plain in MAY_END or (len(before) == 1 and before.isupper()):
        return begins
    return True


def _plain(word: str) -> str:
    return re.split(r"['’]", word.strip('.,;:!?()"“”'))[0].lower()


# ------------------------------------------------------------------------------------------------------------ words

_GROUP = re.compile(r"[^\s—―]+")
_CORE = re.compile(r"[$€£¥]?[^\W_](?:.*[^\W_])?[%‰°]?")


def _sentence(text: str, start: int, end: int) -> Sentence:
    shown = text[start:end].strip()
    first = start + (len(text[start:end]) - len(text[start:end].lstrip()))
    complete = bool(_COMPLETE.search(shown))
    counted = tuple(word.text for word in _words(_blanked(shown)))
    return Sentence(shown, first, first + len(shown), counted, complete)


_COMPLETE = re.compile(rf"[.!?…。！？।][{_CLOSING}]*\Z")


def _blanked(text: str) -> str:
    """Return the text with spaces in place of open values, so that places stay."""
    return _OPEN_VALUE.sub(lambda found: " " * len(found[0]), text)


def _words(text: str) -> Iterator[Word]:
    for group in _GROUP.finditer(text):
        core = _CORE.search(group[0])
        if core:
            yield Word(core[0], group.start() + core.start(), group.start() + core.end())
