"""Appending to a log so that what was acknowledged stays, whatever happens meanwhile.

Knows the order in which things reach the disk (docs/formats/audit-log.md, "Append"); does not know what entries mean.
The order carries everything: objects, then lines, then the checkpoint, each on disk before the next. Lines count from
the moment the new checkpoint has its name; what an interrupted append left beyond it is moved aside by the next one.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from regdocs.audit import disk
from regdocs.audit.checkpoint import Checkpoint, NotACheckpoint, parse_checkpoint
from regdocs.audit.entry import TOOL
from regdocs.audit.log_folder import LogFolder
from regdocs.audit.note import BadSignature, Key, NotANote, Signer, parse_note, sign_note, verified
from regdocs.audit.placing import Placed, PlacedEntry, Placing, Record, RecordRefused
from regdocs.audit.tail import empty_tail, remember, tail_of
from regdocs.errors import Refusal

__all__ = [
    "HeadMoved",
    "HeadRefused",
    "LogFolder",
    "NotConfirmed",
    "Placed",
    "PlacedEntry",
    "Record",
    "RecordRefused",
    "Rotation",
    "append",
    "create",
]


class HeadMoved(Refusal):
    """The log's head is not the one the caller looked at."""


class HeadRefused(Refusal):
    """The checkpoint cannot be read, or is not signed by a key that the caller has."""


class NotConfirmed(Refusal):
    """The disk did not confirm the last step: the entries may be recorded, or may not."""


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
class _Stray:
    """Bytes beyond the checkpoint: the rest of an append that was never acknowledged."""

    digest: str
    count: int


def append(
    folder: LogFolder,
    records: Sequence[Record],
    *,
    signer: Signer,
    at: str,
    expected: int | None = None,
    objects: Mapping[str, bytes] | None = None,
    rotation: Rotation | None = None,
) -> Checkpoint:
    """Record entries, all of them or none, and return the new head when it is safely on disk.

    Before them come, where needed, the tool's own entries: `recovered` for what an interrupted append left, `clock`
    when `at` is before the last entry's time, which is then used again.

    Args:
        folder: The log; it has been begun with `create`.
        records: Entries without `n`, `prev` and `at`, or callables that return one and are told their place: a `sign`
            entry signs the entry before it.
        signer: The log's key.
        at: What the writer's clock says.
        expected: The size of the head that the caller looked at; None when any will do.
        objects: What the records name by digest; long values become objects by themselves.
        rotation: Given with the first append after a `log-key` entry's key takes over.

    Raises:
        HeadMoved: The head is of another size than `expected`.
        RecordRefused: A record cannot be an entry.
        HeadRefused, LogDisagrees: What is there does not hold; `regdocs verify` says more.
        LogBusy, OddFile, DiskRefuses: Another process writes, odd files, the system refuses. Nothing was recorded.
        NotConfirmed: The disk failed in the very last step; only this leaves open whether the entries are recorded.

    Source: docs/formats/audit-log.md, "Append".
    """
    with _log_of(folder) as log:
        head, note = _head_of(folder, signer, rotation or Rotation())
        if expected is not None and head.size != expected:
            raise HeadMoved(
                f'the head of "{folder.path}" is {head.size}, and {expected} was expected: somebody recorded something '
                "meanwhile; look at it, then try again"
            )
        disk.remove(folder.starting)  # there is a head, so the log is begun
        tail = tail_of(folder, log, head)
        stray = _stray(log, tail.end)
        placing = Placing(tail, at)
        for record in (*_own(stray), *records):
            placing.place(record)
        write = _Write(folder, log, tail.end, stray, note)
        return write.commit(placing, head.origin, (signer, *(rotation or Rotation()).also), objects or {})


def create(
    folder: LogFolder,
    records: Sequence[Record],
    *,
    signer: Signer,
    at: str,
    objects: Mapping[str, bytes] | None = None,
) -> Checkpoint:
    """Begin a log: the first record is `genesis`, whose `origin` is the log's. Makes the folder.

    When an earlier attempt was interrupted, what it left is moved to `objects/` and `recovered` comes last.

    Raises:
        Refusal: There is a log already, or one that has lost its checkpoint.
        As `append`.
    """
    disk.make_folder(folder.path)
    with folder.locked():
        _refuse_log(folder)
        disk.write_new(folder.starting, b"")
        disk.sync_folder(folder.path)
        with disk.opened(folder.log, write=True, create=True) as log:
            placing, stray = Placing(empty_tail(), at), _stray(log, 0)
            for record in (*records, *_own(stray)):
                placing.place(record)
            origin = _origin_in(placing.entries)
            head = _Write(folder, log, 0, stray, None).commit(placing, origin, (signer,), objects or {})
        with suppress(disk.DiskRefuses):  # the next append deletes it too
            disk.remove(folder.starting)
        return head


@contextmanager
def _log_of(folder: LogFolder) -> Iterator[disk.OpenFile]:
    """Hold the lock and the log's file, open for writing."""
    try:
        with folder.locked(), disk.opened(folder.log, write=True) as log:
            yield log
    except disk.NotThere as error:
        raise disk.NotThere(f'{error}; a log is begun with "regdocs audit start"') from error


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
    _require_name(signer, head.origin)
    return head, data


def _require_name(signer: Signer, origin: str) -> None:
    if signer.key.name != origin:
        raise HeadRefused(f'the key is named "{signer.key.name}", and the log "{origin}": it is the key of another log')


def _refuse_log(folder: LogFolder) -> None:
    for path in (folder.log, folder.checkpoint):
        disk.require_sole(path)
    if disk.is_there(folder.checkpoint):
        raise Refusal(f'there is a log in "{folder.path}" already')
    if _has_bytes(folder.log) and not disk.is_there(folder.starting):
        raise Refusal(f'"{folder.log}" has lines and no checkpoint; put the checkpoint back, or move the folder away')


def _has_bytes(path: Path) -> bool:
    try:
        with disk.opened(path) as file:
            return file.size > 0
    except disk.NotThere:
        return False


def _origin_in(entries: Sequence[PlacedEntry]) -> str:
    first = entries[0].entry if entries else {}
    origin = first.get("origin")
    if first.get("do") != "genesis" or not isinstance(origin, str):
        raise RecordRefused("a log begins with its genesis")
    return origin


def _stray(log: disk.OpenFile, end: int) -> _Stray | None:
    count = log.size - end
    if count <= 0:
        return None
    found = hashlib.sha256()
    for chunk in log.chunks(end):
        found.update(chunk)
    return _Stray(found.hexdigest(), count)


def _own(stray: _Stray | None) -> tuple[Record, ...]:
    if stray is None:
        return ()
    return ({"do": "recovered", "by": TOOL, "object": stray.digest, "bytes": stray.count},)


@dataclass(frozen=True, slots=True)
class _Write:
    """One append on its way to the disk, behind byte `end` of the log, whose checkpoint was `note` so far."""

    folder: LogFolder
    log: disk.OpenFile
    end: int
    stray: _Stray | None
    note: bytes | None

    def commit(
        self, placing: Placing, origin: str, signers: Sequence[Signer], objects: Mapping[str, bytes]
    ) -> Checkpoint:
        """Write objects, lines and checkpoint, in this order, each safely on disk before the next."""
        if not placing.lines:
            raise RecordRefused("there is nothing to record")
        _require_name(signers[0], origin)
        before = placing.finish()
        head = Checkpoint(origin, placing.frontier.size, placing.frontier.root())
        note = sign_note(head.text, *signers).to_bytes()
        data = b"\n".join([*placing.lines, b""])
        self._keep({**objects, **placing.objects})
        with self._cut_on_refusal():
            self.log.write_at(self.end, data)
            self.log.sync()
            if self.end == 0:
                disk.sync_folder(self.folder.path)
            disk.write_new(self.folder.new, note)
            disk.replace(self.folder.new, self.folder.checkpoint)
        self._confirm(head)
        remember(self.folder, before, self.end + len(data))
        return head

    def _keep(self, objects: Mapping[str, bytes]) -> None:
        self.folder.objects.put_all(objects)
        if self.stray is not None:
            self.folder.objects.put_chunks(self.log.chunks(self.end), self.stray.digest)
            self.log.cut(self.end)

    @contextmanager
    def _cut_on_refusal(self) -> Iterator[None]:
        """When the system refuses, leave the log as it was, if that can be: the next append would do it as well."""
        try:
            yield
        except disk.DiskRefuses as error:
            if not self._is_unacknowledged():
                raise _not_confirmed(error) from error
            with suppress(disk.DiskRefuses):
                self.log.cut(self.end)
            raise

    def _is_unacknowledged(self) -> bool:
        """Whether the checkpoint is surely the old one. A file server can rename and then say that it failed."""
        try:
            return self.folder.head_note() == self.note
        except Refusal:
            return False

    def _confirm(self, head: Checkpoint) -> None:
        """Bring the checkpoint's name to disk. The lines count by now, so they are not cut any more."""
        try:
            disk.sync_folder(self.folder.path)
        except disk.DiskRefuses as error:
            raise _not_confirmed(error) from error


def _not_confirmed(error: disk.DiskRefuses) -> NotConfirmed:
    return NotConfirmed(
        f'{error}; the entries may be recorded or not: look with "regdocs log" before you record them again'
    )
