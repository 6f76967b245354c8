"""`regdocs check --numbers`: what is found about the numbers of a study's documents, and how many there are."""

from dataclasses import replace

from regdocs.build.examine import Examined, template_texts
from regdocs.build.study import Inputs
from regdocs.finding import has_errors
from regdocs.numbers.check import Numbers, check_numbers
from regdocs.numbers.study import OneDocument, StudyDocuments
from regdocs.units import plural


def with_numbers_of(inputs: Inputs, examined: Examined) -> tuple[Examined, Numbers | None]:
    """Return a study with what is found about its numbers, and the numbers; None where it cannot be composed."""
    if examined.loaded.protocol is None or has_errors(examined.findings):
        return examined, None
    numbers = check_numbers(study_of(inputs, examined))
    return replace(examined, findings=(*examined.findings, *numbers.findings)), numbers


def summary(numbers: Numbers) -> str:
    """Return in a line how many numbers there are, and where they come from."""
    rows = numbers.rows
    of_protocol = sum(bool(row.paths) for row in rows)
    other = sum(not row.paths and row.why is not None for row in rows)
    documents = plural(len({row.document for row in rows}), "document", "documents")
    return (
        f"{plural(len(rows), 'number', 'numbers')} in {documents}: {of_protocol} with a protocol path, "
        f"{other} that are no numbers of the study, {len(rows) - of_protocol - other} without a path"
    )


def study_of(inputs: Inputs, examined: Examined) -> StudyDocuments:
    """Return a composed study as its numbers are looked at."""
    documents = tuple(
        OneDocument(
            one.stem,
            one.kind,
            one.site,
            one.composed.document,
            bool(one.composed.altered and one.composed.altered.outcomes),
        )
        for one in examined.documents
    )
    return StudyDocuments(examined.loaded, documents, template_texts(inputs)[0], inputs.own)
