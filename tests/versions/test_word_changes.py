"""Words that a body changed are found whatever moved with the pages; what only moved is no change."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest

from regdocs.render.text_layer import LINE_END, Note, TextLayer, Word
from regdocs.versions.word_changes import ALIKE, compared_words

TEXT = "You take one tablet daily . Tell us at once if you feel faint , or if you fall ."


def pages(*texts: str, head: str = "", foot: str = "", notes: Iterable[Note] = (), empty: int = 0) -> TextLayer:
    """Pages with these words between a running title and a foot with their numbers."""
    words: list[Word] = []
    for number, text in enumerate(texts, start=1):
        for line, margin in ((head, True), (text, False), (foot, True)):
            said = line.replace("{page}", str(number)).replace("{pages}", str(len(texts)))
            place = "#".join(part.rstrip("0123456789") for part in said.split()) if margin else ""
            words += [Word(one, number, margin=place) for one in said.split()]
    count = len(texts) + empty
    return TextLayer(tuple(words), count, tuple(range(len(texts) + 1, count + 1)), tuple(notes))


def changes(issued: TextLayer, received: TextLayer) -> list[tuple[str, str]]:
    return [(one.was, one.now) for one in compared_words(issued, received).changes]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("one", "two", [("one", "two")]),
        ("one tablet", "one white tablet", [("", "white")]),
        (" at once", "", [("at once", "")]),
        ("tablet daily", "pill twice a day", [("tablet daily", "pill twice a day")]),
        ("faint", "ﬁne", [("faint", "ﬁne")]),
    ],
)
def test_a_word_that_is_changed_put_in_or_struck_is_named(old: str, new: str, expected: list[tuple[str, str]]):
    assert changes(pages(TEXT), pages(TEXT.replace(old, new))) == expected


def test_the_place_of_a_change_is_its_page_and_the_words_before():
    [found] = compared_words(pages(TEXT, TEXT), pages(TEXT, TEXT.replace("faint", "weak"))).changes
    assert found.where == "page 2, after “once if you feel”"
    [first] = compared_words(pages(TEXT), pages(TEXT.replace("You", "We"))).changes
    assert first.where == "page 1, at the beginning"


@pytest.mark.parametrize(
    ("issued", "received"),
    [
        (f"para{LINE_END}graph", "paragraph"),
        (f"double{LINE_END}blind", "double-blind"),
        ("double-blind", f"double{LINE_END}blind"),
        ("double\u2011blind", "double-blind"),
        ("ﬁrst", "first"),
        ("cafe\u0301", "café"),
        ("co\u00adoperate", "cooperate"),
        ("zero\u200bwidth", "zerowidth"),
        ("a b", "a\u00a0b"),
        ("• first", "first"),
        ("Date: ", "Date: ________"),
    ],
)
def test_hyphens_at_ends_of_lines_ligatures_bullets_and_white_space_are_no_changes(issued: str, received: str):
    assert changes(pages(f"{TEXT} {issued}"), pages(f"{TEXT} {received}")) == []


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("take 10-20 mg daily", "take 1020 mg daily", "10-20", "1020"),
        (f"take 10{LINE_END}20 mg daily", "take 1020 mg daily", "10-20", "1020"),
        ("take 1 10 mg tablet", "take 110 mg tablet", "1 10", "110"),
        ("it is in active form", "it is inactive form", "in active", "inactive"),
        ("take -5 mg daily", "take 5 mg daily", "-5", "5"),
        ("10² cells", "102 cells", "10²", "102"),
        ("you may re-sign it", "you may resign it", "re-sign", "resign"),
        ("Ask us", "ask us", "Ask", "ask"),
        ("do not take it", "do take it", "not", ""),
        ("take it. Now", "take it Now", "it.", "it"),
    ],
)
def test_every_sign_of_a_word_counts(old: str, new: str, was: str, now: str):
    assert changes(pages(f"Please read: {old}"), pages(f"Please read: {new}")) == [(was, now)]


def test_a_word_that_goes_on_on_the_next_page_is_whole():
    assert changes(pages(f"{TEXT} placebo", TEXT), pages(f"{TEXT} pla{LINE_END}", f"cebo {TEXT}")) == []


def test_running_titles_and_numbers_of_pages_move_without_being_changes():
    titles: dict[str, Any] = {"head": "Consent form", "foot": "Version 2.0 Page {page} of {pages}"}
    issued = pages(
        *(TEXT.split(" Tell ", maxsplit=1)[0], "Tell us at once", "if you feel faint , or if you fall ."), **titles
    )
    received = pages(
        "You take one tablet daily . Tell us", "at once if you feel", "faint , or", "if you fall .", **titles
    )
    assert changes(issued, received) == []


def test_a_running_title_that_the_body_changed_or_put_in_is_named_once():
    issued = pages(TEXT, TEXT, TEXT, foot="Version 2.0 Page {page} of {pages}")
    other = pages(TEXT, TEXT, TEXT, foot="Version 2.1 Page {page} of {pages}")
    [found] = compared_words(issued, other).changes
    assert (found.was, found.now) == ("Version 2.0 Page # of #", "Version 2.1 Page # of #")
    assert found.where == "running title"
    more = pages(TEXT, TEXT, TEXT, head="Approved", foot="Version 2.0 Page {page} of {pages}")
    assert changes(issued, more) == [("", "Approved")]


def test_a_head_of_a_table_that_comes_again_because_a_page_ends_elsewhere_is_no_change():
    head = "Visit and day"
    issued = pages(f"{head} one two", f"{head} three four five six seven eight", TEXT)
    received = pages(f"{head} one two three four five six", f"{head} seven eight", TEXT)
    assert compared_words(issued, received, {head}).changes == ()
    assert changes(issued, received) != []


def test_words_at_the_top_of_a_page_that_are_no_head_of_a_table_are_named_although_they_stand_elsewhere_too():
    issued = pages("do not drive and you may", "drink wine")
    assert changes(issued, pages("do not drive and you may", "not drink wine")) == [("", "not")]
    assert changes(pages("do not drive and", "not drink"), pages("do not drive and", "drink")) == [("not", "")]


def test_a_figure_in_a_line_that_stands_on_most_pages_is_no_number_of_a_page():
    def said(*doses: str) -> TextLayer:
        lines = [[Word(one, page, margin="Take # mg") for one in f"Take {dose} mg".split()]
                 for page, dose in enumerate(doses, start=1)]  # fmt: skip
        text = [Word(one, 1) for one in TEXT.split()]
        return TextLayer((*text, *(word for line in lines for word in line)), len(doses))

    assert changes(said("10", "20"), said("90", "20")) == [("Take 10 mg", "Take 90 mg")]
    assert changes(said("10", "10"), said("10", "90")) != []


def test_the_number_of_an_amendment_is_not_the_count_of_pages():
    three = pages(TEXT, TEXT, TEXT, foot="Amendment 3 Page {page} of {pages}")
    four = pages(TEXT, TEXT, TEXT, foot="Amendment 4 Page {page} of {pages}")
    assert changes(three, four) == [("Amendment 3 Page # of #", "Amendment 4 Page # of #")]


def test_a_sentence_at_the_top_of_a_page_that_was_struck_is_named_although_it_stands_elsewhere_too():
    issued = pages(f"Nobody minds . {TEXT}", f"Nobody minds . {TEXT}")
    assert changes(issued, pages(f"Nobody minds . {TEXT}", TEXT)) == [("Nobody minds .", "")]


def test_running_titles_in_other_lines_are_no_change():
    one = pages(TEXT, TEXT, head="A", foot="B")
    words = [Word(word.text, word.page, margin="AB" if word.margin else "") for word in one.words]
    words.sort(key=lambda word: (word.page, not word.margin))
    assert changes(one, TextLayer(tuple(words), 2)) == []


def test_a_running_title_that_one_page_lacks_is_named_with_the_page():
    issued = pages(TEXT, TEXT, TEXT, foot="Confidential")
    words = tuple(one for one in issued.words if not (one.page == 2 and one.margin))
    [found] = compared_words(issued, TextLayer(words, 3)).changes
    assert (found.was, found.now, found.where) == ("Confidential", "", "running title, page 2")


def test_what_lies_in_the_place_of_the_stamp_is_no_change():
    stamp = Word("APPROVED", 1, stamped=True)
    assert changes(pages(TEXT), TextLayer((stamp, *pages(TEXT).words), 1, notes=(Note(1, "EX-1", stamped=True),))) == []


def test_a_note_over_a_page_that_we_did_not_issue_is_named():
    ours = Note(1, "A link")
    received = pages(TEXT, notes=(ours, Note(1, "[strikeout]")))
    [found] = compared_words(pages(TEXT, notes=(ours,)), received).changes
    assert (found.was, found.now, found.where) == ("", "[strikeout]", "page 1, laid over it")


def test_a_page_that_is_a_picture_is_named_beside_the_words_that_went_with_it():
    found = compared_words(pages(TEXT, TEXT, "The last page"), pages(TEXT, TEXT, empty=1)).changes
    assert [(one.was, one.now) for one in found] == [("The last page", ""), ("", "[no text layer]")]
    assert found[1].where == "page 3, whose words nobody compared"


def test_what_is_put_in_at_the_beginning_and_struck_at_the_end_is_told():
    assert changes(pages("b c"), pages("a b")) == [("", "a"), ("c", "")]


def test_another_document_is_told_by_the_share_of_words_without_a_list_of_changes():
    found = compared_words(pages(TEXT), pages("Something else altogether"))
    assert found.kept < ALIKE and found.changes == ()
    assert compared_words(pages(TEXT), pages("")).kept == 0


def test_stretches_side_by_side_are_one_change():
    issued = pages(f"{TEXT} re-sign the form")
    found = compared_words(issued, pages(f"{TEXT} resign a form")).changes
    assert [(one.was, one.now) for one in found] == [("re-sign the", "resign a")]
    assert not any((one.was, other.was) == ("re-sign", "the") for one, other in pairwise(found))
