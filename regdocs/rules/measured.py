"""Limits in the words of criteria: two units that say different things, no unit, a name with its letters turned.

Findings at the line, never corrections: what was meant is for whoever wrote the protocol.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from regdocs.quantities.amounts import converted, shown
from regdocs.quantities.analytes import likely_name
from regdocs.quantities.limits_in_text import TextLimit, limits_in
from regdocs.rules.eligibility import all_criteria
from regdocs.rules.rule import Hit
from regdocs.spec.protocol import Protocol

_ASK = "ask whoever wrote the protocol; the words stay as they are"
_JOINED = re.compile(r"\d*\s*(?:and|or|but|to)", re.IGNORECASE)
_LEAST_TOLERANCE = Decimal("0.01")
# Units of the same kind, of which one is easily written for another.
_MISTAKEN = (
    ("mmol/L", "umol/L", "nmol/L", "pmol/L"),
    ("g/L", "g/dL", "mg/dL", "mg/L", "ug/dL", "ug/L", "ng/mL", "ng/dL"),
)


def limits_that_do_not_agree(protocol: Protocol) -> Iterator[Hit]:
    """UNT-001: one limit in two units that are not the same amount."""
    for path, text in _texts(protocol):
        for limit in limits_in(text):
            for other in limit.others:
                message = at_odds(limit, other)
                if message is not None:
                    yield Hit(f"{path}/text", message, _hint(limit, other))


def limits_without_a_unit(protocol: Protocol) -> Iterator[Hit]:
    """UNT-002: a limit of something that has a unit, and none stands there."""
    for path, text in _texts(protocol):
        limits = limits_in(text)
        for limit, following in zip_longest(limits, limits[1:]):
            lacks = limit.analyte is not None and limit.analyte.has_unit and limit.bare and not limit.others
            if lacks and not _gives_the_unit(following):
                message = f'"{_last(limit.name)} {limit.comparator} {limit.value}" has no unit'
                yield Hit(f"{path}/text", message, f"a site cannot tell which limit is meant; {_ASK}")


def _gives_the_unit(following: TextLimit | None) -> bool:
    """Tell whether the next limit gives the unit of both: "BMI >= 25 and < 40 kg/m2"."""
    return following is not None and following.unit is not None and _JOINED.fullmatch(following.name) is not None


def names_with_letters_turned(protocol: Protocol) -> Iterator[Hit]:
    """UNT-003: a name before a limit that nobody uses, with the letters of one that is used."""
    for path, text in _texts(protocol):
        for limit in limits_in(text):
            word = _last(limit.name)
            meant = likely_name(word)
            if meant is not None:
                yield Hit(f"{path}/text", f'"{word}" is no name that is known', f'likely meant: "{meant}"; {_ASK}')


def _texts(protocol: Protocol) -> Iterator[tuple[str, str]]:
    yield from ((path, one.text.value) for path, one in all_criteria(protocol) if one.text.value)


def _last(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1] if name.split() else ""


# ----------------------------------------------------------------------------------------------------------- agreeing


def at_odds(limit: TextLimit, other: TextLimit) -> str | None:
    """Return what is wrong with one limit in two units; None where they agree, or nobody can tell."""
    amount = _converted(limit, other.ucum)
    if amount is None or _agree(limit, other, amount):
        return None
    return f"{limit.words} is {_rounded(amount)} {other.unit}, and the same limit stands there as {other.words}"


def _converted(limit: TextLimit, ucum: str | None) -> Decimal | None:
    return converted(limit.value, limit.ucum, ucum, limit.analyte)


def _agree(limit: TextLimit, other: TextLimit, converted: Decimal) -> bool:
    """Tell whether two numbers can be one, each rounded to the digits that it is written with."""
    slack = max(_half_digit(limit.value) / limit.value if limit.value else Decimal(0), _LEAST_TOLERANCE) * converted
    return abs(converted - other.value) <= slack + _half_digit(other.value)


def _half_digit(value: Decimal) -> Decimal:
    return Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)


def _hint(limit: TextLimit, other: TextLimit) -> str:
    """Return what was likely meant: the second number in a unit in which it agrees with the first."""
    family = next((units for units in _MISTAKEN if other.ucum in units), ())
    for ucum in family:
        amount = _converted(limit, ucum)
        if amount is not None and _agree(limit, other, amount):
            unit = shown(ucum)
            return f"likely meant: {_rounded(amount)} {unit}, written {other.value} {unit}; {_ASK}"
    return _ASK


def _rounded(value: Decimal) -> str:
    """Return a number with four digits that count."""
    digits = 3 - value.adjusted() if value else 0
    return f"{round(value, max(digits, 0)):f}"
