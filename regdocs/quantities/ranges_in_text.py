"""Ranges and limits that stand before their words: "between 10 and 16 g/dL", "18 - 35 kg/m²", "18 years or older"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.quantities.analytes import named
from regdocs.quantities.limits_in_text import NUMBER, PlacedLimit, TextLimit, name_before, number_in
from regdocs.quantities.written_units import unit_at

_FIRST = re.compile(
    rf"(?P<lead>\b(?:between|from|ranging)\s+(?:from\s+|age\s+|ages\s+)?)?(?<![\w.,/^*+<>=≥≤-])(?P<low>{NUMBER})(?![\w/]*\d)\s*",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?P<join>and|to|through|up\s+to|-|–|—)\s*", re.IGNORECASE)
_SECOND = re.compile(rf"(?P<high>{NUMBER})(?![\d.]*\d)(?!\s*/\s*\d)\s*")
# What is brought from one amount to another is no range.
_BROUGHT = re.compile(
    r"\b(?:reduc|decreas|increas|lower|rais|rose|fell|fall|drop|taper|declin|chang|titrat|escalat|improv|convert|dilut|ratio)\w*",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"(?<![\w.,/^*+<>=≥≤-])(?P<number>{NUMBER})(?![\d.]*\d)\s*", re.IGNORECASE)
_OR = re.compile(
    r"\s*(?:of age\s+|old\s+)?(?:or|and)\s+"
    r"(?P<way>more|greater|higher|above|over|older|less|lower|below|under|younger)\b(?!\s+than)",
    re.IGNORECASE,
)
_UP = ("more", "greater", "higher", "above", "over", "older")


@dataclass(frozen=True, slots=True)
class PlacedRange:
    """A range as it is written: its lower and its upper end, in the order of the text, however they lie.

    Attributes:
        led: Whether "between" or "from" says that it is one.
        words: As written, from the first number to the last unit.
    """

    low: PlacedLimit
    high: PlacedLimit
    led: bool
    words: str


def ranges_in(text: str) -> Iterator[PlacedRange]:
    """Yield the ranges of a text, in their order; only where a unit or a name that is known makes one sure."""
    end = 0
    for first in _FIRST.finditer(text):
        found = _range(text, first) if first.start() >= end else None
        if found is not None:
            end = found.high.stop
            yield found


def _range(text: str, first: re.Match[str]) -> PlacedRange | None:
    unit = unit_at(text[first.end() :])
    after = first.end() + (len(unit[0]) if unit else 0)
    join = _JOIN.match(text, after)
    second = _SECOND.match(text, join.end()) if join else None
    if join is None or second is None or (join["join"].casefold() == "and" and first["lead"] is None):
        return None
    last = unit_at(text[second.end() :])
    name = name_before(text, first.start())
    sure = first["lead"] is not None and (unit or last)
    if _BROUGHT.search(text, max(0, first.start() - 40), first.start()) or not (sure or named(name) is not None):
        return None
    stop = second.end() + (len(last[0]) if last else 0)
    low = _end(name, ">=", first["low"], unit or last)
    high = _end(name, "<=", second["high"], last or unit)
    words = text[first.start("low") : stop].strip()
    return PlacedRange(
        PlacedLimit(first.start(), stop, low), PlacedLimit(first.start(), stop, high), first["lead"] is not None, words
    )


def _end(name: str, comparator: str, number: str, unit: tuple[str, str] | None) -> TextLimit:
    written, ucum = unit or (None, None)
    return TextLimit(name, named(name), comparator, number_in(number), written, ucum)


def limits_before_their_words(text: str) -> Iterator[PlacedLimit]:
    """Yield limits such as "10 g/dL or more" and "18 years of age or older"."""
    for number in _AFTER.finditer(text):
        unit = unit_at(text[number.end() :])
        stop = number.end() + (len(unit[0]) if unit else 0)
        way = _OR.match(text, stop)
        if way is None:
            continue
        name = name_before(text, number.start())
        comparator = ">=" if way["way"].casefold() in _UP else "<="
        yield PlacedLimit(number.start(), way.end(), _end(name, comparator, number["number"], unit))
