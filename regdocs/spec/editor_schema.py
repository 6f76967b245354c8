"""The JSON Schema of `protocol.yaml` for editors: draft-07, which is what their YAML support reads.

Pydantic writes draft 2020-12. The two differ, in what we use, in the name of the definitions and in that draft-07 does
not look at anything beside a `$ref`; descriptions beside one are kept by wrapping it.
"""

import json

from regdocs.spec.protocol import Protocol

DIALECT = "http://json-schema.org/draft-07/schema#"
_OLD, _NEW = "#/$defs/", "#/definitions/"


def editor_schema() -> dict[str, object]:
    """Return the schema; the same for the same version of the language."""
    schema = _converted(Protocol.model_json_schema())
    assert isinstance(schema, dict)
    return {"$schema": DIALECT, **schema}


def editor_schema_text() -> str:
    """Return the schema as the text of a file, in the order of the model."""
    return json.dumps(editor_schema(), ensure_ascii=False, indent=1) + "\n"


def _converted(node: object) -> object:
    if isinstance(node, list):
        return [_converted(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {_key(key): _converted(value) for key, value in node.items()}
    # pydantic names bounds of decimals by its own words, which no editor knows
    for ours, theirs in (("ge", "minimum"), ("le", "maximum")):
        if not isinstance(found.get(ours), dict) and ours in found:
            found[theirs] = found.pop(ours)
    return _reference(found) if isinstance(node.get("$ref"), str) else found


def _key(key: str) -> str:
    return "definitions" if key == "$defs" else key


def _reference(found: dict[str, object]) -> dict[str, object]:
    target = {"$ref": str(found["$ref"]).replace(_OLD, _NEW)}
    beside = {key: value for key, value in found.items() if key != "$ref"}
    return {"allOf": [target], **beside} if beside else {**target}
