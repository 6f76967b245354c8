"""NUM-004: a document that by its nature lists all of something, and leaves out a part: criteria, visits, procedures.

Knows which kind lists what (one table); a document from which a board took parts is left alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from regdocs.content.query import paths_read
from regdocs.finding import Finding, Severity
from regdocs.numbers.study import OneDocument, StudyDocuments
from regdocs.rules.eligibility import all_criteria
from regdocs.spec.protocol import Protocol

RULE = "NUM-004"


@dataclass(frozen=True, slots=True)
class Listed:
    """What a document lists: in a word for people, the path of the list, and the path of each element."""

    name: str
    path: str
    elements: Callable[[Protocol], Iterable[str]]


def _criteria(protocol: Protocol) -> Iterator[str]:
    return (path for path, _ in all_criteria(protocol))


def _activities(protocol: Protocol) -> Iterator[str]:
    return (f"/activities/{row.activity}" for row in protocol.schedule.rows)


CRITERIA = Listed("criteria", "/eligibility", _criteria)
VISITS = Listed("visits", "/encounters", lambda protocol: (f"/encounters/{one.id}" for one in protocol.encounters))
PROCEDURES = Listed(
    "procedures", "/procedures", lambda protocol: (f"/procedures/{one.id}" for one in protocol.procedures)
)
ACTIVITIES = Listed("activities", "/schedule/rows", _activities)
FORMS = Listed("forms", "/forms", lambda protocol: (f"/forms/{one.id}" for one in protocol.forms))
RISKS = Listed(
    "risks", "/consent/risks", lambda protocol: (f"/consent/risks/{one.id}" for one in protocol.consent.risks)
)
ENDPOINTS = Listed("endpoints", "/endpoints", lambda protocol: (f"/endpoints/{one.id}" for one in protocol.endpoints))
OBJECTIVES = Listed(
    "objectives", "/objectives", lambda protocol: (f"/objectives/{one.id}" for one in protocol.objectives)
)
ARMS = Listed("arms", "/arms", lambda protocol: (f"/arms/{one.id}" for one in protocol.arms))
INTERVENTIONS = Listed(
    "interventions", "/interventions", lambda protocol: (f"/interventions/{one.id}" for one in protocol.interventions)
)

LISTS: Mapping[str, tuple[Listed, ...]] = {
    "consent": (VISITS, ACTIVITIES, PROCEDURES, RISKS),
    "parental-permission": (VISITS, PROCEDURES, RISKS),
    "eligibility": (CRITERIA,),
    "crf": (VISITS, FORMS),
    "schedule": (VISITS, ACTIVITIES),
    "synopsis": (OBJECTIVES, ENDPOINTS, ARMS),
    "registry": (CRITERIA, ENDPOINTS, ARMS, INTERVENTIONS),
}


def list_findings(study: StudyDocuments) -> Iterator[Finding]:
    """Yield a finding for each list of which a document shows a part only."""
    for one in study.written:
        if not one.shortened:
            yield from _of_document(study, one)


def shown_of(one: OneDocument, protocol: Protocol, listed: Listed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paths of the elements of a list that a document prints something of, and of those that it does not."""
    read = paths_read(one.document)
    elements = tuple(dict.fromkeys(listed.elements(protocol)))
    there = tuple(path for path in elements if any(at == path or at.startswith(f"{path}/") for at in read))
    return there, tuple(path for path in elements if path not in there)


def _of_document(study: StudyDocuments, one: OneDocument) -> Iterator[Finding]:
    for listed in LISTS.get(one.kind.name, ()):
        there, missing = shown_of(one, study.protocol, listed)
        if missing:
            yield _finding(study, one, listed, len(there), missing)


def _finding(study: StudyDocuments, one: OneDocument, listed: Listed, shown: int, missing: tuple[str, ...]) -> Finding:
    named = ", ".join(f'"{path.rpartition("/")[2]}"' for path in missing[:5])
    more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
    position = study.loaded.place(missing[0])
    return Finding(
        rule=RULE,
        severity=Severity.WARNING,
        message=f"{one.stem} shows {shown} of {shown + len(missing)} {listed.name} of the protocol, not {named}{more}",
        file=study.loaded.file,
        position=position,
        hint=f"let templates/{one.kind.template} list all of {listed.path}",
        excerpt=study.loaded.line(position),
    )
