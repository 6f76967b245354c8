"""The inline elements of the markup → inlines. Knows which may stand where; does not know blocks."""

from collections.abc import Callable
from enum import Enum, auto
from typing import TypeAlias

from regdocs.content.choices import IDENTITY_FIELDS, VALUE_STATES, Style
from regdocs.content.markup_reading import Reading
from regdocs.content.markup_whitespace import folded
from regdocs.content.markup_xml import Element, Words
from regdocs.content.model import (
    Blank,
    Comb,
    FootnoteRef,
    IdentitySlot,
    Inline,
    Inlines,
    LineBreak,
    PageCount,
    PageNumber,
    Styled,
    Text,
    Tick,
    Value,
)

WIDEST_MM = 250


class Place(Enum):
    """Where inlines stand, as far as it decides what they may be."""

    FURNITURE = auto()
    """Header, footer, marks: page numbers and identity, no footnotes."""
    TITLE = auto()
    """A title block or a table cell: identity is printed there as well."""
    TEXT = auto()
    """Running text: no identity, since a version number would then change the words."""


Reader: TypeAlias = Callable[[Element, Reading, Place], Inlines]


def read_inlines(parent: Element, reading: Reading, place: Place) -> Inlines:
    """Return what stands inside `parent`, white space folded."""
    return folded(_unfolded(parent, reading, place))


def is_blank(inlines: Inlines) -> bool:
    """Tell whether nothing would be printed, not even a line to write on."""
    return all(isinstance(inline, LineBreak) or _is_silent(inline) for inline in inlines)


def _is_silent(inline: Inline) -> bool:
    if isinstance(inline, Styled):
        return is_blank(inline.inlines)
    return isinstance(inline, Text | Value) and not inline.text.strip()


def _unfolded(parent: Element, reading: Reading, place: Place) -> Inlines:
    inlines: list[Inline] = []
    for child in parent.children:
        if isinstance(child, Words):
            inlines.append(Text(child.text))
        elif child.tag in INLINES:
            inlines.extend(INLINES[child.tag](child, reading, place))
        else:
            reading.report_unknown(child, tuple(INLINES), f"the text of <{parent.tag}>")
    return tuple(inlines)


def _styled(style: Style) -> Reader:
    def read(element: Element, reading: Reading, place: Place) -> Inlines:
        reading.allow(element)
        return (Styled(style, _unfolded(element, reading, place)),)

    return read


def _value(element: Element, reading: Reading, _place: Place) -> Inlines:
    reading.allow(element, "paths", "state")
    state = reading.choice(element, "state", VALUE_STATES, "known")
    paths = tuple(reading.required(element, "paths").split())
    for path in paths:
        if not path.startswith("/"):
            reading.report(element, f'path "{path}" of a value does not begin with "/"')
    for child in element.elements:
        reading.report(child, f"<{child.tag}> may not stand in a value; a value is text only")
    text = "".join(child.text for child in element.children if isinstance(child, Words))
    return _broken_into_lines(Value(text, paths, state))


def _broken_into_lines(value: Value) -> Inlines:
    """Keep the lines of a value: a new line in the protocol's text is one on paper.

    New lines at its ends go; they are how a text block is written in YAML, not something to print.
    """
    lines = value.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    if len(lines) == 1:
        return (Value(lines[0], value.paths, value.state),)
    inlines: list[Inline] = []
    for line in lines:
        inlines.append(LineBreak())
        if line:
            inlines.append(Value(line, value.paths, value.state))
    return tuple(inlines[1:])


def _line_break(element: Element, reading: Reading, _place: Place) -> Inlines:
    reading.allow(element)
    reading.nothing_inside(element)
    return (LineBreak(),)


def _blank(element: Element, reading: Reading, _place: Place) -> Inlines:
    reading.allow(element, "label", "width")
    reading.nothing_inside(element)
    width = reading.whole(element, "width", 1, WIDEST_MM) if "width" in element.attributes else 0
    return (Blank(reading.required(element, "label"), width),)


def _tick(element: Element, reading: Reading, _place: Place) -> Inlines:
    reading.allow(element, "label")
    reading.nothing_inside(element)
    return (Tick(reading.required(element, "label")),)


def _comb(element: Element, reading: Reading, _place: Place) -> Inlines:
    reading.allow(element, "label", "pattern")
    reading.nothing_inside(element)
    return (Comb(reading.required(element, "label"), reading.required(element, "pattern")),)


def _footnote_reference(element: Element, reading: Reading, place: Place) -> Inlines:
    reading.allow(element, "note", "mark")
    reading.nothing_inside(element)
    note, mark = reading.required(element, "note"), reading.required(element, "mark")
    if place is Place.FURNITURE:
        reading.report(element, "<fn> may not stand in the furniture; footnotes belong to a section")
    elif note:
        reading.references.append((element, note, mark))
    return (FootnoteRef(note, mark),)


def _identity(element: Element, reading: Reading, place: Place) -> Inlines:
    reading.allow(element, "field")
    reading.nothing_inside(element)
    if place is Place.TEXT:
        reading.report(
            element, "<identity> may stand in furniture, a title, subtitle or line paragraph, or a table cell only"
        )
    reading.required(element, "field")
    return (IdentitySlot(reading.choice(element, "field", IDENTITY_FIELDS, "version")),)


def _page(inline: PageNumber | PageCount) -> Reader:
    def read(element: Element, reading: Reading, place: Place) -> Inlines:
        reading.allow(element)
        reading.nothing_inside(element)
        if place is not Place.FURNITURE:
            reading.report(element, f"<{element.tag}> may stand in furniture only")
        return (inline,)

    return read


INLINES: dict[str, Reader] = {
    "value": _value,
    "strong": _styled("strong"),
    "em": _styled("emphasis"),
    "sup": _styled("superscript"),
    "sub": _styled("subscript"),
    "small": _styled("small"),
    "q": _styled("verbatim"),
    "br": _line_break,
    "blank": _blank,
    "tick": _tick,
    "comb": _comb,
    "fn": _footnote_reference,
    "identity": _identity,
    "page-number": _page(PageNumber()),
    "page-count": _page(PageCount()),
}
