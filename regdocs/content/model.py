"""The content tree: what a document says, without how it looks.

One tree is printed as PDF, DOCX, HTML and text, so the four cannot drift. The tree knows words, structure, ids,
languages, clause tags and from which protocol paths a value came. It does not know the protocol, fonts, page breaks
chosen by a layout engine, or a document's identity (version, date, draft mark): see `identity.py`.

Everything is frozen and made of tuples, so a tree can be compared, hashed and kept for years (`content/json_form.py`).
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

FORMAT = "regdocs.content/v1"

# ---------------------------------------------------------------------------------------------------------- inlines

ValueState = Literal["known", "todo", "assumed"]
IdentityField = Literal["version", "date", "draft", "protocol-version"]
Change = Literal["inserted", "deleted", "moved-from", "moved-to"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the template."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """Words of the protocol: an interpolated value with the protocol paths it was made from.

    `text` is exactly what is printed; for a value to be completed or assumed it already carries its bracketed words.
    """

    text: str
    paths: tuple[str, ...]
    state: ValueState = "known"


@dataclass(frozen=True, slots=True)
class Styled:
    """A run of inlines with one meaning: `strong`, `emphasis`, `superscript`, `subscript`, `small`, `verbatim`."""

    style: Literal["strong", "emphasis", "superscript", "subscript", "small", "verbatim"]
    inlines: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line inside a block."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on. `width_mm` is the printed width; 0 fills what is left of the line. `label` is read aloud."""

    label: str
    width_mm: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """An empty box to tick; the words beside it are ordinary inlines. `label` is read aloud."""

    label: str


@dataclass(frozen=True, slots=True)
class Comb:
    """Boxes for single characters. `pattern` has one letter a box, other characters stand between: "dd-MMM-yyyy"."""

    label: str
    pattern: str


@dataclass(frozen=True, slots=True)
class FootnoteRef:
    """The mark of a footnote of the same section; `note` is the footnote's id, `mark` what is printed."""

    note: str
    mark: str


@dataclass(frozen=True, slots=True)
class IdentitySlot:
    """A place for a part of the document's identity, filled by the writer (`Identity`).

    It stands in furniture, title blocks and table cells only; running words do not change with a version number.
    """

    field: IdentityField


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The number of this page; furniture only."""


@dataclass(frozen=True, slots=True)
class PageCount:
    """The number of pages; furniture only."""


@dataclass(frozen=True, slots=True)
class Revised:
    """Inlines that only the new document has, or only its base. In the tree of a redline alone, and never in itself."""

    change: Literal["inserted", "deleted"]
    inlines: "tuple[Inline, ...]"


Inline: TypeAlias = (
    Text
    | Value
    | Styled
    | LineBreak
    | Blank
    | Tick
    | Comb
    | FootnoteRef
    | IdentitySlot
    | PageNumber
    | PageCount
    | Revised
)
Inlines: TypeAlias = tuple[Inline, ...]

# ----------------------------------------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What every block can carry.

    Attributes:
        id: A name such as "consent.risks.infusion-reaction", unique in the document.
        clauses: Ids of the required elements the block satisfies ("CR-b2"), in the order written.
        language: BCP 47 tag where it differs from the document's, else None.
        change: In the tree of a redline, what became of the block with everything in it; else None.
    """

    id: str
    clauses: tuple[str, ...] = ()
    language: str | None = None
    change: Change | None = None


ParagraphRole = Literal["body", "lead", "note", "small", "label", "title", "subtitle", "line"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Tags):
    """A heading of level 1 to 4; `number` is printed before it ("5.2") or None.

    In a redline `old_number` is the base's where it is another one.
    """

    level: int
    inlines: Inlines
    number: str | None = None
    old_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Tags):
    """A paragraph.

    Roles: body; lead (opening sentence); note; small; label (keeps with next); title; subtitle; line (tight). In a
    redline `old_role` is the base's where it is another one.
    """

    inlines: Inlines
    role: ParagraphRole = "body"
    old_role: ParagraphRole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem(Tags):
    """One item; `marker` replaces the bullet ("I01", "a)") where the text has its own.

    In a redline `old_marker` is the base's where it is another one.
    """

    blocks: "tuple[Block, ...]"
    marker: str | None = None
    old_marker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Tags):
    """A list of items, bulleted, or numbered when `ordered`."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell. `header` marks a row or column header; spans count columns and rows, 1 when not merged."""

    blocks: "tuple[Block, ...]"
    header: bool = False
    colspan: int = 1
    rowspan: int = 1
    align: Literal["start", "center", "end"] = "start"
    shade: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Tags):
    """A row; never split over pages. `section` rows are sub-headings across the table."""

    cells: tuple[Cell, ...]
    section: bool = False


TableRole = Literal["grid", "plain", "form", "facts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Tags):
    """A table.

    Attributes:
        columns: Relative widths, one a column; they are shares of the text width.
        head: Rows repeated at the top of each page; () for none.
        rows: The body.
        caption: Inlines above the table, or ().
        role: grid (all rules), plain (no rules, layout of pairs), form (fields to fill, rules), facts (label : value).
    """

    columns: tuple[int, ...]
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    caption: Inlines = ()
    role: TableRole = "grid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Tags):
    """Blocks that stand apart in a frame: key information, a warning, a definition, an office box."""

    blocks: "tuple[Block, ...]"
    role: Literal["key", "warning", "note", "office"] = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Tags):
    """A block of lines to sign. Kept together on one page.

    Attributes:
        who: The role that signs, printed as its heading.
        statement: What the signature attests; may be ().
        lines: Pairs of a label and the share of the width (1 to 12) its line takes, in printed order.
    """

    who: Inlines
    statement: Inlines
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak(Tags):
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents(Tags):
    """A list of the headings down to `depth`, with page numbers where the format has pages; `title` stands above."""

    title: Inlines
    depth: int = 2


Block: TypeAlias = Heading | Paragraph | List | Table | Box | Signature | PageBreak | Contents

# --------------------------------------------------------------------------------------------------------- document


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote(Tags):
    """A footnote of a section, printed at its end in order; `mark` is what its references print.

    In a redline `old_mark` is the base's where it is another one.
    """

    mark: str
    inlines: Inlines
    old_mark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Pages of one orientation. `id` names it; footnotes are printed where the section ends.

    Attributes:
        own_pages: Whether the section is handed out by itself: its pages are counted from one, up to its own last.
        running: What the foot of these pages says of the section above the document's own words, so that no page can
            be put into another section; only where it has its own pages. () for nothing.
        change: In the tree of a redline, what became of the section with everything in it; else None.
    """

    id: str
    blocks: tuple[Block, ...]
    orientation: Literal["portrait", "landscape"] = "portrait"
    own_pages: bool = False
    running: Inlines = ()
    footnotes: tuple[Footnote, ...] = ()
    change: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What repeats on every page.

    Attributes:
        header: Running title, up to three parts: start, centre, end.
        footer: The same at the foot.
        marks: Lines such as "FICTIONAL DEMONSTRATION – NOT A REAL STUDY", on every page, above the header.
        stamp_area: Whether a blank area for a board's stamp is kept at the upper right of every page.
        stamp_height_mm: Its height.
        blank_head_mm: Height at the upper edge of every page in which nothing of ours stands.
        blank_foot_mm: The same at the lower edge.
        board_footer: Whether the footer of a Word file is a board's; ours then ends the header.
        paper: "A4" or "Letter".
    """

    header: tuple[Inlines, Inlines, Inlines] = ((), (), ())
    footer: tuple[Inlines, Inlines, Inlines] = ((), (), ())
    marks: tuple[Inlines, ...] = ()
    stamp_area: bool = False
    stamp_height_mm: int = 25
    blank_head_mm: int = 0
    blank_foot_mm: int = 0
    board_footer: bool = False
    paper: Literal["A4", "Letter"] = "A4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document. `title` and `subject` go into the file's properties; `language` is a BCP 47 tag."""

    kind: str
    language: str
    title: str
    subject: str
    furniture: Furniture
    sections: tuple[Section, ...]
