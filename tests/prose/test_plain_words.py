"""Hard terms are found in every form, and what is suggested is plainer than they are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regdocs.prose.plain_words
from regdocs.prose.plain_words import hard_words, plain_words


def told(text: str) -> list[tuple[str, str]]:
    return [(hard.text, hard.of.term) for hard in hard_words(text)]


def test_list_has_at_least_300_terms():
    assert len(plain_words()) >= 300


def test_a_suggestion_has_no_word_that_is_a_term_itself():
    assert [(one.term, hard.text) for one in plain_words() for hard in hard_words(one.plain)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will utilise it.", [("utilise", "utilise")]),
        ("We are utilizing it.", [("utilizing", "utilise")]),
        ("Adverse events and biopsies.", [("Adverse events", "adverse event"), ("biopsies", "biopsy")]),
        ("Exclusion criteria apply.", [("Exclusion criteria", "exclusion criterion")]),
        ("The arms of the study", [("arms of the study", "arm of the study")]),
        ("He submitted and withdrew.", [("submitted", "submit"), ("withdrew", "withdraw")]),
        ("The physician’s form", [("physician’s", "physician")]),
        ("in addition to that", [("in addition to", "in addition to")]),
        ("in addition. To that", [("in addition", "in addition")]),
        ("An informed consent form", [("informed consent", "informed consent")]),
        ("You may stop at any time.", []),
        ("A placebo-controlled, double-blind study",
         [("placebo-controlled", "placebo-controlled"), ("double-blind study", "double-blind study")]),
    ],
)  # fmt: skip
def test_terms_are_found_in_their_forms(text: str, expected: list[tuple[str, str]]):
    assert told(text) == expected


@given(st.lists(st.sampled_from(["in", "addition", "to", "adverse", "events", ".", "we", "utilised"]), max_size=20))
def test_places_are_places_in_the_text_and_none_overlap(parts: list[str]):
    text, last = " ".join(parts), 0
    for hard in hard_words(text):
        assert last <= hard.start < hard.end and hard.text == text[hard.start : hard.end]
        last = hard.end


def test_no_spelling_stands_in_the_list_twice():
    lines = (Path(regdocs.prose.plain_words.__file__).with_suffix(".yaml")).read_text("utf-8").splitlines()
    spellings = [one for line in lines if line.startswith("  ") and ":" in line for one in _spellings(line)]
    assert len(spellings) == len(set(spellings)) >= 300


def _spellings(line: str) -> list[str]:
    return [] if line.strip().startswith("#") else line.partition(":")[0].strip().split(" | ")
