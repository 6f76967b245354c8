"""What a sentence says of a study's size: people, visits, time, groups, doses. On plain English text, with high precision.

A number counts only beside words that say what it is of; where a sentence may speak of another study, of a part of
this one or of a condition, it says nothing. Knows no protocol (`facts.py` holds claims against one).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from regdocs.numbers.forms import form_of
from regdocs.numbers.number import Number, numbers_in

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
    for start, sentence in _sentences(text):
        if _ELSEWHERE.search(sentence):
            continue
        for number in numbers_in(sentence):
            if number.value is None or number.kind not in ("number", "times") or form_of(sentence, number):
                continue
            claim = _claim(sentence, number, products)
            if claim is not None:
                yield Claim(claim[0], number.value, claim[1], *_place(sentence, number, start))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


def _place(sentence: str, number: Number, start: int) -> tuple[bool, int, int, str]:
    before = sentence[: number.start]
    about = bool(_ABOUT.search(before))
    after = re.match(r"(?:\s+\S+){0,3}", sentence[number.end :])
    words = sentence[number.start : number.end + (after.end() if after else 0)].rstrip(" ,.;:")
    return about, start + number.start, start + number.end, words


def _claim(sentence: str, number: Number, products: tuple[str, ...]) -> tuple[Of, str | None] | None:
    before, after = sentence[: number.start], sentence[number.end :]
    for of, asked in _ASKED:
        if asked(before, after, number):
            return of, None
    unit = _TIME.match(after)
    if unit is not None and number.kind == "number":
        of = _time_of(before, after[unit.end() :])
        return (of, unit[1].lower()) if of else None
    return _dose(sentence, before, after, products) if number.kind == "number" else None


# ------------------------------------------------------------------------------------------------------------- words

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\"“•-])|\n\s*\n|(?<=;)\s+")
_ROUGH = r"(?:about|around|approximately|approx\.|up to|roughly|some|nearly|in all|a total of|an estimated|at least)"
_ABOUT = re.compile(rf"\b{_ROUGH}\s*$", re.IGNORECASE)
_TIME = re.compile(r"[\s-]+(day|week|month|year)s?\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:earlier|previous|previously|prior|other|another|published|historical|animal|pilot)\s+(?:\w+\s+)?(?:stud|trial|cohort|experience)"
    r"|\bso far\b|\bto date\b|\bpower\b|\binterim\b|\bsub-?(?:study|group|set)\b|\bsentinel\b|\bdose level|\bsafety run"
    r"|\bper cent\b.*\bconfidence\b|\beach (?:site|cent(?:re|er)|cohort|week|month|day|visit)\b|\bliterature\b|\bworldwide\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\s+(?:(?:adult|healthy|eligible|male|female|human|evaluable|paediatric|pediatric)\s+)*"
    r"(?:people|participants?|patients?|subjects|volunteers|adults|persons|individuals|children|adolescents|women|men)\b",
    re.IGNORECASE,
)
_JOIN = (
    r"(?:take part|join|participate|planned|enrol+ed|recruited|included|randomi[sz]ed|expected|allocated"
    r"|be assigned|be given|be treated|receive|be studied|needed)"
)
_WHOLE_AFTER = re.compile(
    rf"^(?:(?!\bwho\b|\bwith\b)[^,;]){{0,45}}?\b(?:will|are|is|may|can|would)\b[^,;]{{0,40}}?\b{_JOIN}\b"
    r"|^[^,;]{0,60}?\b(?:in total|altogether|in (?:this|the whole|our) (?:study|trial))\b",
    re.IGNORECASE,
)
_WHOLE_BEFORE = re.compile(
    r"(?:\ba total of|\btotal number of participants:?|\b(?:will|to|plans? to) (?:enrol+|recruit|include|randomi[sz]e|study)"
    rf"|\bsample size (?:of|is|will be)|\bthere (?:will be|are))\s*{_ROUGH}?\s*$",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"\b(?:after|when|until|once|if|every|each|per|first|next|last|for|of|another|other|than|at least|in|or|and|to|least)"
    r"\s+(?:the\s+|these\s+)?(?:first\s+)?$",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(r"\b(?:visit|day|week|month|section|part|arm|group|cohort|table|stage|phase|step)\s+$", re.I)
_ENDED = re.compile(r"^\s+(?:were|was|have|had|has|did|died|who)\b", re.IGNORECASE)
_EACH_ARM = re.compile(r"^(?:\s+(?:will be|are|is))?(?:\s+\w+)?\s+(?:in|to|for|per)\s+(?:each|every)?(?:\s+of the (?:\d+|\w+))?\s*(?:treatment\s+|study\s+)?(?:arm|group)\b", re.I)
_VISITS = re.compile(
    r"\s+(?:(?:planned|scheduled|study|clinic|hospital|site|outpatient|in-person|on-site)\s+)*visits?\b", re.IGNORECASE
)
_VISITS_BEFORE = re.compile(
    r"(?:\b(?:there (?:are|will be)|has|have|includes?|consists? of|comprises?|attend|come (?:to|for|in for)|make|total of)"
    rf"|, with)\s*(?:all\s+)?{_ROUGH}?\s*$",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(r"^[^.;]{0,30}\b(?:a|per|each|every) (?:day|week|month|year)\b|^[^.;]{0,20}\b(?:in|during) the (?:first|last)\b|^ more\b", re.I)
_COME_BEFORE = re.compile(
    r"\b(?:come|visit|return|travel|be seen|see us|come back)\b[^.,;]{0,40}$", re.IGNORECASE
)
_TIMES_AFTER = re.compile(r"\s+times\b", re.IGNORECASE)
_PART_FOR = re.compile(
    r"(?:\b(?:in|part in) (?:the|this|our) (?:study|trial)|\b(?:take|takes|taking) part|\bparticipation|\bparticipates?)\b"
    rf"(?P<gap>[^.;,]{{0,45}}?)\b(?:for|lasts?|takes?|is|be)\s+{_ROUGH}?\s*$",
    re.IGNORECASE,
)
_STUDY_FOR = re.compile(rf"\b(?:study|trial) (?:will )?(?:lasts?|takes?)\s+{_ROUGH}?\s*$", re.IGNORECASE)
_EACH_PERSON = re.compile(r"^[^.;,]{0,30}\b(?:for|per) (?:you|each|every|one|a)\b ?(?:participant|patient|person|subject)?", re.I)
_FOLLOWED = re.compile(
    rf"\bfollow(?:ed)?\b(?P<gap>[^.;,]{{0,30}}?)\bfor\s+{_ROUGH}?\s*$", re.IGNORECASE
)
_NOT_FOLLOWED = re.compile(
    r"pregnan|birth|infant|baby|wound|event|partner|donor|diet|instruction|(?:who|that) (?:are|is|have|were|was)\b", re.I
)
_OTHER_STUDY = re.compile(r"\b(?:another|other|any|not|no|until|after|before|since)\b", re.IGNORECASE)
_GROUPS = re.compile(
    r"\s+(?:(?:study|treatment|parallel|different|equal|equally sized)\s+)*(?:arms|groups|arm|group)\b(?! ?(?-i:[A-Z]\b|\d))", re.IGNORECASE
)
_GROUPS_BEFORE = re.compile(
    r"(?:\b(?:one of|either of|into|to|between|among|has|have|compares?|there (?:are|will be)|consists? of|comprises?|with))\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_GROUPING = re.compile(
    r"\b(?:assigned|randomi[sz]ed|randomly|allocated|divided|put|study|trial|compares?|there (?:are|will be))\b", re.IGNORECASE
)
_UNIT = re.compile(r"\s*(mg/kg|mg|µg|μg|mcg|micrograms?|milligrams?|g|IU|mL|ml|tablets?|capsules?|puffs?|drops?)\b(?!/)")
_DOSE_BEFORE = re.compile(rf"\bdoses? (?:of|is|will be)\s+{_ROUGH}?\s*$", re.IGNORECASE)
_OFTEN_AFTER = re.compile(r"^\s+(?:once|twice|three times|a day|daily|(?:every|each) (?:day|morning|evening|night|week|month))\b", re.IGNORECASE)
_STUDY_MEDICINE = r"study (?:medicine|drug|product|medication|treatment|tablets?)"


# ------------------------------------------------------------------------------------------------------------ asking


def _participants(before: str, after: str, number: Number) -> bool:
    people = _PEOPLE.match(after)
    if people is None or number.kind != "number" or _LABEL_BEFORE.search(before):
        return False
    rest = after[people.end() :]
    if _ENDED.match(rest):
        return False
    if _EACH_ARM.match(rest):
        return not _PART_BEFORE.search(before)
    if _WHOLE_BEFORE.search(before):
        return True
    rough = _ABOUT.sub("", before)
    return not _PART_BEFORE.search(rough) and bool(_WHOLE_AFTER.search(rest))


def _visits(before: str, after: str, number: Number) -> bool:
    visits = _VISITS.match(after) if number.kind == "number" else None
    if visits is not None:
        return bool(_VISITS_BEFORE.search(before)) and not _NOT_ALL.match(after[visits.end() :])
    times = _TIMES_AFTER.match(after) if number.kind == "number" else None
    said = times is not None or (number.kind == "times" and number.value != 1)
    rest = after[times.end() :] if times else after
    return said and bool(_COME_BEFORE.search(before)) and not _NOT_ALL.match(rest)


def _arms(before: str, after: str, number: Number) -> bool:
    return (
        number.kind == "number"
        and _GROUPS.match(after) is not None
        and bool(_GROUPS_BEFORE.search(before))
        and bool(_GROUPING.search(before))
    )


def _time_of(before: str, after: str) -> Of | None:
    part = _PART_FOR.search(before)
    if part is not None:
        return None if _OTHER_STUDY.search(part["gap"]) else "participation"
    if _STUDY_FOR.search(before) and _EACH_PERSON.match(after):
        return "participation"
    followed = _FOLLOWED.search(before)
    return "follow-up" if followed and not _NOT_FOLLOWED.search(before) else None


def _dose(sentence: str, before: str, after: str, products: tuple[str, ...]) -> tuple[Of, str] | None:
    unit = _UNIT.match(after)
    if unit is None:
        return None
    names = "|".join([_STUDY_MEDICINE, *(re.escape(name) for name in products if len(name) > 2)])
    rest = after[unit.end() :]
    given = re.match(rf"\s+of (?:the )?(?:{names})\b", rest, re.IGNORECASE)
    if given is None and (re.match(r"\s+of\b", rest) or not re.search(rf"\b(?:{names})\b", sentence, re.IGNORECASE)):
        return None
    return ("dose", unit[1]) if given or _DOSE_BEFORE.search(before) or _OFTEN_AFTER.match(rest) else None


_ASKED: tuple[tuple[Of, Callable[[str, str, Number], bool]], ...] = (
    ("participants", _participants),
    ("visits", _visits),
    ("arms", _arms),
)
