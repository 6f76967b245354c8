"""Letters are read whatever file they are, and searched for what they should name; what nobody read is said."""

import pytest

from regdocs.versions.letter_names import names_day, names_text, names_version
from regdocs.versions.letters import kept_letter, kind_of, letter_flags
from tests.versions.papers import scanned_pdf, word_file
from tools.example_letters import small_pdf


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        (b"%PDF-1.7 \xff", "pdf"),
        (b"PK\x03\x04 word/document.xml", "docx"),
        (b"PK\x03\x04 something", "other"),
        ("Quyết định số 7".encode(), "text"),
        (b"\xff\xd8\xff", "other"),
        (b"a\0b", "other"),
    ],
)
def test_the_kind_of_a_letter_is_seen_from_its_bytes(letter: bytes, kind: str):
    assert kind_of(letter) == kind


WORDS = "Reference exb-1 of 8 June 2026"
EXPECTED = {
    "reference EXB-1": lambda words: names_text(words, "EXB-1"),
    "date 2026-06-08": lambda words: names_day(words, "2026-06-08"),
    "reference EXB-2": lambda words: names_text(words, "EXB-2"),
}


@pytest.mark.parametrize(
    "letter",
    [WORDS.encode(), small_pdf(WORDS), word_file(f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>")],
    ids=["text", "pdf", "docx"],
)
def test_a_letter_is_searched_for_what_it_should_name(letter: bytes):
    kept = kept_letter(letter, EXPECTED)
    assert (kept["read"], kept["unnamed"]) == ("words", ["reference EXB-2"])
    assert letter_flags(kept) == ("the letter does not name: reference EXB-2",)


@pytest.mark.parametrize(
    ("letter", "read", "words"),
    [
        (scanned_pdf(), "no-text", "the letter has no text layer, so nobody searched it"),
        (b"%PDF-1.7", "unread", "the letter could not be read, so nobody searched it"),
        (b"\xff\xd8\xff", "unread", "the letter could not be read, so nobody searched it"),
    ],
)
def test_of_a_letter_without_words_it_is_said_that_a_person_has_to_read_it(letter: bytes, read: str, words: str):
    kept = kept_letter(letter, EXPECTED)
    assert kept["read"] == read and "unnamed" not in kept
    [told] = letter_flags(kept)
    assert told.startswith(words) and told.endswith("a person has to")


def test_a_letter_that_names_all_has_nothing_told_of_it():
    assert letter_flags(kept_letter(small_pdf("Reference EXB-1"), {"r": lambda words: "EXB-1" in words})) == ()


@pytest.mark.parametrize(
    ("text", "named"), [("EXB-1", True), ("exb-1", True), ("EXB- 1", True), ("EXB-11", False), ("XEXB-1", False)]
)
def test_a_reference_is_named_by_words_of_its_own_also_over_the_end_of_a_line(text: str, named: bool):
    assert names_text(f"Your {text}, of today", "EXB-1") == named


@pytest.mark.parametrize(
    ("text", "named"),
    [("2.0", True), ("2.0.", True), ("v2.0", True), ("V2.0,", True), ("12.0", False), ("2.0.1", False),
     ("2.0-north", False), ("1.2.0", False), ("2.01", False), ("2", False)],
)  # fmt: skip
def test_a_version_is_named_by_itself_and_not_by_a_longer_one(text: str, named: bool):
    assert names_version(f"of version {text} today", "2.0") == named


@pytest.mark.parametrize(
    "words",
    ["2026-06-08", "2026/06/08", "8 June 2026", "08 JUNE 2026", "8th of June, 2026", "June 8, 2026", "June 8th 2026",
     "8 Jun 2026", "08-Jun-2026", "08JUN2026", "Jun. 8, 2026", "ngày 8 tháng 6 năm 2026"],
)  # fmt: skip
def test_a_day_is_named_in_words_or_with_the_year_first(words: str):
    assert names_day(f"version of {words}.", "2026-06-08")


@pytest.mark.parametrize(
    "words", ["08/06/2026", "6/8/2026", "08.06.2026", "18 June 2026", "8 June 2027", "8 July 2026", "2026-06-081"]
)
def test_figures_that_may_be_another_day_and_other_days_do_not_name_it(words: str):
    assert not names_day(f"version of {words}.", "2026-06-08")


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-06-06", "06/06/2026"), ("2026-06-25", "25/06/2026"), ("2026-06-25", "6/25/2026"),
     ("2026-06-25", "25.6.2026")],
)  # fmt: skip
def test_figures_that_can_be_no_other_day_name_it(day: str, words: str):
    assert names_day(f"version of {words}", day)


def test_a_date_without_a_day_is_looked_for_as_it_stands():
    assert names_day("of 2026-06, approved", "2026-06") and not names_day("of June", "2026-06")
