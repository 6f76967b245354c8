"""Hands for the logs of the examples: entries with fixed times and derived keys, by the functions that users call.

Knows how to enrol, sign, record and version on behalf of invented persons; does not know the story they live.
"""

import os
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from regdocs.audit.authority import ADMINISTRATOR
from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.line import Json
from regdocs.audit.note import COSIGNATURE, Key, Note, Signer
from regdocs.versions import anchoring, facts, people, signing
from regdocs.versions.acting import Record, write
from regdocs.versions.activations import Activated, activation
from regdocs.versions.actors import Actor, actor_for
from regdocs.versions.amendment_preparation import prepare_amendment
from regdocs.versions.decisions import Decided, decision
from regdocs.versions.deviations import Deviation, deviation
from regdocs.versions.logbook import Logbook, open_logbook
from regdocs.versions.preparation import Asked, prepare_release
from regdocs.versions.printed import Printer
from regdocs.versions.receipts import Received, receipt
from regdocs.versions.record import Done, Hands
from regdocs.versions.record import record as record_version
from regdocs.versions.responding import prepare_answers
from regdocs.versions.response_papers import prints_of_letter, response_entry, response_number
from regdocs.versions.start import Beginning, Enrolment, start
from regdocs.versions.submissions import Submitted, submission
from regdocs.versions.urgent import Measure, urgent_safety
from tools.example_stamps import reworded


def signer_of(names: Sequence[str]) -> Signer:
    """Return the signer of the newest of a person's keys."""
    return demonstration_signer(names[0])


class Scribe:
    """Records in the log of one study folder. Each method is one act, and takes the time at which it was recorded."""

    def __init__(self, study: Path, printer: Printer | None = None) -> None:
        self.study = study
        self.printer = printer or Printer(os.cpu_count() or 1, clock=time.monotonic)

    @property
    def book(self) -> Logbook:
        """The log as it is now."""
        found = open_logbook(self.study)
        assert found is not None, "the log was begun"
        return found

    def begin(self, at: str, beginning: Beginning, *administrators: Enrolment) -> None:
        """Begin the log."""
        signers = [(one, demonstration_signer(f"{one.person}/k1")) for one in administrators]
        start(self.study, beginning, signers, log_signer=demonstration_signer(beginning.origin), at=at)

    def record(self, at: str, *records: Record, objects: dict[str, bytes] | None = None) -> int:
        """Record entries in one write and return the number of the first."""
        book = self.book
        write(book, records, log_signer=demonstration_signer(book.origin), at=at, objects=objects)
        return book.head.size

    # ----------------------------------------------------------------------------------------------------- people

    def enrol(self, at: str, enrolment: Enrolment, by: str) -> None:
        """Enrol a person with a first key."""
        key, note = self._possession(f"{enrolment.person}/k1")
        self._act(at, people.enrol(self.book, enrolment, key, note, by), by)

    def rotate(self, at: str, person: str, old: str, new: str, by: str, why: str) -> None:
        """Give a person a new key and revoke the old one."""
        key, note = self._possession(f"{person}/{new}")
        self._act(at, people.add_key(self.book, key, note, by, why), by)
        self._act(at, people.revoke(self.book, f"{person}/{old}", by, why), by)

    def give_roles(self, at: str, person: str, roles: Sequence[str], by: str, why: str) -> None:
        """Give a person exactly these roles."""
        self._act(at, people.give_roles(self.book, person, roles, by, why), by)

    def actor(self, person: str, role: str | None = None, suited: Sequence[str] = ()) -> Actor:
        """Return the person as they may act now."""
        return actor_for(self.book, person, signer_of, role=role, suited=suited)

    def _possession(self, key_name: str) -> tuple[Key, str]:
        note = people.possession_of(self.book.origin, demonstration_signer(key_name))
        return people.key_in(note.to_bytes(), self.book.origin)

    def _act(self, at: str, entry: dict[str, Json], by: str) -> None:
        self.record(at, *people.authorised(self.book, entry, [self.actor(by, ADMINISTRATOR)]))

    # --------------------------------------------------------------------------------------------------- versions

    def release(self, times: tuple[str, str], asked: Asked, by: str, role: str) -> Done:
        """Record the original protocol, and its documents at the second of the times."""
        prepared = prepare_release(self.study, asked)
        return record_version(prepared, self._hands(times, by, role))

    def amend(self, times: tuple[str, str], asked: Asked, by: str, role: str) -> Done:
        """Record an amendment, and its documents at the second of the times."""
        prepared = prepare_amendment(self.study, asked)
        return record_version(prepared, self._hands(times, by, role))

    def _hands(self, times: tuple[str, str], by: str, role: str) -> Hands:
        begun = self.book.head.size
        now = lambda: times[self.book.head.size > begun]  # noqa: E731 – it has no name of its own
        return Hands(self.actor(by, role), demonstration_signer(self.book.origin), now, self.printer)

    # ------------------------------------------------------------------------------------------------- signatures

    def sign(self, at: str, n: int, meaning: str, person: str) -> None:
        """Let a person sign entry `n`, in a role that suffices."""
        actor = self.actor(person, suited=signing.suited_roles(self.book, meaning))
        self.record(at, signing.sign(self.book, n, meaning, actor))

    def signed_elsewhere(self, at: str, n: int, data: bytes, said: signing.Elsewhere, by: str) -> None:
        """Record a signature that was given on paper or in another system, with its file."""
        entry, objects = signing.signed_elsewhere(self.book, n, data, said, by=by)
        self.record(at, entry, objects=objects)

    # ----------------------------------------------------------------------------------------------------- bodies

    def last(self, kind: str, **having: str) -> dict[str, Any]:
        """Return the newest entry of a kind, whole, with these values."""
        book = self.book
        found = [one for one in book.entries() if one["do"] == kind and having.items() <= one.items()]
        return book.whole_entry(found[-1]["n"])

    def respond(
        self, times: tuple[str, str], at: str, decision: int, data: bytes, who: tuple[str, str], asked: Asked
    ) -> None:
        """Answer a decision: another wording at the first times, and its submission with the letter."""
        found = prepare_answers(self.study, data, self.book.whole_entry(decision), asked)
        assert found.prepared is not None, "words change for it"
        pages = record_version(found.prepared, self._hands(times, *who)).pages
        number = response_number(found)
        letter = self.printer.print(prints_of_letter(found, number, pages))
        entry, objects = response_entry(self.book, who[0], found, number, letter)
        self.record(at, entry, objects=objects)

    def submit(self, at: str, by: str, said: Submitted) -> int:
        """Record that documents were submitted to a body, and return the number of the entry."""
        return self.record(at, submission(self.book, by, said))

    def decide(self, at: str, by: str, said: Decided, letter: bytes | None) -> None:
        """Record what a body decided, with its letter where that came."""
        entry, objects = decision(self.book, by, said, letter)
        self.record(at, entry, objects=objects)

    def activate(self, at: str, by: str, said: Activated, trained: bytes | None, why: str | None = None) -> None:
        """Record that a site uses a version, with the record of training where there is one."""
        entry, objects = activation(self.book, by, said, trained, why=why)
        self.record(at, entry, objects=objects)

    def receive(self, at: str, by: str, said: Received, file: bytes) -> None:
        """Record what a body sent back as the form to use."""
        entry, objects = receipt(self.book, by, said, file, self.printer)
        self.record(at, entry, objects=objects)

    def deviate(self, at: str, by: str, said: Deviation) -> None:
        """Record a deviation from the protocol."""
        self.record(at, deviation(self.book, by, said))

    def reworded(self, stem: str, old: str, new: str) -> bytes:
        """Return a PDF of the newest version as a body would lay it out with another word."""
        return reworded(self.book, stem, (old, new), self.printer)

    def urgent(self, at: str, by: str, measure: Measure) -> int:
        """Record a measure taken at once against a hazard, and return the number of the entry."""
        return self.record(at, urgent_safety(self.book, by, measure))

    # ------------------------------------------------------------------------------------------------------ facts

    def note(self, at: str, by: str, text: str, *, on: str) -> int:
        """Record a fact and return its number."""
        return self.record(at, facts.note(by, text, on=on))

    def sealed_note(self, at: str, by: str, text: str, salt: bytes, *, on: str) -> str:
        """Record a fact whose text can be removed, and return its digest."""
        n = self.record(at, facts.sealed(self.book, facts.note(by, text, on=on), salt))
        return str(self.book.entry(n)["text"]["sealed"])

    def redact(self, at: str, by: str, sealed: str, why: str) -> None:
        """Remove a sealed text; that it was there stays."""
        entry = facts.redaction(self.book, sealed, by, why)
        assert entry is not None, "it was not removed before"
        self.record(at, entry)
        facts.remove(self.book, sealed)

    # ------------------------------------------------------------------------------------------------------ heads

    def anchor(self, at: str, by: str, cosigner: str, before: Checkpoint | None, unix_time: int) -> Note:
        """Let a board cosign the head, record that, and return the cosigned note, as the board holds it too."""
        board = demonstration_signer(cosigner, COSIGNATURE)
        note = anchoring.cosign_head(self.book, before, board, unix_time)
        anchor, size, kept = anchoring.cosigned(self.book, note.to_bytes(), [board.key], by)
        self.book.folder.put_head(size, kept)
        self.record(at, anchor.entry, objects=anchor.objects)
        return note


def unix(moment: str) -> int:
    """Return a moment such as "2026-02-20T15:30:00Z" in seconds since 1970."""
    return int(datetime.fromisoformat(moment).timestamp())
