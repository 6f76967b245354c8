"""The phrases that rules on wording look for, from `phrases.yaml`, as patterns. Knows no rule and no text."""

import re
from functools import cache, lru_cache
from pathlib import Path

import yaml

_PLACE = Path(__file__).parent / "phrases.yaml"
_NAMED = re.compile(r"<<([a-z_]+)>>")
_GAP = re.compile(r"<(\d{1,3})>")


@cache
def patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Return the phrases of that name, each as a pattern that looks for it as whole words, letters of any case."""
    return tuple(re.compile(_whole(one), re.IGNORECASE) for one in _phrases()[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the phrases of that name as one pattern that looks for any of them."""
    return re.compile("|".join(_whole(one) for one in _phrases()[name]), re.IGNORECASE)


def says(name: str, text: str) -> bool:
    """Tell whether a text has any of the phrases of that name."""
    return pattern(name).search(text) is not None


@cache
def words(name: str) -> frozenset[str]:
    """Return a list that is of words and not of phrases, each as it is written."""
    return frozenset(word for line in _phrases()[name] for word in line.split())


def _whole(phrase: str) -> str:
    before = "" if phrase.startswith("[") else r"\b"
    return rf"{before}(?:{_written(phrase)})(?!\w)"


def _written(phrase: str) -> str:
    """Return a phrase as an expression: "<<name>>" is one of that list, "<40>" up to 40 letters, a blank any space."""
    named = _NAMED.sub(lambda found: rf"(?:{'|'.join(_written(one) for one in _phrases()[found[1]])})", phrase)
    spaced = named.replace(" ?", r"\s*").replace(" ", r"\s+")
    return _GAP.sub(lambda found: rf"[^.;:!?]{{0,{found[1]}}}?", spaced)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[str]]:
    read: dict[str, list[str]] = yaml.safe_load(_PLACE.read_bytes())
    return read
