"""Every place at which the language lets a value stand, found by walking the model; "x" stands for an id."""

import typing
from collections.abc import Iterator

from pydantic import BaseModel

from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol


def leaf_paths() -> list[str]:
    return list(_leaves(Protocol, "", ()))


def _leaves(model: type[BaseModel], path: str, above: tuple[type[BaseModel], ...]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        place = f"{path}/{name}"
        inner = _model_in(field.annotation)
        if inner is None:
            yield place
        elif above.count(inner) < 2:  # criteria hold criteria
            yield from _leaves(inner, f"{place}/x" if "id" in inner.model_fields else place, (*above, inner))


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, Known):
        return _model_in(annotation.model_fields["value"].annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = map(_model_in, typing.get_args(annotation))
    return next((model for model in inner if model is not None), None)
