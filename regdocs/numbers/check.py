"""All that is found about the numbers of a study: typed ones, claims of the record, values and lists at odds."""

from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.documents.amendment_kinds import AMENDMENT_KINDS
from regdocs.finding import Finding, Severity
from regdocs.numbers.agreement import agreement_findings
from regdocs.numbers.exempt import declared_in, shipped_exemptions
from regdocs.numbers.listing import Json, Row, counts_of, rows_of
from regdocs.numbers.lists import list_findings
from regdocs.numbers.record import record_findings
from regdocs.numbers.sources import undeclared_in
from regdocs.numbers.study import StudyDocuments
from regdocs.numbers.typed import RULE, typed_findings, typed_numbers


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was found, every number of every document, and how many each list shows."""

    findings: tuple[Finding, ...]
    rows: tuple[Row, ...]
    counts: tuple[Json, ...]

    def to_json(self) -> Json:
        """Return numbers and counts as `check --numbers --json` prints them beside the findings."""
        return {"numbers": [row.to_json() for row in self.rows], "counts": list(self.counts)}


def check_numbers(study: StudyDocuments) -> Numbers:
    """Look at every number of a study's documents, in the language in which its templates are written."""
    judged = [(one, typed_numbers(one, study)) for one in study.written]
    findings = (
        *typed_findings(((one, each) for one, found in judged for each in found), study),
        *_only_at_an_amendment(study),
        *record_findings(study.loaded),
        *agreement_findings(study),
        *list_findings(study),
    )
    rows = tuple(row for one, found in judged for row in rows_of(one, found))
    return Numbers(tuple(dict.fromkeys(findings)), rows, tuple(counts_of(study)))


def _only_at_an_amendment(study: StudyDocuments) -> Iterator[Finding]:
    """Yield a finding for each number in a study's own templates of documents that no check composes."""
    folders = {kind.name for kind in AMENDMENT_KINDS}
    for name in sorted(study.own):
        template = study.templates.get(name)
        if template is None or name.partition("/")[0] not in folders:
            continue
        exempt = (*shipped_exemptions(), *declared_in({name: template.text}))
        for one in undeclared_in(template.text, exempt):
            lines = template.text.split("\n")
            yield Finding(
                rule=RULE,
                severity=Severity.ERROR,
                message=f"the number {one.number.text} is typed into the template and has no protocol path",
                file=f"templates/{name}",
                position=one.position,
                hint="print a value in its place, or say above it why it is no number of the study",
                excerpt=lines[one.position.line - 1].strip(),
            )
