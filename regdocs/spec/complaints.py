"""The model's complaints in plain words: which rule, what was found, what was expected, the nearest fix.

Knows pydantic's error types and the model's keys; does not know places in a text (`load` adds them).
"""

import difflib
import types
import typing
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from regdocs.spec.known import Known

UNKNOWN_KEY, WRONG_TYPE, MISSING, BAD_SHAPE, OPEN_VALUE, NEVER_ASSUMED = (
    "SPEC-001",
    "SPEC-002",
    "SPEC-003",
    "SPEC-004",
    "SPEC-005",
    "SPEC-006",
)

_RULE_OF = {
    "extra_forbidden": UNKNOWN_KEY,
    "missing": MISSING,
    "missing_value": MISSING,
    "blank": MISSING,
    "no_element": MISSING,
    "string_pattern_mismatch": BAD_SHAPE,
    "date_shape": BAD_SHAPE,
    "duration_shape": BAD_SHAPE,
    "zone_shape": BAD_SHAPE,
    "amount_shape": WRONG_TYPE,
    "greater_than_equal": BAD_SHAPE,
    "less_than_equal": BAD_SHAPE,
    "todo_shape": OPEN_VALUE,
    "todo_inside": OPEN_VALUE,
    "ask_alone": OPEN_VALUE,
    "value_absent": OPEN_VALUE,
    "never_assumed": NEVER_ASSUMED,
}

_EXPECTED = {
    "bool_type": ("true or false", "write true or false, without quotes"),
    "int_type": ("a whole number", "write the number alone, without quotes or unit"),
    "string_type": ("text", "put the text in quotes"),
    "tuple_type": ("a list", "write one element a line, each with '- ' before it"),
    "model_type": ("a group of keys", "write the keys below it, indented by two spaces"),
    "model_attributes_type": ("a group of keys", "write the keys below it, indented by two spaces"),
}

_EMPTY = {
    "missing_value": "write the value; what is not known yet is 'TODO: what is missing'",
    "blank": "write it, or leave the key out",
    "no_element": "write at least one element; what is not known of it yet is 'TODO: what is missing'",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """A rule, a message and a hint; `at_key` tells to show the key's place rather than the value's."""

    rule: str
    message: str
    hint: str | None
    at_key: bool = False


def complaint_about(detail: ErrorDetails, root: type[BaseModel]) -> Complaint:
    """Return one model error in plain words."""
    kind, key = detail["type"], _last_key(detail["loc"])
    rule = _RULE_OF.get(kind, WRONG_TYPE)
    if kind == "extra_forbidden":
        return _unknown_key(detail, root)
    if kind == "missing":
        return Complaint(rule, f'"{key}" is missing', f"add '{key}:'; what is not known yet is 'TODO: what is missing'")
    if kind in _EXPECTED:
        expected, hint = _EXPECTED[kind]
        return Complaint(rule, f'"{key}" is {_shown(detail["input"])}; expected {expected}', hint)
    if kind == "literal_error":
        return _not_one_of(key, detail)
    return Complaint(rule, *_about_value(kind, f'"{key}" is {_shown(detail["input"])}', key, detail))


def _about_value(kind: str, found: str, key: str, detail: ErrorDetails) -> tuple[str, str | None]:
    """Return message and hint for a value of the right kind that cannot stand there."""
    if kind == "string_pattern_mismatch":
        return f"{found}, which cannot stand here", _pattern_hint(detail)
    if kind in _EMPTY:
        return f'"{key}" is empty', _EMPTY[kind]
    if kind == "value_absent":
        hint = "write 'value:' beside 'assumption' or 'source'; what is not known is 'TODO: what is missing', alone"
        return f'"{key}" has no "value"', hint
    if kind == "never_assumed":
        return f'"{key}" is assumed: {detail["msg"]}', "write the value alone, or 'TODO: what is missing; whom to ask'"
    if kind == "greater_than_equal":
        return f"{found}; expected {detail['ctx']['ge']} or more", None
    if kind == "less_than_equal":
        return f"{found}; expected {detail['ctx']['le']} or less", None
    return f"{found}: {detail['msg']}", None


def nearest(word: str, words: typing.Iterable[str]) -> str | None:
    """Return the word that was probably meant, or None."""
    return next(iter(difflib.get_close_matches(word, sorted(words), n=1, cutoff=0.6)), None)


def _unknown_key(detail: ErrorDetails, root: type[BaseModel]) -> Complaint:
    key = str(detail["loc"][-1])
    allowed = _keys_at(detail["loc"][:-1], root)
    guess = nearest(key, allowed)
    hint = f'did you mean "{guess}"?' if guess else f"keys that may stand here: {', '.join(sorted(allowed))}"
    return Complaint(UNKNOWN_KEY, f'unknown key "{key}"', hint, at_key=True)


def _not_one_of(key: str, detail: ErrorDetails) -> Complaint:
    expected = str(detail.get("ctx", {}).get("expected", ""))
    words = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    hint = _choice_hint(detail["input"], words)
    return Complaint(WRONG_TYPE, f'"{key}" is {_shown(detail["input"])}; expected one of: {", ".join(words)}', hint)


def _choice_hint(found: object, words: list[str]) -> str:
    """Return the way out; a number may be the right word without its quotes, as in "phase: 2"."""
    if isinstance(found, int) and str(found) in words:
        return f'put it in quotes: "{found}"'
    guess = nearest(found, words) if isinstance(found, str) else None
    return f'did you mean "{guess}"?' if guess else f"write one of: {', '.join(words)}"


def _pattern_hint(detail: ErrorDetails) -> str:
    pattern = str(detail.get("ctx", {}).get("pattern", ""))
    if pattern == r"^[A-Z]{2}$":
        return "a country is written as two capital letters, such as VN (ISO 3166)"
    if "2,3" in pattern:
        return "a language is written as a BCP 47 tag, such as en or vi"
    return "an id begins with a letter and holds letters, digits, '.', '-' and '_' only, at most 64"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list | tuple):
        return "a list"
    text = str(value)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def _last_key(loc: tuple[int | str, ...]) -> str:
    """Return the name a person would use: the last key that is written in the file."""
    named = [segment for segment in loc if isinstance(segment, str) and segment != "value"]
    return named[-1] if named else "protocol.yaml"


def _keys_at(loc: tuple[int | str, ...], root: type[BaseModel]) -> set[str]:
    """Return the keys that may stand in the mapping at `loc`."""
    model = root
    for segment in loc:
        if isinstance(segment, str) and segment in model.model_fields:
            model = _model_in(model.model_fields[segment].annotation) or model
    return {field.alias or name for name, field in model.model_fields.items()}


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Return the model class inside an annotation such as `Known[Window] | None`, outermost values unwrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and not issubclass(annotation, Known):
        return annotation
    if isinstance(annotation, type) and issubclass(annotation, Known):
        return _model_in(annotation.model_fields["value"].annotation) or annotation
    arguments = typing.get_args(annotation) if not isinstance(annotation, types.NoneType) else ()
    return next((model for model in map(_model_in, arguments) if model is not None), None)
