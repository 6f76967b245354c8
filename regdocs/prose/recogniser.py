"""Reads the patterns by which elements of consent are recognised, from `elements_in_words.yaml`. Knows no text.

A pattern is a regular expression; letter case does not count, and it begins at the beginning of a word. "~" stands for
up to 90 letters between two parts of it, "<name>" for a group of words from `words:`. How the file is written stands at
its head.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_PLACE = Path(__file__).parent / "elements_in_words.yaml"
_GAP = ".{0,90}?"
_NAMED = re.compile(r"<([a-z_]+)>")
Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """What makes a sentence count.

    Attributes:
        says: All of these stand in the sentence.
        without: None of these stands in it.
        near: Each stands in it or in a sentence close by.
        beside: Each stands somewhere in its section, the heading included.
        under: The heading is like this.
        outside: The heading is not like this.
    """

    says: tuple[Pattern, ...] = ()
    without: tuple[Pattern, ...] = ()
    near: tuple[Pattern, ...] = ()
    beside: tuple[Pattern, ...] = ()
    under: Pattern | None = None
    outside: Pattern | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """How one element is said.

    Attributes:
        groups: Each group needs a sentence that one of its recognisers fits.
        never: What never counts.
        outside: Headings under which nothing counts.
        at: Where it has to stand: "anywhere", "body" (not as the title), "opening" or "title".
        of: Elements of which at least `least` have to be said, in place of groups.
    """

    groups: tuple[tuple[Recogniser, ...], ...] = ()
    never: Recogniser | None = None
    outside: Pattern | None = None
    at: str = "anywhere"
    of: tuple[str, ...] = ()
    least: int = 1


@lru_cache(maxsize=1)
def sayings() -> Mapping[str, Saying]:
    """Return how each element is said, in the order of the file; what is counted of others comes after them."""
    data = yaml.safe_load(_PLACE.read_text(encoding="utf-8"))
    words, written = data["words"], data["elements"]
    told = {name: _saying(one, written, words) for name, one in written.items()}
    return dict(sorted(told.items(), key=lambda one: bool(one[1].of)))


def _saying(one: Any, written: Mapping[str, Any], words: Mapping[str, str]) -> Saying:
    given = _given(one, written)
    return Saying(
        groups=tuple(tuple(_recogniser(item, words) for item in group) for group in _groups(given, written)),
        never=_any(given.get("never"), words),
        outside=_pattern(given["outside"], words) if "outside" in given else None,
        at=given.get("at", "anywhere"),
        of=tuple(given.get("of", ())),
        least=given.get("least", 1),
    )


def _given(one: Any, written: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is written of an element: a list is the one group of it; "as" takes over what another has."""
    if isinstance(one, list):
        return {"any": one}
    if "as" in one:
        return {**_given(written[one["as"]], written), **{key: value for key, value in one.items() if key != "as"}}
    assert isinstance(one, dict)
    return one


def _groups(given: Mapping[str, Any], written: Mapping[str, Any]) -> list[list[Any]]:
    groups = given.get("all") or ([given["any"]] if "any" in given else [])
    return [[item for entry in group for item in _items(entry, written)] for group in groups]


def _items(entry: Any, written: Mapping[str, Any]) -> list[Any]:
    """Return the recognisers that an entry of a group stands for: "as" takes over those of another element."""
    if not (isinstance(entry, dict) and "as" in entry):
        return [entry]
    other = _given(written[entry["as"]], written)
    return [_without(item, other.get("never", ())) for group in _groups(other, written) for item in group]


def _without(item: Any, never: Any) -> Any:
    told = {"says": item} if isinstance(item, str) else item
    return {**told, "without": [*_listed(told.get("without")), *_listed(never)]}


def _recogniser(item: Any, words: Mapping[str, str]) -> Recogniser:
    told = item if isinstance(item, dict) else {"says": item}
    assert told.get("says") and "as" not in told, f"a recogniser that says nothing would fit everything: {item}"
    return Recogniser(
        says=_patterns(told.get("says"), words),
        without=_patterns(told.get("without"), words),
        near=_patterns(told.get("near"), words),
        beside=_patterns(told.get("beside"), words),
        under=_pattern(told["under"], words) if "under" in told else None,
        outside=_pattern(told["outside"], words) if "outside" in told else None,
    )


def _any(listed: Any, words: Mapping[str, str]) -> Recogniser | None:
    """Return one recogniser that fits where one of these patterns does, or None."""
    patterns = _listed(listed)
    return Recogniser(says=(_pattern("|".join(f"(?:{one})" for one in patterns), words),)) if patterns else None


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _patterns(value: Any, words: Mapping[str, str]) -> tuple[Pattern, ...]:
    return tuple(_pattern(one, words) for one in _listed(value))


def _pattern(written: str, words: Mapping[str, str]) -> Pattern:
    return _compiled(_spelled(written, words))


def _spelled(written: str, words: Mapping[str, str]) -> str:
    """Return a pattern with its named words put in, and each "~" as a gap."""
    while _NAMED.search(written):
        written = _NAMED.sub(lambda found: f"(?:{words[found[1]]})", written)
    return written.replace(" ~ ", rf"{_GAP}(?<!\w)").replace("~", _GAP)


@lru_cache(maxsize=4096)
def _compiled(spelled: str) -> Pattern:
    return re.compile(rf"(?<!\w)(?:{spelled})", re.IGNORECASE)
