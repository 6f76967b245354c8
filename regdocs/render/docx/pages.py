"""Pages: paper, margins, headers with marks and a stamp area, footers.

Knows what repeats on every page of a section. Does not know the blocks between header and footer.
"""

from dataclasses import dataclass

from regdocs.content.identity import Identity
from regdocs.content.model import (
    Blank,
    Furniture,
    IdentitySlot,
    Inline,
    Inlines,
    LineBreak,
    Revised,
    Section,
    Styled,
    Text,
    Value,
)
from regdocs.render.docx.inlines import write_inlines
from regdocs.render.docx.package import relation_id
from regdocs.render.docx.revisions import signed
from regdocs.render.docx.story import Frame, ParagraphLook, Story
from regdocs.render.docx.wordml import DECLARATION, NAMESPACES, run, twips
from regdocs.render.identity import slot_text

_PAPER = {"A4": (twips(210), twips(297)), "Letter": (twips(215.9), twips(279.4))}
_SIDE = twips(20)
_EDGE = twips(10)
_TOP, _BOTTOM = twips(22), twips(20)
_STAMP_WIDTH = twips(60)
# A cell's own margins take the room of so many characters; a word must not break for them.
_CELL_ROOM = 4
# The mean width of a character of running titles, on the generous side.
_CHARACTER = twips(1.5)
_STAMP_BORDERS = "".join(
    f'<w:{edge} w:val="dotted" w:sz="4" w:space="0" w:color="B5BCC4"/>' for edge in ("top", "left", "bottom", "right")
)


@dataclass(frozen=True, slots=True)
class Page:
    """The pages of one orientation, all lengths in twips.

    Attributes:
        own: The bookmark at the end of a section whose pages are counted by themselves, or "".
        head, foot: How far header and footer stand from the edge.
        bottom: Where the text ends, from the lower edge.
    """

    orientation: str
    width: int
    height: int
    own: str = ""
    head: int = _EDGE
    foot: int = _EDGE
    bottom: int = _BOTTOM

    @property
    def top(self) -> int:
        """Where the text begins, from the upper edge."""
        return _TOP - _EDGE + self.head

    @property
    def text_width(self) -> int:
        """The width between the margins."""
        return self.width - 2 * _SIDE

    def part(self, kind: str) -> str:
        """Return the name of the part with the header or footer of these pages."""
        return f"word/{kind}-{self.orientation}{'-' if self.own else ''}{self.own}.xml"


def page_of(section: Section, furniture: Furniture, number: int) -> Page:
    """Return the pages a section is printed on; `number` is its place among the sections."""
    short, long = _PAPER[furniture.paper]
    own = f"own_{number}" if section.own_pages else ""
    if section.orientation == "landscape":
        return Page("landscape", long, short, own, *_edges(furniture))
    return Page("portrait", short, long, own, *_edges(furniture))


def _edges(furniture: Furniture) -> tuple[int, int, int]:
    """Return where header, footer and text stand from the edges; in a board's footer there is nothing to stand."""
    head, blank = max(_EDGE, twips(furniture.blank_head_mm)), twips(furniture.blank_foot_mm)
    if furniture.board_footer:
        return head, _EDGE, max(_BOTTOM, blank)
    foot = max(_EDGE, blank)
    return head, foot, _BOTTOM - _EDGE + foot


def section_properties(page: Page, before: Page | None = None) -> str:
    """Return `w:sectPr`; a header taller than the top margin moves the text down by itself.

    In a redline `before` are the pages that end there when the changes are rejected.
    """
    links = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{relation_id(page.part(kind))}"/>' for kind in ("header", "footer")
    )
    change = ""
    if before is not None and _paper_properties(before) != _paper_properties(page):
        change = f"<w:sectPrChange><w:sectPr>{_paper_properties(before)}</w:sectPr></w:sectPrChange>"
    return f"<w:sectPr>{links}{_paper_properties(page)}{change}</w:sectPr>"


def _paper_properties(page: Page) -> str:
    turned = ' w:orient="landscape"' if page.orientation == "landscape" else ""
    counted = '<w:pgNumType w:start="1"/>' if page.own else ""
    return (
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{_SIDE}" w:bottom="{page.bottom}" w:left="{_SIDE}" '
        f'w:header="{page.head}" w:footer="{page.foot}" w:gutter="0"/>{counted}'
    )


def furniture_parts(page: Page, furniture: Furniture, identity: Identity) -> dict[str, str]:
    """Return the header and footer parts of these pages by name."""
    header, footer = Story(identity), Story(identity)
    _write_top(header, page, furniture)
    _write_running(header, furniture.header, page, "Header")
    if furniture.board_footer:
        _write_running(header, furniture.footer, page, "Header")
        footer.paragraph(ParagraphLook("Footer"), "")
    else:
        _write_running(footer, furniture.footer, page, "Footer")
    return {
        page.part(kind): f"{DECLARATION}<w:{tag} {NAMESPACES}>{signed(story.parts, identity.revision)}</w:{tag}>"
        for kind, tag, story in (("header", "hdr", header), ("footer", "ftr", footer))
    }


def _write_top(story: Story, page: Page, furniture: Furniture) -> None:
    if not furniture.stamp_area:
        _write_marks(story, furniture, page.text_width)
        return
    left, height = page.text_width - _STAMP_WIDTH, twips(furniture.stamp_height_mm)
    with story.table(Frame(page.text_width), "Running", (left, _STAMP_WIDTH)):
        story.parts.append(
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>'
            f'<w:tc><w:tcPr><w:tcW w:w="{left}" w:type="dxa"/></w:tcPr>'
        )
        _write_marks(story, furniture, left)
        story.parts.append(
            f'</w:tc><w:tc><w:tcPr><w:tcW w:w="{_STAMP_WIDTH}" w:type="dxa"/>'
            f"<w:tcBorders>{_STAMP_BORDERS}</w:tcBorders>"
            '</w:tcPr><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:tc></w:tr>'
        )


def _write_marks(story: Story, furniture: Furniture, width: int) -> None:
    for mark in furniture.marks:
        story.paragraph(ParagraphLook("Mark"), write_inlines(mark, Frame(width), story.identity))
    if story.identity.draft:
        story.paragraph(ParagraphLook("DraftMark"), run("", story.identity.draft.mark))
    if not furniture.marks and not story.identity.draft:
        story.paragraph(ParagraphLook("Header"), "")


def _write_running(story: Story, parts: tuple[Inlines, Inlines, Inlines], page: Page, style: str) -> None:
    used = [(inlines, align) for inlines, align in zip(parts, ("start", "center", "end"), strict=True) if inlines]
    if len(used) < 2 and all(align == "start" for _, align in used):
        # One part needs no columns, and no part still needs the paragraph that every header has.
        frame = Frame(page.text_width, own_pages=page.own)
        content = write_inlines(used[0][0], frame, story.identity) if used else ""
        story.paragraph(ParagraphLook(style), content)
        return
    widths = _shares([_length(inlines, story.identity) for inlines in parts], page.text_width)
    with story.table(Frame(page.text_width), "Running", widths):
        story.parts.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        for inlines, align, width in zip(parts, ("start", "center", "end"), widths, strict=True):
            story.parts.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>')
            content = write_inlines(inlines, Frame(width, own_pages=page.own), story.identity)
            story.paragraph(ParagraphLook(style, align=align), content)
            story.parts.append("</w:tc>")
        story.parts.append("</w:tr>")


def _shares(lengths: list[int], width: int) -> tuple[int, ...]:
    """Return the widths of the three parts: the outer two alike, so that the middle one stands in the middle.

    Where that would break a line of an outer part, each has the room that its words need.
    """
    start, end = (min(max(length, 12), 60) for length in (lengths[0], lengths[2]))
    middle = min(max(lengths[1] + _CELL_ROOM, 1), 60)
    if 2 * max(start, end) + middle <= width // _CHARACTER:
        start = end = max(start, end)
    whole = start + middle + end
    return width * start // whole, width - width * start // whole - width * end // whole, width * end // whole


def _length(inlines: Inlines, identity: Identity) -> int:
    """Return the characters of the longest line."""
    lengths = [0]
    for inline in inlines:
        if isinstance(inline, LineBreak):
            lengths.append(0)
        else:
            lengths[-1] += _inline_length(inline, identity)
    return max(lengths)


def _inline_length(inline: Inline, identity: Identity) -> int:
    match inline:
        case Text(text) | Value(text, _, _):
            return len(text)
        case Styled(_, inlines) | Revised(_, inlines):
            return _length(inlines, identity)
        case IdentitySlot():
            return len(slot_text(identity, inline.field))
        case Blank(_, width):
            return max(2, width // 2)
        case _:
            return 2
