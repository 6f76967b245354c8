"""Logs to work on: a demonstration's, with derived keys, begun for a small study."""

from pathlib import Path

from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.note import Signer
from regdocs.versions.acting import Record, write
from regdocs.versions.actors import Actor, actor_for
from regdocs.versions.logbook import Logbook, open_logbook
from regdocs.versions.people import authorised, enrol, key_in, possession_of
from regdocs.versions.start import Beginning, Enrolment, start

AT = "2026-03-01T09:00:00Z"
JANE, JOHN, MARY = "jane@example.org", "john@example.org", "mary@example.org"


def opened(study: Path) -> Logbook:
    logbook = open_logbook(study)
    assert logbook is not None
    return logbook


def enrolment(person: str, *roles: str) -> Enrolment:
    return Enrolment(person, person.partition("@")[0].title(), roles or ("administrator",), "in person", "a notary")


def begin_log(study: Path, *admins: str, four_eyes: bool = False, record: bool = False) -> Logbook:
    """Begin a demonstration's log; Jane is administrator and principal investigator unless others are named."""
    study.mkdir(exist_ok=True)
    beginning = Beginning("DEMO-1", "A sponsor", None, "0" * 32, four_eyes, demonstration=True, record=record)
    named = admins or (JANE,)
    people = [
        (enrolment(one, "administrator", "principal-investigator"), demonstration_signer(f"{one}/k1")) for one in named
    ]
    start(study, beginning, people, log_signer=demonstration_signer(beginning.origin), at=AT)
    return opened(study)


def signer_of(names: list[str] | tuple[str, ...]) -> Signer:
    return demonstration_signer(names[0])


def acting(logbook: Logbook, person: str = JANE, role: str | None = None) -> Actor:
    return actor_for(logbook, person, lambda names: demonstration_signer(names[0]), role=role)


def recorded(logbook: Logbook, *records: Record, at: str = AT, objects: dict[str, bytes] | None = None) -> Logbook:
    write(logbook, records, log_signer=demonstration_signer(logbook.origin), at=at, objects=objects)
    return opened(logbook.study)


def with_person(logbook: Logbook, person: str, *roles: str, by: tuple[str, ...] = (JANE,)) -> Logbook:
    """Enrol a person, authorised by these administrators."""
    note = possession_of(logbook.origin, demonstration_signer(f"{person}/k1"))
    key, text = key_in(note.to_bytes(), logbook.origin)
    entry = enrol(logbook, enrolment(person, *roles), key, text, by[0])
    actors = [acting(logbook, one, "administrator") for one in by]
    return recorded(logbook, *authorised(logbook, entry, actors))
