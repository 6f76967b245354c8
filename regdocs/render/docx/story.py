"""The story: the running text of the body, a header or a footer, as it is being written.

`Frame` is where we are (width, indent, language, inside which table); `Story` is what has been written and which ids,
page breaks and list numbers wait for the next paragraph. Neither knows how a block or an inline is printed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache

from regdocs.content.identity import Identity
from regdocs.content.model import Heading
from regdocs.render.docx.bookmarks import bookmark_name
from regdocs.render.docx.redlined import Redlined
from regdocs.render.docx.revisions import GONE, Mark, paragraph_mark, tracked

# On which sides of a redline there is what was inserted, deleted or moved.
_SIDES: dict[Mark, frozenset[str]] = {
    "": frozenset(("new", "base")),
    "ins": frozenset(("new",)),
    "moveTo": frozenset(("new",)),
    "del": frozenset(("base",)),
    "moveFrom": frozenset(("base",)),
}
_RIGHT_TO_LEFT = frozenset(("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a block stands.

    Attributes:
        width: The text width in twips, measured from the left edge, indent included.
        language: The block's own language where it differs from the document's.
        indent: How far lists have moved the text in, in twips.
        depth: How many lists are around.
        cell: The paragraph style of the table around ("TableText", "TableSmall"), or "" outside of tables.
        head: Whether the text is that of a header cell.
        align: The alignment of the cell around.
        keep: Whether paragraphs stay with the next one.
        coloured: Whether open values have the colours that mark them; the list of them, where all are open, has none.
        own_pages: In a header or footer, the bookmark up to which the pages of a section are counted, or "".
        boxed: Whether a box is around.
    """

    width: int
    language: str | None = None
    indent: int = 0
    depth: int = 0
    cell: str = ""
    head: bool = False
    align: str = "start"
    keep: bool = False
    coloured: bool = True
    own_pages: str = ""
    boxed: bool = False

    def inside(self, width: int) -> "Frame":
        """Return the frame of a box of this width, with lists left outside."""
        return replace(self, width=width, indent=0, depth=0, boxed=True)

    def in_cell(self, width: int, head: bool, align: str, keep: bool) -> "Frame":
        """Return the frame of a cell of this table; `dataclasses.replace` is too slow for each cell of a booklet."""
        return Frame(width, self.language, 0, 0, self.cell, head, align, keep, self.coloured)

    def speaking(self, language: str | None) -> "Frame":
        """Return the frame of a block in this language; None keeps the language around."""
        return replace(self, language=language) if language else self


@dataclass(slots=True)
class Story:
    """What has been written so far.

    Attributes:
        identity: What identity slots print.
        parts: The WordprocessingML written so far.
        ids: Every bookmark set so far, by name, with the whole id of its block.
        headings: Every heading of the document in reading order, for its contents.
        bullets: The number of the bulleted lists.
        starts: Levels of the numbered lists begun, in order; list n has the number `first_list + n`.
        first_list: The first number that lists of the document may use.
        redlined: The document as a redline, for one that has marks.
        change: What became of everything that is being written, in a redline.
    """

    identity: Identity
    headings: tuple[Heading, ...] = ()
    bullets: int = 1
    parts: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    first_list: int = 2
    redlined: Redlined | None = None
    change: Mark = ""
    _waiting: list[str] = field(default_factory=list)
    _breaks: frozenset[str] = frozenset()

    def mark(self, block_id: str) -> None:
        """Let the next paragraph carry the bookmark of this block, unless it is gone and its id lives on elsewhere."""
        if self.change in GONE and self.redlined is not None and block_id in self.redlined.living:
            return
        self._waiting.append(block_id)

    def break_page(self) -> None:
        """Let the next paragraph begin a page."""
        self._breaks |= _SIDES[self.change]

    @contextmanager
    def changing(self, mark: Mark) -> "Iterator[None]":
        """Track everything written inside as inserted, deleted or moved."""
        before, self.change = self.change, mark
        yield
        self.change = before

    def number_list(self, level: int) -> int:
        """Return the number of a new numbered list, which counts from one."""
        self.starts.append(level)
        return self.first_list + len(self.starts) - 1

    def paragraph(self, properties: "ParagraphLook", content: str) -> None:
        """Write one paragraph with the bookmarks and the page break that wait."""
        start, end = self._bookmarks()
        if self.change:
            properties, content = replace(properties, change=self.change), tracked(content, self.change)
        if self._breaks:
            properties = self._broken(properties)
        self.parts.append(f"<w:p>{paragraph_properties(properties)}{start}{content}{end}</w:p>")

    def _broken(self, properties: "ParagraphLook") -> "ParagraphLook":
        """Return the look of a paragraph that begins a page, on the sides that have both it and the break."""
        broken, here = replace(properties, break_before=True), self._take_breaks()
        if self.change or here == _SIDES[""]:
            return broken if here else properties
        if not here:
            return properties
        now, before = (broken, properties) if "new" in here else (properties, broken)
        return replace(now, was=replace(properties.was or before, break_before=before.break_before))

    def _take_breaks(self) -> frozenset[str]:
        """Return on which sides a page begins here; there it has begun."""
        here = self._breaks & _SIDES[self.change]
        self._breaks -= here
        return here

    def spacer(self, keep: bool = False) -> None:
        """Write the small gap after a table; without it Word joins two tables into one."""
        kept = ("<w:keepNext/>" if keep else "") + paragraph_mark(self.change)
        self.parts.append(f'<w:p><w:pPr><w:pStyle w:val="Spacer"/>{kept}</w:pPr></w:p>')

    def take_back_spacer(self) -> None:
        """Take back the gap just written: on a page that the table fills it would begin a page of its own."""
        self.parts.pop()

    @contextmanager
    def table(self, frame: Frame, style: str, widths: tuple[int, ...], keep: bool = False) -> "Iterator[None]":
        """Write a table of fixed column widths around what is written inside, and the gap after it.

        With `keep` the gap stays with what comes next.
        """
        if self._breaks and (here := self._take_breaks()):
            # A break before the first paragraph of a table is not honoured everywhere.
            mark: Mark = "" if here == _SIDES[self.change] else "ins" if "new" in here else "del"
            look = f'<w:pStyle w:val="SectionEnd"/><w:pageBreakBefore/>{paragraph_mark(self.change or mark)}'
            self.parts.append(f"<w:p><w:pPr>{look}</w:pPr></w:p>")
        self.parts.append(table_start(style, frame.indent, widths))
        yield
        self.parts.append("</w:tbl>")
        self.spacer(keep)

    def _bookmarks(self) -> tuple[str, str]:
        if not self._waiting:
            return "", ""
        starts, ends = [], []
        for block_id in self._waiting:
            name = bookmark_name(block_id)
            if name not in self.ids:
                key = len(self.ids)
                self.ids[name] = block_id
                starts.append(f'<w:bookmarkStart w:id="{key}" w:name="{name}"/>')
                ends.append(f'<w:bookmarkEnd w:id="{key}"/>')
        self._waiting.clear()
        return "".join(starts), "".join(reversed(ends))


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """The properties of a paragraph beyond its style; `tabs` is ready WordprocessingML.

    In a redline `change` is what became of the paragraph's end, `was` the look before the change.
    """

    style: str = ""
    keep_next: bool = False
    break_before: bool = False
    list_number: int = 0
    level: int = 0
    tabs: str = ""
    language: str | None = None
    indent: tuple[int, int] | None = None
    align: str = "start"
    roomy: bool = False
    change: Mark = ""
    was: "ParagraphLook | None" = None


@lru_cache(maxsize=4_000)
def paragraph_properties(look: ParagraphLook) -> str:
    """Return `w:pPr`, its children in the order the schema wants."""
    parts = [f'<w:pStyle w:val="{look.style}"/>'] if look.style and look.style != "Normal" else []
    parts += ["<w:keepNext/>"] if look.keep_next else []
    parts += ["<w:pageBreakBefore/>"] if look.break_before else []
    if look.list_number:
        parts.append(f'<w:numPr><w:ilvl w:val="{look.level}"/><w:numId w:val="{look.list_number}"/></w:numPr>')
    parts += [f"<w:tabs>{look.tabs}</w:tabs>"] if look.tabs else []
    parts += ["<w:bidi/>"] if right_to_left(look.language) else []
    # A line to write on is seven and a half millimetres high; words alone keep the spacing of their style.
    parts += [f'<w:spacing w:line="{_room(look)}" w:lineRule="atLeast"/>'] if look.roomy else []
    if look.indent is not None:
        parts.append(f'<w:ind w:left="{look.indent[0]}" w:hanging="{look.indent[1]}"/>')
    parts += [f'<w:jc w:val="{"right" if look.align == "end" else "center"}"/>'] if look.align != "start" else []
    parts.append(paragraph_mark(look.change))
    if look.was is not None and look.was != replace(look, was=None, change=""):
        before = paragraph_properties(replace(look.was, change="", was=None)) or "<w:pPr/>"
        parts.append(f"<w:pPrChange>{before}</w:pPrChange>")
    return f"<w:pPr>{inner}</w:pPr>" if (inner := "".join(parts)) else ""


def right_to_left(language: str | None) -> bool:
    """Tell whether text in this language runs from the right."""
    return language is not None and language.partition("-")[0].lower() in _RIGHT_TO_LEFT


def _room(look: ParagraphLook) -> int:
    """Return the height of a line to write on; in a cell the question above it leaves room too."""
    return 350 if look.style.startswith("Table") else 425


def table_start(style: str, indent: int, widths: tuple[int, ...]) -> str:
    """Return the opening of a table of fixed column widths in twips."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    place = f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{place}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )
