"""The block elements of the markup → blocks. Knows what may stand in what; does not know sections or furniture."""

from collections.abc import Callable
from enum import Enum, auto
from typing import TypeAlias

from regdocs.content.choices import BOX_ROLES, PARAGRAPH_ROLES
from regdocs.content.markup_inlines import INLINES, Place, is_blank, read_inlines
from regdocs.content.markup_reading import TAGS, Reading
from regdocs.content.markup_tables import read_table
from regdocs.content.markup_xml import Element
from regdocs.content.model import (
    Block,
    Box,
    Contents,
    Heading,
    Inlines,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Signature,
    Table,
)

TITLE_ROLES = ("title", "subtitle", "line")
DEEPEST_HEADING = 4
WIDEST_LINE = 12


class Inside(Enum):
    """What a block stands in, as far as it decides what the block may be."""

    SECTION = auto()
    BLOCK = auto()
    """In a list or a box: no page break, no contents."""
    CELL = auto()
    """In a table, however deep: the same, and identity may be printed."""


BlockReader: TypeAlias = Callable[[Element, Reading, Inside], Block]


def read_block(element: Element, reading: Reading, inside: Inside) -> Block | None:
    """Return the block, or None after reporting an element that is not one."""
    if element.tag in INLINES:
        reading.report(element, f"<{element.tag}> may not stand directly in a {inside.name.lower()}; put it into a <p>")
        return None
    if element.tag not in BLOCKS:
        reading.report_unknown(element, tuple(BLOCKS), f"a {inside.name.lower()}")
        return None
    return BLOCKS[element.tag](element, reading, inside)


def _blocks_inside(parent: Element, reading: Reading, inside: Inside) -> tuple[Block, ...]:
    found = (read_block(child, reading, inside) for child in reading.only_elements(parent))
    return tuple(block for block in found if block is not None)


def _blocks_or_bare(parent: Element, reading: Reading, inside: Inside, bare_id: str) -> tuple[Block, ...]:
    """Return the blocks of an item or cell; bare inlines become one paragraph, and nothing stays nothing."""
    if any(child.tag in BLOCKS for child in parent.elements):
        _report_mixture(parent, reading)
        return _blocks_inside(parent, reading, inside)
    place = Place.TITLE if inside is Inside.CELL else Place.TEXT
    inlines = read_inlines(parent, reading, place)
    if not inlines:
        return ()
    role: ParagraphRole = "line" if parent.tag in ("td", "th") else "body"
    return (Paragraph(id=reading.claim(bare_id, parent), inlines=inlines, role=role),)


def _report_mixture(parent: Element, reading: Reading) -> None:
    for child in parent.children:
        if isinstance(child, Element) and child.tag in INLINES:
            reading.report(child, f"<{parent.tag}> holds both blocks and bare <{child.tag}>; put the words into a <p>")


def _said(element: Element, reading: Reading, place: Place) -> Inlines:
    """Return inlines that must print something."""
    inlines = read_inlines(element, reading, place)
    if is_blank(inlines):
        reading.report(element, f"<{element.tag}> is empty")
    return inlines


def _heading(element: Element, reading: Reading, _inside: Inside) -> Block:
    reading.allow(element, *TAGS, "number")
    return Heading(
        **reading.tags(element),
        level=int(element.tag[1:]),
        inlines=_said(element, reading, Place.TEXT),
        number=reading.optional(element, "number"),
    )


def _paragraph(element: Element, reading: Reading, inside: Inside) -> Block:
    reading.allow(element, *TAGS, "role")
    role = reading.choice(element, "role", PARAGRAPH_ROLES, "body")
    place = Place.TITLE if inside is Inside.CELL or role in TITLE_ROLES else Place.TEXT
    return Paragraph(**reading.tags(element), inlines=_said(element, reading, place), role=role)


def _list(element: Element, reading: Reading, inside: Inside) -> Block:
    reading.allow(element, *TAGS)
    tags = reading.tags(element)
    items = []
    for child in reading.only_elements(element):
        if child.tag == "li":
            items.append(_item(child, reading, _below(inside)))
        else:
            reading.report_unknown(child, ("li",), f"<{element.tag}>")
    if not items:
        reading.report(element, f"<{element.tag}> has no item")
    return List(**tags, items=tuple(items), ordered=element.tag == "ol")


def _item(element: Element, reading: Reading, inside: Inside) -> ListItem:
    reading.allow(element, *TAGS, "marker")
    tags = reading.tags(element)
    blocks = _blocks_or_bare(element, reading, inside, f"{tags['id']}.text")
    if not blocks:
        reading.report(element, "<li> is empty")
    return ListItem(**tags, blocks=blocks, marker=reading.optional(element, "marker"))


def _table(element: Element, reading: Reading, _inside: Inside) -> Table:
    def read_cell(cell: Element, reading: Reading, bare_id: str) -> tuple[Block, ...]:
        return _blocks_or_bare(cell, reading, Inside.CELL, bare_id)

    return read_table(element, reading, read_cell)


def _box(element: Element, reading: Reading, inside: Inside) -> Block:
    reading.allow(element, *TAGS, "role")
    tags = reading.tags(element)
    role = reading.choice(element, "role", BOX_ROLES, "note")
    blocks = _blocks_inside(element, reading, _below(inside))
    if not blocks:
        reading.report(element, "<box> is empty")
    return Box(**tags, blocks=blocks, role=role)


def _signature(element: Element, reading: Reading, _inside: Inside) -> Block:
    reading.allow(element, *TAGS)
    tags = reading.tags(element)
    said: dict[str, Inlines] = {}
    lines: list[tuple[str, int]] = []
    for child in reading.only_elements(element):
        if child.tag == "line":
            lines.append(_signature_line(child, reading))
        elif child.tag not in ("who", "statement"):
            reading.report_unknown(child, ("who", "statement", "line"), "<signature>")
        elif child.tag in said or lines:
            reading.report(child, f"<{child.tag}> stands once in <signature>, before the lines")
        else:
            reading.allow(child)
            said[child.tag] = _said(child, reading, Place.TEXT)
    if "who" not in said or not lines:
        reading.report(element, "<signature> needs <who> and at least one <line>")
    return Signature(**tags, who=said.get("who", ()), statement=said.get("statement", ()), lines=tuple(lines))


def _signature_line(element: Element, reading: Reading) -> tuple[str, int]:
    reading.allow(element, "label", "share")
    reading.nothing_inside(element)
    return reading.required(element, "label"), reading.whole(element, "share", 1, WIDEST_LINE)


def _page_break(element: Element, reading: Reading, inside: Inside) -> Block:
    reading.allow(element, *TAGS)
    reading.nothing_inside(element)
    _report_unless_in_section(element, reading, inside)
    return PageBreak(**reading.tags(element))


def _contents(element: Element, reading: Reading, inside: Inside) -> Block:
    reading.allow(element, *TAGS, "depth")
    _report_unless_in_section(element, reading, inside)
    depth = reading.whole(element, "depth", 1, DEEPEST_HEADING, 2)
    return Contents(**reading.tags(element), title=_said(element, reading, Place.TEXT), depth=depth)


def _report_unless_in_section(element: Element, reading: Reading, inside: Inside) -> None:
    if inside is not Inside.SECTION:
        reading.report(element, f"<{element.tag}> may stand directly in a <section> only")


def _below(inside: Inside) -> Inside:
    return Inside.CELL if inside is Inside.CELL else Inside.BLOCK


BLOCKS: dict[str, BlockReader] = {
    "h1": _heading,
    "h2": _heading,
    "h3": _heading,
    "h4": _heading,
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "table": _table,
    "box": _box,
    "signature": _signature,
    "page-break": _page_break,
    "contents": _contents,
}
