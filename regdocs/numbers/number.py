"""Numbers in a text: digits, decimals, ranges, dates, ratios, numbers and ordinals in English words.

Knows how numbers are written; knows neither protocol nor template, and not what a number stands for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Literal

Kind = Literal["number", "range", "ratio", "ordinal", "date", "times"]

VALUE = "\ufffc"
"""Stands for a value in the words of a template, so that no number grows together with one of the protocol."""
MAX_TEXT = 200_000
"""Longer texts are cut here: no word of a record is so long, and a hostile one shall not keep anybody waiting."""

MAX_NUMBERS = 5_000
"""Of one text no more are read; nobody writes so many, and each is looked at with the words around it."""
WINDOW = 400
"""So many characters on either side of a number decide what it is of; more would make long texts slow."""

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)

_ONES = "|".join(SMALL[1:10])
_PART = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{_ONES}))?|{'|'.join(sorted(SMALL, key=len, reverse=True))}|dozen)"
_BIG = rf"(?:(?:a|{_PART}) )?(?:hundred|thousand)"
# "one hundred twenty", "two thousand five hundred": what follows a hundred or thousand is part of the same number; what
# follows "and" need not be ("between one hundred and two").
_WORD = rf"{_BIG}(?: {_BIG})*(?: {_PART})?|{_PART}"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_AMOUNT = rf"(?:{_DIGITS})|\b(?:{_WORD})\b"
# Digits behind a letter, a point or a dash between letters belong to a name: "HbA1c", "COVID-19", "E6", "GPT-4".
_FREE = r"(?<![\w.,])(?<![A-Za-z]-)(?<![A-Za-z]/)"
# Letters right behind digits are a unit ("30mg", "2x"), unless more digits follow ("3A4").
_ENDS = r"(?!\d)(?![A-Za-z]+\d)(?!\.\d)"

_FORMS: tuple[tuple[Kind, str], ...] = (
    ("date", rf"{_FREE}\d{{4}}-\d{{2}}(?:-\d{{2}})?(?![\d-])"),
    ("date", rf"{_FREE}\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})\b(?:,? \d{{4}})?"),
    ("date", rf"\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"),
    ("date", rf"\b(?:{_MONTH}) \d{{4}}\b"),
    ("ratio", rf"{_FREE}\d+(?: ?: ?\d+)+{_ENDS}"),
    ("range", rf"{_FREE}(?:{_DIGITS})(?: to |[-–]| [-–] )(?:{_DIGITS}){_ENDS}"),
    ("range", rf"(?:{_FREE}(?:{_DIGITS})|\b(?:{_WORD})\b) to (?:(?:{_DIGITS}){_ENDS}|(?:{_WORD})\b)"),
    ("ordinal", rf"{_FREE}\d+(?:st|nd|rd|th)\b"),
    ("ordinal", rf"\b(?:{'|'.join(_ORDINALS)})\b"),
    ("times", rf"\b(?:{'|'.join(_TIMES)})\b"),
    ("number", rf"{_FREE}(?:{_DIGITS}){_ENDS}"),
    ("number", rf"\b(?:{_WORD})\b"),
)
_FOUND = re.compile("|".join(f"(?P<f{n}>{form})" for n, (_, form) in enumerate(_FORMS)), re.IGNORECASE)
_ONE_AMOUNT = re.compile(_AMOUNT, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it stands in a text.

    Attributes:
        start, end: Where it stands.
        text: As it is written.
        kind: How it is written; a range and a ratio have several values.
        values: What it says, in the order written; () for a date, which `text` says.
    """

    start: int
    end: int
    text: str
    kind: Kind
    values: tuple[Decimal, ...]

    @property
    def value(self) -> Decimal | None:
        """The one value, None where there are none or several."""
        return self.values[0] if len(self.values) == 1 else None


@lru_cache(maxsize=8192)  # documents of several sites print the same words
def numbers_in(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in the order in which they stand; none overlaps another."""
    return tuple(_numbers(text[:MAX_TEXT]))


def _numbers(text: str) -> Iterator[Number]:
    for found in islice(_FOUND.finditer(text), MAX_NUMBERS):
        kind = _FORMS[int((found.lastgroup or "f0")[1:])][0]
        yield Number(found.start(), found.end(), found[0], kind, _values(kind, found[0]))


def value_of(written: str) -> Decimal | None:
    """Return what a number in digits or words says ("1,000", "twenty-four", "a dozen"); None for anything else."""
    words = written.casefold().replace("-", " ").split()
    if len(words) == 1 and re.fullmatch(_DIGITS, words[0]):
        return Decimal(words[0].replace(",", ""))
    return _words_value([word for word in words if word not in ("a", "and")])


def _words_value(words: list[str]) -> Decimal | None:
    """Return what words say together: "two thousand five hundred twenty" is 2,520."""
    whole = current = 0
    for word in words:
        part = _word_value(word)
        if word == "hundred":
            current = (current or 1) * 100
        elif word == "thousand":
            whole, current = whole + (current or 1) * 1000, 0
        elif part is None:
            return None
        else:
            current += part
    return Decimal(whole + current) if words else None


def _word_value(word: str) -> int | None:
    if word in SMALL:
        return SMALL.index(word)
    if word in TENS:
        return 10 * (TENS.index(word) + 2)
    return 12 if word == "dozen" else None


def _values(kind: Kind, written: str) -> tuple[Decimal, ...]:
    if kind == "date":
        return ()
    if kind == "times":
        return (Decimal(_TIMES[written.casefold()]),)
    if kind == "ordinal":
        digits = re.match(r"\d+", written)
        return (Decimal(digits[0]) if digits else Decimal(_ORDINALS.index(written.casefold()) + 1),)
    parts = (value_of(part) for part in _ONE_AMOUNT.findall(written))
    return tuple(part for part in parts if part is not None)
