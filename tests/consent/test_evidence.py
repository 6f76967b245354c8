"""What gives a mark: words, what stands under a heading, what a label labels; never a heading or label alone."""

import pytest

from regdocs.consent.evidence import evidence_of
from regdocs.content.markup import parse_document
from regdocs.content.model import Document


def document(blocks: str) -> Document:
    markup = f'<document title="T" subject="S"><section id="a">{blocks}</section></document>'
    return parse_document(markup, kind="consent", language="en", template="t.xml")


def given(blocks: str) -> dict[str, list[str]]:
    return {clause: [one.words for one in found] for clause, found in evidence_of(document(blocks)).items()}


@pytest.mark.parametrize(
    "blocks",
    [
        '<h1 id="h" clause="CR-b4">Other choices</h1>',
        '<h1 id="h" clause="CR-b4">Other choices</h1><h2 id="i">Which</h2>',
        '<h1 id="h" clause="CR-b4">Other choices</h1><page-break id="p"/><h1 id="i">Risks</h1><p id="q">Risks.</p>',
        '<p id="l" role="label" clause="CR-b4">You could choose:</p>',
        '<p id="l" role="label" clause="CR-b4">You could choose:</p><h1 id="i">Risks</h1><p id="q">Risks.</p>',
        '<p id="l" clause="CR-b4"><blank label="Choices"/></p>',
        '<table id="t" columns="1" clause="CR-b4"><thead><tr id="r"><th>What</th></tr></thead>'
        '<tbody><tr id="s"><td><blank label="What"/></td></tr></tbody></table>',
    ],
)
def test_a_heading_label_or_table_head_with_nothing_under_it_gives_nothing(blocks: str) -> None:
    assert given(blocks) == {}


def test_a_heading_gives_what_stands_under_it_down_to_the_next_of_its_level() -> None:
    blocks = (
        '<h1 id="h" clause="CR-b4">Choices</h1><h2 id="i">First</h2><p id="p">You may wait.</p>'
        '<h1 id="j">Risks</h1><p id="q">Pain.</p>'
    )
    assert given(blocks) == {"CR-b4": ["You may wait."]}


def test_a_label_gives_itself_with_its_list() -> None:
    blocks = '<p id="l" role="label" clause="CR-b4">You could:</p><ul id="u"><li id="i">wait</li></ul>'
    assert given(blocks) == {"CR-b4": ["You could: wait"]}


def test_items_rows_and_signatures_give_their_marks_with_the_section_they_stand_in() -> None:
    blocks = (
        '<h1 id="h" number="3">Risks</h1><ul id="u"><li id="i" clause="CR-b2">pain</li></ul>'
        '<table id="t" columns="1"><tbody><tr id="r" clause="CR-c1"><td>unknown</td></tr></tbody></table>'
        '<signature id="s" clause="FDA-27"><who>Participant</who><statement>I agree.</statement>'
        '<line label="Date" share="6"/></signature>'
    )
    found = evidence_of(document(blocks), {"i": 4})
    assert {clause: one.section for clause, (one,) in found.items()} == dict.fromkeys(
        ("CR-b2", "CR-c1", "FDA-27"), "3 Risks"
    )
    assert [one.page for one in found["CR-b2"]] == [4] and found["CR-c1"][0].page is None


def test_open_and_assumed_values_are_told_with_their_paths() -> None:
    blocks = (
        '<p id="p" clause="CR-c3"><value paths="/consent/costs" state="todo">[open]</value></p>'
        '<p id="q" clause="CR-b4"><value paths="/consent/alternatives" state="assumed">Other care.</value></p>'
    )
    found = evidence_of(document(blocks))
    assert (found["CR-c3"][0].state, found["CR-c3"][0].open_paths) == ("todo", ("/consent/costs",))
    assert (found["CR-b4"][0].state, found["CR-b4"][0].open_paths) == ("assumed", ())
