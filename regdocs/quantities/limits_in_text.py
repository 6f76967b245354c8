"""Limits in the words of a criterion: "creatinine > 1.5 mg/dl or (>133 mmol/L)", taken apart.

Reads by form: a name, a comparison, a number, a unit. A second limit without a name of its own, beside the first, is
the same limit in another unit. What a criterion means is for people.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from regdocs.quantities.analytes import Analyte, named
from regdocs.quantities.written_units import unit_at

_SIGNS = {"≥": ">=", "≤": "<=", "=>": ">=", "=<": "<="}
_WORDS = {
    "greater than or equal to": ">=", "less than or equal to": "<=", "greater than": ">", "more than": ">",
    "higher than": ">", "less than": "<", "lower than": "<", "at least": ">=", "at most": "<=",
    "above": ">", "over": ">", "exceeding": ">", "below": "<", "under": "<",
}  # fmt: skip
_COMPARATOR = re.compile(
    r"(?P<sign>>=|<=|=>|=<|≥|≤|>|<)|\b(?P<words>" + "|".join(_WORDS).replace(" ", r"\s+") + r")\b", re.IGNORECASE
)
# No limit has more digits; a longer number is none that a float could hold.
_NUMBER = re.compile(r"\s*(?P<number>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?)(?![\d.]*\d)\s*")
_BETWEEN = re.compile(r"[\s(),;=/]*(?:or|i\.e\.|equivalent to|that is)?[\s(),;=/]*", re.IGNORECASE)
_NO_UNIT = re.compile(r"\s*(?:[,.;:)\]]|$|(?:and|or|for|in|at|with|on|before|during|within|when|if)\b)", re.IGNORECASE)
_LAST_WORDS = re.compile(r"[\w/-]+(?:\s+[\w/-]+){0,4}\s*\(?\s*$")
_AFTER_NAMES = re.compile(r"(?:\s+(?:of|is|are|was|were|level|levels|value|values|concentration))+$", re.IGNORECASE)
_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class TextLimit:
    """A limit as it is written.

    Attributes:
        name: The words before it, as far as a name could go; "" where it follows another limit directly.
        analyte: What is measured, where its name is known.
        comparator: <, <=, > or >=.
        unit, ucum: As written, and in UCUM; None where none stands there.
        bare: Whether nothing stands there that could be a unit, known or not.
        others: The same limit in other units.
    """

    name: str
    analyte: Analyte | None
    comparator: str
    value: Decimal
    unit: str | None
    ucum: str | None
    bare: bool = False
    others: tuple["TextLimit", ...] = ()

    @property
    def words(self) -> str:
        """The number with its unit, as written."""
        return f"{self.value} {self.unit}" if self.unit else str(self.value)


def limits_in(text: str) -> tuple[TextLimit, ...]:
    """Return the limits of a text, in their order; the same limit in several units is one."""
    groups: list[list[TextLimit]] = []
    end = -1
    for start, stop, limit in _found(text):
        same = (
            groups and end >= 0 and _BETWEEN.fullmatch(text[end:start]) and limit.comparator == groups[-1][0].comparator
        )
        if same:
            groups[-1].append(limit)
        else:
            groups.append([limit])
        end = stop
    return tuple(replace(first, others=tuple(others)) for first, *others in groups)


def _found(text: str) -> Iterator[tuple[int, int, TextLimit]]:
    """Yield each limit with where its comparison begins and where it ends."""
    for sign in _COMPARATOR.finditer(text):
        number = _NUMBER.match(text, sign.end())
        if number is None:
            continue
        unit = unit_at(text[number.end() :])
        end = number.end() + (len(unit[0]) if unit else 0)
        before = _LAST_WORDS.search(text[max(0, sign.start() - _NAME_LENGTH) : sign.start()])
        name = _AFTER_NAMES.sub("", before.group().rstrip(" (")) if before else ""
        value = Decimal(number["number"].replace(",", ""))
        bare = unit is None and _NO_UNIT.match(text, number.end()) is not None
        written, ucum = unit or (None, None)
        limit = TextLimit(name, named(name), _comparator(sign), value, written, ucum, bare)
        yield sign.start(), end, limit


def _comparator(found: re.Match[str]) -> str:
    if found["sign"]:
        return _SIGNS.get(found["sign"], found["sign"])
    return _WORDS[" ".join(found["words"].casefold().split())]
