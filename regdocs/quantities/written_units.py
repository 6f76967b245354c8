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
    "bpm": "/min", "beats/min": "/min", "beats/minute": "/min", "beatsperminute": "/min", "l": "L", "ml": "mL",
    "m": "m", "kgs": "kg", "kilograms": "kg", "lb": "[lb_av]", "lbs": "[lb_av]", "pounds": "[lb_av]", "kpa": "kPa",
    "mmofhg": "mm[Hg]", "hour": "h", "hours": "h", "h": "h", "minutes": "min", "min": "min", "mm/h": "mm/h",
    "mm/hr": "mm/h", "gm/dl": "g/dL", "gms/dl": "g/dL", "g%": "g/dL", "gm%": "g/dL", "mg/100ml": "mg/dL",
    "g/100ml": "g/dL", "milligrams/deciliter": "mg/dL", "ng/ul": "ng/uL", "ug/min": "ug/min", "mg/g": "mg/g",
    "ug/mg": "ug/mg", "mg/mmol": "mg/mmol", "u/ml": "U/mL", "mu/l": "m[IU]/L", "mu/ml": "m[IU]/mL",
    "uu/ml": "u[IU]/mL", "mciu/ml": "u[IU]/mL", "ukat/l": "ukat/L", "units/l": "U/L", "units/liter": "U/L",
    "mmoles/l": "mmol/L", "mmol/liter": "mmol/L", "mmol/litre": "mmol/L", "ml/minute": "mL/min", "ml/s": "mL/s",
    "ml/min/1.73": "mL/min/{1.73_m2}", "ml/min/1,73m2": "mL/min/{1.73_m2}", "ml/minute/1.73m2": "mL/min/{1.73_m2}",
    "ml/minper1.73m2": "mL/min/{1.73_m2}", "ml/min/1.73sqm": "mL/min/{1.73_m2}",
    "ml/min/1.73m(2)": "mL/min/{1.73_m2}", "kg/m(2)": "kg/m2", "kg/sqm": "kg/m2", "/mm^3": "/mm3",
    "cells/mm^3": "/mm3", "cell/mm3": "/mm3", "/cumm": "/mm3", "cells/cumm": "/mm3", "cells/l": "/L",
    "permm3": "/mm3", "perul": "/uL", "/mcl": "/uL", "cells/mcl": "/uL", "/microliter": "/uL",
    "cells/microliter": "/uL", "k/ul": "10*3/uL", "k/mm3": "10*3/mm3", "k/mcl": "10*3/uL", "g/24hours": "g/d",
    "g/24hrs": "g/d", "mg/24hrs": "mg/d", "millisecond": "ms", "milliseconds": "ms", "msecs": "ms",
    "mval/l": "meq/L", "iu/dl": "[IU]/dL", "mcu/ml": "u[IU]/mL", "degreescelsius": "Cel",
    "degreesfahrenheit": "[degF]",
}  # fmt: skip
_PLAIN = str.maketrans({"µ": "u", "μ": "u", "²": "2", "³": "3", "⁶": "6", "⁹": "9", "×": "x", "·": ".", "°": None})
# Other characters than these no unit begins with.
_BEGINNINGS = frozenset({spelling[0] for spelling in _SPELLINGS} | set("x×*1µμ°"))
# Counts as powers of ten: "x 10^3/µL", "×10⁹/L", "x10e9/l"; "*" is a multiplication too.
_POWER = re.compile(r"[x*]?10(?:\^|\*\*?|e|exp)?\(?(?P<power>[369]|12)\)?(?:cells)?/(?P<of>l|ml|ul|mcl|mm3|mm\^3)")
_OF = {"l": "L", "ml": "mL", "ul": "uL", "mcl": "uL", "mm3": "mm3", "mm^3": "mm3"}


@lru_cache(maxsize=4096)
def ucum_of(written: str) -> str | None:
    """Return the UCUM unit that a text means; None where it is none that is known."""
    plain = re.sub(r"\s+", "", written.translate(_PLAIN)).casefold()
    power = _POWER.fullmatch(plain)
    return f"10*{power['power']}/{_OF[power['of']]}" if power else _SPELLINGS.get(plain)


def known_spellings() -> tuple[str, ...]:
    """Return the units that are known, as people write them, in small letters."""
    return tuple(_SPELLINGS)


def is_ucum(text: str) -> bool:
    """Tell whether a text is a unit of UCUM as it stands."""
    from lark.exceptions import LarkError
    from pint.errors import PintError

    try:
        _registry().from_ucum(text)
    except (LarkError, PintError):
        return False
    return True


def unit_at(text: str) -> tuple[str, str] | None:
    """Return the longest unit that a text begins with, as written and in UCUM; None where it begins with none."""
    for end in range(min(len(text), LONGEST) if text[:1].casefold() in _BEGINNINGS else 0, 0, -1):
        found = None if _cut(text, end) else ucum_of(text[:end])
        if found is not None:
            return text[:end].rstrip(), found
    return None


def _cut(text: str, end: int) -> bool:
    """Tell whether a word, or a unit such as "mg/dose", would be cut apart."""
    after = text[end : end + 2]
    return text[end - 1].isalnum() and (after[:1].isalnum() or (after[:1] == "/" and after[1:].isalpha()))


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
