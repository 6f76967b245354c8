"""How a scalar without quotes is read: the core schema of YAML 1.2, a little narrower.

Knows numbers, true, false and null; does not know places. Narrower: `0777`, `0o7` and `0x1F` are text, because
people write them as codes and mean the digits. `NO`, `on`, `yes`, `1:30` and `2026-01-02` are text by the core schema.
"""

import re
from enum import Enum

from regdocs.spec.tree import DecimalText, ScalarValue

LARGEST_INTEGER = 2**53 - 1
_MOST_DIGITS = 40

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?(?P<exponent>[0-9]+))?")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class Unreadable(Enum):
    """Why a scalar has no value that we would keep."""

    NUMBER_TOO_LARGE = "number too large"
    NOT_A_NUMBER = "not a number"


def read_plain(text: str) -> ScalarValue | Unreadable:
    """Return the value of a scalar without quotes.

    Whole numbers up to `LARGEST_INTEGER` (2^53 - 1) are `int`; other numbers keep their text as `DecimalText`.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if _NOT_A_NUMBER.fullmatch(text):
        return Unreadable.NOT_A_NUMBER
    number = _DECIMAL.fullmatch(text)
    if number:
        return _decimal(text, number["exponent"] or "")
    return text


def _integer(text: str) -> int | Unreadable:
    if len(text) > _MOST_DIGITS or abs(int(text)) > LARGEST_INTEGER:
        return Unreadable.NUMBER_TOO_LARGE
    return int(text)


def _decimal(text: str, exponent: str) -> DecimalText | Unreadable:
    if len(text) > _MOST_DIGITS or len(exponent) > 3:
        return Unreadable.NUMBER_TOO_LARGE
    return DecimalText(text)
