"""The page that the PDF engine lays out: the same words as the HTML, with running titles in the margins.

Knows paper sizes, margins, the stamp area and how much room the head of a page needs. Does not know the PDF engine.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from regdocs.content.identity import Identity
from regdocs.content.model import Blank, Document, Furniture, Inlines, Section
from regdocs.content.query import furniture_at, headings
from regdocs.render.html import body_class, marks_html, notice_html, page_html, style_sheet
from regdocs.render.html_blocks import section_html
from regdocs.render.html_changes import changes_css
from regdocs.render.html_inlines import Fields, Printing, inlines_html, plain_words, split_lines
from regdocs.render.identity import with_log_head

PAPERS_MM = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
SIDE_MM = 20
EDGE_MM = 8
STAMP_WIDTH_MM = 64
STAMP_ROOM_MM = 2  # over the stamp's own height
GAP_MM = 5

# The room a line takes, and the mean width of a character, on the generous side: a head that is a little too high is
# better than one that runs into the text.
_MARK_LINE_MM, _MARK_CHARACTER_MM = 4.6, 1.75
_TITLE_LINE_MM, _TITLE_CHARACTER_MM = 3.7, 1.5
_MARK_FRAME_MM = 3.0
# The foot of a page is divided into so many shares; its outer parts are alike, and the middle one is in the middle.
_SHARES, _MOST_SIDE = 24, 11


def paper_html(document: Document, identity: Identity, *, fillable: bool = False) -> str:
    """Return the page for the PDF engine. Value paths and clause tags are left out: they are not for paper.

    With `fillable` the places to write on are form fields, but for those in running titles: one page's field there
    would be every page's.
    """
    document = with_log_head(document, identity)
    printing = Printing(identity, paper=True, headings=headings(document), fields=Fields() if fillable else None)
    body = _body_html(document, printing)
    style = (
        style_sheet("words.css", "page.css", *changes_css(body))
        + printing.measures.css()
        + page_css(document, identity)
        + _edges_css(document.furniture)
    )
    return page_html(document, body, style)


def page_css(document: Document, identity: Identity) -> str:
    """Return the rules of paper size, margins and running titles, for upright and for wide pages."""
    paper = document.furniture.paper
    upright, wide = (_margins(document, identity, width) for width in PAPERS_MM[paper])
    turned = f"size:{paper} landscape;{wide}"
    return (
        f"@page{{size:{paper};{upright}@bottom-center{{content:element(foot);width:100%}}}}\n"
        f"@page landscape{{{turned}}}\n"
    ) + "".join(
        _own_pages_css(f"own-{n}", turned if section.orientation == "landscape" else "")
        for n, section in enumerate(document.sections, start=1)
        if section.own_pages
    )


def _own_pages_css(name: str, turned: str) -> str:
    """Return the rules by which the pages of one section are counted from one, up to the end of that section."""
    return (
        f"@page {name}{{{turned}@bottom-center{{content:element({name});width:100%}}}}\n"
        f"@page :nth(1 of {name}){{counter-reset:page 1}}\n"
        f".{name},.{name}>section{{page:{name}}}\n.{name}>.page-foot{{position:running({name})}}\n"
        f'.{name} .page-count::before{{content:target-counter("#{name}-end",page)}}\n'
    )


def _margins(document: Document, identity: Identity, paper_width: float) -> str:
    text_width = paper_width - 2 * SIDE_MM
    furniture, stamp = document.furniture, document.furniture.stamp_area
    head_width = text_width - STAMP_WIDTH_MM if stamp else text_width
    stamp_height = furniture.stamp_height_mm + STAMP_ROOM_MM if stamp else 0
    room = max(_head_height_mm(document, identity, head_width), stamp_height)
    feet = [furniture_at(document, section).footer for section in document.sections]
    foot = max(_parts_height_mm(footer, identity, _foot_widths(footer, identity, text_width)) for footer in feet)
    place = f"@top-left{{content:element(head);width:{head_width:g}mm}}@top-right{{content:''}}"
    head = place if stamp else "@top-center{content:element(head);width:100%}"
    above, below = _edges_mm(furniture)
    top, bottom = above + room + GAP_MM, below + foot + GAP_MM
    return f"margin:{top:.1f}mm {SIDE_MM}mm {bottom:.1f}mm;{head}"


def _edges_mm(furniture: Furniture) -> tuple[float, float]:
    """Return how far running titles stand from the upper and the lower edge of the page."""
    return max(EDGE_MM, furniture.blank_head_mm), max(EDGE_MM, furniture.blank_foot_mm)


def _edges_css(furniture: Furniture) -> str:
    above, below = _edges_mm(furniture)
    if (above, below) == (EDGE_MM, EDGE_MM):
        return ""
    return f".page-head{{padding-top:{above:g}mm}}\n.page-foot{{padding-bottom:{below:g}mm}}\n"


def _body_html(document: Document, printing: Printing) -> str:
    running = replace(printing, fields=None)
    foot = _foot_html(document.furniture, running)
    sections = "".join(
        _own_section_html(f"own-{n}", _foot_html(furniture_at(document, section), running), section, printing)
        if section.own_pages
        else section_html(section, printing)
        for n, section in enumerate(document.sections, start=1)
    )
    return (
        f'<body class="{body_class(document, printing.identity)}">\n{_head_html(document, running)}'
        f"{foot}{notice_html(printing.identity, printing)}{sections}</body>\n"
    )


def _own_section_html(name: str, foot: str, section: Section, printing: Printing) -> str:
    """Return a section with the foot of its own pages, and the end up to which they are counted."""
    end = f'<div id="{name}-end"></div>\n'
    return f'<div class="{name}">\n{foot}{section_html(section, printing)}{end}</div>\n'


def _head_html(document: Document, printing: Printing) -> str:
    look = " beside-stamp" if document.furniture.stamp_area else ""
    parts = _parts_html(document.furniture.header, printing)
    return f'<div class="page-head{look}">\n{marks_html(document, printing)}{parts}</div>\n'


def _foot_html(furniture: Furniture, printing: Printing) -> str:
    looks = [printing.measures.share(share, _SHARES) for share in _foot_shares(furniture.footer, printing.identity)]
    return f'<div class="page-foot">\n{_parts_html(furniture.footer, printing, looks)}</div>\n'


def _parts_html(parts: tuple[Inlines, Inlines, Inlines], printing: Printing, looks: Sequence[str] = ("",) * 3) -> str:
    if not any(parts):
        return ""
    places = "".join(
        f'<div class="{f"{place} {look}".rstrip()}">{inlines_html(part, printing)}</div>\n'
        for place, part, look in zip(("start", "centre", "end"), parts, looks, strict=True)
    )
    return f'<div class="parts">\n{places}</div>\n'


# ------------------------------------------------------------------------------------------------- room in margins


def _head_height_mm(document: Document, identity: Identity, width: float) -> float:
    marks = ([identity.draft.mark] if identity.draft else []) + [
        plain_words(mark, identity) for mark in document.furniture.marks
    ]
    heights = [_lines(mark, width, _MARK_CHARACTER_MM) * _MARK_LINE_MM + _MARK_FRAME_MM for mark in marks]
    parts = document.furniture.header
    if not document.furniture.stamp_area:
        return sum(heights) + _parts_height_mm(parts, identity, (width / 3,) * 3)
    return sum(heights) + sum(_parts_height_mm((part,), identity, (width,)) for part in parts)


def _parts_height_mm(parts: Sequence[Inlines], identity: Identity, widths: Sequence[float]) -> float:
    """Return the height of parts beside each other, each in its width."""

    def lines(part: Inlines, width: float) -> int:
        return sum(_lines(plain_words(line, identity), width, _TITLE_CHARACTER_MM) for line in split_lines(part))

    counts = (lines(part, width) if part else 0 for part, width in zip(parts, widths, strict=True))
    return max(counts) * _TITLE_LINE_MM


def _foot_widths(parts: tuple[Inlines, Inlines, Inlines], identity: Identity, width: float) -> tuple[float, ...]:
    return tuple(width * share / _SHARES for share in _foot_shares(parts, identity))


def _foot_shares(parts: tuple[Inlines, Inlines, Inlines], identity: Identity) -> tuple[int, int, int]:
    """Return how the width is divided: in thirds, or the outer parts wider where a version and its date need it."""
    lengths = [max((len(plain_words(line, identity)) for line in split_lines(part)), default=0) for part in parts]
    third = _SHARES // 3
    if any(isinstance(inline, Blank) for inline in parts[1]):
        return third, third, third  # a place to write on is as wide as it is
    longest = max(lengths[0], lengths[2])
    side = max(third, min(_MOST_SIDE, round(_SHARES * longest / max(1, 2 * longest + lengths[1]))))
    return side, _SHARES - 2 * side, side


def _lines(words: str, width: float, character: float) -> int:
    return max(1, ceil(len(words) * character / width))
