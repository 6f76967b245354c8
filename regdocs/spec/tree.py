"""The tree that a YAML text becomes: scalars, mappings and sequences, each with its place.

Knows places and plain values; does not know YAML's syntax (`yaml_text`) nor what a key means (the model).
The tree is at most as deep as `yaml_text.MAX_DEPTH`, so walking it by recursion is safe.
"""

from collections.abc import Sequence as Items
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from regdocs.source import Position


class DecimalText(str):
    """A number that is not a whole number, kept as the person wrote it: "1.10" stays "1.10".

    It is a `str`, so a field of text takes it as it stands, and no digit is lost on the way.
    """

    __slots__ = ()

    def to_decimal(self) -> Decimal:
        """Return the number. The text was checked on reading, so this does not fail."""
        return Decimal(str(self))


ScalarValue: TypeAlias = str | int | bool | DecimalText | None
Plain: TypeAlias = "str | int | bool | DecimalText | list[Plain] | dict[str, Plain] | None"
DataForm: TypeAlias = "str | int | bool | list[DataForm] | dict[str, DataForm] | None"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. `text` is what stands there (without quotes and escapes); `value` is how YAML 1.2 reads it."""

    text: str
    value: ScalarValue
    position: Position


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping, with its value."""

    key: str
    key_position: Position
    node: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the text. No key stands twice."""

    entries: tuple[Entry, ...]
    position: Position

    def entry(self, key: str) -> Entry | None:
        """Return the entry of that key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values, in the order of the text."""

    items: tuple["Node", ...]
    position: Position


Node: TypeAlias = Scalar | Mapping | Sequence


def to_plain(node: Node) -> Plain:
    """Return the tree as dict, list and plain values; decimals stay `DecimalText`."""
    match node:
        case Scalar():
            return node.value
        case Mapping():
            return {entry.key: to_plain(entry.node) for entry in node.entries}
        case Sequence():
            return [to_plain(item) for item in node.items]


def data_form(node: Node) -> DataForm:
    """Return the data form of the audit format: strings, integers, booleans, null, lists and objects.

    Any other number is a plain string with its source text, so `1.10` and `"1.10"` are the same data.
    """
    match node:
        case Scalar(value=DecimalText() as number):
            return str(number)
        case Scalar():
            return node.value
        case Mapping():
            return {entry.key: data_form(entry.node) for entry in node.entries}
        case Sequence():
            return [data_form(item) for item in node.items]


def id_of(node: Node) -> str | None:
    """Return the `id` of an element of a list, or None."""
    entry = node.entry("id") if isinstance(node, Mapping) else None
    return entry.node.text if entry and isinstance(entry.node, Scalar) else None


def find(node: Node, loc: Items[str | int], *, key: bool = False) -> tuple[Node, Position]:
    """Return what stands at `loc`, and the place to show for it.

    The place is that of the value for a scalar, and that of the key for a mapping or list that has one: a person
    looks for `arms:`, not for the first arm below it. With `key` it is the key's place for scalars too.

    A segment that is not in the tree is passed over: model errors name the members of unions and missing
    fields, which nobody wrote. So the answer is the nearest thing that does stand in the text.
    """
    found, key_position = node, None
    for segment in loc:
        step = _step(found, segment)
        if step is not None:
            found, key_position = step
    if key_position is not None and (key or not isinstance(found, Scalar)):
        return found, key_position
    return found, found.position


def _step(node: Node, segment: str | int) -> tuple[Node, Position | None] | None:
    if isinstance(node, Mapping) and isinstance(segment, str):
        entry = node.entry(segment)
        return (entry.node, entry.key_position) if entry else None
    if isinstance(node, Sequence) and isinstance(segment, int) and 0 <= segment < len(node.items):
        return node.items[segment], None
    return None
