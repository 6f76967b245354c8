"""What sentences claim of a study's size, against facts filled by hand: recall, precision, and what each claim says."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from regdocs.numbers.claims import claims_in
from regdocs.numbers.facts import Fact, Facts, at_odds
from regdocs.numbers.recorded import Amount

SENTENCES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))


def fact(*values: int, unit: str | None = None) -> Fact:
    return Fact(tuple(Amount(Decimal(value), unit) for value in values), "/some/path", "something else")


FACTS = Facts(
    participants=fact(48, 24),
    visits=fact(6, 5, 1),
    participation=fact(20, unit="week"),
    follow_up=fact(4, unit="week"),
    arms=fact(2),
    doses=(("mg", fact(30, 60)),),
    products=("examplin",),
)
NAMES = {"follow-up": "follow_up", "dose": "doses"}


def odd(sentence: str) -> list[str]:
    return [NAMES.get(odds.claim.of, odds.claim.of) for odds in at_odds(sentence, FACTS)]


def cases(part: str) -> list[tuple[str, str]]:
    return [(want, sentence) for want, sentence in SENTENCES[part]]


@pytest.mark.parametrize(("want", "sentence"), cases("tuned") + cases("held"))
def test_a_sentence_is_at_odds_with_what_it_contradicts_and_with_nothing_else(want: str, sentence: str) -> None:
    assert odd(sentence) == ([want] if want else [])


def test_a_third_of_the_sentences_was_held_aside_and_both_sides_are_there() -> None:
    held, tuned = cases("held"), cases("tuned")
    assert len(held) + len(tuned) >= 40 and 3 * len(held) >= len(held) + len(tuned)
    assert all({bool(want) for want, _ in part} == {True, False} for part in (held, tuned))


def test_without_facts_nothing_is_at_odds() -> None:
    assert not [odds for want, sentence in cases("tuned") for odds in at_odds(sentence, Facts())]


def test_a_claim_says_where_it_stands_and_what_it_is_of() -> None:
    text = "It is a small study. About 40 people will take part in this study."
    (claim,) = claims_in(text)
    assert (claim.of, claim.value, claim.about, text[claim.start : claim.end]) == (
        "participants",
        Decimal(40),
        True,
        "40",
    )
    assert claim.words == "40 people will take"


@pytest.mark.parametrize(
    ("words", "agrees"),
    [
        ("You will be in the study for 140 days.", True),
        ("You will be in the study for about 5 months.", True),
        ("You will be in the study for 21 weeks.", False),
        ("You will be in the study for 6 months.", False),
    ],
)
def test_times_agree_across_units_as_far_as_their_rounding_goes(words: str, agrees: bool) -> None:
    assert (odd(words) == []) is agrees


@pytest.mark.parametrize(
    "text", ["1 " * 200_000, "a total of 9 " * 40_000, "in the study for " * 40_000, "9 people " * 50_000]
)
def test_a_hostile_text_is_read_in_seconds(text: str) -> None:
    start = time.monotonic()
    list(at_odds(text, FACTS))
    assert time.monotonic() - start < 20
