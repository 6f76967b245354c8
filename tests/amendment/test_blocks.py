"""Which blocks of a document say something else, where they stand, and which values they print."""

from regdocs.amendment.blocks import FURNITURE, changed_blocks, said_by
from regdocs.content.model import (
    Block,
    Box,
    Cell,
    Document,
    Footnote,
    Furniture,
    Heading,
    Inline,
    List,
    ListItem,
    Paragraph,
    Row,
    Section,
    Signature,
    Styled,
    Table,
    Text,
    Value,
)


def paragraph(name: str, *inlines: str | Inline) -> Paragraph:
    return Paragraph(id=name, inlines=tuple(Text(one) if isinstance(one, str) else one for one in inlines))


def document(*blocks: Block, header: str = "", notes: tuple[Footnote, ...] = ()) -> Document:
    furniture = Furniture(header=((Text(header),), (), ()))
    section = Section(id="main", blocks=blocks, footnotes=notes)
    return Document(kind="k", language="en", title="T", subject="S", furniture=furniture, sections=(section,))


def row(name: str, *texts: str) -> Row:
    return Row(id=name, cells=tuple(Cell(blocks=(paragraph(f"{name}.{n}", text),)) for n, text in enumerate(texts)))


def told(old: Document | None, new: Document | None) -> list[tuple[str, str | None, str | None]]:
    return [(one.block, one.old, one.new) for one in changed_blocks(old, new)]


def test_same_words_have_not_changed_whatever_their_looks():
    old = document(paragraph("a", "One ", "two"))
    new = document(paragraph("a", Styled("strong", (Text("One"),)), Value(" two", ("/x",))))
    assert told(old, new) == []


def test_blocks_are_told_that_changed_came_and_went():
    old, new = (
        document(paragraph("a", "One"), paragraph("b", "Two")),
        document(paragraph("c", "Three"), paragraph("a", "1")),
    )
    assert told(old, new) == [("c", None, "Three"), ("a", "One", "1"), ("b", "Two", None)]


def test_document_that_came_or_went_has_all_its_blocks():
    only = document(paragraph("a", "One"))
    assert told(None, only) == [("a", None, "One")]
    assert told(only, None) == [("a", "One", None)]


def test_blocks_inside_others_are_found_by_their_own_ids():
    item = ListItem(id="l.1", blocks=(paragraph("l.1.text", "Item"),), marker="E01")
    blocks = (List(id="l", items=(item,)), Box(id="x", blocks=(paragraph("x.1", "Boxed"),)))
    table = Table(id="t", columns=(1, 1), head=(row("t.head", "What", "How"),), rows=(row("t.1", "Pulse", "60"),))
    signature = Signature(id="s", who=(Text("Who"),), statement=(), lines=(("Name", 6), ("Date", 6)))
    notes = (Footnote(id="f", mark="a", inlines=(Text("Note"),)),)
    said = said_by(document(*blocks, table, signature, header="Running", notes=notes))
    assert {block: one.text for block, one in said.items()} == {
        FURNITURE: "Running",
        "l.1": "E01",
        "l.1.text": "Item",
        "x.1": "Boxed",
        "t.head.0": "What",
        "t.head.1": "How",
        "t.1.0": "Pulse",
        "t.1.1": "60",
        "s": "Who\nName\nDate",
        "f": "a Note",
    }
    assert (said["t.1.1"].entry, said["x.1"].entry) == ("Pulse", "")


def test_block_knows_its_heading_and_the_values_it_prints():
    heading = Heading(id="h", level=1, number="2", inlines=(Text("Risks"),))
    inner = Styled("emphasis", (Value("often", ("/consent/risks/a/frequency",)),))
    said = said_by(
        document(paragraph("z", "Before"), heading, paragraph("a", Value("Pain", ("/consent/risks/a/text",)), inner))
    )
    assert said["h"].text == "2 Risks"
    assert (said["z"].section, said["a"].section) == ("", "2 Risks")
    assert said["a"].paths == {"/consent/risks/a/text", "/consent/risks/a/frequency"}


def test_change_has_the_values_of_both_sides():
    (found,) = changed_blocks(
        document(paragraph("a", Value("1", ("/was",)))), document(paragraph("a", Value("2", ("/is",))))
    )
    assert found.paths == {"/was", "/is"}
