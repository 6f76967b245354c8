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

_SIGNS = {"≥": ">=", "≤": "<=", "≧": ">=", "≦": "<=", "=>": ">=", "=<": "<=", ">/=": ">=", "</=": "<="}
_WORDS = {
    "greater than or equal to": ">=", "less than or equal to": "<=", "greater than": ">", "more than": ">",
    "higher than": ">", "less than": "<", "lower than": "<", "at least": ">=", "at most": "<=",
    "above": ">", "over": ">", "exceeding": ">", "below": "<", "under": "<", "up to": "<=",
    "older than": ">", "younger than": "<",
}  # fmt: skip
# What is not above a limit is at most that limit.
_NOT = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_COMPARATOR = re.compile(
    r"(?P<sign>[<>]/=|[<>]\s?=|=>|=<|[≥≤≧≦<>])"
    r"|\b(?P<not>not?\s+)?(?P<words>" + "|".join(_WORDS).replace(" ", r"\s+") + r")\b",
    re.IGNORECASE,
)
# No limit has more digits; a longer number is none that a float could hold.
NUMBER = (
    r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?|\d{1,3}(?:[ \u00a0\u202f]000|\.000){1,3}(?![\d.]*\d)"
    r"|\d{1,6},\d{1,2}(?!\d)|\d{1,15}(?:\.\d{1,9})?"
)
_NUMBER = re.compile(rf"\s*(?P<number>{NUMBER})(?![\d.]*\d)\s*")
_BRACKETS = re.compile(rf"\s*[(\[]\s*(?:or\s|i\.e\.|=)?\s*(?P<number>{NUMBER})(?![\d.]*\d)\s*", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"\d{1,6},\d{1,2}")
_BETWEEN = re.compile(r"[\s(),;=/]*(?:or|i\.e\.|equivalent to|that is)?[\s(),;=/]*", re.IGNORECASE)
_NO_UNIT = re.compile(r"\s*(?:[,.;:)\]]|$|(?:and|or|for|in|at|with|on|before|during|within|when|if)\b)", re.IGNORECASE)
_LAST_WORDS = re.compile(r"[\w/-]+(?:\s+[\w/-]+){0,4}\s*\(?\s*$")
_AFTER_NAMES = re.compile(
    r"(?:\s+(?:of|is|are|was|were|be|must|should|has to|level|levels|value|values|concentration|concentrations|count"
    r"|at screening|at the screening|at enrol+ment))+$",
    re.IGNORECASE,
)
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


@dataclass(frozen=True, slots=True)
class PlacedLimit:
    """A limit with where its comparison begins in the text, and where its unit ends."""

    start: int
    stop: int
    limit: TextLimit


def limits_in(text: str) -> tuple[TextLimit, ...]:
    """Return the limits of a text, in their order; the same limit in several units is one."""
    groups = _grouped(text)
    return tuple(replace(first.limit, others=tuple(one.limit for one in others)) for first, *others in groups)


def _grouped(text: str) -> list[list[PlacedLimit]]:
    groups: list[list[PlacedLimit]] = []
    for one in placed_limits(text):
        last = groups[-1] if groups else None
        if last and _BETWEEN.fullmatch(text[last[-1].stop : one.start]) and _same_way(one, last[0]):
            last.append(one)
        else:
            groups.append([one])
        groups[-1].extend(_in_brackets(text, one))
    return groups


def _in_brackets(text: str, limit: PlacedLimit) -> Iterator[PlacedLimit]:
    """Yield the same limit in another unit, where it stands in brackets behind it: "> 1.5 mg/dL (133 µmol/L)"."""
    number = _BRACKETS.match(text, limit.stop)
    unit = unit_at(text[number.end() :]) if number is not None else None
    if number is None or unit is None or limit.limit.ucum in (None, unit[1]):
        return
    stop = number.end() + len(unit[0])
    if text[stop : stop + 1] in (")", "]"):
        value = number_in(number["number"])
        yield PlacedLimit(limit.stop, stop, TextLimit("", None, limit.limit.comparator, value, unit[0], unit[1]))


def _same_way(one: PlacedLimit, other: PlacedLimit) -> bool:
    return one.limit.comparator == other.limit.comparator


def placed_limits(text: str) -> Iterator[PlacedLimit]:
    """Yield each comparison with a number, in their order, each by itself."""
    for sign in _COMPARATOR.finditer(text):
        number = _NUMBER.match(text, sign.end())
        if number is None:
            continue
        unit = unit_at(text[number.end() :])
        end = number.end() + (len(unit[0]) if unit else 0)
        name = name_before(text, sign.start())
        bare = unit is None and _NO_UNIT.match(text, number.end()) is not None
        written, ucum = unit or (None, None)
        value = number_in(number["number"])
        yield PlacedLimit(
            sign.start(), end, TextLimit(name, named(name), _comparator(sign), value, written, ucum, bare)
        )


def name_before(text: str, place: int) -> str:
    """Return the words before a place, as far as a name could go."""
    before = _LAST_WORDS.search(text[max(0, place - _NAME_LENGTH) : place])
    return _AFTER_NAMES.sub("", before.group().rstrip(" (")) if before else ""


def number_in(written: str) -> Decimal:
    """Return a number as people write it: "1,500", "100 000", "100.000" and "1,5" too."""
    if written.endswith(".000"):
        return Decimal(written.replace(".", ""))
    if _DECIMAL_COMMA.fullmatch(written):
        return Decimal(written.replace(",", "."))
    return Decimal(re.sub(r"[,\s]", "", written))


def _comparator(found: re.Match[str]) -> str:
    if found["sign"]:
        sign = "".join(found["sign"].split())
        return _SIGNS.get(sign, sign)
    comparator = _WORDS[" ".join(found["words"].casefold().split())]
    return _NOT[comparator] if found["not"] else comparator
