"""Runs one template over one view in a sandbox, and gives the markup or a finding.

Templates are hostile input: Jinja's immutable sandbox, undefined names refused, no globals, no filters but the listed
ones, no multiplication or formatting of text, a bound on the output. All templates come from a mapping in memory, so
nothing can name a file. Knows no document kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from regdocs.documents.shown import PathLost, Shown
from regdocs.errors import RegdocsError

MAX_OUTPUT_CHARACTERS = 20_000_000
_FILTERS = ("length", "list", "first", "last")
_TESTS = ("defined", "none", "sameas", "undefined")


class TemplateProblem(RegdocsError):
    """A template that cannot be used: its name, the line, what is wrong and a way out."""

    exit_code = 1

    def __init__(self, template: str, line: int, message: str, hint: str | None = None) -> None:
        super().__init__(f"{template}:{line}: {message}")
        self.template, self.line, self.message, self.hint = template, line, message, hint


@dataclass(frozen=True, slots=True)
class Template:
    """The text of a template and the name a person knows it by ("templates/consent/consent.xml")."""

    text: str
    origin: str


class _Sandbox(ImmutableSandboxedEnvironment):
    """No arithmetic that can grow without bound, no formatting that reaches into objects, no underscore names."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> NoReturn:
        raise SecurityError(f"the operator '{operator}' is not allowed in a template")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not isinstance(obj, str | Shown) and super().is_safe_attribute(obj, attr, value)


def render_template(name: str, templates: Mapping[str, Template], variables: Mapping[str, object]) -> str:
    """Return the markup that template `name` emits.

    Raises:
        TemplateProblem: Syntax, unknown name, a forbidden operation, a lost path, too much output.
    """
    environment = _environment(templates)
    try:
        return _bounded(environment.get_template(name).generate(dict(variables)), name)
    except TemplateNotFound as error:
        raise TemplateProblem(name, 1, f'template "{error.name}" does not exist') from error
    except TemplateSyntaxError as error:
        raise TemplateProblem(error.name or name, error.lineno, f"template syntax: {error.message}") from error
    except (TemplateError, PathLost, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        where, line = _place(error, name, templates)
        raise TemplateProblem(where, line, _in_words(error), _hint(error)) from error


def _environment(templates: Mapping[str, Template]) -> _Sandbox:
    def source(name: str) -> tuple[str, str, None] | None:
        template = templates.get(name)
        return (template.text, template.origin, None) if template else None

    environment = _Sandbox(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    return environment


def _bounded(chunks: Any, name: str) -> str:
    kept, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_OUTPUT_CHARACTERS:
            raise TemplateProblem(name, 1, f"the template writes more than {MAX_OUTPUT_CHARACTERS:,} characters")
        kept.append(chunk)
    return "".join(kept)


def _place(error: BaseException, name: str, templates: Mapping[str, Template]) -> tuple[str, int]:
    """Return template and line where it went wrong: the innermost frame that belongs to a template."""
    origins = {template.origin: key for key, template in templates.items()}
    found, trace = (name, 1), error.__traceback__
    while trace is not None:
        key = origins.get(trace.tb_frame.f_code.co_filename)
        if key is not None:
            found = (key, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _in_words(error: BaseException) -> str:
    if isinstance(error, SecurityError):
        return f"not allowed in a template: {error}"
    return str(error) or type(error).__name__


def _hint(error: BaseException) -> str | None:
    if isinstance(error, PathLost):
        return "print the value as it is, {{ view.name }}; what is computed from it belongs into the view"
    return None
