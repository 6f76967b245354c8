"""The plain text writer: what an editor sees and pastes."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.content.model import (
    Block,
    Cell,
    Document,
    Furniture,
    Inline,
    PageNumber,
    Row,
    Section,
    Styled,
    Table,
    TableRole,
    Value,
)
from regdocs.content.query import headings, plain_text
from regdocs.render.text import render_text
from tests.render.sample import (
    BODY,
    DRAFT_MARK,
    FICTIONAL,
    HOSTILE,
    paragraph,
    row,
    sample_document,
    sample_identity,
    text,
)

ROOT = Path(__file__).parents[2]


def printed(document: Document | None = None, draft: bool = True) -> str:
    return render_text(document or sample_document(), sample_identity(draft)).decode("utf-8")


def digest() -> str:
    return hashlib.sha256(printed().encode()).hexdigest()


def of_blocks(*blocks: Block, furniture: Furniture | None = None) -> Document:
    sections = (Section(id="s", blocks=blocks),)
    return replace(sample_document(), sections=sections, furniture=furniture or Furniture())


def of_words(*parts: str | Inline) -> str:
    return printed(of_blocks(paragraph("p", *parts)), draft=False)


def of_table(role: TableRole, *rows: Row, head: tuple[Row, ...] = (), columns: tuple[int, ...] = (1, 1)) -> str:
    return printed(of_blocks(Table(id="t", role=role, columns=columns, head=head, rows=rows)), draft=False)


def test_the_marks_stand_at_the_top_and_at_the_end() -> None:
    lines = [line for line in printed().splitlines() if line]
    assert lines[:2] == [FICTIONAL, DRAFT_MARK]
    assert lines[-2:] == [DRAFT_MARK, FICTIONAL]


def test_every_part_of_a_draft_begins_with_its_marks() -> None:
    lines = [line for line in printed().splitlines() if line]
    titles = [number - 1 for number, line in enumerate(lines) if line and not line.strip("=")]
    parts = [heading for heading in headings(sample_document()) if heading.level == 1]
    assert len(titles) == len(parts) + 1  # the draft's own list of items
    assert [lines[number - 2 : number] for number in titles] == [[FICTIONAL, DRAFT_MARK]] * len(titles)


def test_a_recorded_version_carries_no_draft_mark() -> None:
    assert "DRAFT" not in printed(draft=False)


def test_a_paragraph_is_one_line_however_long() -> None:
    assert printed().splitlines().count(BODY) == 4
    assert f"\n{'x' * 5_000} y\n" in printed(of_blocks(paragraph("p", "x" * 5_000 + " y")))


def test_line_ends_of_a_value_are_kept_and_become_lf() -> None:
    assert of_words(Value("one\r\ntwo\n\n  three", ("/a",))) == "one\ntwo\n\n  three\n"


def test_nothing_is_escaped_or_put_in_capitals() -> None:
    assert HOSTILE in printed().splitlines()
    assert "Words of every kind" in printed()


def test_headings_stand_in_the_order_of_the_tree() -> None:
    lines = printed(draft=False).splitlines()
    places = [
        max(n for n, line in enumerate(lines) if line.endswith(plain_text(heading.inlines)))
        for heading in headings(sample_document())
    ]
    assert places == sorted(places)


def test_facts_are_label_and_value() -> None:
    made = of_table("facts", row("r1", ("Brief Title",), ("A title",), first=True), row("r2", ("Acronym:",), ("X",)))
    assert made == "Brief Title: A title\nAcronym: X\n"


def test_a_fact_of_several_lines_starts_at_the_margin() -> None:
    made = of_table("facts", row("r1", ("Brief Summary",), (Value("one\ntwo", ("/a",)),)), row("r2", ("Next",), ("x",)))
    assert made == "Brief Summary:\none\ntwo\n\nNext: x\n"


def test_a_small_grid_is_aligned_under_its_head() -> None:
    made = of_table("grid", row("r", ("1",), ("tệp",)), head=(row("h", ("Number",), ("Name",), header=True),))
    assert made == "Number  Name\n------  ----\n1       tệp\n"


def test_a_grid_too_wide_for_a_line_becomes_labelled_lines_with_the_text_whole() -> None:
    long = "word " * 40 + "end"
    made = of_table("grid", row("r", ("1",), (long,)), head=(row("h", ("Number",), ("Text",), header=True),))
    assert made == f"Number: 1\nText: {long}\n"


def test_a_cell_merged_downwards_does_not_shift_the_row_below() -> None:
    first = Row(id="r1", cells=(Cell(blocks=(paragraph("a", "A"),), rowspan=2), Cell(blocks=(paragraph("b", "B"),))))
    second = Row(id="r2", cells=(Cell(blocks=(paragraph("c", "C"),)),))
    assert of_table("grid", first, second) == "A  B\n   C\n"


def test_a_raised_exponent_is_never_glued_to_its_base() -> None:
    assert of_words("10", Styled("superscript", text("6"))) == "10⁶\n"
    assert of_words("x", Styled("superscript", text("th"))) == "x^th\n"


def test_lists_carry_their_markers_and_their_depth() -> None:
    assert "I01 All of the following:\n    a) age at least 18 years\n    b) able to read this form\nI02 A" in printed()
    assert "1. first\n2. second" in printed()
    assert "- one\n- two & three" in printed()


def test_footnotes_stand_at_the_end_of_their_section() -> None:
    made = printed()
    assert "with a footnote[a] and another[b]" in made
    assert made.index("[b] The second footnote.") < made.index("5 Schedule of activities\n====")


def test_places_to_write_and_tick_are_seen() -> None:
    made = printed()
    assert "[ ] Yes   [ ] No" in made
    assert "__-___-____ (dd-MMM-yyyy)" in made
    assert "Name in capital letters: ____" in made


def test_page_numbers_are_left_out_with_the_part_of_the_footer_they_stand_in() -> None:
    furniture = Furniture(footer=(text("DEMO"), text("Page ", PageNumber()), text("English")))
    assert printed(of_blocks(furniture=furniture), draft=False) == "DEMO | English\n"


def test_control_characters_and_lone_surrogates_stay_visible_and_nothing_else_changes() -> None:
    assert of_words("a\x00b\ud800c 🧬 שלום\t]]>") == "a\ufffdb\ufffdc 🧬 שלום\t]]>\n"


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_another_hash_seed_gives_the_same_bytes(seed: str) -> None:
    code = "from tests.render.test_text import digest\nprint(digest())"
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    out = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
    assert out.stdout.strip() == digest()


def test_the_file_is_utf8_without_a_mark_and_ends_with_one_line_end() -> None:
    data = render_text(sample_document(), sample_identity(True))
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\n") and not data.endswith(b"\n\n")
    assert b"\r" not in data
