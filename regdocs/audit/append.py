"""Appending to a log so that what was acknowledged stays, whatever happens meanwhile.

Knows the order in which things reach the disk (docs/formats/audit-log.md, "Append"); does not know what entries mean.
The order carries everything: objects, then lines, then the checkpoint, each on disk before the next. Lines count from
the moment the new checkpoint has its name; what an interrupted append left beyond it is moved aside by the next one.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from regdocs.audit import disk
from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.log_folder import LogFolder
from regdocs.audit.note import Signer, parse_note, sign_note
from regdocs.audit.placing import Placed, PlacedEntry, Placing, Record, RecordRefused
from regdocs.audit.standing import (
    HeadMoved,
    HeadRefused,
    Rotation,
    Standing,
    Stray,
    log_of,
    own_records,
    placed_on,
    rehearse,
    rehearse_creation,
    require_name,
    standing_of,
    stray_of,
)
from regdocs.audit.tail import empty_tail, remember
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
    "refuse_log",
    "rehearse",
    "rehearse_creation",
]


class NotConfirmed(Refusal):
    """The disk did not confirm the last step: the entries may be recorded, or may not."""


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
    rotation = rotation or Rotation()
    with log_of(folder) as log:
        standing = standing_of(folder, log, signer, rotation, expected)
        disk.remove(folder.starting)  # there is a head, so the log is begun
        _keep_joining_head(folder, standing)
        placing = standing.placed(records, at)
        write = _Write(folder, log, standing.tail.end, standing.stray, standing.note)
        return write.commit(placing, standing.head.origin, (signer, *rotation.also), objects or {})


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
        refuse_log(folder)
        disk.write_new(folder.starting, b"")
        disk.sync_folder(folder.path)
        with disk.opened(folder.log, write=True, create=True) as log:
            stray = stray_of(log, 0)
            placing = placed_on(empty_tail(), (*records, *own_records(stray)), at)
            origin = _origin_in(placing.entries)
            head = _Write(folder, log, 0, stray, None).commit(placing, origin, (signer,), objects or {})
        with suppress(disk.DiskRefuses):  # the next append deletes it too
            disk.remove(folder.starting)
        return head


def _keep_joining_head(folder: LogFolder, standing: Standing) -> None:
    """Keep the head so far when two signed it: it joins the log's keys, and the next checkpoint takes its place.

    Who brings a new key keeps that head at once; this is for when they were interrupted between the two.
    """
    if len(parse_note(standing.note).signatures) > 1:
        folder.keep_note(standing.head.size, standing.note)


def refuse_log(folder: LogFolder) -> None:
    """Refuse to begin where a log has begun, or has lost its checkpoint. Raises Refusal."""
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


@dataclass(frozen=True, slots=True)
class _Write:
    """One append on its way to the disk, behind byte `end` of the log, whose checkpoint was `note` so far."""

    folder: LogFolder
    log: disk.OpenFile
    end: int
    stray: Stray | None
    note: bytes | None

    def commit(
        self, placing: Placing, origin: str, signers: Sequence[Signer], objects: Mapping[str, bytes]
    ) -> Checkpoint:
        """Write objects, lines and checkpoint, in this order, each safely on disk before the next."""
        if not placing.lines:
            raise RecordRefused("there is nothing to record")
        require_name(signers[0], origin)
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
