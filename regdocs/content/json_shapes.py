"""How each part of the content tree is written in JSON: the one table of keys, in the order they are written.

Knows the model's parts and the keys of format v1; does not know how a shape is applied (`json_form.py`). Names here
are the format, kept for years: another key or another meaning is a new format.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from regdocs.content import choices, identity, model


class Scalar(Enum):
    """What a plain value may be. A whole number is never a float, nor true or false."""

    TEXT = auto()
    WHOLE = auto()
    FLAG = auto()
    SIGNATURE_LINE = auto()
    """A pair of text and whole number."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A text out of a closed set."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of one kind; `length` where it is fixed."""

    kind: "Kind"
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part with a shape of its own and no "is" key, since only it may stand there."""

    part: type


class Union(Enum):
    """Where several parts may stand; each says which it is."""

    BLOCK = auto()
    INLINE = auto()


Kind: TypeAlias = Scalar | OneOf | Many | Part | Union


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a part: its name, which is the field's, and what stands there.

    `required` keys are always written; others only where they differ from the model's default.
    """

    name: str
    kind: Kind
    required: bool = False


Keys: TypeAlias = tuple[Key, ...]

_INLINES = Many(Union.INLINE)
_BLOCKS = Many(Union.BLOCK)
_TEXTS = Many(Scalar.TEXT)
_RUNNING = Many(_INLINES, length=3)


def _must(name: str, kind: Kind) -> Key:
    return Key(name, kind, required=True)


_CHANGE = Key("change", OneOf(choices.CHANGES))
_TAGS: Keys = (_must("id", Scalar.TEXT), Key("clauses", _TEXTS), Key("language", Scalar.TEXT), _CHANGE)

INLINES: dict[str, type] = {
    "value": model.Value,
    "styled": model.Styled,
    "line-break": model.LineBreak,
    "blank": model.Blank,
    "tick": model.Tick,
    "comb": model.Comb,
    "footnote-ref": model.FootnoteRef,
    "identity": model.IdentitySlot,
    "page-number": model.PageNumber,
    "page-count": model.PageCount,
    "revised": model.Revised,
}
"""The names of inlines; words of the template are a bare JSON string."""

BLOCKS: dict[str, type] = {
    "heading": model.Heading,
    "paragraph": model.Paragraph,
    "list": model.List,
    "table": model.Table,
    "box": model.Box,
    "signature": model.Signature,
    "page-break": model.PageBreak,
    "contents": model.Contents,
}

SHAPES: dict[type, Keys] = {
    model.Value: (
        _must("text", Scalar.TEXT),
        _must("paths", _TEXTS),
        Key("state", OneOf(choices.VALUE_STATES)),
    ),
    model.Styled: (_must("style", OneOf(choices.STYLES)), _must("inlines", _INLINES)),
    model.LineBreak: (),
    model.Blank: (_must("label", Scalar.TEXT), Key("width_mm", Scalar.WHOLE)),
    model.Tick: (_must("label", Scalar.TEXT),),
    model.Comb: (_must("label", Scalar.TEXT), _must("pattern", Scalar.TEXT)),
    model.FootnoteRef: (_must("note", Scalar.TEXT), _must("mark", Scalar.TEXT)),
    model.IdentitySlot: (_must("field", OneOf(choices.IDENTITY_FIELDS)),),
    model.PageNumber: (),
    model.PageCount: (),
    model.Revised: (_must("change", OneOf(choices.REVISIONS)), _must("inlines", _INLINES)),
    model.Heading: (
        *_TAGS,
        _must("level", Scalar.WHOLE),
        Key("number", Scalar.TEXT),
        Key("old_number", Scalar.TEXT),
        _must("inlines", _INLINES),
    ),
    model.Paragraph: (
        *_TAGS,
        Key("role", OneOf(choices.PARAGRAPH_ROLES)),
        Key("old_role", OneOf(choices.PARAGRAPH_ROLES)),
        _must("inlines", _INLINES),
    ),
    model.List: (*_TAGS, Key("ordered", Scalar.FLAG), _must("items", Many(Part(model.ListItem)))),
    model.ListItem: (*_TAGS, Key("marker", Scalar.TEXT), Key("old_marker", Scalar.TEXT), _must("blocks", _BLOCKS)),
    model.Table: (
        *_TAGS,
        Key("role", OneOf(choices.TABLE_ROLES)),
        _must("columns", Many(Scalar.WHOLE)),
        Key("caption", _INLINES),
        _must("head", Many(Part(model.Row))),
        _must("rows", Many(Part(model.Row))),
    ),
    model.Row: (*_TAGS, Key("section", Scalar.FLAG), _must("cells", Many(Part(model.Cell)))),
    model.Cell: (
        Key("header", Scalar.FLAG),
        Key("colspan", Scalar.WHOLE),
        Key("rowspan", Scalar.WHOLE),
        Key("align", OneOf(choices.ALIGNS)),
        Key("shade", Scalar.FLAG),
        _must("blocks", _BLOCKS),
    ),
    model.Box: (*_TAGS, Key("role", OneOf(choices.BOX_ROLES)), _must("blocks", _BLOCKS)),
    model.Signature: (
        *_TAGS,
        _must("who", _INLINES),
        _must("statement", _INLINES),
        _must("lines", Many(Scalar.SIGNATURE_LINE)),
    ),
    model.PageBreak: _TAGS,
    model.Contents: (*_TAGS, Key("depth", Scalar.WHOLE), _must("title", _INLINES)),
    model.Footnote: (*_TAGS, _must("mark", Scalar.TEXT), Key("old_mark", Scalar.TEXT), _must("inlines", _INLINES)),
    model.Section: (
        _must("id", Scalar.TEXT),
        Key("orientation", OneOf(choices.ORIENTATIONS)),
        Key("own_pages", Scalar.FLAG),
        Key("running", _INLINES),
        _CHANGE,
        _must("blocks", _BLOCKS),
        Key("footnotes", Many(Part(model.Footnote))),
    ),
    model.Furniture: (
        Key("paper", OneOf(choices.PAPERS)),
        Key("stamp_area", Scalar.FLAG),
        Key("stamp_height_mm", Scalar.WHOLE),
        Key("blank_head_mm", Scalar.WHOLE),
        Key("blank_foot_mm", Scalar.WHOLE),
        Key("board_footer", Scalar.FLAG),
        Key("marks", Many(_INLINES)),
        Key("header", _RUNNING),
        Key("footer", _RUNNING),
    ),
    model.Document: (
        _must("kind", Scalar.TEXT),
        _must("language", Scalar.TEXT),
        _must("title", Scalar.TEXT),
        _must("subject", Scalar.TEXT),
        _must("furniture", Part(model.Furniture)),
        _must("sections", Many(Part(model.Section))),
    ),
    identity.Revision: (_must("author", Scalar.TEXT), _must("date", Scalar.TEXT)),
    identity.Draft: (_must("mark", Scalar.TEXT), Key("notice", _BLOCKS)),
    identity.Identity: (
        _must("version", Scalar.TEXT),
        Key("date", Scalar.TEXT),
        Key("protocol_version", Scalar.TEXT),
        Key("draft", Part(identity.Draft)),
        Key("log_head", Scalar.TEXT),
        Key("revision", Part(identity.Revision)),
    ),
}
