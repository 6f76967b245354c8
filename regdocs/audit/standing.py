"""What an append stands on: the head and who signed it, the tail of the log, and bytes beyond it; all under the lock.

Knows what must hold before anything may follow; writes nothing. `append` writes, `rehearse` only tries.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from regdocs.audit import disk
from regdocs.audit.checkpoint import Checkpoint, NotACheckpoint, parse_checkpoint
from regdocs.audit.entry import TOOL
from regdocs.audit.log_folder import LogFolder
from regdocs.audit.note import BadSignature, Key, NotANote, Signer, parse_note, verified
from regdocs.audit.placing import Placing, Record
from regdocs.audit.tail import Tail, empty_tail, tail_of
from regdocs.errors import Refusal


class HeadMoved(Refusal):
    """The log's head is not the one the caller looked at."""


class HeadRefused(Refusal):
    """The checkpoint cannot be read, or is not signed by a key that the caller has."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """What the first append with a new log key needs besides that key.

    Attributes:
        also: Who signs the new checkpoint besides: the old key or, if that is lost, an administrator.
        known: Public keys by one of which the checkpoint so far may be signed, for when the old key is lost.
    """

    also: tuple[Signer, ...] = ()
    known: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Stray:
    """Bytes beyond the checkpoint: the rest of an append that was never acknowledged."""

    digest: str
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an append begins.

    Attributes:
        head: The newest head.
        note: Its checkpoint, as it lies there.
        tail: The end of the log at that head.
        stray: What lies beyond it, or None.
    """

    head: Checkpoint
    note: bytes
    tail: Tail
    stray: Stray | None

    def placed(self, records: Sequence[Record], at: str) -> Placing:
        """Return the records as lines behind the tail, the tool's own before them. Raises RecordRefused."""
        return placed_on(self.tail, (*own_records(self.stray), *records), at)


@contextmanager
def log_of(folder: LogFolder) -> Iterator[disk.OpenFile]:
    """Hold the lock and the log's file, open for writing."""
    try:
        with folder.locked(), disk.opened(folder.log, write=True) as log:
            yield log
    except disk.NotThere as error:
        raise disk.NotThere(f'{error}; a log is begun with "regdocs audit start"') from error


def standing_of(
    folder: LogFolder, log: disk.OpenFile, signer: Signer, rotation: Rotation, expected: int | None
) -> Standing:
    """Look at what an append stands on; the caller holds the lock.

    Raises:
        HeadMoved: The head is of another size than `expected`.
        HeadRefused, LogDisagrees, OddFile, DiskRefuses: What is there does not hold, or cannot be read.
    """
    head, note = _head_of(folder, signer, rotation)
    if expected is not None and head.size != expected:
        raise HeadMoved(
            f'the head of "{folder.path}" is {head.size}, and {expected} was expected: somebody recorded something '
            "meanwhile; look at it, then try again"
        )
    tail = tail_of(folder, log, head)
    return Standing(head, note, tail, stray_of(log, tail.end))


def rehearse(
    folder: LogFolder,
    records: Sequence[Record],
    *,
    signer: Signer,
    at: str,
    expected: int | None = None,
    rotation: Rotation | None = None,
) -> None:
    """Make the entries as `append` would at this moment, and write nothing.

    The lock is held while the log is looked at and not while the records are made, so that a person may be shown what
    they are going to sign, and asked, while others go on writing.

    Raises:
        As `append`, but for what only writing can raise.
    """
    with log_of(folder) as log:
        standing = standing_of(folder, log, signer, rotation or Rotation(), expected)
    standing.placed(records, at)


def placed_on(tail: Tail, records: Sequence[Record], at: str) -> Placing:
    """Return the records as lines behind a tail. Raises RecordRefused."""
    placing = Placing(tail, at)
    for record in records:
        placing.place(record)
    return placing


def rehearse_creation(records: Sequence[Record], at: str) -> None:
    """Make the entries of a new log as `create` would at this moment, and write nothing. Raises RecordRefused."""
    placed_on(empty_tail(), records, at)


def require_name(signer: Signer, origin: str) -> None:
    """Refuse the key of another log. Raises HeadRefused."""
    if signer.key.name != origin:
        raise HeadRefused(f'the key is named "{signer.key.name}", and the log "{origin}": it is the key of another log')


def stray_of(log: disk.OpenFile, end: int) -> Stray | None:
    """Return what the log's file has beyond a byte, or None when that is its end."""
    count = log.size - end
    if count <= 0:
        return None
    found = hashlib.sha256()
    for chunk in log.chunks(end):
        found.update(chunk)
    return Stray(found.hexdigest(), count)


def own_records(stray: Stray | None) -> tuple[Record, ...]:
    """Return the tool's own entry on stray bytes, if there are any."""
    if stray is None:
        return ()
    return ({"do": "recovered", "by": TOOL, "object": stray.digest, "bytes": stray.count},)


def _head_of(folder: LogFolder, signer: Signer, rotation: Rotation) -> tuple[Checkpoint, bytes]:
    """Return the head, signed by a key that the caller has: so the right key goes on, from a checkpoint of its own."""
    disk.require_sole(folder.checkpoint)
    data = folder.head_note()
    if data is None:
        raise HeadRefused(f'"{folder.checkpoint}" is not there, so nobody can say what was recorded; put it back')
    try:
        note = parse_note(data)
        head = parse_checkpoint(note.text)
        keys = (signer.key, *(other.key for other in rotation.also), *rotation.known)
        found = verified(note, keys)
    except (NotANote, NotACheckpoint, BadSignature) as error:
        raise HeadRefused(f'"{folder.checkpoint}": {error}; nothing was appended; run "regdocs verify"') from error
    if not found:
        raise HeadRefused(f'"{folder.checkpoint}" is signed by another key than "{signer.key.text}"')
    require_name(signer, head.origin)
    return head, data
