"""A value of the declaration: what a person gave, or what is still open. Nothing stands beside it, nothing assumed."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Generic, TypeAlias, TypeVar

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from regdocs.spec.kinds import Words
from regdocs.spec.known import TODO, Known

T = TypeVar("T")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MAX_TEXT = 10_000  # characters of one text; an explanation of pages belongs into a document of its own


class Given(Known[T], Generic[T]):
    """A value, or `TODO: what is missing`. It has no source and no assumption: whoever writes it gives it."""

    may_be_assumed: ClassVar[bool] = False

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, data: object) -> object:
        if isinstance(data, Mapping) and {"value", "assumption", "ask", "source"}.intersection(data):
            raise PydanticCustomError("todo_inside", "write the value alone, or 'TODO: what is missing'")
        return data


def text_of(given: Given[Any] | None) -> str | None:
    """Return the value as text, `TODO: what is missing` for an open one, None where nothing stands."""
    if given is None:
        return None
    return f"{TODO} {given.todo}" if given.todo is not None else str(given.present)


def _not_too_long(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise PydanticCustomError("too_long", "a text has at most 10,000 characters here")
    return text


def _whole_date(text: str) -> str:
    try:
        whole = date.fromisoformat(text).isoformat() == text  # it takes 20260612 too, which we do not
    except ValueError:
        whole = False
    if whole:
        return text
    if _DAY.fullmatch(text):
        raise PydanticCustomError("date_shape", "there is no day {day} in the calendar", {"day": text})
    raise PydanticCustomError("date_shape", "a day is written 2026-06-12 (ISO 8601)")


Prose: TypeAlias = Annotated[Words, AfterValidator(_not_too_long)]
Date: TypeAlias = Annotated[str, AfterValidator(_whole_date)]
