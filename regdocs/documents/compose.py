"""Composes one document: protocol → view → markup → content tree, with what was read and what is still open.

Knows the steps; knows neither fonts nor files. Templates come as a mapping in memory.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass

from regdocs.content.errors import MarkupError, MarkupProblem
from regdocs.content.markup import parse_document
from regdocs.content.model import Document
from regdocs.content.query import paths_read
from regdocs.documents.alteration import Altered, alter, alterations_at
from regdocs.documents.amended import AmendmentFacts
from regdocs.documents.amendment_kind import AmendmentKind
from regdocs.documents.kind import Kind
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.template import Template, TemplateProblem, render_template
from regdocs.documents.template_lines import WrittenAt, written_at
from regdocs.documents.wording import words_at
from regdocs.source import Position
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Composed:
    """A document's tree, and every protocol path that its words or conditions depend on, sorted.

    `altered` is what boards' alterations of consent did to it; None for a kind that they do not touch.
    """

    document: Document
    reads: tuple[str, ...]
    altered: Altered | None = None


def compose(
    kind: Kind, protocol: Protocol, site: Site | None, language: str, templates: Mapping[str, Template]
) -> Composed:
    """Return one document of the protocol.

    Raises:
        TemplateProblem: The template cannot be used; it names template, line and a way out.
    """
    reader = Reader(language, words_at(protocol, site, kind.to_parents), to_parents=kind.to_parents)
    view = kind.view(protocol, reader, site)
    _only_shown(view, kind.name)
    markup = render_template(kind.template, templates, {"view": view})
    try:
        document = parse_document(markup, kind=kind.name, language=language, template=kind.template)
    except MarkupError as error:
        raise _in_the_templates(error, markup, kind.template, templates, view) from error
    altered = alter(document, alterations_at(protocol, reader, site)) if kind.alterable else None
    reads = sorted({*paths_read(document), *reader.paths})
    return Composed(altered.document if altered else document, tuple(reads), altered)


def written_by(
    kind: Kind, protocol: Protocol, site: Site | None, language: str, templates: Mapping[str, Template]
) -> WrittenAt | None:
    """Return which lines of the templates wrote the document's markup; None where that cannot be told."""
    reader = Reader(language, words_at(protocol, site, kind.to_parents), to_parents=kind.to_parents)
    try:
        return written_at(kind.template, templates, {"view": kind.view(protocol, reader, site)})
    except TemplateProblem:
        return None  # with its marks the text is too long


def compose_amendment(
    kind: AmendmentKind,
    protocol: Protocol,
    facts: AmendmentFacts,
    site: Site | None,
    language: str,
    templates: Mapping[str, Template],
) -> Composed:
    """Return one document of an amendment of the protocol; raises as `compose` does."""
    return compose(kind.of(facts), protocol, site, language, templates)


def places_of(
    kind: Kind, protocol: Protocol, site: Site | None, language: str, templates: Mapping[str, Template]
) -> WrittenAt:
    """Return where each stretch of a document's markup was written; raises as `compose` does."""
    reader = Reader(language, words_at(protocol, site, kind.to_parents), to_parents=kind.to_parents)
    return written_at(kind.template, templates, {"view": kind.view(protocol, reader, site)})


def _in_the_templates(
    error: MarkupError, markup: str, template: str, templates: Mapping[str, Template], view: object
) -> TemplateProblem:
    """Return what is wrong with the markup, at the lines of the templates that wrote it."""
    lines = _lines_of(markup, template, templates, view)
    told = dict.fromkeys(_told(problem, template, lines) for problem in error.problems)  # a loop repeats a mistake
    first, *others = (TemplateProblem(name, line, message) for name, line, message in told)
    first.also = tuple(others)
    return first


def _lines_of(markup: str, template: str, templates: Mapping[str, Template], view: object) -> WrittenAt | None:
    try:
        lines = written_at(template, templates, {"view": view})
    except TemplateProblem:
        return None  # with its marks the text is too long; the first line has to do
    return lines if lines.markup == markup else None


def _told(problem: MarkupProblem, template: str, lines: WrittenAt | None) -> tuple[str, int, str]:
    place = lines.place(problem.position) if lines else None
    if lines is None or place is None:
        at = problem.position.line
        return template, 1, f"{problem.message} (line {at} of what it wrote: {problem.excerpt[:80]!r})"
    # A message about two places names the earlier one by its line in the markup, which nobody sees.
    message = _FIRST_ON_LINE.sub(lambda found: _first_at(lines, int(found[1])), problem.message)
    return *place, message


_FIRST_ON_LINE = re.compile(r"; first on line ([0-9]+)$")


def _first_at(lines: WrittenAt, line: int) -> str:
    place = lines.place(Position(line + 1, 0))  # the end of that line: a start inside it counts
    return f"; first on line {place[1]} of {place[0]}" if place else ""


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
