"""The page that the PDF engine lays out: the same words as the HTML, with running titles in the margins.

Knows paper sizes, margins, the stamp area and how much room the head of a page needs. Does not know the PDF engine.
"""

from math import ceil

from regdocs.content.model import Document, Identity, IdentitySlot, Inlines, LineBreak, Styled, Text, Value
from regdocs.render.html import body_class, headings, marks_html, notice_html, page_html, style_sheet
from regdocs.render.html_blocks import section_html
from regdocs.render.html_inlines import Printing, inlines_html, split_lines
from regdocs.render.identity import slot_text

WIDTHS_MM = {"A4": 210.0, "Letter": 215.9}
SIDE_MM = 20
EDGE_MM = 8
STAMP_WIDTH_MM = 62
STAMP_HEIGHT_MM = 27
GAP_MM = 5

# The room a line takes, and the mean width of a character, on the generous side: a head that is a little too high is
# better than one that runs into the text.
_MARK_LINE_MM, _MARK_CHARACTER_MM = 5.0, 2.1
_TITLE_LINE_MM, _TITLE_CHARACTER_MM = 3.9, 1.65
_MARK_FRAME_MM = 3.0


def paper_html(document: Document, identity: Identity) -> str:
    """Return the page for the PDF engine. Value paths and clause tags are left out: they are not for paper."""
    printing = Printing(identity, paper=True, headings=headings(document))
    body = _body_html(document, printing)
    style = style_sheet("words.css", "page.css") + printing.measures.css() + page_css(document, identity)
    return page_html(document, body, style)


def page_css(document: Document, identity: Identity) -> str:
    """Return the rules of paper size, margins and running titles."""
    furniture = document.furniture
    top = EDGE_MM + _head_height_mm(document, identity) + GAP_MM
    if furniture.stamp_area:
        top = max(top, EDGE_MM + STAMP_HEIGHT_MM + GAP_MM)
        head = f"@top-left{{content:element(head);width:{_head_width_mm(document):g}mm}}@top-right{{content:''}}"
    else:
        head = "@top-center{content:element(head);width:100%}"
    bottom = EDGE_MM + _foot_height_mm(document, identity) + GAP_MM
    return (
        f"@page{{size:{furniture.paper};margin:{top:.1f}mm {SIDE_MM}mm {bottom:.1f}mm;{head}"
        "@bottom-center{content:element(foot);width:100%}}\n"
        f"@page landscape{{size:{furniture.paper} landscape}}\n"
    )


def _body_html(document: Document, printing: Printing) -> str:
    sections = "".join(section_html(section, printing) for section in document.sections)
    return (
        f'<body class="{body_class(document, printing.identity)}">\n{_head_html(document, printing)}'
        f"{_foot_html(document, printing)}{notice_html(printing.identity, printing)}{sections}</body>\n"
    )


def _head_html(document: Document, printing: Printing) -> str:
    look = " beside-stamp" if document.furniture.stamp_area else ""
    parts = _parts_html(document.furniture.header, printing)
    return f'<div class="page-head{look}">\n{marks_html(document, printing)}{parts}</div>\n'


def _foot_html(document: Document, printing: Printing) -> str:
    return f'<div class="page-foot">\n{_parts_html(document.furniture.footer, printing)}</div>\n'


def _parts_html(parts: tuple[Inlines, Inlines, Inlines], printing: Printing) -> str:
    if not any(parts):
        return ""
    places = "".join(
        f'<div class="{place}">{inlines_html(part, printing)}</div>\n'
        for place, part in zip(("start", "centre", "end"), parts, strict=True)
    )
    return f'<div class="parts">\n{places}</div>\n'


# ------------------------------------------------------------------------------------------------- room in margins


def _text_width_mm(document: Document) -> float:
    return WIDTHS_MM[document.furniture.paper] - 2 * SIDE_MM


def _head_width_mm(document: Document) -> float:
    reserved = STAMP_WIDTH_MM + 2 if document.furniture.stamp_area else 0
    return _text_width_mm(document) - reserved


def _head_height_mm(document: Document, identity: Identity) -> float:
    marks = ([identity.draft.mark] if identity.draft else []) + [
        _words(mark, identity) for mark in document.furniture.marks
    ]
    width = _head_width_mm(document)
    heights = [_lines(mark, width, _MARK_CHARACTER_MM) * _MARK_LINE_MM + _MARK_FRAME_MM for mark in marks]
    return sum(heights) + _parts_height_mm(document.furniture.header, identity, width, document.furniture.stamp_area)


def _foot_height_mm(document: Document, identity: Identity) -> float:
    return _parts_height_mm(document.furniture.footer, identity, _text_width_mm(document), stacked=False)


def _parts_height_mm(parts: tuple[Inlines, Inlines, Inlines], identity: Identity, width: float, stacked: bool) -> float:
    room = width if stacked else width / 3
    counts = [
        sum(_lines(_words(line, identity), room, _TITLE_CHARACTER_MM) for line in split_lines(part)) if part else 0
        for part in parts
    ]
    return (sum(counts) if stacked else max(counts)) * _TITLE_LINE_MM


def _lines(words: str, width: float, character: float) -> int:
    return max(1, ceil(len(words) * character / width))


def _words(inlines: Inlines, identity: Identity) -> str:
    """Return roughly what the inlines print, to judge how long it is."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text=text) | Value(text=text):
                parts.append(text)
            case Styled(inlines=inner):
                parts.append(_words(inner, identity))
            case IdentitySlot(field=which):
                parts.append(slot_text(identity, which))
            case LineBreak():
                parts.append(" ")
            case _:
                parts.append("000")
    return "".join(parts)
