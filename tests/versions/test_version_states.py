"""What became of a version at each body is worked out of what was submitted and decided."""

from pathlib import Path

from regdocs.versions.version_states import states_of
from tests.versions.filings import NORTH, SOUTH, decided, filed_log, submitted


def test_a_version_that_went_nowhere_has_no_state(tmp_path: Path):
    book = submitted(filed_log(tmp_path / "study"), "1.0", NORTH)
    assert states_of(book, book.version("2.0")) == ()


def test_the_last_thing_that_happened_at_each_body_is_its_state(tmp_path: Path):
    book = submitted(submitted(filed_log(tmp_path / "study"), "1.0", NORTH), "1.0", SOUTH, "2026-02-03")
    book = decided(book, NORTH, "disapproved")
    assert [one.words for one in states_of(book, book.version("1.0"))] == [
        f"{NORTH}: disapproved on 2026-02-10 (EXB-1, entry {book.head.size - 1})",
        f"{SOUTH}: submitted on 2026-02-03 (entry {book.head.size - 2})",
    ]


def test_a_decision_without_its_letter_says_so(tmp_path: Path):
    book = decided(submitted(filed_log(tmp_path / "study"), "1.0", NORTH), NORTH, letter=None)
    [found] = states_of(book, book.version("1.0"))
    assert found.reported and found.words.endswith("reported without its letter")


def test_a_decision_that_is_recorded_late_does_not_hide_a_later_one(tmp_path: Path):
    book = decided(filed_log(tmp_path / "study"), NORTH, decided="2026-03-01", received="2026-03-02")
    book = decided(book, NORTH, "deferred", decided="2026-02-01", received="2026-02-02")
    assert [one.state for one in states_of(book, book.version("1.0"))] == ["approved"]
