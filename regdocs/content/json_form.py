"""The versioned JSON form of a document, `regdocs.content/v1`, both ways (`docs/formats/content.md`).

Knows JSON trees (what `json.loads` gives), not bytes: who hashes or keeps a tree makes it canonical first. Numbers are
whole, keys that would say a default are left out, and reading refuses what it does not know.
"""

from dataclasses import MISSING, fields
from typing import TypeAlias, TypeVar

from regdocs.content.errors import ContentFormatError
from regdocs.content.identity import Identity
from regdocs.content.json_shapes import BLOCKS, INLINES, SHAPES, Key, Kind, Many, OneOf, Part, Scalar, Union
from regdocs.content.model import FORMAT, Document, Text

JsonTree: TypeAlias = "str | int | bool | list[JsonTree] | dict[str, JsonTree] | None"
Plain = TypeVar("Plain", str, int, bool)
Whole = TypeVar("Whole")

_NAMES = {part: name for table in (INLINES, BLOCKS) for name, part in table.items()}
_DEFAULTS = {part: {field.name: field.default for field in fields(part)} for part in SHAPES}


def to_json(document: Document) -> dict[str, JsonTree]:
    """Return the document's JSON tree; equal documents give equal trees with their keys in the same order."""
    return {"format": FORMAT, **_part_to_json(document)}


def from_json(tree: object) -> Document:
    """Return the document a JSON tree stands for.

    Raises:
        ContentFormatError: Another format, an unknown or missing key, or a value of another type.
    """
    found = _object(tree, "")
    if found.get("format") != FORMAT:
        raise ContentFormatError("", f'format is {_shown(found.get("format"))}, expected "{FORMAT}"')
    return _guarded(Document, {name: value for name, value in found.items() if name != "format"})


def identity_to_json(identity: Identity) -> dict[str, JsonTree]:
    """Return the JSON tree of what a writer is told beside the document."""
    return _part_to_json(identity)


def identity_from_json(tree: object) -> Identity:
    """Return the identity a JSON tree stands for.

    Raises:
        ContentFormatError: As `from_json`.
    """
    return _guarded(Identity, tree)


# ---------------------------------------------------------------------------------------------------------- writing


def _part_to_json(part: object) -> dict[str, JsonTree]:
    tree: dict[str, JsonTree] = {}
    for key in SHAPES[type(part)]:
        value = getattr(part, key.name)
        if key.required or value != _DEFAULTS[type(part)][key.name]:
            tree[key.name] = _to_json(value, key.kind)
    return tree


def _to_json(value: object, kind: Kind) -> JsonTree:
    if isinstance(kind, Many):
        assert isinstance(value, tuple)
        return [_to_json(member, kind.kind) for member in value]
    if isinstance(kind, Part):
        return _part_to_json(value)
    if isinstance(kind, Union):
        return value.text if isinstance(value, Text) else {"is": _NAMES[type(value)], **_part_to_json(value)}
    if kind is Scalar.SIGNATURE_LINE:
        assert isinstance(value, tuple)
        return list(value)
    assert isinstance(value, str | int)
    return value


# ---------------------------------------------------------------------------------------------------------- reading


def _guarded(part: type[Whole], tree: object) -> Whole:
    try:
        return _part_from_json(part, tree, "")
    except RecursionError as error:
        raise ContentFormatError("", "the tree is nested too deeply") from error


def _part_from_json(part: type[Whole], tree: object, where: str) -> Whole:
    found = _object(tree, where)
    keys = SHAPES[part]
    unknown = sorted(found.keys() - {key.name for key in keys})
    if unknown:
        raise ContentFormatError(where, f'unknown key "{unknown[0]}"')
    return part(**{key.name: _field_from_json(part, key, found, where) for key in keys})


def _field_from_json(part: type, key: Key, found: dict[str, object], where: str) -> object:
    if key.name in found:
        return _from_json(found[key.name], key.kind, f"{where}.{key.name}".removeprefix("."))
    default = _DEFAULTS[part][key.name]
    if key.required or default is MISSING:
        raise ContentFormatError(where, f'key "{key.name}" is missing')
    return default


def _from_json(tree: object, kind: Kind, where: str) -> object:
    if isinstance(kind, Many):
        members = _list(tree, where, kind.length)
        return tuple(_from_json(member, kind.kind, f"{where}[{index}]") for index, member in enumerate(members))
    if isinstance(kind, Part):
        return _part_from_json(kind.part, tree, where)
    if isinstance(kind, Union):
        return _member_from_json(tree, kind, where)
    if isinstance(kind, OneOf):
        return _one_of(tree, kind, where)
    return _scalar(tree, kind, where)


def _member_from_json(tree: object, kind: Union, where: str) -> object:
    if kind is Union.INLINE and isinstance(tree, str):
        return Text(tree)
    found = _object(tree, where)
    table = INLINES if kind is Union.INLINE else BLOCKS
    name = found.get("is")
    if not isinstance(name, str) or name not in table:
        raise ContentFormatError(where, f'"is" says {_shown(name)}, expected one of {", ".join(table)}')
    return _part_from_json(table[name], {key: value for key, value in found.items() if key != "is"}, where)


def _one_of(tree: object, kind: OneOf, where: str) -> str:
    for choice in kind.choices:
        if choice == tree:
            return choice
    raise ContentFormatError(where, f"found {_shown(tree)}, expected one of {', '.join(kind.choices)}")


def _scalar(tree: object, kind: Scalar, where: str) -> object:
    if kind is Scalar.TEXT:
        return _plain(tree, str, "a text", where)
    if kind is Scalar.FLAG:
        return _plain(tree, bool, "true or false", where)
    if kind is Scalar.WHOLE:
        return _plain(tree, int, "a whole number", where)
    label, share = _list(tree, where, 2)
    return _plain(label, str, "a text", f"{where}[0]"), _plain(share, int, "a whole number", f"{where}[1]")


def _plain(tree: object, plain: type[Plain], expected: str, where: str) -> Plain:
    if isinstance(tree, plain) and type(tree) is plain:  # true is an int to Python, not to us
        return tree
    raise ContentFormatError(where, f"found {_shown(tree)}, expected {expected}")


def _object(tree: object, where: str) -> dict[str, object]:
    if isinstance(tree, dict) and all(isinstance(name, str) for name in tree):
        return tree
    raise ContentFormatError(where, f"found {_shown(tree)}, expected an object")


def _list(tree: object, where: str, length: int | None) -> list[object]:
    if not isinstance(tree, list):
        raise ContentFormatError(where, f"found {_shown(tree)}, expected a list")
    if length is not None and len(tree) != length:
        raise ContentFormatError(where, f"found {len(tree)} members, expected {length}")
    return tree


def _shown(tree: object) -> str:
    if isinstance(tree, dict | list):
        return "an object" if isinstance(tree, dict) else "a list"
    text = repr(tree) if not isinstance(tree, str) else f'"{tree}"'
    return text if len(text) <= 60 else text[:59] + "…"
