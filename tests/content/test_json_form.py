"""The JSON form: what goes out comes back, the bytes of today are the bytes of tomorrow, strangers are refused."""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings

from regdocs.content import choices, identity, model
from regdocs.content.errors import ContentFormatError
from regdocs.content.json_form import from_json, identity_from_json, identity_to_json, to_json
from regdocs.content.json_shapes import BLOCKS, INLINES, SHAPES
from regdocs.content.markup import parse_document
from regdocs.content.model import Document
from tests.content import trees

MARKUP = Path(__file__).parent / "markup"
SLOW_TO_DRAW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


def document_tree(**changed: Any) -> dict[str, Any]:
    tree = {
        "format": "regdocs.content/v1",
        "kind": "consent",
        "language": "en",
        "title": "T",
        "subject": "S",
        "furniture": {},
        "sections": [{"id": "s", "blocks": [{"is": "paragraph", "id": "p", "inlines": ["x"]}]}],
    }
    return {**tree, **changed}


def with_block(**block: Any) -> dict[str, Any]:
    return document_tree(sections=[{"id": "s", "blocks": [block]}])


@SLOW_TO_DRAW
@given(trees.documents)
def test_a_document_comes_back_as_it_went(document: Document) -> None:
    text = json.dumps(to_json(document), allow_nan=False)
    assert from_json(json.loads(text)) == document


@SLOW_TO_DRAW
@given(trees.identities)
def test_an_identity_comes_back_as_it_went(given_one: identity.Identity) -> None:
    assert identity_from_json(json.loads(json.dumps(identity_to_json(given_one)))) == given_one


def test_the_form_of_today_is_the_golden_one() -> None:
    markup = (MARKUP / "every_element.xml").read_text(encoding="utf-8")
    document = parse_document(markup, kind="consent", language="en", template="every_element.xml")
    written = json.dumps(to_json(document), ensure_ascii=False, indent=1) + "\n"
    assert written == (MARKUP / "every_element.json").read_text(encoding="utf-8")


def test_defaults_are_left_out_and_filled_in_again() -> None:
    document = from_json(document_tree())
    assert to_json(document) == document_tree()
    assert document.furniture.paper == "A4"


@pytest.mark.parametrize(
    ("tree", "where", "message"),
    [
        ([], "", "found a list, expected an object"),
        (document_tree(format="regdocs.content/v2"), "", 'format is "regdocs.content/v2"'),
        (document_tree(colour="red"), "", 'unknown key "colour"'),
        (document_tree(title=None), "title", "found None, expected a text"),
        ({name: part for name, part in document_tree().items() if name != "title"}, "", 'key "title" is missing'),
        (with_block(id="p"), "sections[0].blocks[0]", '"is" says None'),
        (with_block(**{"is": "value"}), "sections[0].blocks[0]", '"is" says "value"'),
        (with_block(**{"is": "page-break"}), "sections[0].blocks[0]", 'key "id" is missing'),
        (
            with_block(**{"is": "heading", "id": "h", "level": 1.0, "inlines": []}),
            "sections[0].blocks[0].level",
            "found 1.0, expected a whole number",
        ),
        (
            with_block(**{"is": "heading", "id": "h", "level": True, "inlines": []}),
            "sections[0].blocks[0].level",
            "found True, expected a whole number",
        ),
        (
            with_block(**{"is": "paragraph", "id": "p", "role": "bold", "inlines": []}),
            "sections[0].blocks[0].role",
            'found "bold", expected one of body',
        ),
        (
            with_block(**{"is": "signature", "id": "g", "who": [], "statement": [], "lines": [["a"]]}),
            "sections[0].blocks[0].lines[0]",
            "found 1 members, expected 2",
        ),
        (document_tree(furniture={"header": [[], []]}), "furniture.header", "found 2 members, expected 3"),
        (document_tree(furniture={"stamp_area": 1}), "furniture.stamp_area", "found 1, expected true or false"),
    ],
)
def test_a_tree_of_another_form_is_refused_with_its_place(tree: object, where: str, message: str) -> None:
    with pytest.raises(ContentFormatError) as caught:
        from_json(tree)
    assert caught.value.where == where
    assert message in caught.value.message


def test_a_bottomless_tree_is_refused() -> None:
    block: dict[str, Any] = {"is": "paragraph", "id": "p", "inlines": []}
    for _ in range(3000):
        block = {"is": "box", "id": "b", "blocks": [block]}
    with pytest.raises(ContentFormatError, match="nested too deeply"):
        from_json(with_block(**block))


# ---------------------------------------------------------------------------------------- the tables know the model


def test_every_part_of_the_model_has_a_shape_with_every_field() -> None:
    known = [*vars(model).values(), *vars(identity).values()]
    parts = {part for part in known if isinstance(part, type) and is_dataclass(part)}
    assert set(SHAPES) == parts - {model.Text, model.Tags}
    for part, keys in SHAPES.items():
        assert sorted(key.name for key in keys) == sorted(field.name for field in fields(part))


def test_every_block_and_inline_of_the_model_has_a_name() -> None:
    assert set(BLOCKS.values()) == set(get_args(model.Block))
    assert set(INLINES.values()) == set(get_args(model.Inline)) - {model.Text}


@pytest.mark.parametrize(
    ("part", "field", "known"),
    [
        (model.Value, "state", choices.VALUE_STATES),
        (model.Styled, "style", choices.STYLES),
        (model.IdentitySlot, "field", choices.IDENTITY_FIELDS),
        (model.Paragraph, "role", choices.PARAGRAPH_ROLES),
        (model.Table, "role", choices.TABLE_ROLES),
        (model.Box, "role", choices.BOX_ROLES),
        (model.Cell, "align", choices.ALIGNS),
        (model.Section, "orientation", choices.ORIENTATIONS),
        (model.Furniture, "paper", choices.PAPERS),
        (model.Revised, "change", choices.REVISIONS),
    ],
)
def test_closed_sets_are_those_of_the_model(part: type, field: str, known: tuple[str, ...]) -> None:
    hints = get_type_hints(part, vars(model))
    assert get_args(hints[field]) == known


def test_changes_of_a_redline_are_those_of_the_model() -> None:
    assert get_args(model.Change) == choices.CHANGES
