"""Words that differ between two files: every sign of a word counts, and where it stands is told."""

import pytest

from regdocs.render.text_layer import TextLayer, Word
from regdocs.versions.word_changes import compared_words


def layer(text: str, stamp: str = "") -> TextLayer:
    return TextLayer((*(Word(one, 1, True) for one in stamp.split()), *(Word(one, 2) for one in text.split())), 2)


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("take 10-20 mg daily", "take 1020 mg daily", "10-20", "1020"),
        ("10² cells", "102 cells", "10²", "102"),
        ("you may re-sign it", "you may resign it", "re-sign", "resign"),
        ("Ask us", "ask us", "Ask", "ask"),
        ("do not take it", "do take it", "not", ""),
        ("do take it", "do not take it", "", "not"),
        ("take it. Now", "take it Now", "it.", "it"),
    ],
)
def test_every_sign_of_a_word_counts(old: str, new: str, was: str, now: str):
    [found] = compared_words(layer(f"Please read: {old}"), layer(f"Please read: {new}")).changes
    assert (found.was, found.now) == (was, now)


@pytest.mark.parametrize(
    ("old", "new"), [("ofﬁce", "office"), ("co\u00adoperate", "cooperate"), ("cafe\u0301", "café"), ("a b", "a\u00a0b")]
)
def test_the_same_words_drawn_otherwise_are_no_change(old: str, new: str):
    assert compared_words(layer(old), layer(new)).changes == ()


def test_words_of_the_stamp_do_not_count_and_the_place_is_told():
    found = compared_words(layer("one two three four five"), layer("one two three four six", "APPROVED"))
    assert [(one.was, one.now, one.where) for one in found.changes] == [
        ("five", "six", "page 2, after “one two three four”")
    ]
    assert found.kept == 4 / 5


def test_what_is_put_in_at_the_beginning_and_struck_at_the_end_is_told():
    found = compared_words(layer("b c"), layer("a b"))
    assert [(one.was, one.now) for one in found.changes] == [("", "a"), ("c", "")]
    assert found.changes[0].where == "page 2, at the beginning"


def test_a_file_without_words_has_lost_them_all():
    found = compared_words(layer("a b"), layer(""))
    assert [(one.was, one.now) for one in found.changes] == [("a b", "")] and found.kept == 0
