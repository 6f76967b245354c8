"""Elements of consent are recognised in plain sentences, and not in what only sounds alike."""

import re
import time
from pathlib import Path

import pytest
import yaml

from regdocs.prose.recognised import Said, TextSection, against, recognised_names, said, sections_of

CASES = yaml.safe_load((Path(__file__).parent / "element_cases.yaml").read_text(encoding="utf-8"))
SAYS = [(name, text) for name, cases in CASES.items() for text in cases["says"]]
SAYS_NOT = [(name, text) for name, cases in CASES.items() for text in cases["says_not"]]

FURTHER = yaml.safe_load((Path(__file__).parent / "further_cases.yaml").read_text(encoding="utf-8"))
WIDENED = [(name, text) for name, cases in FURTHER.items() for text in cases["widened"]]
MEASURED = [(name, text) for name, cases in FURTHER.items() for text in cases["measured"]]

LACKING = [
    (case["lacks"], case["text"])
    for case in yaml.safe_load((Path(__file__).parent / "lacking_cases.yaml").read_text(encoding="utf-8"))
]


def names_in(text: str) -> set[str]:
    heading, _, words = text.rpartition(" | ")
    return set(said((TextSection(heading, words),)))


@pytest.mark.parametrize(("name", "text"), SAYS)
def test_what_is_said_is_recognised(name: str, text: str) -> None:
    assert name in names_in(text)


@pytest.mark.parametrize(("name", "text"), WIDENED)
def test_further_ways_of_saying_it_are_recognised(name: str, text: str) -> None:
    assert name in names_in(text)


def test_of_ways_of_saying_it_that_patterns_were_not_made_for_most_are_recognised() -> None:
    recognised = [text for name, text in MEASURED if name in names_in(text)]
    assert len(recognised) / len(MEASURED) >= 0.87


@pytest.mark.parametrize(("name", "text"), SAYS_NOT)
def test_what_only_sounds_alike_is_not(name: str, text: str) -> None:
    assert name not in names_in(text)


@pytest.mark.parametrize(("name", "text"), LACKING)
def test_what_a_small_text_lacks_is_not_recognised_elsewhere_in_it(name: str, text: str) -> None:
    assert name not in said(sections_of(text))


def test_every_element_of_the_common_rule_and_of_good_practice_has_cases() -> None:
    names = [name for name in recognised_names() if re.match(r"CR-[bc]|E6-", name)]
    assert [name for name in names if name not in CASES] == []
    few = [name for name in names if len(CASES[name]["says"]) < 3 or len(CASES[name]["says_not"]) < 2]
    assert few == []


def test_a_heading_alone_says_nothing() -> None:
    headings = (
        "Contents",
        "The purpose of this research study",
        "Risks and side effects",
        "You may withdraw at any time",
    )
    assert said(tuple(TextSection(heading, "") for heading in headings)) == {}


def test_the_sentence_is_told_with_the_headings_it_stands_under() -> None:
    section = TextSection("How long it is kept", "15 years after the end. Then it is destroyed.", "13 Your privacy")
    assert said((section,))["VN-10"] == (Said("15 years after the end.", "13 Your privacy: How long it is kept"),)


def test_parts_of_an_element_may_stand_in_several_sections() -> None:
    voluntary = TextSection("Key information", "Taking part is voluntary.")
    free = TextSection("Saying no", "If you say no there is no penalty or loss of benefits.")
    assert "CR-b8.1" not in said((voluntary,))
    assert {one.section for one in said((voluntary, free))["CR-b8.1"]} == {"Key information", "Saying no"}


@pytest.mark.parametrize("quote", ["’", "'"])
def test_typographic_apostrophes_are_read_like_plain_ones(quote: str) -> None:
    assert "CR-c3" in said((TextSection("", f"The visits won{quote}t cost you anything."),))


def test_key_information_counts_at_the_beginning_alone() -> None:
    key = (
        "You are asked to take part in a research study. It is voluntary. We want to learn whether the tablet helps. "
        "It takes 6 weeks with 3 visits. The main risk is nausea. You may not benefit. "
        "Instead you could take other tablets."
    )
    history = "Our clinic was founded in 1961. " * 10
    first = (TextSection("Key information", key), TextSection("History", history))
    assert {"K1", "K2", "K3", "K4", "K5", "CR-a5i"} <= set(said(first))
    last = (TextSection("History", history), TextSection("Key information", key))
    assert {"K1", "K2", "K3", "K4", "K5", "CR-a5i"}.isdisjoint(said(last))


@pytest.mark.parametrize(
    "sentence",
    [
        "By signing you waive all claims against the hospital.",
        "You agree that the clinic will not be held liable for any harm.",
        "I release the university from responsibility for injuries.",
        "We trust that you will not hold the doctors answerable.",
        "You take part at your own risk.",
    ],
)
def test_words_by_which_rights_are_given_up_speak_against_it(sentence: str) -> None:
    assert "CR-a6" in against((TextSection("Injury", sentence),))


@pytest.mark.parametrize(
    "sentence",
    [
        "You do not waive any legal rights by signing.",
        "Signing does not release the hospital from liability.",
        "You won't give up your right to sue.",
        "Nobody is released from liability for negligence.",
        "No one will hold it against you if you say no.",
    ],
)
def test_words_by_which_rights_stay_do_not(sentence: str) -> None:
    assert against((TextSection("Injury", sentence),)) == {}


def test_a_line_that_begins_with_a_number_sign_is_a_heading() -> None:
    text = "A title\n\n# Risks\n\nPain.\n\nFever.\n# Empty\n"
    assert sections_of(text) == (
        TextSection("", "A title"),
        TextSection("Risks", "Pain.\n\nFever."),
        TextSection("Empty", ""),
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# \n#\n", "a" * 200_000, "you may " * 40_000, "injury call " * 30_000])
def test_any_text_is_read_in_seconds(text: str) -> None:
    begun = time.process_time()
    said(sections_of(text))
    assert time.process_time() - begun < 20
