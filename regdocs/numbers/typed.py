"""NUM-001: a number of the study that stands in a template, or that a template counted, without its protocol path.

Knows composed documents, the templates and what is exempt; reads no file.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regdocs.documents.compose import written_by
from regdocs.finding import Finding, Severity
from regdocs.numbers.exempt import Exemption, declared_in, exemption_of, shipped_exemptions
from regdocs.numbers.forms import form_of
from regdocs.numbers.places import Place, Written
from regdocs.numbers.printed import LABEL, Printed, printed_numbers
from regdocs.numbers.study import OneDocument, StudyDocuments
from regdocs.source import START

RULE = "NUM-001"
ROW = "number of a row or an entry"
FIELD = "name of a field or of its line"
_NAME = re.compile(r"[A-Za-z][\w.-]*(?:, \w+ line)?")  # labels of what is filled in are ids of the protocol


@dataclass(frozen=True, slots=True)
class Judged:
    """One number of a document's templates, and what became of it.

    Attributes:
        why: Why it is no number of the study or comes from the protocol after all; None where nobody said so.
        path: The protocol path that a condition ties it to.
        place: Where it was written; looked up only where `why` is None, or where an author declared it.
        disagrees: What the protocol has at `path`, where that is another number.
    """

    printed: Printed
    why: str | None
    path: str | None = None
    place: Place | None = None
    disagrees: int | None = None


def typed_numbers(one: OneDocument, study: StudyDocuments) -> tuple[Judged, ...]:
    """Return every number that stands in a document without a value, each with why it may stand there."""
    found = [printed for printed in printed_numbers(one.document) if printed.typed]
    judged = [_by_its_words(printed, study) for printed in found]
    if all(each.why for each in judged):
        return tuple(judged)
    lines = written_by(one.kind, study.protocol, one.site, one.document.language, study.templates)
    written = Written(lines, study.templates) if lines is not None else None
    declared = declared_in({name: template.text for name, template in study.templates.items()})
    return tuple(each if each.why else _by_its_place(each, found, written, declared) for each in judged)


def typed_findings(judged: Iterable[tuple[OneDocument, Judged]], study: StudyDocuments) -> Iterator[Finding]:
    """Yield a finding for each number that nobody accounts for, once for each place, and for each that disagrees."""
    told: dict[tuple[object, ...], Finding] = {}
    for one, each in judged:
        if each.why is None or each.disagrees is not None:
            finding = _finding(one, each, study)
            told.setdefault((finding.file, finding.position, each.printed.number.text, finding.message), finding)
    yield from told.values()


def _by_its_words(printed: Printed, study: StudyDocuments) -> Judged:
    label = printed.run.endswith(LABEL) and _NAME.fullmatch(printed.words)
    form = FIELD if label else form_of(printed.words, printed.number)
    if form is not None:
        return Judged(printed, form)
    exemption = exemption_of(printed.words, printed.number, shipped_exemptions())
    if exemption is None:
        return Judged(printed, None)
    there = study.recorded.size(exemption.path) if exemption.path and exemption.counted else None
    value = printed.number.value
    disagrees = there if there is not None and value is not None and value != there else None
    return Judged(printed, exemption.reason, exemption.path, disagrees=disagrees)


def _by_its_place(
    judged: Judged, found: list[Printed], written: Written | None, declared: tuple[Exemption, ...]
) -> Judged:
    printed = judged.printed
    nth = sum(1 for one in found[: found.index(printed)] if _alike(one, printed))
    place = written.place(printed, nth) if written is not None else None
    if place is not None and not place.typed and printed.words.strip() == printed.number.text:
        return Judged(printed, ROW, place=place)
    here = (one for one in declared if place is not None and one.template == place.template)
    exemption = exemption_of(printed.words, printed.number, here)
    return Judged(printed, exemption.reason if exemption else None, place=place)


def _alike(one: Printed, other: Printed) -> bool:
    return (one.run, one.words, one.number.text) == (other.run, other.words, other.number.text)


def _finding(one: OneDocument, judged: Judged, study: StudyDocuments) -> Finding:
    place, number = judged.place, judged.printed.number.text
    template = place.template if place else one.kind.template
    return Finding(
        rule=RULE,
        severity=Severity.ERROR,
        message=_message(judged, number),
        file=f"templates/{template}",
        position=place.position if place else START,
        hint=_hint(judged, template in study.own),
        excerpt=place.line if place else judged.printed.shown,
    )


def _message(judged: Judged, number: str) -> str:
    if judged.disagrees is not None:
        return f'"{judged.printed.shown}" says {number}, but {judged.path} of the protocol has {judged.disagrees}'
    if judged.place is not None and not judged.place.typed:
        return f'"{judged.printed.shown}": the number {number} is counted by the template and has no protocol path'
    return f'"{judged.printed.shown}": the number {number} is typed into the template and has no protocol path'


def _hint(judged: Judged, own: bool) -> str:
    if judged.disagrees is not None:
        return "the condition around these words does not fit the protocol; ask for the number itself"
    if not own:
        return "the template came with regdocs; please report it"
    number = judged.printed.number.text
    return (
        "print the value of the protocol in its place; if it is no number of the study, say so above it: "
        f'{{# number "{number} …": why #}} with the words beside it'
    )
