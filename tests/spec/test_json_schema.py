"""The JSON Schema that editors use: every field is explained, and the schema takes what the program takes."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from regdocs.spec.protocol import Protocol
from regdocs.spec.tree import DecimalText, to_plain
from regdocs.spec.yaml_text import parse_yaml
from tests.rules.cases import MINIMAL

ROOT = Path(__file__).resolve().parents[2]
SCHEMA: dict[str, Any] = Protocol.model_json_schema()
STUDIES = [ROOT / "protocol.yaml", ROOT / "tests" / "rules" / "minimal.yaml"]
CLASSES = {"Protocol": SCHEMA, **{name: found for name, found in SCHEMA["$defs"].items() if "properties" in found}}


def as_json(data: Any) -> Any:
    """What an editor's YAML reader makes of it: decimals are numbers."""
    if isinstance(data, dict):
        return {key: as_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_json(value) for value in data]
    return float(data) if isinstance(data, DecimalText) else data


def read(text: bytes) -> Any:
    node, _ = parse_yaml(text, "protocol.yaml")
    assert node is not None
    return as_json(to_plain(node))


def errors(data: Any) -> list[str]:
    found = jsonschema.Draft202012Validator(SCHEMA).iter_errors(data)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def explained(field: dict[str, Any]) -> bool:
    """Whether a field has a description; pydantic leaves out one that says the same as its class."""
    target = SCHEMA["$defs"].get(field.get("$ref", "").rpartition("/")[2], {})
    return bool(field.get("description") or target.get("description"))


def test_schema_is_a_json_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_and_field_has_a_description(name):
    found = CLASSES[name]
    assert found.get("description")
    assert [key for key, field in found["properties"].items() if not explained(field)] == []


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_study_that_loads_is_valid(study):
    assert errors(read(study.read_bytes())) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    time_frame: From", "    timeframe: From"),
        ("  arm_count: 2\n", "  arm_count: two\n"),
        ("  protocol_number: EX-1\n", ""),
        ("  allocation: randomized\n", "  allocation: randomised\n"),
        ("  countries:\n    - VN\n", "  countries:\n    - Vietnam\n"),
        ("regdocs: 1\n", "regdocs: 2\n"),
        ("  protocol_number: EX-1\n", "  protocol_number:\n    value: EX-1\n    assumption: a guess\n"),
    ],
)
def test_mistake_that_load_finds_is_not_valid_either(old, new):
    assert errors(read(MINIMAL.replace(old, new).encode("utf-8")))


@pytest.mark.parametrize(
    "new", ['  arm_count: "TODO: how many"\n', "  arm_count:\n    value: 2\n    assumption: usual\n"]
)
def test_open_value_is_valid(new):
    assert errors(read(MINIMAL.replace("  arm_count: 2\n", new).encode("utf-8"))) == []
