"""Which numbers are held together on a line, and which words are left as they are."""

import pytest

from regdocs.render.telephone import unbroken

HELD = (
    "+1 202 555 0101",
    "+84 (0) 28 3812 3456",
    "(202) 555-0101",
    "202-555-0101",
    "028 3812 3456",
)
LEFT = (
    "on 2026-01-12 at 10 30",
    "0.05 0.10 0.20 0.30 mg",
    "doses of 0 10 20 30 40 50 mg",
    "NCT03484741",
    "−35 (−38 to −32)",
    "001 002 003 004 005 006 007 008",
    "at week 4 and week 12",
)


@pytest.mark.parametrize("number", HELD)
def test_a_telephone_number_is_held_together(number: str) -> None:
    held = unbroken(f"Call {number}, day and night")
    assert held.replace("\u00a0", " ").replace("\u2011", "-") == f"Call {number}, day and night"
    inside = held.removeprefix("Call ").removesuffix(", day and night")
    assert " " not in inside and "-" not in inside


@pytest.mark.parametrize("words", LEFT)
def test_other_numbers_are_left_as_they_are(words: str) -> None:
    assert unbroken(words) == words
