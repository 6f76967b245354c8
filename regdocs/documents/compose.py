"""Composes one document: protocol → view → markup → content tree, with what was read and what is still open.

Knows the steps; knows neither fonts nor files. Templates come as a mapping in memory.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass

from regdocs.content.errors import MarkupError
from regdocs.content.markup import parse_document
from regdocs.content.model import Document
from regdocs.content.query import paths_read
from regdocs.documents.kind import Kind
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.template import Template, TemplateProblem, render_template
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Composed:
    """A document's tree, and every protocol path that its words or conditions depend on, sorted."""

    document: Document
    reads: tuple[str, ...]


def compose(
    kind: Kind, protocol: Protocol, site: Site | None, language: str, templates: Mapping[str, Template]
) -> Composed:
    """Return one document of the protocol.

    Raises:
        TemplateProblem: The template cannot be used; it names template, line and a way out.
    """
    reader = Reader(language)
    view = kind.view(protocol, reader, site)
    _only_shown(view, kind.name)
    markup = render_template(kind.template, templates, {"view": view})
    try:
        document = parse_document(markup, kind=kind.name, language=language, template=kind.template)
    except MarkupError as error:
        raise _in_the_template(error, markup, kind.template, templates) from error
    reads = sorted({*paths_read(document), *reader.paths})
    return Composed(document, tuple(reads))


def _in_the_template(
    error: MarkupError, markup: str, template: str, templates: Mapping[str, Template]
) -> TemplateProblem:
    """Return the problem at the line of the template that wrote the markup, as far as the same text stands there."""
    lines = markup.split("\n")
    written = lines[error.line - 1].strip() if 0 < error.line <= len(lines) else ""
    for name, candidate in sorted(templates.items(), key=lambda item: item[0] != template):
        for number, line in enumerate(candidate.text.split("\n"), start=1):
            if written and _same_start(line.strip(), written):
                return TemplateProblem(name, number, error.message)
    return TemplateProblem(template, 1, f"{error.message} (line {error.line} of what it wrote: {written[:80]!r})")


def _same_start(line: str, written: str) -> bool:
    """Tell whether a template line wrote this line: alike up to the first interpolated value."""
    static = re.split(r"\{\{|\{%", line, maxsplit=1)[0]
    return len(static) > 3 and written.startswith(static) and ("{{" in line or line == written)


def _only_shown(view: object, where: str) -> None:
    """Hold our own views to their rule: words are `Shown`, ids are `Name`; a bare text has no path.

    Raises:
        TypeError: A view breaks the rule; this is a mistake of this program, not of a study.
    """
    if dataclasses.is_dataclass(view) and not isinstance(view, type):
        for field in dataclasses.fields(view):
            _only_shown(getattr(view, field.name), f"{where}.{field.name}")
    elif isinstance(view, tuple):
        for item in view:
            _only_shown(item, where)
    elif not (view is None or isinstance(view, Shown | Name | int)):
        raise TypeError(f"{where} holds a bare {type(view).__name__}; a view holds Shown, Name, numbers and tuples")
