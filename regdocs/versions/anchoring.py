"""Heads that leave the house and what comes back: cosignatures of boards, time-stamps, and their record in the log.

Knows both sides. The house keeps heads and records what came back (`anchor`); a board checks that a log goes on from
the head it remembers, and only then cosigns. Times come from the caller.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from regdocs.audit import disk
from regdocs.audit.checkpoint import Checkpoint, parse_checkpoint
from regdocs.audit.cosignature import cosign, cosignatures
from regdocs.audit.line import Json
from regdocs.audit.log_folder import WAIT_SECONDS
from regdocs.audit.note import MAX_NOTE, BadSignature, Key, Note, Signer, parse_note, verified
from regdocs.audit.proof import TlogProof
from regdocs.audit.tree import inclusion_proof, root_of
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal
from regdocs.versions.acting import entry_of
from regdocs.versions.actors import NotAllowed
from regdocs.versions.logbook import Logbook


class NotConsistent(Refusal):
    """A head is not one that this log had, or goes back behind one that was seen: do not sign it, ask why."""


class MemoryBusy(Refusal):
    """Somebody else cosigns with the same memory."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What came back for a head: the entry that records it, and its objects."""

    entry: dict[str, Json]
    objects: dict[str, bytes]


# ------------------------------------------------------------------------------------------------------- in the house


def own_note(logbook: Logbook) -> Note:
    """Return the newest checkpoint as a signed note. Raises what `LogFolder.head_note` raises."""
    data = logbook.folder.head_note()
    if data is None:
        raise Refusal("the log has no checkpoint")
    return parse_note(data)


def proof_of(logbook: Logbook, n: int) -> bytes:
    """Return the C2SP tlog-proof that entry `n` is under the log's head.

    Who gets it needs the line itself (`Logbook.line`) and the log's key, and nothing else.

    Raises:
        Refusal: There is no such entry.
    """
    logbook.line(n)
    note = own_note(logbook)
    hashes = inclusion_proof(logbook.leaves, n, logbook.head.size)
    proof = TlogProof(n, tuple(hashes), note)
    proof.verify(logbook.leaves[n], [one.key for one in logbook.people.log_keys])
    return proof.to_bytes()


def cosigned(logbook: Logbook, data: bytes, cosigners: Sequence[Key], by: str) -> tuple[Anchor, int, bytes]:
    """Return the record of a cosigned head that came back, its size, and the note to keep in `heads/`.

    Signature lines that the kept head has already stay.

    Args:
        logbook: The log.
        data: The note that came back.
        cosigners: Keys (kind 0x04) that count; the time is the latest of theirs.
        by: Who records it.

    Raises:
        NotConsistent: The head is not one of this log.
        NotAllowed: None of the keys cosigned it.
        BadSignature: A line of one of them does not hold.
    """
    note = parse_note(data)
    head = _own(logbook, parse_checkpoint(note.text))
    found = cosignatures(note, cosigners)
    if not found:
        raise NotAllowed("none of the cosigners named has cosigned this head; name their keys with --cosigner")
    kept = logbook.folder.kept_head(head.size)
    whole = note if kept is None else parse_note(kept).with_signatures(*note.signatures)
    time = max(seconds for _, seconds in found)
    return _anchor("cosignature", head.size, data, _utc(time), by), head.size, whole.to_bytes()


def stamped(logbook: Logbook, size: int, token: bytes, roots: bytes, by: str) -> Anchor:
    """Return the record of a time-stamp (RFC 3161) over the text of the head kept at that size, verified offline.

    Raises:
        NotAllowed: No head of that size is kept.
        NotConsistent: The kept head is not one of this log.
        BadTimestamp, NotATimestamp, EnvironmentLacks: As `timestamp_time`.
    """
    from regdocs.audit.timestamp import timestamp_time

    kept = logbook.folder.kept_head(size)
    if kept is None:
        raise NotAllowed(
            f'no head of size {size} is kept; "regdocs head --keep FILE" keeps the one that leaves the house'
        )
    note = parse_note(kept)
    _own(logbook, parse_checkpoint(note.text))
    moment = timestamp_time(token, note.text.encode("utf-8"), roots)
    return _anchor("timestamp", size, token, moment.strftime("%Y-%m-%dT%H:%M:%SZ"), by)


def _own(logbook: Logbook, head: Checkpoint) -> Checkpoint:
    if head.origin != logbook.origin:
        raise NotConsistent(f"this is a head of {head.origin}, and the log is {logbook.origin}")
    if head.size > logbook.head.size:
        raise NotConsistent(f"this head has {head.size} entries, and the log only {logbook.head.size}: it was cut")
    if root_of(logbook.leaves[: head.size]) != head.root:
        raise NotConsistent(
            f"at size {head.size} this log has another root than the head says: a fork, or altered lines"
        )
    return head


def _anchor(kind: str, size: int, data: bytes, time: str, by: str) -> Anchor:
    digest = sha256_hex(data)
    return Anchor(entry_of("anchor", by, kind=kind, size=size, object=digest, time=time), {digest: data})


def _utc(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise BadSignature(f"a cosignature at {seconds} seconds since 1970, which is no time") from error


# ---------------------------------------------------------------------------------------------------------- at a board


def remembered(path: Path) -> Checkpoint | None:
    """Return the head that a board remembers, or None when it remembers none yet.

    Raises:
        NotANote, NotACheckpoint: The file is something else.
        OddFile, DiskRefuses: It cannot be read.
    """
    data = disk.read_file(path, MAX_NOTE)
    return None if data is None else parse_checkpoint(parse_note(data).text)


@contextmanager
def held(memory: Path) -> Iterator[None]:
    """Hold a board's memory from reading to writing: two who cosign at once could sign two forks over one head.

    The lock is a file beside the memory; the system lets go of it when the process ends.

    Raises:
        MemoryBusy: Another process held it for half a minute.
        OddFile, DiskRefuses: There is no such folder, or what stands in the lock's place is no plain file.
    """
    from filelock import FileLock, Timeout

    place = memory.resolve()  # so that a link to the memory has the same lock
    path = place.with_name(f".{place.name}.lock")
    disk.require_sole(path)
    lock = FileLock(path)
    with disk.explained(path, "write"):
        try:
            lock.acquire(timeout=WAIT_SECONDS, poll_interval=0.05)
        except Timeout as error:  # which is an OSError too
            raise MemoryBusy(f'somebody else cosigns with "{memory}"; try again when they are done') from error
    try:
        yield
    finally:
        lock.release()


def cosign_head(logbook: Logbook, before: Checkpoint | None, signer: Signer, unix_time: int) -> Note:
    """Return the log's head with a board's cosignature, after seeing that it goes on from the head remembered.

    The caller holds the board's memory (`held`), and brings the new head to it, safely on disk, before the note leaves
    its hands.

    Args:
        logbook: The log as the board was given it: chain, root and the log's signature were checked.
        before: The head remembered; None the very first time, when the board has looked at the log's key itself.
        signer: The board's key, of kind 0x04.
        unix_time: Now, in seconds since 1970.

    Raises:
        NotConsistent: Another log, fewer entries than were seen, or another history up to there.
    """
    if before is not None:
        if before.size > logbook.head.size and before.origin == logbook.origin:
            raise NotConsistent(
                f"the head remembered has {before.size} entries, this log {logbook.head.size}: it was rolled back"
            )
        _own(logbook, before)
    note = own_note(logbook)
    if parse_checkpoint(note.text) != logbook.head:
        raise NotConsistent("the checkpoint changed while it was read; begin again")
    verified(note, [one.key for one in logbook.people.log_keys])
    return note.with_signatures(cosign(note.text, signer, unix_time))
