"""Applies the rules on wording to the forms of a study that participants read, and tells what they found.

A finding stands at the line of the protocol from which the words came, else at the template. The same words in several
forms are one finding. English alone: a translation is judged by those who made it. Renders nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regdocs.consent.facts import facts_of
from regdocs.consent.form_prose import FormProse, Origin, prose_of_form
from regdocs.consent.reading import Paper
from regdocs.finding import Finding
from regdocs.prose.passages import Hit
from regdocs.prose.table import WordingRule, look
from regdocs.source import START, Position
from regdocs.spec.load import Loaded

READ_KINDS = ("consent", "parental-permission", "assent", "short-form-summary")
_ENGLISH = "en"
_MOST_QUOTED = 160  # letters
_MOST_FORMS = 2  # named in a message


@dataclass(frozen=True, slots=True)
class _Told:
    """What a rule found, at its place; equal for the same words of the same value in different forms."""

    rule: WordingRule
    file: str
    position: Position
    excerpt: str | None
    message: str


def wording_findings(papers: Iterable[Paper], loaded: Loaded) -> list[Finding]:
    """Return what the rules on wording find in the English forms among these papers, rule by rule and form by form."""
    found: dict[_Told, list[str]] = {}
    for paper in papers:
        if paper.kind in READ_KINDS and paper.language.partition("-")[0] == _ENGLISH:
            for told in _of_form(paper, loaded):
                stems = found.setdefault(told, [])
                if paper.stem not in stems:
                    stems.append(paper.stem)
    return [_finding(told, stems) for told, stems in sorted(found.items(), key=lambda one: one[0].rule.id)]


def _of_form(paper: Paper, loaded: Loaded) -> Iterator[_Told]:
    assert loaded.protocol is not None
    form, facts = prose_of_form(paper.document), facts_of(paper, loaded.protocol)
    for rule, hit in look(form.prose, facts):
        path = _path(form, hit)
        if path is None:
            yield _Told(rule, f"templates/{paper.kind}/{paper.kind}.xml", START, None, _message(form, hit))
        else:
            position = loaded.place(path)
            yield _Told(rule, loaded.file, position, loaded.line(position), _message(form, hit))


def _path(form: FormProse, hit: Hit) -> str | None:
    """Return the path of the value that most of the words came from, or None where the template wrote them."""
    origins = form.origins.get(hit.passage or "", ())
    shared = [(_shared(one, hit), one) for one in origins if one.paths]
    most = max((size for size, _ in shared), default=0)
    return next((one.paths[0] for size, one in shared if size == most), None) if most else None


def _shared(origin: Origin, hit: Hit) -> int:
    return min(origin.span[1], hit.span[1]) - max(origin.span[0], hit.span[0])


def _message(form: FormProse, hit: Hit) -> str:
    section = _section(form, hit)
    if hit.quote:
        where = f' (section "{section}")' if section and section != hit.quote else ""
        return f'"{_shortened(hit.quote)}" {hit.told}{where}'
    return f'section "{section}" {hit.told}' if section else f"the form {hit.told}"


def _section(form: FormProse, hit: Hit) -> str:
    for section in form.prose.sections:
        if section.id == hit.passage or any(one.id == hit.passage for one in section.passages):
            return section.heading
    return ""


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _MOST_QUOTED else f"{words[: _MOST_QUOTED - 2].rsplit(' ', 1)[0]} …"


def _finding(told: _Told, stems: list[str]) -> Finding:
    more = f" and {len(stems) - _MOST_FORMS} more" if len(stems) > _MOST_FORMS else ""
    message = f"{', '.join(stems[:_MOST_FORMS])}{more}: {told.message}"
    rule = told.rule
    return Finding(rule.id, rule.severity, message, told.file, told.position, rule.hint, rule.cited, told.excerpt)
