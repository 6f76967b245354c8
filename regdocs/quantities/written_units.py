"""Units as people write them, in UCUM; and how much one unit is of another.

The spellings are a list of our own; a text that is UCUM already is taken as it is. Source: UCUM, ucum.org.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ucumvert import PintUcumRegistry

LONGEST = 24  # characters of a unit in a text

_SPELLINGS = {
    "%": "%", "percent": "%", "kg": "kg", "g": "g", "mg": "mg", "cm": "cm", "ms": "ms", "msec": "ms",
    "s": "s", "sec": "s", "second": "s", "seconds": "s", "mmhg": "mm[Hg]",
    "year": "a", "years": "a", "month": "mo", "months": "mo", "week": "wk", "weeks": "wk", "day": "d", "days": "d",
    "g/dl": "g/dL", "g/l": "g/L", "mg/dl": "mg/dL", "mg/l": "mg/L", "mg/ml": "mg/mL", "mg%": "mg/dL",
    "ug/dl": "ug/dL", "mcg/dl": "ug/dL", "ug/l": "ug/L", "mcg/l": "ug/L", "ug/ml": "ug/mL", "mcg/ml": "ug/mL",
    "ng/ml": "ng/mL", "ng/dl": "ng/dL", "ng/l": "ng/L", "pg/ml": "pg/mL",
    "mol/l": "mol/L", "mmol/l": "mmol/L", "umol/l": "umol/L", "micromol/l": "umol/L", "mcmol/l": "umol/L",
    "nmol/l": "nmol/L", "pmol/l": "pmol/L", "mmol/mol": "mmol/mol", "meq/l": "meq/L",
    "u/l": "U/L", "iu/l": "[IU]/L", "iu/ml": "[IU]/mL", "miu/l": "m[IU]/L", "miu/ml": "m[IU]/mL", "uiu/ml": "u[IU]/mL",
    "ml/min": "mL/min", "ml/min/1.73m2": "mL/min/{1.73_m2}", "ml/min/1.73m^2": "mL/min/{1.73_m2}",
    "mg/day": "mg/d", "mg/d": "mg/d", "mg/24h": "mg/d", "mg/24hours": "mg/d", "g/day": "g/d", "g/24h": "g/d",
    "mg/kg": "mg/kg", "kg/m2": "kg/m2", "kg/m^2": "kg/m2", "10^9/l": "10*9/L", "x10^9/l": "10*9/L", "x109/l": "10*9/L",
    "/mm3": "/mm3", "/ul": "/uL", "cells/ul": "/uL", "cells/mm3": "/mm3", "c": "Cel", "f": "[degF]", "celsius": "Cel",
    "bpm": "/min", "beats/min": "/min", "beats/minute": "/min",
}  # fmt: skip
_PLAIN = str.maketrans({"µ": "u", "μ": "u", "²": "2", "³": "3", "⁹": "9", "×": "x", "·": ".", "°": None})


def ucum_of(written: str) -> str | None:
    """Return the UCUM unit that a text means; None where it is none that is known."""
    plain = re.sub(r"\s+", "", written.translate(_PLAIN))
    return _SPELLINGS.get(plain.casefold())


def unit_at(text: str) -> tuple[str, str] | None:
    """Return the longest unit that a text begins with, as written and in UCUM; None where it begins with none."""
    for end in range(min(len(text), LONGEST), 0, -1):
        cut_in_a_word = text[end - 1].isalnum() and text[end : end + 1].isalnum()
        found = None if cut_in_a_word else ucum_of(text[:end])
        if found is not None:
            return text[:end].rstrip(), found
    return None


def in_unit(value: Decimal, unit: str, wanted: str, molar_mass: Decimal | None) -> Decimal | None:
    """Return a value in another UCUM unit, between mass and amount of substance too where the molar mass is known.

    None where there is no way from one to the other.
    """
    from pint.errors import PintError

    registry = _registry()
    one, target = registry.from_ucum(unit), registry.from_ucum(wanted)
    quantity: Any = type(one)(float(value) * one.magnitude, one.units)
    for way in _ways(quantity, molar_mass, registry):
        try:
            return Decimal(repr(float(way().to(target.units).magnitude / target.magnitude)))
        except PintError:
            continue
    return None


def _ways(quantity: Any, per_mole: Decimal | None, registry: "PintUcumRegistry") -> tuple[Callable[[], Any], ...]:
    """Return how a quantity may be brought to another kind: as it is, or by the molar mass; each may be impossible."""
    if per_mole is None:
        return (lambda: quantity,)
    mass = float(per_mole) * registry.from_ucum("g/mol")
    return (lambda: quantity, lambda: quantity / mass, lambda: quantity * mass)


@lru_cache(maxsize=1)
def _registry() -> "PintUcumRegistry":
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry()
