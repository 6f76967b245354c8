"""Markup that a template emitted → the content tree (`docs/formats/markup.md`).

Knows the document's outer shape: furniture, sections, footnotes. Does not know templates, views or the protocol; a
mistake is told by its place in the emitted markup.
"""

from regdocs.content.choices import ORIENTATIONS, PAPERS
from regdocs.content.errors import MarkupError
from regdocs.content.markup_blocks import BLOCKS, Inside, read_block
from regdocs.content.markup_inlines import Place, is_blank, read_inlines
from regdocs.content.markup_reading import TAGS, Reading
from regdocs.content.markup_xml import Element, parse_xml
from regdocs.content.model import Block, Document, Footnote, Furniture, Inlines, Section

__all__ = ["MarkupError", "parse_document"]


def parse_document(markup: str, *, kind: str, language: str, template: str) -> Document:
    """Return the tree that `markup` stands for.

    `template` is only the name under which mistakes are told. Kind and language are the composer's, not the markup's.

    Raises:
        MarkupError: Something that the format forbids; every such place is in its `problems`.
    """
    root = parse_xml(markup, template)
    reading = Reading(markup, template)
    document = _document(root, reading, kind, language)
    reading.finish()
    return document


def _document(root: Element, reading: Reading, kind: str, language: str) -> Document:
    if root.tag != "document":
        reading.report(root, f"the outermost element is <{root.tag}>, expected <document>")
        reading.finish()
    reading.allow(root, "title", "subject", "paper", "stamp-area")
    furniture, sections = _outer_parts(root, reading)
    return Document(
        kind=kind,
        language=language,
        title=reading.required(root, "title"),
        subject=reading.required(root, "subject"),
        furniture=_furniture(root, furniture, reading),
        sections=tuple(_section(section, reading) for section in sections),
    )


def _outer_parts(root: Element, reading: Reading) -> tuple[Element | None, list[Element]]:
    furniture: Element | None = None
    sections: list[Element] = []
    for child in reading.only_elements(root):
        if child.tag == "section":
            sections.append(child)
        elif child.tag != "furniture":
            reading.report_unknown(child, ("furniture", "section"), "<document>")
        elif furniture is not None or sections:
            reading.report(child, "<furniture> stands once, before the sections")
        else:
            furniture = child
    if not sections:
        reading.report(root, "<document> has no <section>")
    return furniture, sections


# -------------------------------------------------------------------------------------------------------- furniture


def _furniture(root: Element, element: Element | None, reading: Reading) -> Furniture:
    marks: list[Inlines] = []
    running: dict[str, tuple[Inlines, Inlines, Inlines]] = {}
    for child in _furniture_parts(element, reading):
        if child.tag == "mark":
            marks.append(_mark(child, reading))
        elif child.tag in running:
            reading.report(child, f"<furniture> has a second <{child.tag}>")
        else:
            running[child.tag] = _running(child, reading)
    return Furniture(
        header=running.get("header", ((), (), ())),
        footer=running.get("footer", ((), (), ())),
        marks=tuple(marks),
        stamp_area=reading.yes(root, "stamp-area"),
        paper=reading.choice(root, "paper", PAPERS, "A4"),
    )


def _furniture_parts(element: Element | None, reading: Reading) -> list[Element]:
    if element is None:
        return []
    reading.allow(element)
    known = ("mark", "header", "footer")
    for child in (children := reading.only_elements(element)):
        if child.tag not in known:
            reading.report_unknown(child, known, "<furniture>")
    return [child for child in children if child.tag in known]


def _mark(element: Element, reading: Reading) -> Inlines:
    reading.allow(element)
    inlines = read_inlines(element, reading, Place.FURNITURE)
    if is_blank(inlines):
        reading.report(element, "<mark> is empty")
    return inlines


def _running(element: Element, reading: Reading) -> tuple[Inlines, Inlines, Inlines]:
    reading.allow(element)
    parts = reading.parts(element, ("start", "centre", "end"))
    for part in parts.values():
        reading.allow(part)
    read = {name: read_inlines(part, reading, Place.FURNITURE) for name, part in parts.items()}
    return read.get("start", ()), read.get("centre", ()), read.get("end", ())


# --------------------------------------------------------------------------------------------------------- sections


def _section(element: Element, reading: Reading) -> Section:
    reading.allow(element, "id", "orientation", "own-pages")
    reading.references.clear()
    identifier = reading.identifier(element)
    blocks: list[Block] = []
    footnotes: list[tuple[Element, Footnote]] = []
    children = reading.only_elements(element)
    running = _running_of(element, children, reading)
    for child in children[bool(running) :]:
        if child.tag == "footnote":
            footnotes.append((child, _footnote(child, reading)))
            continue
        if footnotes and child.tag in BLOCKS:
            reading.report(child, "blocks stand before the footnotes of a section")
        block = read_block(child, reading, Inside.SECTION)
        if block is not None:
            blocks.append(block)
    if not blocks:
        reading.report(element, f'section "{identifier}" has no block and would print an empty page')
    _report_footnotes(footnotes, reading)
    return Section(
        id=identifier,
        blocks=tuple(blocks),
        orientation=reading.choice(element, "orientation", ORIENTATIONS, "portrait"),
        own_pages=reading.yes(element, "own-pages"),
        running=running,
        footnotes=tuple(footnote for _, footnote in footnotes),
    )


def _running_of(element: Element, children: list[Element], reading: Reading) -> Inlines:
    """Return what the foot of a section's pages says of it; `<running>` stands first, where pages are its own."""
    if not children or children[0].tag != "running":
        return ()
    reading.allow(children[0])
    inlines = read_inlines(children[0], reading, Place.FURNITURE)
    if is_blank(inlines):
        reading.report(children[0], "<running> is empty")
    if not reading.yes(element, "own-pages"):
        reading.report(children[0], "<running> stands in a section with own-pages only")
    return inlines


def _footnote(element: Element, reading: Reading) -> Footnote:
    reading.allow(element, *TAGS, "mark")
    inlines = read_inlines(element, reading, Place.TEXT)
    if is_blank(inlines):
        reading.report(element, "<footnote> is empty")
    return Footnote(**reading.tags(element), mark=reading.required(element, "mark"), inlines=inlines)


def _report_footnotes(footnotes: list[tuple[Element, Footnote]], reading: Reading) -> None:
    """Report marks used twice, and references without a footnote of this section or with another mark than its own."""
    marks: dict[str, str] = {}
    for element, footnote in footnotes:
        if footnote.mark and footnote.mark in marks.values():
            reading.report(element, f'mark "{footnote.mark}" is used by two footnotes of this section')
        marks[footnote.id] = footnote.mark
    for element, note, mark in reading.references:
        if note not in marks:
            reading.report(element, f'footnote "{note}" does not stand in this section')
        elif mark and mark != marks[note]:
            reading.report(element, f'mark "{mark}" is not the mark of footnote "{note}", "{marks[note]}"')
