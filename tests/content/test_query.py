"""Questions to the tree: order of blocks and inlines, paths read, plain text, characters shown."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from regdocs.content import query
from regdocs.content.identity import Draft, Identity
from regdocs.content.markup import parse_document
from regdocs.content.model import Document, LineBreak, Paragraph, Styled, Text, Tick, Value
from tests.content import trees

MARKUP = Path(__file__).parent / "markup"


@pytest.fixture(scope="module")
def document() -> Document:
    markup = (MARKUP / "every_element.xml").read_text(encoding="utf-8")
    return parse_document(markup, kind="consent", language="en", template="every_element.xml")


def test_blocks_come_depth_first_with_those_in_items_cells_and_boxes(document: Document) -> None:
    ids = [block.id for block in query.walk_blocks(document)]
    assert ids[3:8] == [
        "consent.risks.lead",
        "consent.list",
        "consent.list.one.text",
        "consent.list.two.p",
        "consent.visits",
    ]
    assert ids[-4:] == ["consent.office", "consent.office.p", "consent.sign", "consent.wide.p"]
    assert "consent.visits.v2.1" in ids


def test_everything_with_an_id_is_walked_once(document: Document) -> None:
    ids = [tagged.id for tagged in query.walk_tagged(document)]
    assert len(ids) == len(set(ids))
    assert {"consent.list.one", "consent.visits.v1", "consent.note", "consent.break"} <= set(ids)


def test_inlines_include_furniture_captions_signatures_and_footnotes(document: Document) -> None:
    said = [inline.text for inline in query.walk_inlines(document) if isinstance(inline, Text)]
    assert said[0] == "FICTIONAL DEMONSTRATION – "
    for words in ("Page ", "Visits", "I agree.", "of blood ", "1 teaspoon", "Contents", "Wide"):
        assert words in said
    assert said.index("1 teaspoon") < said.index("Wide")


def test_paths_read_are_sorted_and_unique_over_the_whole_document(document: Document) -> None:
    assert query.paths_read(document) == ("/blood/volume", "/titles/short", "/units")
    assert [value.state for value in query.values(document)] == ["known", "assumed"]


def test_headings_are_found_with_their_numbers(document: Document) -> None:
    found = [(heading.number, query.plain_text(heading.inlines)) for heading in query.headings(document)]
    assert found == [("7", "What are the risks?")]


def test_plain_text_keeps_words_and_lines_only() -> None:
    run = (Text("a "), Styled("strong", (Value("5", ("/a",)),)), LineBreak(), Tick("Yes"), Text("b"))
    assert query.plain_text(run) == "a 5\nb"


def test_characters_shown_include_marks_markers_labels_patterns_and_identity(document: Document) -> None:
    notice = (Paragraph(id="notice", inlines=(Text("Ω"),)),)
    identity = Identity(version="½", date="Ж", protocol_version="ß", draft=Draft(mark="¶", notice=notice))
    shown = query.characters(document, identity)
    assert shown == "".join(sorted(set(shown)))
    for character in "½Жß¶Ω7I0S-M9–":
        assert character in shown
    assert "\n" not in shown


def test_labels_that_are_only_read_aloud_need_no_glyph() -> None:
    markup = (
        '<document title="Ж" subject="Ж"><section id="s"><p id="p"><tick label="Ω"/><blank label="Ω"/>x</p>'
        "</section></document>"
    )
    found = parse_document(markup, kind="crf", language="en", template="t.xml")
    assert query.characters(found, Identity(version="1")) == "1x"


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(trees.documents, trees.identities)
def test_every_value_is_shown(document: Document, identity: Identity) -> None:
    shown = query.characters(document, identity) + "\n\r\t"
    assert all(set(value.text) <= set(shown) for value in query.values(document))
