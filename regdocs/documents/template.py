"""Runs one template over one view in the sandbox, and gives the markup or says what is wrong with the template.

Knows how failures inside a template become a place and words; knows no document kind.
"""

from collections.abc import Mapping

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from regdocs.documents.sandbox import Sandbox, Template, concat, shared_sandbox
from regdocs.documents.shown import PathLost
from regdocs.errors import RegdocsError

__all__ = ["Template", "TemplateProblem", "render_template", "run"]

# What code made from a hostile template can raise. SyntaxError: Python's own limits, such as 20 loops in each other.
FAILURES = (
    TemplateError,
    PathLost,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NameError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


class TemplateProblem(RegdocsError):
    """A template that cannot be used: its name, the line, what is wrong and a way out.

    `also` holds what else is wrong with the same document, where that is known.
    """

    exit_code = 1

    def __init__(self, template: str, line: int, message: str, hint: str | None = None) -> None:
        super().__init__(f"{template}:{line}: {message}")
        self.template, self.line, self.message, self.hint = template, line, message, hint
        self.also: tuple[TemplateProblem, ...] = ()


def render_template(name: str, templates: Mapping[str, Template], variables: Mapping[str, object]) -> str:
    """Return the markup that template `name` emits.

    Raises:
        TemplateProblem: Syntax, unknown name, a forbidden operation, a lost path, too much output.
    """
    return run(shared_sandbox(templates), name, templates, variables)


def run(environment: Sandbox, name: str, templates: Mapping[str, Template], variables: Mapping[str, object]) -> str:
    """Return what template `name` emits in this environment; raises as `render_template` does."""
    environment.effort.begin()
    try:
        return concat(environment.get_template(name).generate(dict(variables)))
    except TemplateNotFound as error:
        where, line = _place(error, name, templates)
        raise TemplateProblem(where, line, f'template "{error.name}" does not exist', _known(templates)) from error
    except TemplateSyntaxError as error:
        raise TemplateProblem(error.name or name, error.lineno, f"template syntax: {error.message}") from error
    except FAILURES as error:
        where, line = _place(error, name, templates)
        raise TemplateProblem(where, line, _in_words(error), _hint(error)) from error


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
    if isinstance(error, RecursionError):
        return "the template calls or includes itself without end"
    if isinstance(error, SyntaxError):
        return f"the template is nested too deeply: {error.msg}"
    return str(error) or type(error).__name__


def _hint(error: BaseException) -> str | None:
    if isinstance(error, PathLost):
        return "print the value as it is, {{ view.name }}; what is computed from it belongs into the view"
    return None


def _known(templates: Mapping[str, Template]) -> str:
    return f"the templates are: {', '.join(sorted(templates))}"
