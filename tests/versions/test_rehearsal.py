"""People are asked before the log is locked, and what they sign has the time after they were asked."""

from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest

from regdocs.audit.append import HeadMoved
from regdocs.audit.key_files import demonstration_signer
from regdocs.versions.acting import write
from regdocs.versions.actors import Actor
from regdocs.versions.facts import note
from regdocs.versions.logbook import Logbook
from regdocs.versions.rehearsal import TooOld
from regdocs.versions.signing import sign
from regdocs.versions.start import Beginning, start
from tests.versions.logs import AT, JANE, JOHN, begin_log, enrolment, opened, recorded
from tests.versions.test_logbook import faults

ASKED, TYPED, LATER = "2026-03-01T10:00:00Z", "2026-03-01T10:00:33Z", "2026-03-01T10:01:34Z"


class Person:
    """A signer that is asked first; what happens while it is asked can be said."""

    def __init__(self, person: str, meanwhile: Callable[[], object] = lambda: None) -> None:
        self._inner, self._meanwhile = demonstration_signer(f"{person}/k1"), meanwhile
        self.key = self._inner.key
        self.shown: list[bytes] = []
        self.signed: list[bytes] = []

    def ask(self, message: bytes) -> None:
        self.shown.append(message)
        self._meanwhile()

    def sign(self, message: bytes) -> bytes:
        self.signed.append(message)
        return self._inner.sign(message)


def _says(*times: str) -> Callable[[], str]:
    """A clock that says these times, and then the last one."""
    told: Iterator[str] = chain(times, repeat(times[-1]))
    return lambda: next(told)


def _signing(logbook: Logbook, person: Person, clock: Callable[[], str]) -> Logbook:
    actor = Actor(JANE, "Jane", "principal-investigator", person)
    log_signer = demonstration_signer(logbook.origin)
    write(logbook, [sign(logbook, 0, "review", actor)], log_signer=log_signer, at=clock)
    return opened(logbook.study)


def test_a_signature_has_the_time_after_the_passphrase_and_what_is_signed_was_shown(tmp_path: Path):
    person = Person(JANE)
    logbook = _signing(begin_log(tmp_path / "study"), person, _says(ASKED, TYPED))
    assert logbook.entry(2)["at"] == TYPED
    assert [f"time {ASKED}" in person.shown[0].decode(), f"time {TYPED}" in person.shown[1].decode()] == [True, True]
    assert person.signed == [person.shown[-1]]
    assert faults(logbook.study) == []


def test_others_write_while_a_person_is_asked(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    person = Person(JANE, lambda: recorded(logbook, note(JANE, "meanwhile")))
    with pytest.raises(HeadMoved, match="meanwhile"):
        _signing(logbook, person, _says(AT))
    assert person.signed == []
    assert opened(logbook.study).entry(2)["text"] == "meanwhile"


def test_nothing_is_signed_under_a_time_that_is_long_ago(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    person = Person(JANE)
    with pytest.raises(TooOld, match="61 seconds"):
        _signing(logbook, person, _says(ASKED, TYPED, LATER))
    assert person.signed == []
    assert opened(logbook.study).head == logbook.head


def test_a_person_who_cannot_be_asked_signs_nothing(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")

    def refuse() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _signing(logbook, Person(JANE, refuse), _says(AT))
    assert opened(logbook.study).head == logbook.head


def test_what_an_interrupted_append_left_is_part_of_what_is_shown(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    with logbook.folder.log.open("ab") as file:
        file.write(b"half a line")
    person = Person(JANE)
    after = _signing(logbook, person, _says(AT))
    assert [after.entry(2)["do"], after.entry(3)["do"]] == ["recovered", "sign"]
    assert person.signed == person.shown


def test_all_first_administrators_are_asked_before_the_log_begins(tmp_path: Path):
    folder = tmp_path / "audit"
    people = [Person(one, lambda: pytest.fail("begun already") if folder.exists() else None) for one in (JANE, JOHN)]
    beginning = Beginning("DEMO-1", "A sponsor", None, "0" * 32, four_eyes=True, demonstration=True)
    named = [(enrolment(one), person) for one, person in zip((JANE, JOHN), people, strict=True)]
    start(tmp_path, beginning, named, log_signer=demonstration_signer(beginning.origin), at=_says(ASKED, TYPED))
    assert [person.signed == [person.shown[-1]] for person in people] == [True, True]
    assert opened(tmp_path).entry(0)["at"] == TYPED
    assert faults(tmp_path) == []
