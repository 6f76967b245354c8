"""Options that belong together handed to a command as one value, so that a command has few arguments."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any, TypeVar

_F = TypeVar("_F", bound=Callable[..., Any])


def gathering(command: _F, name: str, kind: type, options: Iterable[Callable[[Any], Any]]) -> _F:
    """Give a command these options as one argument `name`: a dataclass `kind` with a field for each."""

    @functools.wraps(command)
    def gathered(*arguments: Any, **values: Any) -> Any:
        given = {one.name: values.pop(one.name) for one in fields(kind) if one.name in values}
        return command(*arguments, **{name: kind(**given)}, **values)

    for option in reversed(tuple(options)):
        gathered = option(gathered)
    return gathered  # type: ignore[return-value]  # click's options keep what they decorate
