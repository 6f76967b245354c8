"""Acting on a log: who acts with which key, the text that a person signs, and one write of entries that go together.

Knows who may sign and what a log of a public record may not hold. Does not know where keys lie (`key_ring`), nor how
bytes reach the disk (`regdocs.audit.append`), nor how people are asked
(`rehearsal`). The time comes from the caller.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from regdocs.audit import append as log
from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.entry import AUTHORITY, MEANINGS, VERSIONS
from regdocs.audit.line import Json
from regdocs.audit.note import Note, Signer, sign_note
from regdocs.audit.statement import OwnWords, Statement, statement_about
from regdocs.errors import Refusal
from regdocs.versions.actors import Actor, NotAllowed, require_enrolled
from regdocs.versions.logbook import Logbook
from regdocs.versions.rehearsal import Clock, rehearsed_note, require_fresh, settled

# What a log of somebody else's public record never holds: nobody here may speak for that study.
NOT_IN_A_RECORD = (
    VERSIONS
    | AUTHORITY
    | {"issue", "sign", "signed-elsewhere", "submit", "decision", "urgent-safety", "activate", "receive", "deviation"}
    | {"package"}
)


@dataclass(frozen=True, slots=True)
class Writing:
    """What an entry is told while it is made: its place in one write, and the log before that.

    Attributes:
        origin: The log's origin.
        logbook: The log so far; None while genesis is written.
        placed: Number and time of the entry that is being made, and what was made before it in this write.
        clock: Says the time while this is written; None while it is rehearsed, where people are asked and
            nothing is signed.
    """

    origin: str
    logbook: Logbook | None
    placed: log.Placed
    clock: Clock | None = None

    @property
    def at(self) -> str:
        """The `at` of the entry that is being made."""
        return self.placed.at

    def entry(self, n: int) -> Mapping[str, Any]:
        """Return an entry before the one being made, of this write or of the log."""
        here = self._here(n)
        return here.entry if here else self._log().entry(n)

    def leaf(self, n: int) -> bytes:
        """Return the leaf hash of an entry before the one being made."""
        here = self._here(n)
        return here.leaf if here else self._log().leaves[n]

    def to_sign(self) -> int:
        """Return the newest entry of this write that is no signature."""
        return max(one.n for one in self.placed.entries if one.entry["do"] != "sign")

    def _here(self, n: int) -> log.PlacedEntry | None:
        return next((one for one in self.placed.entries if one.n == n), None)

    def _log(self) -> Logbook:
        if self.logbook is None:
            raise Refusal("there is no log yet, so no entry to look up")
        return self.logbook


Record: TypeAlias = Mapping[str, Json] | Callable[[Writing], Mapping[str, Json]]


def write(
    logbook: Logbook,
    records: Sequence[Record],
    *,
    log_signer: Signer,
    at: str | Clock,
    objects: Mapping[str, bytes] | None = None,
    rotation: log.Rotation | None = None,
) -> Checkpoint:
    """Record entries in one write, all or none, and return the new head.

    The head must still be the one of the logbook, so nothing is recorded on top of what nobody looked at. Open the
    logbook anew afterwards. Whoever signs is asked before the log is locked (`rehearsal`).

    Args:
        logbook: The log as it was looked at.
        records: What is recorded; callables are called several times.
        log_signer: The log's key; it asks nobody any more.
        at: The time, or what says it: then signatures have the time after the last passphrase.
        objects, rotation: As `regdocs.audit.append.append`.

    Raises:
        TooOld: The time in a signature would be long ago.
        NotAllowed: The log is of somebody else's record and may not hold such an entry, or who records it is not
            enrolled: an entry stays for ever, and `verify` would name it a fault for ever.
        What `regdocs.audit.append.append` raises.
    """
    said = at
    clock: Clock = said if callable(said) else lambda: said
    fit = [_fit(record, logbook) for record in records]

    def rehearse(moment: str) -> None:
        tried = [placed_record(record, logbook.origin, logbook) for record in fit]
        log.rehearse(logbook.folder, tried, signer=log_signer, at=moment, expected=logbook.head.size, rotation=rotation)

    signed = any(callable(record) for record in records)
    return log.append(
        logbook.folder,
        [placed_record(record, logbook.origin, logbook, clock) for record in fit],
        signer=log_signer,
        at=settled(rehearse, clock) if signed else clock(),
        expected=logbook.head.size,
        objects=objects,
        rotation=rotation,
    )


def placed_record(record: Record, origin: str, logbook: Logbook | None, clock: Clock | None = None) -> log.Record:
    """Return a record as the append takes it: what it is told about its place is widened by the log before it.

    Without a clock it is for a rehearsal.
    """
    if not callable(record):
        return record
    return lambda placed: record(Writing(origin, logbook, placed, clock))


def refuse_in_record(logbook: Logbook, kind: str) -> None:
    """Refuse an entry that a log of somebody else's public record may not hold.

    Raises:
        NotAllowed: It is such a log, and such an entry.
    """
    if logbook.is_record and kind in NOT_IN_A_RECORD:
        raise NotAllowed(
            f'"{kind}" is not recorded here: this is the log of a public record of a study that others conduct; '
            "it holds only what was read, and when"
        )


def _fit(record: Record, logbook: Logbook) -> Record:
    """Return the record, looked at when it is made: by whom, and whether this log may hold it."""

    def looked_at(writing: Writing) -> Mapping[str, Json]:
        entry = record(writing) if callable(record) else record
        refuse_in_record(logbook, str(entry["do"]))
        require_enrolled(logbook.people, str(entry["by"]))
        return entry

    return looked_at


def signature(
    of: int | None,
    meaning: str,
    actor: Actor,
    *,
    for_: str | None = None,
    under: int | None = None,
    on: str | None = None,
    why: str | None = None,
) -> Record:
    """Return the record of a person's signature, made and signed when it is written.

    Args:
        of: Number of the entry that is signed; None for the newest of the same write that is no signature.
        meaning: One of `MEANINGS`.
        actor: Who signs.
        for_, under: A delegate signs for this person, under the entry that records the delegation; both or neither.
        on, why: As in every entry.

    Raises:
        NotAllowed: The meaning is unknown, or only one of `for_` and `under` is given.
    """
    if meaning not in MEANINGS:
        raise NotAllowed(f'"{meaning}" is not what a signature can mean: {", ".join(MEANINGS)}')
    if (for_ is None) != (under is None):
        raise NotAllowed("a delegate names both the person they sign for and the entry that records the delegation")

    def record(writing: Writing) -> Mapping[str, Json]:
        number = writing.to_sign() if of is None else of
        said = statement_of(writing, number, meaning, actor, for_=for_, under=under)
        note = _signed(said.text, actor.signer, writing).to_bytes().decode("utf-8")
        return _without_none({"do": "sign", "by": actor.person, "of": number, "note": note, "on": on, "why": why})

    return record


def _signed(text: str, signer: Signer, writing: Writing) -> Note:
    if writing.clock is None:
        return rehearsed_note(text, signer)
    require_fresh(writing.at, writing.clock)
    return sign_note(text, signer)


def statement_of(
    writing: Writing, n: int, meaning: str, actor: Actor, *, for_: str | None = None, under: int | None = None
) -> Statement:
    """Return what a person signs about entry `n`: all of it comes from the entries, but role and meaning.

    Source: docs/formats/audit-log.md, "A person's signature".
    """
    of = writing.entry(n)
    own = OwnWords(writing.origin, actor.name, actor.role, meaning, for_, under, writing.at)
    return statement_about(n, writing.leaf(n), of, writing.entry(of["of"]) if of["do"] == "issue" else None, own)


def entry_of(do: str, by: str, **values: Json) -> dict[str, Json]:
    """Return an entry of a kind without the keys whose value is None; `on` and `why` among them."""
    return _without_none({"do": do, "by": by, **values})


def _without_none(values: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in values.items() if value is not None}
