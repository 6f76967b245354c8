"""One rich document for the tests of all writers: every block, every inline, every role, both orientations.

It is invented from end to end and says so on every page. It knows the content tree only.
"""

from typing import Literal

from regdocs.content.identity import Draft, Identity
from regdocs.content.model import (
    Blank,
    Block,
    Box,
    Cell,
    Comb,
    Contents,
    Document,
    Footnote,
    FootnoteRef,
    Furniture,
    Heading,
    IdentitySlot,
    Inline,
    Inlines,
    LineBreak,
    List,
    ListItem,
    PageBreak,
    PageCount,
    PageNumber,
    Paragraph,
    ParagraphRole,
    Row,
    Section,
    Signature,
    Styled,
    Table,
    TableRole,
    Text,
    Tick,
    Value,
)

HOSTILE = "<script>alert('x')</script> ]]> & \"quoted\" &amp; {{ braces }}"
DRAFT_MARK = "DRAFT – contains 2 items to complete – not for participants"
FICTIONAL = "FICTIONAL DEMONSTRATION – NOT A REAL STUDY"
LONG_WORD = "Supercalifragilistic" * 8
LONG_TABLE_ROWS = 60


def sample_document() -> Document:
    """Return the document: a consent-like section, a landscape grid, a form section."""
    return Document(
        kind="sample",
        language="en",
        title="Sample document & <title>",
        subject="A sample of every block",
        furniture=_furniture(),
        sections=(_text_section(), _grid_section(), _form_section()),
    )


def sample_identity(draft: bool) -> Identity:
    """Return an identity; with `draft`, one that carries the mark and a notice of two open items."""
    if not draft:
        return Identity(version="2.0", date="14 March 2031", protocol_version="3.1")
    notice = (
        Heading(id="draft.heading", level=1, inlines=(Text("Items to complete"),)),
        paragraph("draft.lead", "This document is a draft. It must not be given to participants."),
        List(
            id="draft.items",
            items=(
                item("draft.items.1", "contacts.investigator.telephone: the 24-hour telephone number"),
                item("draft.items.2", "consent.compensation: who pays for injury"),
            ),
            ordered=True,
        ),
    )
    return Identity(version="draft", protocol_version="3.1", draft=Draft(mark=DRAFT_MARK, notice=notice))


# ------------------------------------------------------------------------------------------------- short forms


def text(*parts: str | Inline) -> Inlines:
    """Return inlines in which plain strings stand for `Text`."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def paragraph(block_id: str, *parts: str | Inline, role: ParagraphRole = "body") -> Paragraph:
    """Return a paragraph of words and inlines."""
    return Paragraph(id=block_id, inlines=text(*parts), role=role)


def item(block_id: str, *parts: str | Inline, marker: str | None = None) -> ListItem:
    """Return a list item that holds one paragraph."""
    return ListItem(id=block_id, blocks=(paragraph(f"{block_id}.text", *parts),), marker=marker)


def cell(
    block_id: str,
    *parts: str | Inline,
    header: bool = False,
    colspan: int = 1,
    rowspan: int = 1,
    align: Literal["start", "center", "end"] = "start",
    shade: bool = False,
) -> Cell:
    """Return a cell that holds one tight paragraph."""
    blocks: tuple[Block, ...] = (paragraph(block_id, *parts, role="line"),)
    return Cell(blocks=blocks, header=header, colspan=colspan, rowspan=rowspan, align=align, shade=shade)


def row(row_id: str, *cells: tuple[str | Inline, ...], header: bool = False, first: bool = False) -> Row:
    """Return a row; `header` makes every cell a header, `first` only the first one."""
    made = tuple(
        cell(f"{row_id}.{n}", *parts, header=header or (first and n == 1)) for n, parts in enumerate(cells, start=1)
    )
    return Row(id=row_id, cells=made)


# ----------------------------------------------------------------------------------------------------- furniture


def _furniture() -> Furniture:
    return Furniture(
        header=(
            text("Example Hospital (fictional)"),
            text("Demonstration of a short running title"),
            text("Version ", IdentitySlot("version"), LineBreak(), IdentitySlot("date")),
        ),
        footer=(text("DEMO-101"), text("English"), text("Page ", PageNumber(), " of ", PageCount())),
        marks=(text(FICTIONAL),),
        stamp_area=True,
        paper="A4",
    )


# -------------------------------------------------------------------------------------------------- text section


def _text_section() -> Section:
    blocks: tuple[Block, ...] = (
        paragraph("sample.title", "Participant Information and Consent Form", role="title"),
        paragraph("sample.subtitle", "A demonstration study of nothing at all", role="subtitle"),
        _facts(),
        Contents(id="sample.contents", title=text("Contents"), depth=2),
        Heading(id="sample.key", level=1, number="1", inlines=text("Key information")),
        _key_box(),
        *_paragraphs(),
        *_lists(),
        *_boxes(),
        PageBreak(id="sample.break"),
        *_signatures(),
    )
    notes = (
        Footnote(id="sample.note.a", mark="a", inlines=text("The first footnote, with ", _known(), ".")),
        Footnote(id="sample.note.b", mark="b", inlines=text("The second footnote.")),
    )
    return Section(id="sample.main", blocks=blocks, footnotes=notes)


def _known() -> Value:
    return Value("12 participants", ("/enrolment/count", "/arms"))


def _facts() -> Table:
    rows = (
        row("sample.facts.sponsor", ("Sponsor",), ("Example Hospital (fictional)",), first=True),
        row("sample.facts.version", ("Form version",), (IdentitySlot("version"),), first=True),
        row("sample.facts.date", ("Date",), (IdentitySlot("date"),), first=True),
        row(
            "sample.facts.protocol",
            ("Protocol",),
            ("First written for protocol version ", IdentitySlot("protocol-version")),
            first=True,
        ),
        row("sample.facts.state", ("State",), (IdentitySlot("draft"),), first=True),
        row("sample.facts.participant", ("Participant number",), (Blank("Participant number", 50),), first=True),
    )
    return Table(id="sample.facts", role="facts", columns=(1, 2), head=(), rows=rows)


def _key_box() -> Box:
    return Box(
        id="sample.key.box",
        role="key",
        clauses=("CR-a5",),
        blocks=(
            paragraph("sample.key.lead", "You are asked to take part in a research study.", role="lead"),
            paragraph(
                "sample.key.values",
                "About ",
                _known(),
                " will join. The telephone is ",
                Value("[TO BE COMPLETED: the 24-hour telephone number]", ("/contacts/0/telephone",), "todo"),
                ". There are ",
                Value("[ASSUMED, not in the record: 5 visits]", ("/encounters",), "assumed"),
                ".",
            ),
        ),
    )


def _paragraphs() -> tuple[Block, ...]:
    return (
        Heading(id="sample.words", level=1, number="2", inlines=text("Words of every kind")),
        paragraph(
            "sample.words.styles",
            Styled("strong", text("Strong")),
            ", ",
            Styled("emphasis", text("emphasis with ", Styled("strong", text("strong")))),
            ", 10",
            Styled("superscript", text("6")),
            " cells, H",
            Styled("subscript", text("2")),
            "O, ",
            Styled("small", text("small words")),
            " and ",
            Styled("verbatim", text("words of the record,  as they  stand")),
            ".",
            LineBreak(),
            "A new line with a footnote",
            FootnoteRef("sample.note.a", "a"),
            " and another",
            FootnoteRef("sample.note.b", "b"),
            "; ≥ 18 years, ≤ 5 µg, 5 ± 2 days.",
        ),
        paragraph("sample.words.hostile", HOSTILE),
        Paragraph(
            id="sample.words.vietnamese",
            language="vi",
            clauses=("CR-b2", "E6-f"),
            inlines=text("Bệnh viện ví dụ: người tham gia được quyền từ chối bất cứ lúc nào."),
        ),
        Heading(id="sample.words.roles", level=2, number="2.1", inlines=text("Roles of paragraphs")),
        paragraph("sample.words.note", "A note stands back a little.", role="note"),
        paragraph("sample.words.small", "Small print is still readable.", role="small"),
        paragraph("sample.words.label", "A label keeps with what follows", role="label"),
        paragraph("sample.words.line", "A tight line.", role="line"),
        paragraph("sample.words.long", "A long word breaks: ", LONG_WORD),
        Heading(id="sample.words.deep", level=3, inlines=text("A heading of level three")),
        Heading(id="sample.words.deeper", level=4, inlines=text("A heading of level four")),
        *(paragraph(f"sample.words.body-{n}", BODY) for n in range(1, 5)),
    )


BODY = (
    "Taking part is your choice. You may say no now, or change your mind later, without giving a reason and without "
    "losing any care that you would otherwise receive. Ask as many questions as you like before you decide. You may "
    "take this form home and talk about it with your family or your own doctor."
)


def _lists() -> tuple[Block, ...]:
    nested = ListItem(
        id="sample.lists.marked.1",
        marker="I01",
        blocks=(
            paragraph("sample.lists.marked.1.text", "All of the following:"),
            List(
                id="sample.lists.marked.1.all",
                items=(
                    item("sample.lists.marked.1.all.a", "age at least 18 years", marker="a)"),
                    item("sample.lists.marked.1.all.b", "able to read this form", marker="b)"),
                ),
            ),
        ),
    )
    return (
        Heading(id="sample.lists", level=1, number="3", inlines=text("Lists")),
        List(
            id="sample.lists.bullets",
            items=(item("sample.lists.bullets.1", "one"), item("sample.lists.bullets.2", "two & three")),
        ),
        List(
            id="sample.lists.numbers",
            ordered=True,
            items=(item("sample.lists.numbers.1", "first"), item("sample.lists.numbers.2", "second")),
        ),
        List(id="sample.lists.marked", items=(nested, item("sample.lists.marked.2", "A second one.", marker="I02"))),
    )


def _boxes() -> tuple[Block, ...]:
    return (
        Box(
            id="sample.boxes.warning",
            role="warning",
            blocks=(paragraph("sample.boxes.warning.text", "Tell the staff at once if you feel unwell."),),
        ),
        Box(
            id="sample.boxes.note",
            role="note",
            blocks=(paragraph("sample.boxes.note.text", "A note in a frame."),),
        ),
        Box(
            id="sample.boxes.office",
            role="office",
            blocks=(
                paragraph("sample.boxes.office.label", "For the study office", role="label"),
                paragraph("sample.boxes.office.text", Tick("Copy given"), " A copy was given: ", Blank("Initials", 20)),
            ),
        ),
    )


def _signatures() -> tuple[Block, ...]:
    lines = (("Name in capital letters", 12), ("Signature", 6), ("Date", 3), ("Time", 3))
    return (
        Heading(id="sample.signatures", level=1, number="4", inlines=text("Signatures")),
        Signature(
            id="sample.signatures.participant",
            clauses=("E6-s",),
            who=text("Participant"),
            statement=text("I have read this form and agree to take part."),
            lines=lines,
        ),
        Signature(
            id="sample.signatures.witness",
            who=text("Impartial witness, ", Styled("emphasis", text("if one is needed"))),
            statement=(),
            lines=(("Name", 6), ("Signature", 6), ("Date", 4), ("Time", 4), ("Relationship", 4)),
        ),
    )


# -------------------------------------------------------------------------------------------------- grid section


def _grid_section() -> Section:
    return Section(
        id="sample.schedule",
        orientation="landscape",
        blocks=(
            Heading(id="sample.grid.heading", level=1, number="5", inlines=text("Schedule of activities")),
            _grid(),
        ),
        footnotes=(Footnote(id="sample.note.grid", mark="a", inlines=text("Before any other procedure.")),),
    )


def _grid() -> Table:
    merged = Row(
        id="sample.grid.head.1",
        cells=(
            cell("sample.grid.head.1.1", "Activity", header=True, rowspan=2),
            cell("sample.grid.head.1.2", "Screening", header=True, align="center"),
            cell("sample.grid.head.1.3", "Treatment", header=True, colspan=3, align="center"),
            cell("sample.grid.head.1.4", "End", header=True, align="center"),
        ),
    )
    visits = Row(
        id="sample.grid.head.2",
        cells=tuple(
            cell(f"sample.grid.head.2.{n}", name, header=True, align="center")
            for n, name in enumerate(("Day −7", "Day 0", "Day 7 ± 2", "Day 28", "Day 90"), start=2)
        ),
    )
    section = Row(
        id="sample.grid.section",
        section=True,
        cells=(cell("sample.grid.section.1", "Procedures", header=True, colspan=6),),
    )
    rows = (_grid_row(0), section, *(_grid_row(n) for n in range(1, LONG_TABLE_ROWS)))
    return Table(
        id="sample.grid",
        columns=(4, 1, 1, 1, 1, 1),
        head=(merged, visits),
        rows=rows,
        caption=text("Table 1. What is done at each visit"),
    )


def _grid_row(n: int) -> Row:
    row_id = f"sample.grid.row-{n}"
    name = (Text("Informed consent"), FootnoteRef("sample.note.grid", "a")) if n == 0 else text(f"Activity number {n}")
    first = Cell(blocks=(Paragraph(id=f"{row_id}.1", inlines=name, role="line"),), header=True)
    marks = tuple(
        cell(f"{row_id}.{column}", "X" if (n + column) % 3 == 0 else "", align="center", shade=column == 3)
        for column in range(2, 7)
    )
    return Row(id=row_id, cells=(first, *marks))


# -------------------------------------------------------------------------------------------------- form section


def _form_section() -> Section:
    return Section(
        id="sample.forms",
        blocks=(
            Heading(id="sample.form.heading", level=1, number="6", inlines=text("Vital signs form")),
            _form_head(),
            _form(),
            Heading(id="sample.table.heading", level=2, inlines=text("Office use")),
            _table("sample.table.plain", "plain"),
            _table("sample.table.grid", "grid"),
        ),
    )


def _form_head() -> Table:
    first = (
        ("Participant",),
        (Comb("Participant number", "nnn-nnn"),),
        ("Visit date",),
        (Comb("Visit date", "dd-MMM-yyyy"),),
    )
    second = (("Not done",), (Tick("Not done"), " Not done"), ("Reason",), (Blank("Reason not done"),))
    rows = (_pair_row("sample.form.head.1", *first), _pair_row("sample.form.head.2", *second))
    return Table(id="sample.form.head", role="form", columns=(2, 4, 2, 5), head=(), rows=rows)


def _pair_row(row_id: str, *cells: tuple[str | Inline, ...]) -> Row:
    """Return a row of labels and answers in turn; the labels are headers."""
    made = (cell(f"{row_id}.{n}", *parts, header=n % 2 == 1) for n, parts in enumerate(cells, start=1))
    return Row(id=row_id, cells=tuple(made))


def _form() -> Table:
    head = row("sample.form.h", ("Field",), ("Answer",), ("Unit",), ("CDASH name",), header=True)
    section = Row(
        id="sample.form.s",
        section=True,
        cells=(cell("sample.form.s.1", "Seated, after five minutes of rest", header=True, colspan=4),),
    )
    rows = (
        row("sample.form.r1", ("Time of measurement",), (Comb("Time", "HH:mm"),), ("24 h",), ("VSTIM",), first=True),
        section,
        row(
            "sample.form.r2",
            ("Systolic blood pressure",),
            (Comb("Systolic", "nnn"),),
            ("mmHg",),
            ("VSORRES",),
            first=True,
        ),
        row("sample.form.r3", ("Temperature",), (Comb("Temperature", "nn.n"),), ("°C",), ("VSORRES",), first=True),
        row(
            "sample.form.r4",
            ("Clinically significant?",),
            (Tick("Yes"), " Yes   ", Tick("No"), " No   ", Tick("Not known"), " Not known"),
            ("",),
            ("VSCLSIG",),
            first=True,
        ),
        row("sample.form.r5", ("Comment",), (Blank("Comment"),), ("",), ("VSREASND",), first=True),
        row("sample.form.r6", ("Signed by ", Blank("Initials", 15)), ("",), ("",), ("",), first=True),
    )
    return Table(
        id="sample.form", role="form", columns=(4, 6, 2, 2), head=(head,), rows=rows, caption=text("Vital signs")
    )


def _table(block_id: str, role: TableRole) -> Table:
    first = role == "grid"
    rows = tuple(row(f"{block_id}.{n}", (f"Left {n}",), (f"Right {n}",), first=first) for n in (1, 2))
    return Table(id=block_id, role=role, columns=(1, 1), head=(), rows=rows)
