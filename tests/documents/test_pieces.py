"""Long texts are cut where a reader expects it, and lose nothing but white space at the cuts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.documents.pieces import pieces_of


def without_white_space(text: str) -> str:
    return "".join(text.split())


@given(st.text(), st.integers(min_value=2, max_value=40), st.integers(min_value=2, max_value=40))
def test_nothing_but_white_space_is_lost_and_no_piece_is_too_long(text: str, longest: int, then: int) -> None:
    first, *others = pieces_of(text, longest, then)
    assert without_white_space(first + "".join(others)) == without_white_space(text)
    assert len(first) <= longest and all(0 < len(piece) <= then for piece in others)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ("",)),
        ("short", ("short",)),
        ("One sentence. Two more", ("One sentence.", "Two more")),
        ("First line\nSecond one.", ("First line", "Second one.")),
        ("no end of a sentence", ("no end of a", "sentence")),
        ("x" * 20, ("x" * 15, "x" * 5)),
    ],
)
def test_cuts_fall_at_lines_then_sentences_then_words(text: str, pieces: tuple[str, ...]) -> None:
    assert pieces_of(text, 15) == pieces


@pytest.mark.parametrize("character", [unicodedata.normalize("NFD", "ậ"), "👩🏽‍⚕️"])
def test_no_accent_and_no_part_of_an_emoji_begins_a_piece(character: str) -> None:
    for longest in range(len(character), 20):
        assert all(piece.startswith(character) for piece in pieces_of(character * 10, longest))
