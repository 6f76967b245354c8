"""Numbers in the source of a template, on every branch, whether or not a study prints it.

Reads the template as text: conditions and values are blanked out, so the words around a number are those of its branch.
Composed documents say more (`typed.py`); this is for branches and kinds that no study at hand has.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regdocs.content.markup_inlines import INLINES
from regdocs.numbers.exempt import Exemption, exemption_of
from regdocs.numbers.forms import form_of
from regdocs.numbers.number import VALUE, Number, numbers_in
from regdocs.source import Position

_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_BRANCH = re.compile(r"\{%-?\s*(?:else|elif)\b")
_TAG = re.compile(r"<(/?)([a-z-]+)[^<>]*>")
_SAID = re.compile(r"\b(?:label|title|subject)=\"([^\"]*)\"")
_STYLES = ("strong", "em", "sup", "sub", "small", "q")
_SKIPPED, _PARTED = "\x00", "\x01"


@dataclass(frozen=True, slots=True)
class InSource:
    """A number in a template's source: the words of its branch, the number in them, and where it stands."""

    words: str
    number: Number
    position: Position


def undeclared_in(source: str, exempt: Iterable[Exemption]) -> tuple[InSource, ...]:
    """Return the numbers of a template for which neither their form nor an exemption accounts."""
    known = tuple(exempt)
    return tuple(
        one
        for one in numbers_in_source(source)
        if form_of(one.words, one.number) is None and exemption_of(one.words, one.number, known) is None
    )


def numbers_in_source(source: str) -> Iterator[InSource]:
    """Yield the numbers of a template's own words, in order; those in labels and titles after the rest."""
    text = _JINJA.sub(_blanked, source)
    runs = (*_runs(_TAG.sub(_untagged, text)), *((found[1], found.start(1)) for found in _SAID.finditer(text)))
    for run, start in runs:
        kept = [(character, start + at) for at, character in enumerate(run) if character != _SKIPPED]
        words = "".join(character for character, _ in kept)
        for number in numbers_in(words):
            yield InSource(" ".join(words.split()), *_placed(source, words, number, kept))


def _placed(source: str, words: str, number: Number, kept: list[tuple[str, int]]) -> tuple[Number, Position]:
    """Return the number as it stands in the folded words, and its place in the source."""
    at = kept[number.start][1]
    nth = sum(1 for one in numbers_in(words[: number.start]) if one.text == number.text)
    folded = [one for one in numbers_in(" ".join(words.split())) if one.text == number.text]
    line = source.count("\n", 0, at) + 1
    column = at - (source.rfind("\n", 0, at) + 1) + 1
    return folded[min(nth, len(folded) - 1)] if folded else number, Position(line, column)


def _blanked(found: re.Match[str]) -> str:
    """Return as many characters as there were: a value, the start of another branch, or nothing."""
    written = found[0]
    if written.startswith("{{"):
        return VALUE + _SKIPPED * (len(written) - 1)
    if _BRANCH.match(written):
        return _PARTED + _SKIPPED * (len(written) - 1)
    return _SKIPPED * len(written)


def _untagged(found: re.Match[str]) -> str:
    name = found[2]
    if name in _STYLES:
        first = _SKIPPED
    elif name in INLINES and name != "br":
        first = VALUE
    else:
        first = _PARTED
    return first + _SKIPPED * (len(found[0]) - 1)


def _runs(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for part in text.split(_PARTED):
        yield part, start
        start += len(part) + 1
