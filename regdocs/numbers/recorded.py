"""What the protocol has at a path, as numbers: a count, an amount, a duration, a date, or the length of a list.

Knows the tree of the YAML; words are no numbers here (`record.py` reads those).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from regdocs.spec.paths import node_at
from regdocs.spec.tree import DecimalText, Mapping, Node, Scalar, Sequence
from regdocs.units import Duration

UNITS = ("year", "month", "week", "day", "hour", "minute", "second")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit of time it is in, or none."""

    value: Decimal
    unit: str | None = None

    def same_as(self, other: "Amount") -> bool:
        """Tell whether two say the same: exactly, in days and weeks, in hours and minutes, in months and years."""
        mine, theirs = _exact(self), _exact(other)
        return mine == theirs


def amounts_at(tree: Node, path: str) -> tuple[Amount, ...]:
    """Return the numbers that stand at a path or just below it, in order; () for words and for nothing."""
    node = _unwrapped(node_at(tree, path))
    if isinstance(node, Mapping):
        inner = (_unwrapped(entry.node) for entry in node.entries)
        return tuple(amount for one in inner for amount in _amounts(one))
    return _amounts(node)


def size_at(tree: Node, path: str) -> int | None:
    """Return the number of elements of the list at a path; None where no list stands there."""
    node = _unwrapped(node_at(tree, path))
    return len(node.items) if isinstance(node, Sequence) else None


def _unwrapped(node: Node | None) -> Node | None:
    """Return a value without the mapping that says that it is assumed, or where it comes from."""
    value = node.entry("value") if isinstance(node, Mapping) else None
    return value.node if value is not None else node


def _amounts(node: Node | None) -> tuple[Amount, ...]:
    if not isinstance(node, Scalar) or isinstance(node.value, bool):
        return ()
    if isinstance(node.value, int):
        return (Amount(Decimal(node.value)),)
    if isinstance(node.value, DecimalText):
        return (Amount(node.value.to_decimal()),)
    if isinstance(node.value, str) and re.match(r"PT?\d", node.value):
        return _duration(node.value)
    return ()


def _duration(text: str) -> tuple[Amount, ...]:
    try:
        parts = Duration.parse(text).parts()
    except ValueError:
        return ()
    return tuple(Amount(Decimal(number), unit.removesuffix("s")) for number, unit in parts)


_SCALES = {
    "year": ("month", 12),
    "month": ("month", 1),
    "week": ("day", 7),
    "day": ("day", 1),
    "hour": ("minute", 60),
    "minute": ("minute", 1),
}


def _exact(amount: Amount) -> tuple[str | None, Decimal]:
    scale, times = _SCALES.get(amount.unit or "", (amount.unit, 1))
    return scale, amount.value * times
