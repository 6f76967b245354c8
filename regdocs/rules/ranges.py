"""Limits within one criterion that cannot both be: a range upside down, two limits that leave nobody, or everybody."""

import re
from collections.abc import Iterator
from itertools import pairwise

from regdocs.quantities.amounts import converted
from regdocs.quantities.intervals import Interval, covers_all
from regdocs.quantities.ranges_in_text import PlacedRange
from regdocs.rules.rule import Hit
from regdocs.rules.said import ASK, Said, said_limits, same_measure
from regdocs.spec.protocol import Protocol

_AGE = re.compile(r"\b(?:age[ds]?|old|older)\b", re.IGNORECASE)
_TIMES = ("a", "mo", "wk", "d", "h", "min", "s")
_OR = re.compile(r"\bor\b|/", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|but)\b|&", re.IGNORECASE)
_MOST_WORDS_BETWEEN = 4


def limits_upside_down(protocol: Protocol) -> Iterator[Hit]:
    """UNT-006: a range whose first number is above its second, or two limits of one criterion that leave nobody."""
    said = [one for one in said_limits(protocol) if one.path.endswith("/text")]
    for one in said:
        span = one.statement.range
        # Each end of a range is said; the lower one tells for both.
        if span is not None and one.statement.limit.comparator == ">=" and _reversed(span, one.text):
            upside_down = f'"{span.words}" goes from {span.low.limit.words} down to {span.high.limit.words}'
            yield one.hit(upside_down, f"the two may be exchanged, or one of them is wrong; {ASK}")
    for first, second in pairwise(said):
        message = _at_odds(first, second) if first.path == second.path else None
        if message is not None:
            yield second.hit(message)


def _reversed(span: PlacedRange, text: str) -> bool:
    low, high = span.low.limit, span.high.limit
    if low.ucum in _TIMES and low.analyte is None and not (low.ucum == "a" and _AGE.search(text)):
        return False
    if low.analyte is None and not (span.led and text[span.low.start :].casefold().startswith("between")):
        return False
    amount = low.value if low.ucum == high.ucum else converted(low.value, low.ucum, high.ucum, low.analyte)
    return amount is not None and amount > high.value


def _at_odds(one: Said, other: Said) -> str | None:
    """Return what is wrong with two limits that follow each other; None where they may stand."""
    if one.statement.range or other.statement.range or not same_measure(one, other):
        return None
    first, second = one.statement, other.statement
    between = one.text[first.stop : second.start]
    amount = converted(first.limit.value, first.limit.ucum, second.limit.ucum, first.analyte)
    if amount is None or len(between.split()) > _MOST_WORDS_BETWEEN:
        return None
    one_set = Interval.of(first.limit.comparator, amount)
    other_set = Interval.of(second.limit.comparator, second.limit.value)
    if _OR.search(between):
        all_of_them = f'everybody meets "{first.words}" or "{second.words}"'
        return all_of_them if covers_all(one_set, other_set) else None
    joined = _AND.search(between) or not one.excludes
    nobody = f'nobody can meet both "{first.words}" and "{second.words}"'
    return nobody if joined and one_set.meet(other_set).is_empty else None
