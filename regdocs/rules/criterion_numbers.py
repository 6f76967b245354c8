"""Numbers of a criterion: whether its words give those of the limits that a machine reads beside them.

Reads numbers by their form, in digits and in a few English words; knows neither units nor what a number stands for.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from regdocs.rules.eligibility import all_criteria
from regdocs.rules.rule import Hit
from regdocs.spec.eligibility import Criterion
from regdocs.spec.protocol import Protocol

_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: Decimal(number) for number, word in enumerate(_COUNTED)}
_WORDS |= {"once": Decimal(1), "twice": Decimal(2), "double": Decimal(2), "half": Decimal("0.5")}


def numbers_at_odds_with_the_words(protocol: Protocol) -> Iterator[Hit]:
    """ELG-009: a limit whose number does not stand in the words of its criterion, which give other numbers."""
    for path, criterion in all_criteria(protocol):
        said = _numbers(_text(criterion))
        for threshold in criterion.thresholds if said else ():
            if abs(threshold.value) not in said:
                unit = f" {threshold.unit}" if threshold.unit else ""
                message = (
                    f'limit "{threshold.id}" of criterion "{criterion.id}" is {threshold.comparator} {threshold.value}'
                    f"{unit}, but its words do not say {threshold.value}"
                )
                yield Hit(f"{path}/thresholds/{threshold.id}", message, "correct the limit, or the words")


def _text(criterion: Criterion) -> str:
    return " ".join((criterion.text.value or "", *map(_text, criterion.criteria)))


def _numbers(text: str) -> set[Decimal]:
    digits = {Decimal(found.replace(",", "")) for found in _NUMBER.findall(text)}
    return digits | {_WORDS[word] for word in re.findall(r"[a-z]+", text.casefold()) if word in _WORDS}
