"""Numbers in a text, and those that are no numbers of a study by the words around them."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from regdocs.numbers.forms import form_of
from regdocs.numbers.number import numbers_in, value_of

WORDS = yaml.safe_load((Path(__file__).parent / "typed_words.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,000 people and 2.5 mL", [("1,000", 1000), ("2.5", Decimal("2.5"))]),
        ("twenty-four hours, a dozen eggs", [("twenty-four", 24), ("dozen", 12)]),
        ("one hundred and two", [("one hundred", 100), ("two", 2)]),
        ("30mg twice a day", [("30", 30), ("twice", 2)]),
        ("the 3rd and the fourth visit", [("3rd", 3), ("fourth", 4)]),
        ("Anyone, someone, tenfold and often", []),
        ("HbA1c, CYP3A4, COVID-19, E6, mp3", []),
    ],
)
def test_numbers_are_found_with_their_values(text: str, expected: list[tuple[str, object]]) -> None:
    assert [(one.text, one.value) for one in numbers_in(text)] == expected


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("6 to 8 weeks", "range", [6, 8]),
        ("10–20 mL", "range", [10, 20]),
        ("two to three hours", "range", [2, 3]),
        ("2:1", "ratio", [2, 1]),
        ("2031-10-06", "date", []),
        ("6 October 2031", "date", []),
        ("October 6, 2031", "date", []),
    ],
)
def test_what_has_several_numbers_is_one(text: str, kind: str, values: list[int]) -> None:
    (found,) = numbers_in(text)
    assert found.text in text and found.kind == kind and [int(value) for value in found.values] == values


def test_a_word_that_is_no_number_has_no_value() -> None:
    assert value_of("often") is None
    assert [value_of("forty-two"), value_of("1,204")] == [Decimal(42), Decimal(1204)]


def _cases(part: str) -> list[tuple[list[str], str]]:
    return [(want, words) for want, words in WORDS[part]]


@pytest.mark.parametrize(("want", "words"), _cases("tuned") + _cases("held"))
def test_only_numbers_of_a_study_are_left(want: list[str], words: str) -> None:
    assert [one.text for one in numbers_in(words) if form_of(words, one) is None] == want


def test_a_third_of_the_words_was_held_aside() -> None:
    held, tuned = len(WORDS["held"]), len(WORDS["tuned"])
    assert held + tuned >= 40 and 3 * held >= held + tuned


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("One hundred twenty people will take part.", 120),
        ("Two thousand five hundred people take part.", 2500),
        ("Three hundred people take part.", 300),
    ],
)
def test_a_number_of_several_words_is_one_number(words: str, value: int) -> None:
    (found,) = numbers_in(words)
    assert found.value == value
