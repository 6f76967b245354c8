"""What the protocol has at a path, as numbers: a count, an amount, a duration, or the length of a list.

Knows the tree of the YAML; words are no numbers here (`record.py` reads those).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from regdocs.spec.paths import node_at
from regdocs.spec.tree import DecimalText, Mapping, Node, Scalar, Sequence
from regdocs.units import Duration

UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_SCALES = {
    "year": ("month", 12),
    "month": ("month", 1),
    "week": ("day", 7),
    "day": ("day", 1),
    "hour": ("minute", 60),
    "minute": ("minute", 1),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit of time it is in, or none."""

    value: Decimal
    unit: str | None = None

    def same_as(self, other: "Amount") -> bool:
        """Tell whether two say the same: exactly, in days and weeks, in hours and minutes, in months and years."""
        return self._exact() == other._exact()

    def _exact(self) -> tuple[str | None, Decimal]:
        scale, times = _SCALES.get(self.unit or "", (self.unit, 1))
        return scale, self.value * times


class Recorded:
    """The protocol's tree, asked for numbers by path; each path is looked up once."""

    def __init__(self, tree: Node) -> None:
        self._tree = tree
        self._nodes: dict[str, Node | None] = {}

    def amounts(self, path: str) -> tuple[Amount, ...]:
        """Return the numbers that stand at a path or just below it, in order; () for words and for nothing."""
        node = self._node(path)
        if isinstance(node, Mapping):
            return tuple(amount for entry in node.entries for amount in _amounts(_unwrapped(entry.node)))
        return _amounts(node)

    def size(self, path: str) -> int | None:
        """Return the number of elements of the list at a path; None where no list stands there."""
        node = self._node(path)
        return len(node.items) if isinstance(node, Sequence) else None

    def is_counted(self, path: str) -> bool:
        """Tell whether a number stands at a path, or a list that is no list of words."""
        return bool(self.amounts(path)) or (self.size(path) is not None and self.words(path) is None)

    def words(self, path: str) -> str | None:
        """Return the words that stand at a path, those of a list one after the other; None for anything else.

        A choice such as "1/2" or "participant" is no words: documents print it in words of their own.
        """
        node = self._node(path)
        items = node.items if isinstance(node, Sequence) else (node,)
        texts = [one.text for one in map(_unwrapped, items) if isinstance(one, Scalar)]
        if len(texts) != len(items) or not any(" " in text for text in texts):
            return None
        return "\n".join(texts)

    def _node(self, path: str) -> Node | None:
        if path not in self._nodes:
            self._nodes[path] = _unwrapped(node_at(self._tree, path))
        return self._nodes[path]


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
