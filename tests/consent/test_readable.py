"""What of a document is graded, what is told apart, and what is said of a language without a grade."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from regdocs.build.examine import Draftable
from regdocs.consent.passages import passages
from regdocs.consent.readable import AIM, Reading, read
from regdocs.content.markup import parse_document
from regdocs.content.model import Document
from regdocs.content.query import walk_tagged
from tests.composed import examined

ROOT = Path(__file__).resolve().parents[2]
CLAUSES_OF_ITS_OWN = "FDA-c"
# The elements of 45 CFR 46.116(b) and (c) and 21 CFR 50.25(c), as the templates tag them (docs/consent-elements.md).
REQUIRED = {
    *("CR-b1.1", "CR-b1.2", "CR-b1.3", "CR-b1.4", "CR-b1.5", "CR-b2", "CR-b3", "CR-b4", "CR-b5", "CR-b6.1", "CR-b6.2"),
    *("CR-b7.1", "CR-b7.2", "CR-b7.3", "CR-b8.1", "CR-b8.2", "CR-b9", *(f"CR-c{number}" for number in range(1, 10))),
    "FDA-c",
}


def document(blocks: str, language: str = "en") -> Document:
    markup = f'<document title="T" subject="S"><section id="m">\n{blocks}\n</section></document>'
    return parse_document(markup, kind="consent", language=language, template="t.xml")


def reading(blocks: str, language: str = "en") -> Reading:
    return read(document(blocks, language))


def graded(blocks: str) -> tuple[int, int]:
    """Sentences and words that are graded."""
    counts = reading(blocks).whole.counts
    return counts.sentences, counts.words


# ------------------------------------------------------------------------------------------------------ what counts

COUNTED = {
    "paragraph": ('<p id="a">You may stop at any time.</p>', (1, 6)),
    "item with an end mark": ('<ul id="u"><li id="a">Come to the visits.</li></ul>', (1, 4)),
    "item without one": ('<ul id="u"><li id="a">Come to the visits</li></ul>', (0, 0)),
    "line that leads into a list": ('<p id="a">These people are not told:</p>', (1, 5)),
    "paragraph without an end mark": ('<p id="a">Example Hospital</p>', (0, 0)),
    "heading": ('<h2 id="a">You may stop.</h2>', (0, 0)),
    "label": ('<p id="a" role="label">You may stop.</p>', (0, 0)),
    "title": ('<p id="a" role="title">You may stop.</p>', (0, 0)),
    "strong words at the start": ('<p id="a"><strong>How long.</strong> You stay a week.</p>', (1, 4)),
    "value behind its label": (
        '<p id="a">Who pays: <value paths="/consent/costs" state="known">We pay for it.</value></p>',
        (1, 4),
    ),
    "value that goes on with the sentence": (
        '<p id="a">We ask you: <value paths="/consent/costs" state="known">bring the bottles.</value></p>',
        (1, 6),
    ),
    "title as recorded": (
        '<p id="a">It is called <value paths="/identity/titles/official" state="known">A Study</value> here.</p>',
        (1, 4),
    ),
    "open value": (
        '<p id="a">Call <value paths="/consent/costs" state="todo">[TO BE COMPLETED: ask the sponsor]</value> now.</p>',
        (1, 2),
    ),
    "words that the law gives": (
        f'<p id="a" clause="{CLAUSES_OF_ITS_OWN}">A description will be available.</p>',
        (0, 0),
    ),
    "cell with a sentence": (
        '<table id="t" columns="1 1"><tbody><tr id="r"><th>Stop. Here.</th><td>Tell us at once.</td></tr></tbody>'
        "</table>",
        (1, 4),
    ),
    "statement of a signature": (
        '<signature id="s"><who>P</who><statement>I agree to it.</statement><line label="N" share="6"/></signature>',
        (1, 4),
    ),
}


@pytest.mark.parametrize("name", COUNTED)
def test_only_whole_sentences_of_running_text_are_graded(name: str):
    blocks, expected = COUNTED[name]
    assert graded(blocks) == expected


def test_what_is_left_out_is_counted_and_said():
    found = reading(COUNTED["title as recorded"][0] + COUNTED["item without one"][0].replace('"a"', '"b"'))
    assert (found.verbatim, found.open_values, found.whole.fragments) == (1, 0, 1)
    assert reading(COUNTED["open value"][0]).open_values == 1
    assert reading(COUNTED["words that the law gives"][0]).verbatim == 1


def test_labels_of_two_words_do_not_make_a_form_look_easy():
    hard = "<p id='a'>Participation necessitates considerable documentation of every hospitalisation.</p>"
    labels = "".join(f'<ul id="u{n}"><li id="l{n}">Not known</li></ul>' for n in range(50))
    assert reading(hard + labels).whole.grade == reading(hard).whole.grade
    assert (reading(hard + labels).whole.grade_of_all or 0) < 5


def test_sections_begin_at_headings_of_level_1_and_key_information_is_marked():
    found = reading(
        '<p id="a">Read this.</p><h1 id="h" number="1">Key information</h1>'
        '<box id="b" role="key"><p id="c">It is research.</p></box>'
        '<h1 id="i" number="2">Risks</h1><h2 id="j">Known</h2><p id="d">You may faint.</p>'
    )
    told = [(one.name, one.key, one.counts.sentences) for one in found.sections]
    assert told == [("Before the first heading", False, 1), ("1 Key information", True, 1), ("2 Risks", False, 1)]
    assert found.whole.counts.sentences == 3


# ------------------------------------------------------------------------------------------------- sentences and words


def test_hardest_sentences_come_first_with_their_places_and_are_at_most_ten():
    easy = "".join(f'<p id="p{n}">You may stop it on day {n} of the week if you so wish.</p>' for n in range(12))
    found = reading(easy + '<p id="hard">Participation necessitates considerable documentation, administratively '
                    "organised by authorised representatives of participating organisations.</p>").worst  # fmt: skip
    assert len(found) == 10 and found[0].place == "hard"
    assert [one.grade for one in found] == sorted((one.grade for one in found), key=lambda grade: -(grade or 0))


def test_a_long_item_that_is_no_sentence_is_not_hidden():
    (found,) = reading(
        '<ul id="u"><li id="a">an implant, a coil, an injection or pill together with a condom</li></ul>'
    ).worst
    assert (found.words, found.complete) == (12, False)


def test_a_sentence_that_stands_twice_is_told_once():
    text = "You may stop taking part in the study at any time you like."
    (found,) = reading(f'<p id="a">{text}</p><p id="b">{text}</p>').worst
    assert (found.times, found.place) == (2, "a")


def test_suggestions_have_counts_and_none_is_made_within_a_title():
    found = reading(
        '<h1 id="h">Adverse events</h1><p id="a">We utilise it. An adverse event is told.</p>'
        '<p id="b">It is <value paths="/identity/titles/official" state="known">Pharmacokinetics</value>.</p>'
    )
    told = [(one.term, one.times, one.place) for one in found.suggestions]
    assert told == [("adverse event", 2, "h"), ("utilise", 1, "a")]


# ------------------------------------------------------------------------------------------------------- languages


def test_a_language_without_a_grade_has_lengths_and_terms_and_no_number():
    found = reading('<p id="a">Quý vị dùng velmaxoren mỗi tối trong 12 tuần, và đo ECG.</p>', "vi")
    assert not found.graded
    assert (found.whole.grade, found.whole.ease, found.whole.smog, found.worst[0].grade) == (None,) * 4
    assert found.whole.counts.words == 12
    assert {one.term for one in found.suggestions} == {"velmaxoren", "ECG"}


# --------------------------------------------------------------------------------------- the example, as composed


@cache
def demo() -> tuple[Draftable, ...]:
    return examined(ROOT / "examples/demo-101").documents


def forms_of_demo() -> dict[str, Document]:
    return {one.stem: one.composed.document for one in demo() if one.kind.name == "consent" and one.language == "en"}


def test_the_demonstration_reads_at_the_aim_or_below_with_every_element_there():
    for stem, form in forms_of_demo().items():
        assert (read(form).whole.grade or 99) <= AIM, stem
        found = {clause for tagged in walk_tagged(form) for clause in tagged.clauses}
        assert found >= REQUIRED, stem


def test_reading_a_tree_changes_nothing_and_gives_the_same_twice():
    for form in forms_of_demo().values():
        assert read(form) == read(replace(form))


def test_every_passage_names_a_block_of_the_document():
    for form in forms_of_demo().values():
        ids = {tagged.id for tagged in walk_tagged(form)}
        assert {one.place for one in passages(form)} <= ids
