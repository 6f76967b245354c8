"""A value that may still be open: known, to be completed, or assumed.

Every leaf a person fills in is a `Known[T]`. In the YAML it stands as the value itself, as `TODO: what is missing`, or
as a mapping `{value: …, assumption: why, ask: whom}` or `{value: …, source: ID}`. Knows nothing of how an open value is
printed (`documents/shown.py`).
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

T = TypeVar("T")

TODO = "TODO:"
_WRAPPER = frozenset(("todo", "assumption", "ask", "source"))
State = Literal["known", "todo", "assumed"]


class Frozen(BaseModel):
    """The ground of every class of the language: frozen, unknown keys refused, numbers readable as text."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


def required(description: str) -> Any:
    """Return a required field with its description."""
    return Field(description=description)


def optional(description: str) -> Any:
    """Return a field that may be left out; absent is None, never an empty text."""
    return Field(default=None, description=description)


def listed(description: str) -> Any:
    """Return a list that may be left out; absent is the empty tuple."""
    return Field(default=(), description=description)


class Known(Frozen, Generic[T]):
    """A value, or what is missing, or a value that is only assumed.

    Exactly one of `value` and `todo` is set. `path` is the place in the data form ("/eligibility/E02/text"), set once
    by `load`; list elements are named by their id.
    """

    may_be_assumed: ClassVar[bool] = True

    value: T | None = None
    todo: str | None = None
    assumption: str | None = None
    ask: str | None = None
    source: str | None = None
    _path: str = ""

    @property
    def path(self) -> str:
        """The protocol path of this value, or "" before `load` has set it."""
        return self._path

    @property
    def state(self) -> State:
        """Whether the value is known, to be completed, or assumed."""
        if self.todo is not None:
            return "todo"
        return "known" if self.assumption is None else "assumed"

    @property
    def present(self) -> T:
        """The value where it is known or assumed.

        Raises:
            ValueError: It is still to be completed; ask `state` first.
        """
        if self.value is None:
            raise ValueError(f"{self._path or 'value'} is still to be completed: {self.todo}")
        return self.value

    @model_validator(mode="before")
    @classmethod
    def _unfold(cls, data: object) -> object:
        if isinstance(data, Known):
            return data
        if isinstance(data, str) and data.lstrip().upper().startswith("TODO"):
            return {"todo": _what_is_missing(data)}
        if isinstance(data, Mapping) and "value" in data:
            return _checked_wrapper(data, cls.may_be_assumed)
        if isinstance(data, Mapping) and _WRAPPER.intersection(data):
            raise PydanticCustomError("value_absent", "the key 'value' is missing beside the others")
        return {"value": _present(data)}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        whole = handler.resolve_ref_schema(handler(core_schema))
        value = next(s for s in whole["properties"]["value"]["anyOf"] if s.get("type") != "null")
        keys: dict[str, Any] = {"value": value, "source": {"type": "string", "description": "Id of a source."}}
        if cls.may_be_assumed:
            keys["assumption"] = {
                "type": "string",
                "description": "Why it is assumed: the record does not say.",
            }
            keys["ask"] = {"type": "string", "description": "Who can confirm it."}
        wrapper = {"type": "object", "properties": keys, "required": ["value"], "additionalProperties": False}
        todo = {"type": "string", "pattern": "^TODO: ", "description": "What is still missing."}
        whole.clear()
        whole["anyOf"] = [value, todo, wrapper]
        return whole


class Stated(Known[T], Generic[T]):
    """A value that is never assumed: doses, risks, injury cover, payment, approvals, contacts, persons (TODO only)."""

    may_be_assumed: ClassVar[bool] = False


def _what_is_missing(text: str) -> str:
    if not text.startswith(TODO) or not text[len(TODO) :].strip():
        raise PydanticCustomError("todo_shape", "an open value is written 'TODO: what is missing'")
    return text[len(TODO) :].strip()


def _checked_wrapper(data: Mapping[str, Any], may_be_assumed: bool) -> Mapping[str, Any]:
    if isinstance(data["value"], str) and data["value"].startswith("TODO"):
        raise PydanticCustomError("todo_inside", "a value cannot be TODO and assumed or sourced; write the TODO alone")
    if "todo" in data:
        raise PydanticCustomError(
            "todo_inside", "write 'TODO: what is missing' in place of the value, without a key 'todo'"
        )
    if "assumption" in data and not may_be_assumed:
        raise PydanticCustomError("never_assumed", "this value may be known or TODO, never assumed")
    if "ask" in data and "assumption" not in data:
        raise PydanticCustomError("ask_alone", "'ask' goes with 'assumption'")
    return {**data, "value": _present(data["value"])}


def _present(data: object) -> object:
    if data is None:
        raise PydanticCustomError("missing_value", "the value is empty; write it, or 'TODO: what is missing'")
    return data
