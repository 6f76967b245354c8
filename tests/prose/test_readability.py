"""The formulas give what is worked out by hand, and what published examples say they give."""

import math

import pytest

from regdocs.prose.readability import (
    Counts,
    counts_of,
    flesch_kincaid_grade,
    flesch_reading_ease,
    has_grade,
    smog_grade,
)
from regdocs.prose.sentences import sentences

# (sentences, words, syllables) → ease and grade. The three sentences are the examples of the encyclopedia article on
# these formulas, which gives 116, 69 and 37.5 for the ease of the first three and 11.3 for the grade of the third.
# The last is worked out by hand: 206.835 - 1.015 * 20 - 84.6 * 1.5 and 0.39 * 20 + 11.8 * 1.5 - 15.59.
EXAMPLES = {
    "The cat sat on the mat.": (1, 6, 6, 116.145, -1.45),
    "This sentence, taken as a reading passage unto itself, is being used to prove a point.": (1, 16, 23, 68.98, 7.61),
    "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.": (1, 13, 24, 37.46, 11.26),
    "five sentences of twenty words": (5, 100, 150, 59.635, 9.91),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_ease_and_grade_of_published_examples(name: str):
    sentence_count, words, syllables, ease, grade = EXAMPLES[name]
    counts = Counts(sentence_count, words, 0, syllables, 0)
    assert flesch_reading_ease(counts) == pytest.approx(ease, abs=0.01)
    assert flesch_kincaid_grade(counts) == pytest.approx(grade, abs=0.01)


@pytest.mark.parametrize("text", list(EXAMPLES)[:2])
def test_published_examples_are_counted_as_published(text: str):
    counts = counts_of(sentences(text))
    assert (counts.sentences, counts.words, counts.syllables) == EXAMPLES[text][:3]


@pytest.mark.parametrize("polysyllables", [4, 16, 36, 64, 100])
def test_smog_is_near_mclaughlins_rule_for_30_sentences(polysyllables: int):
    """His rule for people is 3 + the root of the polysyllables in 30 sentences; the regression has other constants."""
    grade = smog_grade(Counts(30, 600, 0, 0, polysyllables))
    assert grade == pytest.approx(1.0430 * math.sqrt(polysyllables) + 3.1291)
    assert grade == pytest.approx(3 + math.sqrt(polysyllables), abs=0.6)


def test_smog_of_fewer_sentences_is_scaled_to_30():
    assert smog_grade(Counts(10, 200, 0, 0, 12)) == pytest.approx(1.0430 * 6 + 3.1291)  # 12 in 10 are 36 in 30


def test_nothing_has_no_grade():
    assert flesch_kincaid_grade(Counts()) is flesch_reading_ease(Counts()) is smog_grade(Counts()) is None


def test_counts_are_those_of_all_sentences():
    counts = counts_of(sentences("You may stop. Participation is voluntary."))
    assert counts == Counts(sentences=2, words=6, letters=34, syllables=13, polysyllables=2)


@pytest.mark.parametrize(("language", "graded"), [("en", True), ("en-GB", True), ("vi", False), ("enm", False)])
def test_only_english_has_a_grade(language: str, graded: bool):
    assert has_grade(language) is graded
