"""Redlines as each writer prints them: Word's own revisions, ins and del, pages of a PDF, marks in plain text."""

import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import docx
import pytest

from regdocs.content.identity import Revision
from regdocs.content.model import (
    Box,
    Cell,
    Contents,
    Document,
    Footnote,
    Heading,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Signature,
    Table,
    Tick,
)
from regdocs.content.query import walk_tagged
from regdocs.content.redline import redline
from regdocs.render.docx import block_ids, render_docx
from regdocs.render.fonts import FontSet
from regdocs.render.html import render_html
from regdocs.render.pdf import pages_of, render_pdf, render_pdf_with_pages
from regdocs.render.text import render_text
from tests.content.edits import Author
from tests.render.sample import item, paragraph, row, sample_document, sample_identity, text
from tests.render.test_docx import REFERENCE, W, audit, of_blocks, root

AUTHOR = Revision("Coordinating office & Co.", "2026-06-12T00:00:00Z")
IDENTITY = replace(sample_identity(draft=False), revision=AUTHOR)


def as_docx(base: Document, new: Document) -> bytes:
    return render_docx(redline(base, new), IDENTITY, reference=REFERENCE)


def as_html(base: Document, new: Document) -> str:
    return render_html(redline(base, new), IDENTITY).decode()


def of_items(*items: ListItem) -> Document:
    return of_blocks(List(id="l", items=items))


def of_rows(*rows: Row) -> Document:
    return of_blocks(Table(id="t", columns=(1, 1), head=(), rows=rows))


def in_cell(*blocks: Paragraph) -> Document:
    return of_blocks(Table(id="t", columns=(1,), head=(), rows=(Row(id="r", cells=(Cell(blocks=blocks),)),)))


def edited_sample(seed: int = 5, share: float = 0.1) -> tuple[Document, Document]:
    return sample_document(), Author(Random(seed)).edited(sample_document(), share)


def shown(package: bytes, tag: str) -> list[str]:
    """Return the words of each revision of this kind, empty ones left out."""
    found = root(package).iter(f"{W}{tag}")
    said = ("".join(node.text or "" for node in one.iter() if node.tag in (f"{W}t", f"{W}delText")) for one in found)
    return [words for words in said if words]


def marks(package: bytes) -> list[str | None]:
    """Return what became of the end of each paragraph of the body."""
    tags = (
        [child.tag.removeprefix(W) for child in one.findall(f"{W}pPr/{W}rPr/*")] for one in root(package).iter(f"{W}p")
    )
    return [found[0] if found else None for found in tags]


# ---------------------------------------------------------------------------------------------------------------- Word


def test_words_are_deleted_and_inserted_where_they_changed() -> None:
    package = as_docx(of_blocks(paragraph("p", "Take 5 mL of blood")), of_blocks(paragraph("p", "Take 7 mL of blood")))
    assert (shown(package, "del"), shown(package, "ins")) == (["5"], ["7"])
    assert set(marks(package)) == {None}


def test_each_revision_says_who_and_when_and_has_a_number_of_its_own() -> None:
    package = as_docx(*edited_sample())
    changed = [one for one in root(package).iter() if one.get(f"{W}author") is not None]
    assert len(changed) > 20
    assert {(one.get(f"{W}author"), one.get(f"{W}date")) for one in changed} == {(AUTHOR.author, AUTHOR.date)}
    numbers = [one.get(f"{W}id") for one in changed]
    marked = [one.get(f"{W}id") for one in root(package).iter(f"{W}bookmarkStart")]
    assert len({*numbers, *marked}) == len(numbers) + len(marked)


def test_a_redline_of_nobody_names_nobody() -> None:
    tree = redline(of_blocks(paragraph("p", "a")), of_blocks(paragraph("p", "b")))
    package = render_docx(tree, sample_identity(draft=False), reference=REFERENCE)
    assert {one.get(f"{W}author") for one in root(package).iter(f"{W}ins")} == {"–"}


def test_a_paragraph_comes_and_goes_with_its_end() -> None:
    base, new = of_blocks(paragraph("a", "a"), paragraph("b", "b")), of_blocks(paragraph("c", "c"), paragraph("b", "b"))
    assert marks(as_docx(base, new))[:3] == ["del", "ins", None]


def test_what_has_moved_is_a_move_with_both_ends_named_alike() -> None:
    one, two = item("i1", "first words"), item("i2", "second words")
    package = as_docx(of_items(one, two, item("i3", "x")), of_items(two, item("i3", "x"), one))
    assert (shown(package, "moveFrom"), shown(package, "moveTo")) == (["first words"], ["first words"])
    names = [node.get(f"{W}name") for kind in ("From", "To") for node in root(package).iter(f"{W}move{kind}RangeStart")]
    assert len(names) == 2 and len(set(names)) == 1
    starts, ends = ([n.get(f"{W}id") for n in root(package).iter(f"{W}moveToRange{end}")] for end in ("Start", "End"))
    assert starts == ends


def test_a_moved_table_is_rows_deleted_and_inserted() -> None:
    table = Table(id="t", columns=(1,), head=(), rows=(row("r", ("cell",)),))
    before, after = (
        of_blocks(table, paragraph("p", "x"), paragraph("q", "y")),
        of_blocks(paragraph("p", "x"), paragraph("q", "y"), table),
    )
    package = as_docx(before, after)
    rows = [
        [child.tag.removeprefix(W) for child in one.findall(f"{W}trPr/*")][-1] for one in root(package).iter(f"{W}tr")
    ]
    assert rows == ["del", "ins"]
    assert not list(root(package).iter(f"{W}moveTo"))


def test_a_row_comes_and_goes_as_a_row() -> None:
    package = as_docx(of_rows(row("a", ("1",), ("2",)), row("b", ("3",), ("4",))), of_rows(row("b", ("3",), ("5",))))
    first, second = root(package).iter(f"{W}tr")
    assert first.find(f"{W}trPr/{W}del") is not None and second.find(f"{W}trPr/{W}del") is None
    assert shown(package, "del") == ["1", "2", "4"] and shown(package, "ins") == ["5"]


def test_a_number_or_marker_that_changed_is_told_beside_the_new_one() -> None:
    base = of_blocks(
        Heading(id="h", level=1, inlines=text("Risks"), number="6"), List(id="l", items=(item("i", "x", marker="E01"),))
    )
    new = of_blocks(
        Heading(id="h", level=1, inlines=text("Risks"), number="7"), List(id="l", items=(item("i", "x", marker="E02"),))
    )
    package = as_docx(base, new)
    assert (shown(package, "del"), shown(package, "ins")) == (["6", "E01"], ["7", "E02"])
    assert '<span class="number"><del>6</del><ins>7</ins></span>' in as_html(base, new)


def test_contents_list_what_came_and_what_went() -> None:
    def document(*names: str) -> Document:
        headings = [Heading(id=name, level=1, inlines=text(f"About {name}")) for name in names]
        return of_blocks(Contents(id="c", title=text("Contents")), *headings)

    package = as_docx(document("risks", "blood"), document("risks", "costs"))
    entries = [
        one
        for one in root(package).iter(f"{W}p")
        if (one.find(f"{W}pPr/{W}pStyle") is not None) and "TOC1" in str(ElementTree.tostring(one))
    ]
    assert [[child.tag.removeprefix(W) for child in one.findall(f"{W}pPr/{W}rPr/*")] for one in entries] == [
        [],
        ["del"],
        ["ins"],
    ]
    kinds = [node.get(f"{W}fldCharType") for node in root(package).iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_deleted_contents_take_their_field_with_them() -> None:
    heading = Heading(id="h", level=1, inlines=text("Risks"))
    package = as_docx(of_blocks(Contents(id="c", title=()), heading), of_blocks(heading))
    assert [(one.text or "").strip() for one in root(package).iter(f"{W}delInstrText")] == ['TOC \\o "1-2" \\h \\z \\u']
    assert not list(root(package).iter(f"{W}instrText"))


def test_a_bookmark_is_that_of_the_block_that_lives_on() -> None:
    old, new = of_blocks(replace(paragraph("p", "old"), language="vi")), of_blocks(paragraph("p", "new"))
    package = as_docx(old, new)
    gone, kept = list(root(package).iter(f"{W}p"))[:2]
    assert gone.find(f".//{W}bookmarkStart") is None and kept.find(f".//{W}bookmarkStart") is not None
    assert list(block_ids(package).values()) == ["p"]


def test_a_box_to_tick_that_came_or_went_is_a_plain_one() -> None:
    package = as_docx(
        of_blocks(paragraph("p", "a")), of_blocks(paragraph("p", "a "), paragraph("q", Tick("Yes"), " yes"))
    )
    assert not list(root(package).iter(f"{W}sdt"))
    assert "☐ yes" in "".join(shown(package, "ins"))


def test_the_last_paragraph_of_a_cell_keeps_its_end() -> None:
    package = as_docx(in_cell(paragraph("a", "a")), in_cell(paragraph("a", "a"), paragraph("b", "b", role="note")))
    assert marks(package)[:2] == ["ins", None]
    last = next(root(package).iter(f"{W}tc")).findall(f"{W}p")[-1]
    before = last.find(f"{W}pPr/{W}pPrChange/{W}pPr/{W}pStyle")
    assert before is not None and before.get(f"{W}val") == "TableText"


def test_a_replaced_only_paragraph_of_a_cell_stays_one_paragraph() -> None:
    package = as_docx(in_cell(paragraph("a", "old")), in_cell(paragraph("b", "new")))
    (only,) = next(root(package).iter(f"{W}tc")).findall(f"{W}p")
    assert only.find(f"{W}pPr/{W}rPr") is None
    assert (shown(package, "del"), shown(package, "ins")) == (["old"], ["new"])


def test_words_and_paragraphs_added_after_them_are_one_insertion() -> None:
    package = as_docx(
        of_blocks(paragraph("p", "Words"), paragraph("q", "end")),
        of_blocks(paragraph("p", "Words and more"), paragraph("x", "new"), paragraph("q", "end")),
    )
    assert marks(package)[:3] == ["ins", None, None]


def test_a_page_break_that_came_or_went_is_a_change_of_the_paragraph_after_it() -> None:
    with_break = of_blocks(paragraph("p", "a"), PageBreak(id="b"), paragraph("q", "b"))
    without = of_blocks(paragraph("p", "a"), paragraph("q", "b"))
    for base, new, now, before in ((without, with_break, 1, 0), (with_break, without, 0, 1)):
        look = list(root(as_docx(base, new)).iter(f"{W}p"))[1].find(f"{W}pPr")
        assert look is not None
        assert len(look.findall(f"{W}pageBreakBefore")) == now
        assert len(look.findall(f"{W}pPrChange/{W}pPr/{W}pageBreakBefore")) == before


def test_a_section_that_came_or_went_has_a_tracked_end() -> None:
    one, two, three = (Section(id=name, blocks=(paragraph(f"{name}.p", name),)) for name in ("one", "two", "three"))
    document = replace(sample_document(), sections=(one, two, three))
    assert marks(as_docx(document, replace(document, sections=(one, three))))[2:4] == ["del", "del"]
    # Of the last section the end before it goes, because the end of a file cannot.
    assert marks(as_docx(document, replace(document, sections=(one, two))))[3:5] == ["del", "del"]
    assert marks(as_docx(document, replace(document, sections=(one, two))))[-1] is None


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "share"), [(5, 0.1), (6, 0.4), (7, 0.9)])
def test_a_redline_opens_clean_in_the_validator(tmp_path: Path, seed: int, share: float) -> None:
    path = tmp_path / "redline.docx"
    path.write_bytes(as_docx(*edited_sample(seed, share)))
    found = audit(path)
    assert found.returncode == 0, found.stdout


def test_python_docx_opens_a_redline() -> None:
    assert len(docx.Document(BytesIO(as_docx(*edited_sample()))).paragraphs) > 50


# ---------------------------------------------------------------------------------------------------------- HTML, text


def test_html_marks_words_and_blocks_and_gives_no_id_to_what_is_gone() -> None:
    base = of_blocks(paragraph("p", "Take 5 mL"), paragraph("old", "gone"), replace(paragraph("r", "x"), language="vi"))
    new = of_blocks(paragraph("p", "Take 7 mL"), paragraph("new", "come"), paragraph("r", "x"))
    page = as_html(base, new)
    assert '<p id="p" data-change="changed">Take <del>5</del><ins>7</ins> mL</p>' in page
    assert '<p data-change="deleted"><del>gone</del></p>' in page
    assert '<p id="new" data-change="inserted"><ins>come</ins></p>' in page
    assert page.count('id="r"') == 1


def test_html_says_that_an_item_has_moved() -> None:
    one, two, three = (item(f"i{n}", f"words {n}") for n in (1, 2, 3))
    page = as_html(of_items(one, two, three), of_items(two, three, one))
    assert '<li data-change="moved-from"><p><del>words 1</del></p>' in page
    assert '<li id="i1" data-change="moved-to"><p id="i1.text"><ins>words 1</ins></p>' in page


def test_html_of_any_redline_has_each_id_once() -> None:
    for seed in range(6):
        ids = re.findall(r' id="([^"]+)"', as_html(*edited_sample(seed, 0.3)))
        assert len(ids) == len(set(ids))


def test_a_clean_page_carries_no_style_of_changes() -> None:
    assert b"data-change" not in render_html(sample_document(), sample_identity(draft=True))


def test_footnotes_signatures_and_boxes_are_marked_too() -> None:
    def document(mark: str, who: str, inside: str) -> Document:
        signature = Signature(id="s", who=text(who), statement=(), lines=(("Name", 12),))
        box = Box(id="b", blocks=(paragraph(f"b.{inside}", inside),))
        note = Footnote(id="n", mark=mark, inlines=text("a note"))
        whole = of_blocks(signature, box)
        return replace(whole, sections=(replace(whole.sections[0], footnotes=(note,)),))

    base, new = document("a", "Old role", "here"), document("b", "New role", "there")
    page = as_html(base, new)
    assert '<sup class="ref"><del>a</del><ins>b</ins></sup>' in page
    assert "<del>Old</del><ins>New</ins> role" in page
    assert shown(as_docx(base, new), "ins") == ["New", "there", "b"]


def test_plain_text_marks_what_went_and_what_came() -> None:
    base = of_blocks(paragraph("p", "Take 5 mL"), paragraph("old", "gone"))
    new = of_blocks(paragraph("p", "Take 7 mL"), paragraph("new", "come"))
    printed = render_text(redline(base, new), IDENTITY).decode()
    assert "Take [-5-]{+7+} mL" in printed
    assert "[-gone-]\n\n{+come+}" in printed


# ----------------------------------------------------------------------------------------------------------------- PDF


@pytest.mark.slow
def test_the_pdf_of_a_redline_is_accessible(fonts: FontSet, tmp_path: Path) -> None:
    path = tmp_path / "redline.pdf"
    path.write_bytes(render_pdf(redline(*edited_sample()), IDENTITY, fonts=fonts))
    command = [sys.executable, "-m", "pdfua", "check", "--min-severity", "error", str(path)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.slow
def test_each_block_is_on_the_page_that_shows_it(fonts: FontSet, tmp_path: Path) -> None:
    document = sample_document()
    made, pages = render_pdf_with_pages(document, IDENTITY, fonts=fonts)
    assert made == render_pdf(document, IDENTITY, fonts=fonts)
    assert pages == pages_of(document, IDENTITY, fonts=fonts)
    assert set(pages) == {tagged.id for tagged in walk_tagged(document)}
    (tmp_path / "sample.pdf").write_bytes(made)
    sheets = subprocess.run(
        ["pdftotext", str(tmp_path / "sample.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")
    headings = [one for one in walk_tagged(document) if isinstance(one, Heading) and one.level == 1]
    for heading in headings:
        words = "".join(getattr(heading.inlines[0], "text", "").split())
        assert words in "".join(sheets[pages[heading.id] - 1].split())


@pytest.mark.slow
def test_what_is_gone_has_no_page(fonts: FontSet) -> None:
    tree = redline(of_blocks(paragraph("old", "gone")), of_blocks(paragraph("new", "come")))
    assert pages_of(tree, IDENTITY, fonts=fonts) == {"new": 1}
