"""The Jinja environment that templates run in. Templates are hostile input.

Jinja's immutable sandbox, undefined names refused, no globals, no filters or tests but the listed ones, no operator or
joining that lets text grow without bound, nothing printed but words, ids and whole numbers. All templates come from a
mapping in memory, so nothing can name a file. Knows no document kind and no protocol value but by its class.

What is bounded: the length of every text that a template puts together, and the work of one run (`effort`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, Undefined, nodes
from jinja2.compiler import Frame
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from regdocs.documents.effort import CountedCode, Effort
from regdocs.documents.shown import PathLost, Shown

MAX_CHARACTERS = 10_000_000
_FILTERS = ("length", "first", "last")
_TESTS = ("defined", "none", "sameas", "undefined")


@dataclass(frozen=True, slots=True)
class Template:
    """The text of a template and the name a person knows it by ("templates/consent/consent.xml")."""

    text: str
    origin: str


class TooLong(SecurityError):
    """A template puts together more text than any document needs."""

    def __init__(self) -> None:
        super().__init__(f"the template writes more than {MAX_CHARACTERS:,} characters")


class _BoundedJoins(CountedCode):
    """Lets `~` go through the environment, as `+` does; Jinja's own joining has no bound."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.join_parts((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """No arithmetic that can grow without bound, no formatting that reaches into objects, no underscore names."""

    code_generator_class = _BoundedJoins
    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.effort = Effort()

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Add whole numbers; refuse every other use of an operator that text and lists know too."""
        if operator == "+" and type(left) is int and type(right) is int:
            return left + right
        for side in (left, right):
            _refuse_shown(side)
        raise SecurityError(f"the operator '{operator}' is not allowed here; '+' adds whole numbers, '~' joins ids")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Keep the methods of texts and the inside of protocol values out of reach."""
        return not isinstance(obj, str | Shown) and super().is_safe_attribute(obj, attr, value)

    def join_parts(self, parts: tuple[object, ...]) -> str:
        """Return what `~` gives: a text of texts, ids and numbers."""
        texts = []
        for part in parts:
            _refuse_shown(part)
            texts.append(part if isinstance(part, str) else str(printable(part)))
        joined = self.concat(texts)
        return Markup(joined) if all(isinstance(text, Markup) for text in texts) else str(joined)

    # Blocks, macros and block assignments put their text together with this.
    def concat(self, parts: Iterable[str]) -> str:  # Jinja's own is "".join
        """Join, unless it gets too long."""
        joined: str = self.effort.looked_through(concat(parts))
        return joined

    def _list(self, thing: Any) -> list[Any]:
        return list(self.effort.looked_through(thing))


def sandbox(templates: Mapping[str, Template]) -> Sandbox:
    """Return an environment in which exactly these templates exist."""

    def source(name: str) -> tuple[str, str, None] | None:
        template = templates.get(name)
        return (template.text, template.origin, None) if template else None

    environment = Sandbox(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters["list"] = environment._list
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    return environment


def shared_sandbox(templates: Mapping[str, Template]) -> Sandbox:
    """Return the same environment for the same templates, so that each is compiled once for all kinds and sites."""
    return _kept(tuple(templates.items()))


@lru_cache(maxsize=2)
def _kept(items: tuple[tuple[str, Template], ...]) -> Sandbox:
    return sandbox(dict(items))


def printable(value: object) -> object:
    """Return the value when it may be printed: words, an id, a whole number.

    Raises:
        SecurityError: It is None, a list or a thing; their Python form is not for any reader.
    """
    if isinstance(value, Shown | str | Undefined) or type(value) is int:
        return value
    if value is None:
        raise SecurityError("there is nothing to print (None); ask with '{% if … is not none %}' first")
    raise SecurityError(f"a {type(value).__name__} cannot be printed; print the values in it one by one")


def concat(parts: Iterable[str]) -> str:
    """Join texts, unless they get too long.

    Raises:
        TooLong: They do.
    """
    kept, size = [], 0
    for part in parts:
        size += len(part)
        if size > MAX_CHARACTERS:
            raise TooLong
        kept.append(part)
    return "".join(kept)


def _refuse_shown(value: object) -> None:
    if isinstance(value, Shown):
        raise PathLost(f"the value of {' '.join(value.paths)} is joined with something; print it by itself")
