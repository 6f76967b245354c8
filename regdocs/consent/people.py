"""What named persons recorded about elements of consent: why one is not said, and that one was judged.

An answer counts against an element where it begins with "No." or "Not", and only with reason and name; a sign-off only
with name, role and day. Knows no form.
"""

import re
from dataclasses import dataclass

from regdocs.consent.elements import Element
from regdocs.spec.protocol import Protocol
from regdocs.spec.regulation import Answer, SignOff
from regdocs.units import date_words

_NO = re.compile(r"\s*(?:no(?=\s*(?:[.,;:]|$))|not\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """Something recorded about an element: in words, whether all of it is known, and where it stands."""

    words: str
    whole: bool
    path: str


def answer_against(element: Element, protocol: Protocol) -> Said | None:
    """Return the recorded answer that an element is not said, or None; one that is open may become such an answer."""
    answers = (one for one in protocol.answers if one.question == element.id)
    found = next((one for one in answers if one.answer.value is None or _NO.match(one.answer.value)), None)
    return None if found is None else _answer(found)


def says_no(answer: Answer) -> bool:
    """Tell whether an answer is a whole No: it begins with "No." or "Not", and has its reason and its name."""
    whole = None not in (answer.reason.value, answer.by.value)
    return whole and answer.answer.value is not None and _NO.match(answer.answer.value) is not None


def sign_off_of(element: Element, protocol: Protocol, stem: str) -> Said | None:
    """Return the last sign-off of an element for a form, or None."""
    there = [one for one in protocol.sign_offs if one.element == element.id]
    about = [one for one in there if not one.documents or stem in one.documents]
    return _sign_off(about[-1]) if about else None


def _answer(one: Answer) -> Said:
    parts = (one.answer, one.reason, one.by)
    on = f", {date_words(one.on)}" if one.on else ""
    words = "{}. Why: {}. Answered by {}".format(*(_or_open(part.value, part.todo) for part in parts))
    return Said(f"{words}{on}", all(part.value is not None for part in parts), f"/answers/{one.id}")


def _sign_off(one: SignOff) -> Said:
    by, role, on, version = (_or_open(part.value, part.todo) for part in (one.by, one.role, one.on, one.version))
    words = f"signed off by {by}, {role}, {on if one.on.value is None else date_words(on)}; version read: {version}"
    known = all(part.value is not None for part in (one.by, one.role, one.on, one.version))
    return Said(words, known, f"/sign_offs/{one.id}")


def _or_open(value: str | None, todo: str | None) -> str:
    return f"[to be completed: {todo}]" if value is None else value.rstrip(".")
