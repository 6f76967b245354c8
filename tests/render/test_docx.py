"""The Word writer, seen from outside: what validators, python-docx and LibreOffice make of its files."""

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest

from regdocs.content.model import (
    Blank,
    Block,
    Cell,
    Comb,
    Contents,
    Document,
    Furniture,
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
    Value,
)
from regdocs.content.query import headings, plain_text, walk_tagged
from regdocs.errors import Refusal
from regdocs.render.docx import block_ids, missing_styles, render_docx
from regdocs.render.docx.bookmarks import bookmark_name
from regdocs.render.docx.package import read_parts, write_parts
from regdocs.render.docx.reference import make_reference
from regdocs.render.fonts import FontSet
from tests.render.sample import (
    DRAFT_MARK,
    FICTIONAL,
    HOSTILE,
    item,
    paragraph,
    sample_document,
    sample_identity,
    text,
)

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "templates" / "reference.docx").read_bytes()
LONG_WORDS = "These words fill a line of the page and a part of the next one, as a sentence of a form does. " * 2
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

needs_libreoffice = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="soffice or pdftotext is not installed"
)


def made(document: Document | None = None, draft: bool = True) -> bytes:
    return render_docx(document or sample_document(), sample_identity(draft), reference=REFERENCE)


def of_blocks(*blocks: Block, **furniture: Any) -> Document:
    section = Section(id="s", blocks=blocks)
    return replace(sample_document(), sections=(section,), furniture=Furniture(**furniture))


def part(package: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return archive.read(name).decode("utf-8")


def root(package: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    return ElementTree.fromstring(part(package, name))


def words(element: ElementTree.Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def audit(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "openxml_audit", str(path)], capture_output=True, text=True, check=False
    )


# ------------------------------------------------------------------------------------------------ opens clean


@pytest.mark.slow
@pytest.mark.parametrize("draft", [True, False])
def test_the_file_opens_clean_in_the_validator(tmp_path: Path, draft: bool) -> None:
    path = tmp_path / "sample.docx"
    path.write_bytes(made(draft=draft))
    found = audit(path)
    assert found.returncode == 0, found.stdout


@pytest.mark.slow
def test_the_reference_opens_clean_in_the_validator() -> None:
    found = audit(ROOT / "templates" / "reference.docx")
    assert found.returncode == 0, found.stdout


def test_python_docx_opens_the_file_and_finds_real_headings() -> None:
    word = docx.Document(BytesIO(made(draft=False)))
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style is not None and p.style.name]
    assert ("Heading 1", "2\tWords of every kind") in found
    assert ("Heading 4", "A heading of level four") in found
    assert ("Title", "Participant Information and Consent Form") in found


def test_the_committed_reference_is_what_its_maker_makes() -> None:
    assert read_parts(make_reference()) == read_parts(REFERENCE), "run the command in docx/reference.py again"


def test_the_reference_has_every_style_the_writer_uses() -> None:
    assert missing_styles(REFERENCE) == ()
    used = set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', part(made(), "word/document.xml")))
    assert used <= set(re.findall(r'w:styleId="([^"]+)"', part(REFERENCE, "word/styles.xml")))


def test_no_style_part_of_another_program_is_carried_over() -> None:
    assert not [name for name in read_parts(made()) if "Effects" in name or "thumbnail" in name]


# ------------------------------------------------------------------------------------------------- same bytes


def test_the_same_document_gives_the_same_bytes() -> None:
    assert made() == made()


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_another_hash_seed_gives_the_same_bytes(seed: str) -> None:
    code = "import hashlib\nfrom tests.render.test_docx import made\nprint(hashlib.sha256(made()).hexdigest())"
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    assert out.stdout.strip() == hashlib.sha256(made()).hexdigest()


def test_parts_carry_one_fixed_time_and_no_person() -> None:
    package = made()
    with zipfile.ZipFile(BytesIO(package)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(BytesIO(package)).core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert properties.title == "Sample document & <title>"
    assert properties.language == "en"


# --------------------------------------------------------------------------------------------------- every page


def test_every_section_carries_the_draft_mark_and_the_marks_in_its_header() -> None:
    sections = docx.Document(BytesIO(made())).sections
    assert len(sections) == 3
    for section in sections:
        printed = words(ElementTree.fromstring(section.header.part.blob))
        assert DRAFT_MARK in printed
        assert FICTIONAL in printed


def test_a_recorded_version_carries_no_draft_mark_anywhere() -> None:
    for name, data in read_parts(made(draft=False)).items():
        assert b"DRAFT" not in data or name == "word/styles.xml"


def test_the_draft_mark_stands_in_headers_without_furniture_too() -> None:
    package = made(of_blocks(paragraph("p", "words")))
    assert DRAFT_MARK in words(root(package, "word/header-portrait.xml"))


def test_page_number_and_page_count_are_fields() -> None:
    footer = root(made(), "word/footer-landscape.xml")
    codes = [(node.text or "").strip() for node in footer.iter(f"{W}instrText")]
    assert codes == ["PAGE", "NUMPAGES"]


def own_sections() -> Document:
    return replace(
        of_blocks(),
        furniture=sample_document().furniture,
        sections=tuple(
            Section(id=name, own_pages=True, blocks=tuple(paragraph(f"{name}.{n}", LONG_WORDS) for n in range(count)))
            for name, count in (("first", 30), ("second", 60))
        ),
    )


def test_a_section_handed_out_by_itself_counts_its_own_pages() -> None:
    package = made(own_sections(), draft=False)
    starts = [number.get(f"{W}start") for number in root(package).iter(f"{W}pgNumType")]
    assert starts == ["1", "1"]
    for number in (1, 2):
        footer = root(package, f"word/footer-portrait-own_{number}.xml")
        codes = [(node.text or "").strip() for node in footer.iter(f"{W}instrText")]
        assert codes == ["PAGE", "SECTIONPAGES", f"PAGEREF own_{number}"]
    marks = [mark.get(f"{W}name") for mark in root(package).iter(f"{W}bookmarkStart")]
    assert {"own_1", "own_2"} <= set(marks)


def test_the_notice_of_a_draft_is_not_counted_with_a_section_that_counts_its_own_pages() -> None:
    numbers = [part.find(f"{W}pgNumType") is not None for part in root(made(own_sections())).iter(f"{W}sectPr")]
    assert numbers == [False, True, True]


def test_a_telephone_number_does_not_break_over_lines() -> None:
    package = made(of_blocks(paragraph("p", "Call +1 202 555-0101 on 2026-01-12 at once.")))
    written = next(one for one in root(package).iter(f"{W}p") if "Call" in words(one))
    assert words(written) == "Call +1\u00a0202\u00a05550101 on 2026-01-12 at once."
    assert len(list(written.iter(f"{W}noBreakHyphen"))) == 1


def test_what_is_signed_stays_with_its_signatures_and_they_with_each_other() -> None:
    signed = Signature(id="s1", who=text("Child"), statement=(), lines=(("Name", 6), ("Date", 6)))
    answer = paragraph("a", Tick("Yes"), " Yes", role="line")
    copy = paragraph("c", Tick("Copy"), " A copy was given")
    package = made(of_blocks(paragraph("p", "before"), answer, signed, replace(signed, id="s2"), copy), draft=False)
    kept = {words(one): one.find(f"{W}pPr/{W}keepNext") is not None for one in root(package).iter(f"{W}p")}
    assert not kept["before"]
    assert kept["☐ Yes"]
    assert not kept["☐ A copy was given"]
    labels = [one for one in root(package).iter(f"{W}p") if words(one) in ("Name", "Date")]
    assert all(one.find(f"{W}pPr/{W}keepNext") is not None for one in labels)


def test_only_the_last_row_of_a_log_stays_with_the_signature_below_it() -> None:
    rows = tuple(Row(id=f"r{n}", cells=(Cell(blocks=(paragraph(f"c{n}", f"Entry {n}"),)),)) for n in range(1, 4))
    log = Table(id="log", columns=(1,), head=(), rows=rows)
    signed = Signature(id="s", who=text("Investigator"), statement=(), lines=(("Name", 6),))
    package = made(of_blocks(log, signed), draft=False)
    kept = {words(one): one.find(f"{W}pPr/{W}keepNext") is not None for one in root(package).iter(f"{W}p")}
    assert (kept["Entry 1"], kept["Entry 2"], kept["Entry 3"]) == (False, False, True)


def test_columns_of_text_begin_at_the_same_height_and_labels_of_a_line_stand_beside_it() -> None:
    pair = (Cell(blocks=(paragraph("a", "Label"),)), Cell(blocks=(fill_in("b"),)))
    card = (Cell(blocks=(fill_in("c"), paragraph("d", "more"))), Cell(blocks=(paragraph("e", "other side"),)))
    rows = (Row(id="r1", cells=pair), Row(id="r2", cells=card))
    package = made(of_blocks(Table(id="t", columns=(1, 1), head=(), rows=rows)))
    placed = [cell.find(f"{W}tcPr/{W}vAlign") is not None for cell in root(package).iter(f"{W}tc")]
    assert placed[-4:] == [True, True, False, False]


def fill_in(name: str) -> Paragraph:
    return paragraph(name, Blank("Participant number", 30), role="line")


def test_sections_have_the_right_paper() -> None:
    sizes = [(size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient")) for size in root(made()).iter(f"{W}pgSz")]
    assert sizes == [("11906", "16838", None), ("16838", "11906", "landscape"), ("11906", "16838", None)]
    letter = next(root(made(of_blocks(paragraph("p", "words"), paper="Letter"))).iter(f"{W}pgSz"))
    assert (letter.get(f"{W}w"), letter.get(f"{W}h")) == ("12240", "15840")


def test_a_stamp_area_is_an_empty_cell_of_sixty_by_twentyfive_millimetres() -> None:
    header = root(made(), "word/header-portrait.xml")
    cell = list(next(header.iter(f"{W}tr")).iter(f"{W}tc"))[-1]
    assert words(cell) == ""
    width = cell.find(f"{W}tcPr/{W}tcW")
    height = header.find(f".//{W}trHeight")
    assert width is not None and width.get(f"{W}w") == "3402"
    assert height is not None and height.get(f"{W}val") == "1417"


def test_word_is_never_told_to_ask_about_fields() -> None:
    assert "updateFields" not in part(made(), "word/settings.xml")


# --------------------------------------------------------------------------------------------------------- text


def test_hostile_text_is_escaped_and_kept() -> None:
    nasty = f"<w:p> ]]> & \x00\x08\ufffe {HOSTILE} שלום مرحبا 🧬 \ud800 end"
    long = "x" * 5_000
    package = made(of_blocks(paragraph("p", nasty), paragraph("q", long)))
    printed = words(root(package))
    assert nasty.translate({0: "\ufffd", 8: "\ufffd", 0xFFFE: "\ufffd", 0xD800: "\ufffd"}) in printed
    assert long in printed


def test_hostile_furniture_title_ids_and_language_are_escaped(tmp_path: Path) -> None:
    document = of_blocks(
        Heading(id='"/><x id="', level=1, inlines=text("A"), number="<1>"),
        replace(paragraph("p", "words"), language='v"i'),
        List(id="l", items=(item("l.1", "words", marker='<"&'),)),
        header=(text("<a>"), text("&"), text('"')),
    )
    package = made(replace(document, title="<t>\x01", subject="]]>", language='e"n'))
    for name, data in read_parts(package).items():
        assert ElementTree.fromstring(data) is not None, name
    assert '"/><x id="' in block_ids(package).values()


def test_line_ends_and_tabs_of_a_value_are_kept() -> None:
    package = made(of_blocks(paragraph("p", Value("one\r\ntwo\tthree\n\nfour", ("/a",)))))
    assert docx.Document(BytesIO(package)).paragraphs[-2].text == "one\ntwo\tthree\n\nfour"


def test_open_values_are_set_off_and_keep_their_brackets() -> None:
    body = root(made())
    styles = {
        words(run): style.get(f"{W}val")
        for run in body.iter(f"{W}r")
        if (style := run.find(f"{W}rPr/{W}rStyle")) is not None
    }
    assert styles["[TO BE COMPLETED: the 24-hour telephone number]"] == "Todo"
    assert styles["[ASSUMED, not in the record: 5 visits]"] == "Assumed"


def test_the_language_of_a_block_and_of_the_document_are_told() -> None:
    package = made()
    run = next(run for run in root(package).iter(f"{W}r") if "Bệnh viện" in words(run))
    language = run.find(f"{W}rPr/{W}lang")
    assert language is not None and language.get(f"{W}val") == "vi-VN"
    defaults = root(package, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert defaults is not None and defaults.get(f"{W}val") == "en-US"


def test_a_block_in_arabic_runs_from_the_right() -> None:
    package = made(of_blocks(replace(paragraph("p", "مرحبا"), language="ar")))
    assert root(package).find(f".//{W}pPr/{W}bidi") is not None


# ---------------------------------------------------------------------------------------------------------- ids


def test_every_id_is_recoverable_from_the_file() -> None:
    package = made()
    ids = block_ids(package)
    assert {tagged.id for tagged in walk_tagged(sample_document())} <= set(ids.values())
    bookmarks = {mark.get(f"{W}name") for mark in root(package).iter(f"{W}bookmarkStart")}
    assert bookmarks == set(ids)


def test_bookmark_names_are_what_word_allows_and_differ_for_ids_that_look_alike() -> None:
    names = {bookmark_name(block_id) for block_id in ("a.b", "a_b", "a-b", "é" * 300, "x." * 400)}
    assert len(names) == 5
    assert all(re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name) for name in names)


def test_bookmarks_begin_and_end_once_each() -> None:
    body = root(made())
    starts = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    ends = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkEnd")]
    assert len(set(starts)) == len(starts)
    assert sorted(starts, key=str) == sorted(ends, key=str)


def test_a_file_of_another_program_has_no_ids() -> None:
    assert block_ids(REFERENCE) == {}


# ------------------------------------------------------------------------------------------------------- blocks


def test_head_rows_repeat_and_no_row_of_a_table_is_split() -> None:
    word = docx.Document(BytesIO(made()))
    table = next(t for t in word.tables if t.style is not None and t.style.name == "Regdocs Grid")
    rows = [row._tr for row in table.rows]
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows[:3]] == [True, True, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_merged_cells_keep_their_columns() -> None:
    word = docx.Document(BytesIO(made()))
    table = next(t for t in word.tables if t.style is not None and t.style.name == "Regdocs Grid")
    first, second = ([cell.text for cell in row.cells] for row in table.rows[:2])
    assert first == ["Activity", "Screening", "Treatment", "Treatment", "Treatment", "End"]
    assert second[0] == "Activity"
    assert second[5] == "Day 90"


def test_column_widths_are_the_shares_of_the_text_width() -> None:
    word = docx.Document(BytesIO(made()))
    grids = [[int(col.get(f"{W}w", "0")) for col in t._tbl.tblGrid.iter(f"{W}gridCol")] for t in word.tables]
    wide = next(grid for grid in grids if len(grid) == 6)
    assert sum(wide) == 16838 - 2 * 1134
    assert wide[0] == pytest.approx(4 * wide[1], abs=4)


def test_rows_to_write_on_leave_room_for_a_hand() -> None:
    word = docx.Document(BytesIO(made()))
    form = next(t for t in word.tables if t.style is not None and t.style.name == "Form")
    for row in form.rows:
        height = row._tr.find(f"{W}trPr/{W}trHeight")
        assert height is not None and int(height.get(f"{W}val", "0")) >= 453


def test_lines_to_write_on_are_far_enough_apart() -> None:
    words_only, blank = paragraph("a", "words"), paragraph("b", "Name ", Blank("Name"), " Date ", Blank("Date", 30))
    first, second = list(root(made(of_blocks(words_only, blank), draft=False)).iter(f"{W}p"))[:2]
    assert first.find(f"{W}pPr/{W}spacing") is None
    spacing = second.find(f"{W}pPr/{W}spacing")
    assert spacing is not None and spacing.get(f"{W}line") == "425"
    tab = second.find(f"{W}pPr/{W}tabs/{W}tab")
    assert tab is not None and (tab.get(f"{W}leader"), tab.get(f"{W}pos")) == ("underscore", "9638")


def test_the_boxes_of_a_date_become_smaller_in_a_narrow_cell() -> None:
    date = Comb("Date", "dd-MMM-yyyy")
    rows = (Row(id="r", cells=tuple(Cell(blocks=(paragraph(f"c{n}", date),)) for n in (1, 2))),)
    package = made(of_blocks(Table(id="t", columns=(1, 4), head=(), rows=rows)), draft=False)
    sizes = [
        {
            size.get(f"{W}val")
            for look in cell.iter(f"{W}rPr")
            if look.find(f"{W}bdr") is not None
            for size in look.iter(f"{W}sz")
        }
        for cell in root(package).iter(f"{W}tc")
    ]
    assert sizes == [{"14"}, {"24"}]


def test_a_merged_cell_of_a_short_row_leaves_no_hole() -> None:
    rows = (
        Row(id="r1", cells=(Cell(blocks=(paragraph("a", "A"),), rowspan=2), Cell(blocks=()))),
        Row(id="r2", cells=()),
    )
    package = made(of_blocks(Table(id="t", columns=(1, 1), head=(), rows=rows)))
    counts = [len(row.findall(f"{W}tc")) for row in root(package).iter(f"{W}tr")]
    assert counts[-2:] == [2, 2]
    assert {"r1", "a", "t"} <= set(block_ids(package).values())


def test_each_numbered_list_counts_from_one() -> None:
    lists = tuple(List(id=f"l{n}", ordered=True, items=(item(f"l{n}.1", "x"), item(f"l{n}.2", "y"))) for n in (1, 2))
    package = made(of_blocks(*lists), draft=False)
    used = [node.get(f"{W}val") for node in root(package).iter(f"{W}numId")]
    assert used[0] == used[1] != used[2] == used[3]
    starts = {num.get(f"{W}numId"): num for num in root(package, "word/numbering.xml").iter(f"{W}num")}
    assert all(starts[number].find(f".//{W}startOverride") is not None for number in used)


def test_a_list_item_may_begin_with_any_block_and_keeps_its_marker() -> None:
    inner = List(id="i", items=(item("i.1", "inner"),))
    package = made(of_blocks(List(id="l", items=(ListItem(id="l.1", blocks=(inner,), marker="I01"),))))
    texts = [p.text for p in docx.Document(BytesIO(package)).paragraphs]
    assert texts[texts.index("I01\t") + 1] == "inner"


@pytest.mark.parametrize("second", ["paragraph", "table"])
def test_what_follows_a_page_break_begins_a_page(second: str) -> None:
    row = Row(id="r", cells=(Cell(blocks=(paragraph("c", "cell"),)),))
    after: Block = paragraph("p2", "b") if second == "paragraph" else Table(id="t", columns=(1,), head=(), rows=(row,))
    package = made(of_blocks(paragraph("p1", "a"), PageBreak(id="break"), after), draft=False)
    assert len(list(root(package).iter(f"{W}pageBreakBefore"))) == 1
    assert "break" in block_ids(package).values()


def test_contents_is_a_field_with_the_headings_as_its_cached_words() -> None:
    body = root(made())
    codes = [(node.text or "").strip() for node in body.iter(f"{W}instrText")]
    assert codes == ['TOC \\o "1-2" \\h \\z \\u']
    entries = [words(link) for link in body.iter(f"{W}hyperlink")]
    shown = [h for h in headings(sample_document()) if h.level <= 2]
    assert [entry.split("  ")[-1] for entry in entries] == [plain_text(h.inlines) for h in shown]


def test_contents_of_a_document_without_headings_is_a_whole_field() -> None:
    body = root(made(of_blocks(Contents(id="c", title=())), draft=False))
    assert [node.get(f"{W}fldCharType") for node in body.iter(f"{W}fldChar")] == ["begin", "separate", "end"]


# ----------------------------------------------------------------------------------------------------- template


@pytest.mark.parametrize("damaged", [b"", b"no zip", REFERENCE[:2000]])
def test_a_reference_that_is_no_word_file_is_refused(damaged: bytes) -> None:
    with pytest.raises(Refusal, match=r"reference\.docx"):
        render_docx(sample_document(), sample_identity(True), reference=damaged)


def test_a_reference_without_styles_is_refused_by_name() -> None:
    parts = {name: data for name, data in read_parts(REFERENCE).items() if name != "word/styles.xml"}
    with pytest.raises(Refusal, match=r"word/styles\.xml"):
        missing_styles(write_parts(parts))


def test_a_study_may_change_styles_and_hears_which_are_missing() -> None:
    parts = read_parts(REFERENCE)
    styles = (
        parts["word/styles.xml"].decode().replace('w:styleId="Lead"', 'w:styleId="Other"').replace("Calibri", "Arial")
    )
    reference = write_parts(parts | {"word/styles.xml": styles.encode()})
    assert missing_styles(reference) == ("Lead",)
    package = render_docx(sample_document(), sample_identity(True), reference=reference)
    assert 'w:ascii="Arial"' in part(package, "word/styles.xml")


# -------------------------------------------------------------------------------------------------- LibreOffice


@pytest.fixture(scope="module")
def pages(fonts: FontSet, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The sample as LibreOffice prints it in our fonts, whichever tests ran before and whatever this machine has."""
    folder = tmp_path_factory.mktemp("word")
    document = sample_document()
    # The contents list repeats the headings; without it each stands once.
    sections = tuple(
        replace(s, blocks=tuple(b for b in s.blocks if not isinstance(b, Contents))) for s in document.sections
    )
    (folder / "sample.docx").write_bytes(made(replace(document, sections=sections)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "sample.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    found = subprocess.run(
        ["pdftotext", "-layout", str(folder / "sample.pdf"), "-"], check=True, capture_output=True, text=True
    )
    return found.stdout.rstrip("\f").split("\f")


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_prints_the_headings_in_the_same_order(pages: list[str]) -> None:
    """Without spaces: pdftotext sees one beside a ligature ("Off ice")."""
    expected = ["".join(plain_text(heading.inlines).split()) for heading in headings(sample_document())]
    lines = ["".join(re.sub(r"^[\d.]+\s+", "", line.strip()).split()) for page in pages for line in page.splitlines()]
    assert [line for line in lines if line in expected] == expected


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_prints_the_marks_on_every_page(pages: list[str]) -> None:
    assert len(pages) > 5
    for page in pages:
        assert FICTIONAL in page
        assert "DRAFT" in page
        assert "Demonstration of a short running title" in page


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_numbers_the_pages(pages: list[str]) -> None:
    for n, page in enumerate(pages, start=1):
        assert f"Page {n} of {len(pages)}" in page


def test_the_list_of_open_items_leaves_no_empty_page_and_has_no_colours() -> None:
    body = root(made()).find(f"{W}body")
    assert body is not None
    notice, following = list(body)[:2]
    assert notice.tag == f"{W}tbl" and following.find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert [
        style.get(f"{W}val") for style in notice.iter(f"{W}rStyle") if style.get(f"{W}val") in ("Todo", "Assumed")
    ] == []


def test_boxes_for_digits_are_empty_and_boxes_of_a_date_say_what_goes_in() -> None:
    package = made(of_blocks(paragraph("a", Comb("Number", "nn.n")), paragraph("b", Comb("Date", "dd"))), draft=False)
    number, date = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in list(root(package).iter(f"{W}p"))[:2])
    assert "n" not in number and "." in number and date.count("d") == 2
