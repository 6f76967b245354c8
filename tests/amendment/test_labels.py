"""Every place of the protocol has words that people know."""

import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import BaseModel

from regdocs.amendment.labels import ELEMENTS, GROUPS, group_of, label_of
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from regdocs.spec.tree import data_form

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def form() -> dict[str, Any]:
    data = (ROOT / "examples" / "demo-101" / "protocol.yaml").read_bytes()
    tree = load(data, "protocol.yaml").tree
    assert tree is not None
    return cast("dict[str, Any]", data_form(tree))


def lists_of(model: type[BaseModel], way: tuple[str, ...] = ()) -> Iterator[str]:
    """The ways to all lists of elements with ids that a model has."""
    for name, field in model.model_fields.items():
        for part in models_in(field.annotation):
            if way[-1:] == (name,):
                continue  # sub-criteria of sub-criteria
            if "id" in part.model_fields:
                yield "/".join((*way, name))
            yield from lists_of(part, (*way, name))


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    if is_model and "todo" not in annotation.model_fields:
        yield annotation
    for argument in typing.get_args(annotation):
        yield from models_in(argument)


def test_every_top_key_has_words():
    assert list(GROUPS) == list(Protocol.model_fields)


def test_elements_of_every_list_have_a_name():
    assert set(ELEMENTS) == set(lists_of(Protocol))


def test_every_key_an_element_is_named_by_is_one_of_the_model():
    known = {key for way in ELEMENTS.values() for key in (way.named_by, way.sort) if key}
    assert known <= {"registry", "name", "label", "title", "group", "material", "field", "element", "question"} | {
        "number",
        "short",
        "level",
        "category",
    }


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/version", "Version"),
        ("/design/enrolment/count", "Design: enrolment, count"),
        ("/eligibility/E02", "Exclusion criterion E02"),
        ("/eligibility/I03/text", "Inclusion criterion I03: text"),
        ("/eligibility/E99", "Criterion E99"),
        ("/eligibility/E02/criteria/E02a/text/value", "Exclusion criterion E02, sub-criterion E02a: text"),
        ("/eligibility/I1/criteria/a/criteria/b", "Criterion I1, sub-criterion a, sub-criterion b"),
        ("/eligibility/E02/thresholds/t/value", "Exclusion criterion E02, threshold t: value"),
        ("/eligibility/E02/text/assumption", "Exclusion criterion E02: text, assumption"),
        ("/eligibility", "Eligibility criteria"),
        ("/consent/risks/dizziness/text", "Risk dizziness: text"),
        ("/consent/injury/who_pays", "Consent: injury, who pays"),
        ("/schedule/rows/consent/at", "Schedule row consent: visits at which it takes place"),
        ("/novel_key/of_the/future", "Novel key: of the, future"),
        ("", "The whole protocol"),
    ],
)  # fmt: skip
def test_place_is_told_in_words(form: dict[str, Any], path: str, label: str):
    assert label_of(path, form) == label


def test_elements_are_told_by_the_names_people_give_them(form: dict[str, Any]):
    for key, field in (("encounters", "window"), ("arms", "description"), ("contacts", "telephone"), ("sites", "city")):
        element = form[key][-1]
        name = element.get("label", element.get("name"))
        assert label_of(f"/{key}/{element['id']}/{field}", form).endswith(f" {name}: {field}")


def test_element_with_an_open_or_long_name_is_told_by_its_id():
    arms = {
        "arms": [
            {"id": "a", "label": "TODO: ask"},
            {"id": "b", "label": "x" * 200},
            {"id": "c", "label": {"value": "C1"}},
        ]
    }
    assert [label_of(f"/arms/{one}", cast("Any", arms)) for one in "abc"] == ["Arm a", "Arm b", "Arm C1"]


def test_list_that_no_table_knows_is_told_by_its_key():
    assert label_of("/later/things/t/x", {"later": {"things": [{"id": "t"}]}}) == "Things t: x"


def test_changes_stand_under_the_kind_of_element():
    assert [group_of(path) for path in ("/encounters/x", "/eligibility", "/odd_key/x", "")] == [
        "Visits",
        "Eligibility criteria",
        "Odd key",
        "The whole protocol",
    ]
