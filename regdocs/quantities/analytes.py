"""What is measured: names that people write, molar mass, whether it has a unit. Data in `analytes.yaml`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_PLACE = Path(__file__).parent / "analytes.yaml"
_ATOM = re.compile(r"([A-Z][a-z]?)(\d*)")
_ABBREVIATION = re.compile(r"(?=\w*[A-Z]\w*[A-Z])\w{3,8}")


@dataclass(frozen=True, slots=True)
class Analyte:
    """Something measured.

    Attributes:
        names: As people write it.
        molar_mass: Grams a mole, of what a mass concentration counts; None where it is no one substance.
        has_unit: False for a ratio, a score or a pH, and where only one unit is in use.
        bounds: The lowest and highest that a limit would be, for each kind of unit in UCUM; none where unknown.
        written: Units in which it is given, in UCUM.
        given: Whether it is a medicine or a food too.
        charge: Equivalents a mole, between mmol/L and mEq/L.
        alike: False where its units do not convert by a factor.
    """

    id: str
    names: tuple[str, ...]
    molar_mass: Decimal | None
    has_unit: bool
    bounds: tuple["Bounds", ...] = ()
    written: tuple[str, ...] = ()
    given: bool = False
    charge: Decimal = Decimal(1)
    alike: bool = True


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a limit would be in a kind of unit."""

    ucum: str
    lowest: Decimal
    highest: Decimal


@lru_cache(maxsize=1)
def analytes() -> tuple[Analyte, ...]:
    """Return all that are known."""
    data = yaml.safe_load(_PLACE.read_text(encoding="utf-8"))
    atoms = {atom: Decimal(weight) for atom, weight in data["atoms"].items()}
    return tuple(_analyte(one, atoms) for one in data["analytes"])


def named(words: str) -> Analyte | None:
    """Return the analyte whose name ends these words, of several the longest; abbreviations as they are written."""
    found = [(name, one) for name, one in _names() if _ends_with(words, name)]
    return max(found, key=lambda pair: len(pair[0]))[1] if found else None


def likely_name(word: str) -> str | None:
    """Return the abbreviation that one was likely meant to be: the same letters in another order ("eGRF": eGFR)."""
    if not _ABBREVIATION.fullmatch(word) or named(word) is not None:
        return None
    known = [name for name, _ in _names() if sorted(name) == sorted(word)]
    return next(iter(get_close_matches(word, known, 1, 0.6)), None)


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, Analyte], ...]:
    return tuple((name, one) for one in analytes() for name in one.names)


def _ends_with(words: str, name: str) -> bool:
    said, wanted = (words, name) if _ABBREVIATION.fullmatch(name) else (words.casefold(), name.casefold())
    before = said[: -len(wanted)]
    return said.endswith(wanted) and not (before and (before[-1].isalnum() or before[-1] == "-"))


def _analyte(one: dict[str, Any], atoms: dict[str, Decimal]) -> Analyte:
    formula = one.get("formula")
    mass = None if formula is None else sum(_masses(formula, atoms), Decimal(0))
    bounds = tuple(Bounds(unit, *(Decimal(str(end)) for end in ends)) for unit, ends in one.get("bounds", {}).items())
    return Analyte(
        id=one["id"],
        names=tuple(one["names"]),
        molar_mass=mass,
        has_unit=one.get("unit") != "none",
        bounds=bounds,
        written=(*(bound.ucum for bound in bounds), *one.get("written", ())),
        given=one.get("given", False),
        charge=Decimal(str(one.get("charge", 1))),
        alike=one.get("alike", True),
    )


def _masses(formula: str, atoms: dict[str, Decimal]) -> Iterator[Decimal]:
    yield from (atoms[atom] * int(count or 1) for atom, count in _ATOM.findall(formula))
