"""The PDF as other programs see it: poppler, qpdf and pdfua read what WeasyPrint made."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.content.model import Document, Text
from regdocs.errors import EnvironmentLacks, RegdocsError
from regdocs.render.fonts import FontSet, find_fonts
from regdocs.render.html_comb import comb_image, comb_svg, picture_at
from regdocs.render.paper import paper_html
from regdocs.render.pdf import load_weasyprint, render_pdf, write_pdf
from tests.render.sample import DRAFT_MARK, FICTIONAL, HOSTILE, paragraph, sample_document, sample_identity

pytestmark = pytest.mark.slow  # each prints a sample of many pages

MM = 72 / 25.4


def said(*command: str | Path) -> str:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def pages(pdf: Path) -> list[str]:
    return said("pdftotext", "-layout", pdf, "-").split("\f")[:-1]


def words_by_page(pdf: Path) -> list[list[tuple[float, float, float, float, str]]]:
    """Return for each page its words with xMin, yMin, xMax, yMax in points."""
    one = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')
    sheets = said("pdftotext", "-bbox", pdf, "-").split("<page ")[1:]
    return [[(float(a), float(b), float(c), float(d), w) for a, b, c, d, w in one.findall(sheet)] for sheet in sheets]


def sizes(pdf: Path) -> list[tuple[float, float]]:
    found = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", said("pdfinfo", "-l", "999", pdf))
    return [(float(width), float(height)) for width, height in found]


def folded(text: str) -> str:
    return " ".join(text.split())


def test_every_page_of_a_draft_carries_every_mark(draft_pdf: Path) -> None:
    texts = pages(draft_pdf)
    assert len(texts) > 5
    assert all(DRAFT_MARK in folded(text) and FICTIONAL in folded(text) for text in texts)


def test_no_page_of_a_final_document_carries_the_draft_mark(final_pdf: Path) -> None:
    texts = pages(final_pdf)
    assert not any("DRAFT" in text for text in texts)
    assert all(FICTIONAL in folded(text) and "14 March 2031" in text for text in texts)


def test_pages_are_numbered_of_their_count(draft_pdf: Path) -> None:
    texts = pages(draft_pdf)
    assert all(f"Page {number} of {len(texts)}" in folded(text) for number, text in enumerate(texts, start=1))


def test_a_section_handed_out_by_itself_counts_its_own_pages(fonts: FontSet, tmp_path: Path) -> None:
    sample = sample_document()
    sections = tuple(replace(section, own_pages=section.id != sample.sections[0].id) for section in sample.sections)
    pdf = tmp_path / "own.pdf"
    pdf.write_bytes(render_pdf(replace(sample, sections=sections), sample_identity(draft=False), fonts=fonts))
    numbers = [re.search(r"Page (\d+) of (\d+)", folded(page)) for page in pages(pdf)]
    told = [(int(number[1]), int(number[2])) for number in numbers if number]
    starts = [n for n, (number, _) in enumerate(told) if number == 1]
    assert len(told) == len(pages(pdf)) and len(starts) == 3
    for first, following in zip(starts[1:], [*starts[2:], len(told)], strict=True):
        count = following - first
        assert told[first:following] == [(number, count) for number in range(1, count + 1)]


def test_a_telephone_number_does_not_break_over_lines(fonts: FontSet, tmp_path: Path) -> None:
    words = tuple(
        paragraph(f"p{n}", "x" * n + " call the study doctor in an emergency: +1 202 555 0101") for n in range(60)
    )
    one = replace(sample_document().sections[0], blocks=words, footnotes=())
    pdf = tmp_path / "telephones.pdf"
    document = replace(sample_document(), sections=(one,))
    pdf.write_bytes(render_pdf(document, sample_identity(draft=False), fonts=fonts))
    assert said("pdftotext", "-layout", pdf, "-").replace("\u00a0", " ").count("+1 202 555 0101") == 60


def test_the_first_page_of_a_draft_lists_what_is_open(draft_pdf: Path) -> None:
    first, second, *_ = pages(draft_pdf)
    assert "Items to complete" in first and "24-hour telephone number" in first
    assert "Participant Information and Consent Form" in second


def test_it_says_its_title_subject_language_and_no_date(draft_pdf: Path, tmp_path: Path) -> None:
    told = said("pdfinfo", draft_pdf)
    assert "Title:           Sample document & <title>" in told
    assert "Subject:         A sample of every block" in told
    assert "Tagged:          yes" in told
    assert "Date" not in told
    said("qpdf", "--qdf", "--object-streams=disable", draft_pdf, tmp_path / "plain.pdf")
    assert b"/Lang (en)" in (tmp_path / "plain.pdf").read_bytes()


def test_qpdf_finds_no_fault(draft_pdf: Path) -> None:
    assert "No syntax or stream encoding errors" in said("qpdf", "--check", draft_pdf)


def test_pdfua_finds_no_error(draft_pdf: Path) -> None:
    command = [sys.executable, "-m", "pdfua", "check", "--min-severity", "error", str(draft_pdf)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_only_our_fonts_are_in_it_and_embedded(draft_pdf: Path) -> None:
    lines = said("pdffonts", draft_pdf).splitlines()[2:]
    assert lines and all(re.match(r"[A-Z]{6}\+Source-Sans-3.* yes yes yes ", line) for line in lines)


def test_it_holds_no_pictures(draft_pdf: Path) -> None:
    assert len(said("pdfimages", "-list", draft_pdf).splitlines()) == 2


def test_hostile_words_are_printed_as_they_are(draft_pdf: Path) -> None:
    assert HOSTILE in folded("".join(pages(draft_pdf)))


def test_vietnamese_is_printed_with_its_marks(draft_pdf: Path) -> None:
    assert "người tham gia được quyền từ chối bất cứ lúc nào" in "".join(pages(draft_pdf))


def test_value_paths_are_not_in_the_pdf(draft_pdf: Path, tmp_path: Path) -> None:
    said("qpdf", "--qdf", "--object-streams=disable", draft_pdf, tmp_path / "plain.pdf")
    assert b"/contacts/0/telephone" not in (tmp_path / "plain.pdf").read_bytes()


def test_a_landscape_section_has_landscape_pages_and_repeats_its_table_head(draft_pdf: Path) -> None:
    texts = pages(draft_pdf)
    wide = [number for number, (width, height) in enumerate(sizes(draft_pdf)) if width > height]
    rows = [number for number, text in enumerate(texts) if "Activity number" in text]
    assert wide == rows and len(wide) > 1
    assert all("Screening" in texts[number] and "Day 7 ± 2" in texts[number] for number in wide)


def test_letter_paper_has_letter_pages(fonts: FontSet, tmp_path: Path) -> None:
    document = sample_document()
    letter = replace(document, furniture=replace(document.furniture, paper="Letter"))
    (tmp_path / "letter.pdf").write_bytes(render_pdf(letter, sample_identity(draft=False), fonts=fonts))
    assert set(sizes(tmp_path / "letter.pdf")) == {(612.0, 792.0), (792.0, 612.0)}


def _with_long_titles(document: Document) -> Document:
    long = (Text("A running title that is far longer than anybody would wish for on a page " * 2),)
    return replace(document, furniture=replace(document.furniture, header=(long, long, long), marks=(long, long)))


@pytest.mark.parametrize("long_titles", [False, True])
def test_the_stamp_area_is_empty_on_every_page(fonts: FontSet, tmp_path: Path, long_titles: bool) -> None:
    document = _with_long_titles(sample_document()) if long_titles else sample_document()
    (tmp_path / "stamp.pdf").write_bytes(render_pdf(document, sample_identity(draft=True), fonts=fonts))
    for (width, _), words in zip(sizes(tmp_path / "stamp.pdf"), words_by_page(tmp_path / "stamp.pdf"), strict=True):
        left = width - (20 + 60) * MM
        assert not [word for word in words if word[2] > left and word[1] < (8 + 25) * MM]


@pytest.mark.parametrize("stamp_area", [False, True])
def test_long_running_titles_do_not_run_into_the_text(fonts: FontSet, tmp_path: Path, stamp_area: bool) -> None:
    long = _with_long_titles(sample_document())
    document = replace(long, furniture=replace(long.furniture, stamp_area=stamp_area))
    (tmp_path / "long.pdf").write_bytes(render_pdf(document, sample_identity(draft=False), fonts=fonts))
    words = words_by_page(tmp_path / "long.pdf")[0]
    head_ends = max(word[3] for word in words if word[4] in {"wish", "page", "running"})
    text_begins = min(word[1] for word in words if word[4] == "Participant")
    assert head_ends < text_begins


def test_a_long_word_stays_inside_the_margins(draft_pdf: Path) -> None:
    for (width, _), words in zip(sizes(draft_pdf), words_by_page(draft_pdf), strict=True):
        assert max(word[2] for word in words) <= width - 19.5 * MM


def test_a_signature_block_stays_on_one_page(draft_pdf: Path) -> None:
    (page,) = [text for text in pages(draft_pdf) if "Name in capital letters" in text]
    assert "I have read this form" in page and "Relationship" in page


def test_footnotes_stand_at_the_end_of_their_section(draft_pdf: Path) -> None:
    texts = pages(draft_pdf)
    last = max(number for number, text in enumerate(texts) if "Activity number" in text)
    assert [number for number, text in enumerate(texts) if "Before any other procedure" in text] == [last]
    (page,) = [text for text in texts if "The first footnote" in text]
    assert page.index("Relationship") < page.index("The first footnote") < page.index("The second footnote")


def test_the_contents_name_the_right_pages(draft_pdf: Path) -> None:
    texts = pages(draft_pdf)
    printed = re.search(r"5 +Schedule of activities[ .]+(\d+)", texts[1])
    assert printed is not None
    assert "Schedule of activities" in texts[int(printed.group(1)) - 1]


def test_the_same_inputs_give_the_same_bytes(draft_pdf: Path, fonts: FontSet) -> None:
    assert render_pdf(sample_document(), sample_identity(draft=True), fonts=fonts) == draft_pdf.read_bytes()


def test_another_process_zone_locale_and_hash_seed_give_the_same_bytes(draft_pdf: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from regdocs.render.fonts import find_fonts, fonts_conf, use_fonts_conf\n"
        "from regdocs.render.pdf import render_pdf\n"
        "from tests.render.sample import sample_document, sample_identity\n"
        "conf = Path(sys.argv[1]) / 'fonts.conf'; fonts = find_fonts()\n"
        "conf.write_text(fonts_conf(fonts.folders, conf.parent / 'cache'), encoding='utf-8'); use_fonts_conf(conf)\n"
        "(conf.parent / 'made.pdf').write_bytes(\n"
        "    render_pdf(sample_document(), sample_identity(draft=True), fonts=fonts))\n"
    )
    changed = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C"}
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, **changed}, cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout == ran.stderr == ""
    assert (tmp_path / "made.pdf").read_bytes() == draft_pdf.read_bytes()


@pytest.mark.parametrize("address", ["http://example.org/a.png", "file:///etc/hostname", "data:image/png;base64,AA"])
def test_no_address_outside_the_document_is_read(fonts: FontSet, address: str) -> None:
    weasyprint = load_weasyprint(fonts)
    page = f'<html lang="en"><title>t</title><img alt="a" src="{address}"></html>'
    with pytest.raises(RegdocsError, match="not part of it"):
        write_pdf(weasyprint, page)


def test_an_address_that_is_handed_in_is_read(fonts: FontSet, tmp_path: Path) -> None:
    page = '<html lang="en"><head><title>t</title><link rel="stylesheet" href="mem:a.css"></head><p>x</p></html>'
    made = write_pdf(load_weasyprint(fonts), page, {"mem:a.css": b"@page { size: 100mm 100mm }"})
    (tmp_path / "small.pdf").write_bytes(made)
    assert sizes(tmp_path / "small.pdf") == [(283.465, 283.465)]


def test_a_page_read_as_xml_is_printed_as_weasyprint_reads_it(draft_pdf: Path, fonts: FontSet) -> None:
    page = paper_html(sample_document(), sample_identity(draft=True))
    by_itself = write_pdf(load_weasyprint(fonts), f"{page}<!-- & -->".replace("</html>", ""))
    assert by_itself == draft_pdf.read_bytes()


def test_a_comb_on_paper_is_the_drawing_of_the_screen_and_says_its_label() -> None:
    drawing = picture_at(comb_image("When & how", "dd-MMM").partition('src="')[2].partition('"')[0])
    assert drawing is not None and 'alt="When &amp; how"' in comb_image("When & how", "dd-MMM")
    shown = comb_svg("x", "dd-MMM").replace("<title>x</title>", "").replace('class="comb" role="img" ', "")
    assert drawing.decode() == shown


def test_without_a_font_configuration_weasyprint_is_never_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    with pytest.raises(EnvironmentLacks, match="font configuration"):
        render_pdf(sample_document(), sample_identity(draft=True), fonts=find_fonts())


def test_headings_are_bookmarks(draft_pdf: Path) -> None:
    outline = json.loads(said("qpdf", "--json", "--json-key=outlines", draft_pdf))["outlines"]
    assert [entry["title"] for entry in outline][:3] == [
        "Items to complete",
        "1 Key information",
        "2 Words of every kind",
    ]
