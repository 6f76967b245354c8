"""Numbers that are no numbers of any study, by the words around them: citations, places in a paper, "one of".

Knows English and how laws are cited; knows no template (`exempt.py` does).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.numbers.number import WINDOW, Number

_CFR = r"\d+ ?(?:CFR|C\.F\.R\.|U\.?S\.?C\.?) ?(?:§+ ?)?(?:parts? )?[\d.]+(?:\([a-z0-9]+\))*"
_LAW = (
    r"(?:Arts?\.?|Articles?|Annex(?:es)?|Circular|Decree|Decision|Directive|Regulation|Law|Act|Recital|Chapter|Title"
    r"|Public Law|ISO|ICH|CIOMS|§+)"
)
_PLACE = (
    r"(?:sections?|pages?|parts?|tables?|figures?|appendix|appendices|annex(?:es)?|items?|footnotes?|notes?|lines?"
    r"|chapters?|attachments?|paragraphs?|columns?|rows?)"
)
_NEXT = (
    r"(?:(?:, ?| and | or | to | of |[-–]|; )(?:parts? |and )?(?:\d+(?:\.\d+)*)(?:\([a-z0-9]+\))*"
    r"(?![\w])(?! ?C\.?F\.?R))*"
)
_BEFORE_ONE = "no|each|every|any|another|which|this|that|the|new|old|other|only|as|is|are|not|than|such a|last|next|own"
_NOT_COUNTED = r"(?=[\s]*[.,;:)?!—–]|$|\s+(?:that|which|who|whom|is|was|has|you|we|and|or|in which|for (?:you|them))\b)"

_FORMS: tuple[tuple[str, str], ...] = (
    ("citation", rf"{_CFR}{_NEXT}"),
    (
        "citation",
        rf"\b{_LAW} ?(?:No\.? )?(?:\((?:EU|EC|EEC)\) )?(?:No\.? )?\d[\d./:-]*(?:/[A-ZĐ-]+)*(?:\([a-z0-9]+\))*{_NEXT}",
    ),
    ("citation", r"\((?:EU|EC|EEC)\) (?:No )?\d+/\d+"),
    ("place in a paper", rf"\b{_PLACE} \d+(?:\.\d+)*(?:\([a-z0-9]+\))*{_NEXT}"),
    ("at once", r"\b(?:all )?at once\b"),
    (
        "once as a conjunction",
        r"\bonce (?:you|he|she|it|they|we|the|a|an|all|this|that|these|those)\b(?! (?:day|week|month|year)\b)",
    ),
    ("first in an order", r"\bfirst\b"),
    (
        "one as a pronoun",
        r"\bone (?:of|that|which|who|by one|another|after (?:the other|another)|follows|or (?:more|several)|kind of"
        r"|does|did|may|must)\b",
    ),
    ("one as a pronoun", r"\bno one\b"),
    ("one as a pronoun", rf"\b(?:{_BEFORE_ONE}) one\b{_NOT_COUNTED}"),
    ("one as a pronoun", r"\b(?:more than|there is) one\b(?=\s*[.,;:)]|$| (?:thing|person) )"),
    ("name of the day from which days are counted", r"\bday (?:zero|0)\b"),
)
_PATTERNS = tuple((name, re.compile(form, re.IGNORECASE)) for name, form in _FORMS)


@dataclass(frozen=True, slots=True)
class Form:
    """A stretch of a text in which numbers are no numbers of a study, and what it is."""

    name: str
    start: int
    end: int

    def holds(self, number: Number, first: int) -> bool:
        """Tell whether a number of a text stands wholly inside, when this was found from `first` on in it."""
        return self.start <= number.start - first and number.end - first <= self.end


def form_of(text: str, number: Number) -> str | None:
    """Return what a number is instead of a number of the study; None when it may be one."""
    first = max(0, number.start - WINDOW)
    near = _forms(text[first : number.end + WINDOW])
    return next((form.name for form in near if form.holds(number, first)), None)


def _forms(text: str) -> Iterator[Form]:
    for name, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Form(name, found.start(), found.end())
