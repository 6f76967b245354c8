"""Every field of a protocol with its place, and which fields name elements of other lists.

Knows the shape of the model, not what it means. A place counts elements of lists ("/arms/0/interventions/1"), because
ids may be given twice or be wrong; `spec.paths.position_of` reads both forms.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, get_args, get_origin

from pydantic import BaseModel

from regdocs.spec.kinds import RefersTo
from regdocs.spec.known import Known
from regdocs.spec.paths import join
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one element: whose it is, its name and value, and where it stands."""

    owner: BaseModel
    name: str
    value: object
    place: str


def fields(model: BaseModel, place: str = "") -> Iterator[Field]:
    """Give every field of the model and of the elements in it, in the order of the model."""
    for name in type(model).model_fields:
        value, here = getattr(model, name), join(place, name)
        yield Field(model, name, value, here)
        yield from _inside(value, here)


def _inside(value: object, place: str) -> Iterator[Field]:
    if isinstance(value, Known):
        yield from _inside(value.value, place)
    elif isinstance(value, BaseModel):
        yield from fields(value, place)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _inside(item, f"{place}/{number}")


def placed_values(protocol: Protocol) -> Iterator[tuple[str, Known[object]]]:
    """Give every value that may be open, with its place."""
    for field in fields(protocol):
        for place, item in members(field.value, field.place):
            if isinstance(item, Known):
                yield place, item


def members(value: object, place: str) -> Iterator[tuple[str, object]]:
    """Give the members of a list with their places, or the one value itself; nothing for None."""
    if isinstance(value, tuple):
        yield from ((f"{place}/{number}", item) for number, item in enumerate(value))
    elif value is not None:
        yield place, value


def id_lists(protocol: Protocol) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Give every list of elements with ids: the name of its key, and the place and id of each element."""
    for field in fields(protocol):
        named = tuple((place, element_id(item)) for place, item in members(field.value, field.place))
        if isinstance(field.value, tuple) and any(element for _, element in named):
            yield field.name, named


def element_id(element: object) -> str:
    """Return the element's id, or "" for something that has none."""
    found = getattr(element, "id", "")
    return found if isinstance(found, str) else ""


def ids(elements: tuple[BaseModel, ...]) -> tuple[str, ...]:
    """Return the ids of a list of elements, in its order."""
    return tuple(element_id(element) for element in elements)


@cache
def refers_to(owner: type[BaseModel], name: str) -> RefersTo | None:
    """Return which lists a field names elements of; None for a field that names none."""
    info = owner.model_fields[name]
    return _marked(info.annotation, tuple(info.metadata))


def _marked(annotation: object, metadata: tuple[object, ...] = ()) -> RefersTo | None:
    """Look through `Known[…]`, `… | None`, `tuple[…, ...]` and `Annotated[…]` for the mark."""
    for mark in metadata:
        if isinstance(mark, RefersTo):
            return mark
    if isinstance(annotation, type) and issubclass(annotation, Known):
        info = annotation.model_fields["value"]
        return _marked(info.annotation, tuple(info.metadata))
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return _marked(arguments[0], arguments[1:])
    return next((mark for mark in map(_marked, arguments) if mark is not None), None)


def canonical_path(protocol: Protocol, path: str) -> str:
    """Return a place with the ids of elements instead of their numbers, as far as elements have ids."""
    found: object = protocol
    steps: list[str] = []
    for segment in path.split("/")[1:]:
        found = found.value if isinstance(found, Known) else found
        name = segment
        if isinstance(found, tuple):
            found = _element(found, segment)
            name = element_id(found) or segment
        else:
            found = getattr(found, segment, None)
        steps.append(name)
    return "".join(f"/{step}" for step in steps)


def _element(elements: tuple[object, ...], segment: str) -> object:
    if segment.isdecimal() and int(segment) < len(elements):
        return elements[int(segment)]
    return next((element for element in elements if element_id(element) == segment), None)
