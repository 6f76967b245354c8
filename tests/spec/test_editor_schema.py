"""The schema for editors: draft-07, saying what the model says, with nothing lost on the way."""

import json
from typing import Any

import jsonschema
import pytest

from regdocs.spec.editor_schema import editor_schema, editor_schema_text
from regdocs.spec.protocol import Protocol
from tests.rules.cases import MINIMAL
from tests.spec.test_json_schema import STUDIES, read

SCHEMA: dict[str, Any] = editor_schema()
NEWER = {"$defs", "prefixItems", "$dynamicRef", "$anchor", "dependentRequired", "unevaluatedProperties", "minContains"}


def keywords(node: Any, named: bool = False) -> list[tuple[str, Any]]:
    """Every keyword of a schema with its value; names of fields and definitions are no keywords."""
    if isinstance(node, list):
        return [found for item in node for found in keywords(item)]
    if not isinstance(node, dict):
        return []
    below = [f for key, value in node.items() for f in keywords(value, not named and key in _NAMED)]
    return below if named else [*node.items(), *below]


_NAMED = ("properties", "definitions", "$defs")


def descriptions(schema: Any) -> list[str]:
    return sorted(value for key, value in keywords(schema) if key == "description")


def errors(data: Any) -> list[str]:
    found = jsonschema.Draft7Validator(SCHEMA).iter_errors(data)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def test_it_is_a_draft_07_schema_without_words_of_later_drafts():
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert {key for key, _ in keywords(SCHEMA)} & NEWER == set()


def test_every_description_of_the_model_is_kept():
    assert descriptions(SCHEMA) == descriptions(Protocol.model_json_schema())


def test_nothing_stands_beside_a_reference_where_it_would_not_be_read():
    beside = [node for node in nodes(SCHEMA) if isinstance(node.get("$ref"), str) and len(node) > 1]
    assert beside == []


def nodes(node: Any) -> list[dict[str, Any]]:
    below = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [*([node] if isinstance(node, dict) else []), *(found for item in below for found in nodes(item))]


def test_every_reference_leads_to_a_definition():
    names = [node["$ref"] for node in nodes(SCHEMA) if isinstance(node.get("$ref"), str)]
    assert names
    assert {name.removeprefix("#/definitions/") for name in names} <= set(SCHEMA["definitions"])


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_study_that_loads_is_valid(study):
    assert errors(read(study.read_bytes())) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    time_frame: From", "    timeframe: From"),
        ("  arm_count: 2\n", "  arm_count: two\n"),
        ("  arm_count: 2\n", "  arm_count: -1\n"),
        ("    blood_volume_ml: 5\n", "    blood_volume_ml: -5\n"),
        ("  allocation: randomized\n", "  allocation: randomised\n"),
        ("  protocol_number: EX-1\n", "  protocol_number:\n    value: EX-1\n    assumption: a guess\n"),
    ],
)
def test_mistake_is_underlined(old, new):
    assert MINIMAL.count(old) == 1
    assert errors(read(MINIMAL.replace(old, new).encode("utf-8")))


def test_text_is_the_same_each_time_and_ends_with_a_new_line():
    assert json.loads(editor_schema_text()) == SCHEMA
    assert editor_schema_text() == editor_schema_text() and editor_schema_text().endswith("}\n")
