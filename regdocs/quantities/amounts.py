"""What an amount of something measured is in another unit, and whether a limit can be that much of it at all.

Bounds come from `analytes.yaml`: wide, from memory, and there to find a unit written for another one.
"""

from dataclasses import dataclass
from decimal import Decimal

from regdocs.quantities.analytes import Analyte, Bounds
from regdocs.quantities.written_units import in_unit

_SHOWN = {
    "umol/L": "µmol/L",
    "ug/L": "µg/L",
    "ug/dL": "µg/dL",
    "u[IU]/mL": "µIU/mL",
    "m[IU]/L": "mIU/L",
    "[IU]/L": "IU/L",
    "/uL": "/µL",
    "10*9/L": "x 10^9/L",
    "ukat/L": "µkat/L",
    "mm[Hg]": "mmHg",
    "Cel": "°C",
    "[degF]": "°F",
    "[lb_av]": "pounds",
    "/min": "beats/min",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
}
# The two units of HbA1c have different zeros; a name that is not known may be one of its names.
_OF_HBA1C = {"%", "mmol/mol"}


@dataclass(frozen=True, slots=True)
class OutOfBounds:
    """A limit beyond what can be: the bounds, in the unit in which they are known, and on which side."""

    bounds: Bounds
    above: bool


def converted(value: Decimal, unit: str | None, wanted: str | None, analyte: Analyte | None) -> Decimal | None:
    """Return an amount in another UCUM unit; None where nobody can tell."""
    if unit is None or wanted is None:
        return None
    if unit == wanted:
        return value
    if (analyte is None and {unit, wanted} == _OF_HBA1C) or (analyte is not None and not analyte.alike):
        return None
    amount = in_unit(value, unit, wanted, analyte.molar_mass if analyte is not None else None)
    if amount is None or analyte is None or ("eq" in unit) == ("eq" in wanted):
        return amount
    return amount * analyte.charge if "eq" in wanted else amount / analyte.charge


def out_of_bounds(analyte: Analyte, value: Decimal, unit: str) -> OutOfBounds | None:
    """Return by what a limit is impossible; None where it is possible, zero, or of a kind of unit that is not known."""
    bounds = _bounds(analyte, unit)
    amount = converted(value, unit, bounds.ucum, analyte) if bounds is not None else None
    if bounds is None or amount is None or amount == 0 or bounds.lowest <= amount <= bounds.highest:
        return None
    return OutOfBounds(bounds, amount > bounds.highest)


def is_measured_in(analyte: Analyte, unit: str) -> bool:
    """Tell whether it is given in such a unit, or in one of the same kind; True where nothing is known of it."""
    return not analyte.bounds or _bounds(analyte, unit) is not None


def units_that_fit(analyte: Analyte, value: Decimal, unit: str) -> tuple[str, ...]:
    """Return the units, as written, in which the number would be possible."""
    others = (one for one in analyte.written if one != unit)
    return tuple(shown(one) for one in others if _bounds(analyte, one) and out_of_bounds(analyte, value, one) is None)


def shown(ucum: str) -> str:
    """Return a UCUM unit as people write it."""
    return _SHOWN.get(ucum, ucum)


def _bounds(analyte: Analyte, unit: str) -> Bounds | None:
    """Return the bounds in this very unit, else in one that it converts to."""
    same = (one for one in analyte.bounds if one.ucum == unit)
    alike = (one for one in analyte.bounds if converted(Decimal(1), unit, one.ucum, analyte) is not None)
    return next(same, None) or next(alike, None)
