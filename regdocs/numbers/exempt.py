"""Words of templates whose numbers are no numbers of a study, each with its reason: ours as data, others as comments.

An author says it in the template, beside the words: `{# number "24 hours": the clock, no fact of the study #}`. Ours
lie in `exempt.yaml`, some with the protocol path that the number has to agree with.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from regdocs.numbers.number import VALUE, WINDOW, Number

_PLACE = Path(__file__).parent / "exempt.yaml"
_DECLARED = re.compile(r"\{#-?\s*number\s+[\"“](?P<words>[^\"”]{1,400})[\"”]\s*:\s*(?P<reason>.*?)\s*-?#\}", re.DOTALL)
_ANY_NUMBER, _ANY_VALUE = "#", "…"


@dataclass(frozen=True, slots=True)
class Exemption:
    """Words that may hold a number, and why.

    Attributes:
        template: The template in which they stand ("consent/about.xml").
        words: The words with the number; "#" stands for any whole number, "…" for a value.
        reason: Why it is no number of the study, or how it comes from the protocol without being a value.
        path: The protocol path that decides it, or None.
        counted: Whether a list stands at the path, and has to have as many elements.
    """

    template: str
    words: str
    reason: str
    path: str | None = None
    counted: bool = False

    def covers(self, text: str, number: Number) -> bool:
        """Tell whether a number of the text stands in these words, with no letter or digit going on beside them."""
        first = max(0, number.start - WINDOW)
        found = _pattern(self.words).finditer(text[first : number.end + WINDOW])
        return any(one.start() <= number.start - first and number.end - first <= one.end() for one in found)


@lru_cache(maxsize=1)
def shipped_exemptions() -> tuple[Exemption, ...]:
    """Return those of the templates that come with the program."""
    data = yaml.safe_load(_PLACE.read_text(encoding="utf-8"))
    return tuple(
        Exemption(template, entry["words"], entry["reason"], entry.get("path"), entry.get("counted", False))
        for entry in data
        for template in entry["in"]
    )


def declared_in(sources: Mapping[str, str]) -> tuple[Exemption, ...]:
    """Return what authors declared in the templates themselves, by template; without a reason it does not count."""
    return tuple(
        Exemption(name, " ".join(found["words"].split()), " ".join(found["reason"].split()))
        for name, text in sources.items()
        for found in _DECLARED.finditer(text)
        if found["reason"].strip()
    )


def exemption_of(text: str, number: Number, among: Iterable[Exemption]) -> Exemption | None:
    """Return the words that let a number of a text stand, or None."""
    return next((one for one in among if one.covers(text, number)), None)


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    parts = re.split(rf"([{_ANY_NUMBER}{_ANY_VALUE}])", words)
    form = "".join({_ANY_NUMBER: r"\d+", _ANY_VALUE: VALUE}.get(part, re.escape(part)) for part in parts)
    return re.compile(rf"(?<!\w){form}(?!\w)")
