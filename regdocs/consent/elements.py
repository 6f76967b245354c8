"""The elements of consent and the packs they belong to, as data: `elements.yaml`. Knows no study and no form."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

_PLACE = Path(__file__).parent / "elements.yaml"
Kind = Literal["text", "person", "duty", "advice"]
# Words of the rules that are no conditions: expected, unless a recorded answer says why not.
AS_APPROPRIATE = ("when_appropriate", "as_applicable")


@dataclass(frozen=True, slots=True)
class Pack:
    """The elements of one rule: its name and where the list comes from."""

    id: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a form has to say.

    Attributes:
        citation: Clause of the rule.
        about: What it is about, in our words.
        expected: "always", one of `AS_APPROPRIATE`, or the name of a condition of the rule itself.
        kind: Whether it stands in the form as text, is for a person to judge, is a duty elsewhere, or is advice.
        read: Whether the wording of the rule was read in a stored source; else it is remembered and to be checked.
        given_by: Marks that give it, one of each group.
        also_in: Kinds of other documents of the site that may give it.
        only_there: Whether it says what is true under this law alone.
    """

    id: str
    pack: str
    citation: str
    about: str
    expected: str = "always"
    kind: Kind = "text"
    read: bool = False
    given_by: tuple[tuple[str, ...], ...] = ()
    also_in: tuple[str, ...] = ()
    only_there: bool = False

    @property
    def cited(self) -> str:
        """The citation as people get to see it."""
        return self.citation if self.read else f"{self.citation} (wording from memory, to be checked)"


@lru_cache(maxsize=1)
def packs() -> tuple[Pack, ...]:
    """Return the packs in the order in which they are told."""
    return tuple(Pack(one["id"], one["name"], one["source"]) for one in _data()["packs"])


@lru_cache(maxsize=1)
def elements() -> tuple[Element, ...]:
    """Return every element, in the order of the packs' own lists."""
    return tuple(_element(one) for one in _data()["elements"])


@lru_cache(maxsize=1)
def registry_statement() -> str:
    """Return the statement of 21 CFR 50.25(c), which has to stand word for word."""
    return str(_data()["statement"])


def element_named(name: str) -> Element | None:
    """Return the element of that id, or None."""
    return next((one for one in elements() if one.id == name), None)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data = yaml.safe_load(_PLACE.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def _element(one: dict[str, Any]) -> Element:
    given_by = tuple(tuple(group) for group in one.get("given_by", [[one["id"]]]))
    lists = {"given_by": given_by, "also_in": tuple(one.get("also_in", ()))}
    return Element(**{**one, **lists})
