"""What a sentence says of a study's size: people, visits, time, groups, doses. On plain English text.

Precision comes before completeness: a number counts only beside words that say what it is of; where a sentence may
speak of another study, of a part of this one or of a condition, it says nothing. Knows no protocol (`facts.py` does).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from regdocs.numbers.claim_words import (
    ABOUT,
    COME_BEFORE,
    DOSE_BEFORE,
    EACH_ARM,
    EACH_PERSON,
    ELSEWHERE,
    ENDED,
    FOLLOWED,
    GROUPING,
    GROUPS,
    GROUPS_BEFORE,
    LABEL_BEFORE,
    NOT_ALL,
    NOT_FOLLOWED,
    OFTEN_AFTER,
    OTHER_STUDY,
    PART_BEFORE,
    PART_FOR,
    PEOPLE,
    SENTENCE_END,
    STUDY_FOR,
    STUDY_MEDICINE,
    TIME,
    TIMES_AFTER,
    UNIT,
    VISITS,
    VISITS_BEFORE,
    WHOLE_AFTER,
    WHOLE_BEFORE,
)
from regdocs.numbers.forms import form_of
from regdocs.numbers.number import MAX_TEXT, WINDOW, Number, numbers_in

Of = Literal["participants", "visits", "participation", "follow-up", "arms", "dose"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a text gives for something of a study.

    Attributes:
        of: What it is of.
        value: The number.
        unit: Of a time "day", "week", "month", "year"; of a dose as it is written; else None.
        about: Whether it is said to be rough ("about 5 months").
        start, end: Where the words stand in the text.
        words: The words, with what they are of.
    """

    of: Of
    value: Decimal
    unit: str | None
    about: bool
    start: int
    end: int
    words: str


def claims_in(text: str, products: tuple[str, ...] = ()) -> Iterator[Claim]:
    """Yield what a text claims, in order. `products` are names by which a dose is known to be one of the study."""
    for start, sentence in _sentences(text[:MAX_TEXT]):
        if ELSEWHERE.search(sentence):
            continue
        for number in numbers_in(sentence):
            if number.value is None or number.kind not in ("number", "times"):
                continue
            claim = _claim(sentence, number, products)
            if claim is not None and form_of(sentence, number) is None:
                yield Claim(claim[0], number.value, claim[1], *_place(sentence, number, start))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in SENTENCE_END.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


def _place(sentence: str, number: Number, start: int) -> tuple[bool, int, int, str]:
    before = sentence[max(0, number.start - WINDOW) : number.start]
    about = bool(ABOUT.search(before))
    after = re.match(r"(?:\s+\S+){0,3}", sentence[number.end : number.end + WINDOW])
    words = sentence[number.start : number.end + (after.end() if after else 0)].rstrip(" ,.;:")
    return about, start + number.start, start + number.end, words


def _claim(sentence: str, number: Number, products: tuple[str, ...]) -> tuple[Of, str | None] | None:
    before = sentence[max(0, number.start - WINDOW) : number.start]
    after = sentence[number.end : number.end + WINDOW]
    for of, asked in _ASKED:
        if asked(before, after, number):
            return of, None
    unit = TIME.match(after)
    if unit is not None and number.kind == "number":
        time = _time_of(before, after[unit.end() :])
        return (time, unit[1].lower()) if time else None
    return _dose(before, after, products) if number.kind == "number" else None


def _participants(before: str, after: str, number: Number) -> bool:
    people = PEOPLE.match(after)
    if people is None or number.kind != "number" or LABEL_BEFORE.search(before):
        return False
    rest = after[people.end() :]
    if ENDED.match(rest):
        return False
    if EACH_ARM.match(rest):
        return not PART_BEFORE.search(before)
    if WHOLE_BEFORE.search(before):
        return True
    rough = ABOUT.sub("", before)
    return not PART_BEFORE.search(rough) and bool(WHOLE_AFTER.search(rest))


def _visits(before: str, after: str, number: Number) -> bool:
    visits = VISITS.match(after) if number.kind == "number" else None
    if visits is not None:
        return bool(VISITS_BEFORE.search(before)) and not NOT_ALL.match(after[visits.end() :])
    times = TIMES_AFTER.match(after) if number.kind == "number" else None
    said = times is not None or (number.kind == "times" and number.value != 1)
    rest = after[times.end() :] if times else after
    return said and bool(COME_BEFORE.search(before)) and not NOT_ALL.match(rest)


def _arms(before: str, after: str, number: Number) -> bool:
    return (
        number.kind == "number"
        and GROUPS.match(after) is not None
        and bool(GROUPS_BEFORE.search(before))
        and bool(GROUPING.search(before))
    )


def _time_of(before: str, after: str) -> Of | None:
    part = PART_FOR.search(before)
    if part is not None:
        return None if OTHER_STUDY.search(part["gap"]) else "participation"
    if STUDY_FOR.search(before) and EACH_PERSON.match(after):
        return "participation"
    followed = FOLLOWED.search(before)
    return "follow-up" if followed and not NOT_FOLLOWED.search(before) else None


def _dose(before: str, after: str, products: tuple[str, ...]) -> tuple[Of, str] | None:
    unit = UNIT.match(after)
    if unit is None:
        return None
    names = "|".join([STUDY_MEDICINE, *(re.escape(name) for name in products if len(name) > 2)])
    rest = after[unit.end() :]
    given = re.match(rf"\s+of (?:the )?(?:{names})\b", rest, re.IGNORECASE)
    if given is None and (
        re.match(r"\s+of\b", rest) or not re.search(rf"\b(?:{names})\b", before + after, re.IGNORECASE)
    ):
        return None
    return ("dose", unit[1]) if given or DOSE_BEFORE.search(before) or OFTEN_AFTER.match(rest) else None


_ASKED: tuple[tuple[Of, Callable[[str, str, Number], bool]], ...] = (
    ("participants", _participants),
    ("visits", _visits),
    ("arms", _arms),
)
