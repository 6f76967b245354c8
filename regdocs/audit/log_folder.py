"""The folder of one log, `audit/`: its head, its lines, its kept heads, and the lock.

Knows which file is which (docs/formats/audit-log.md); does not know what entries mean, and judges nothing: what it
returns has not been verified. `append.py` is what writes lines.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from regdocs.audit import disk
from regdocs.audit.checkpoint import Checkpoint, parse_checkpoint
from regdocs.audit.log_lines import LogLines
from regdocs.audit.note import MAX_NOTE, parse_note
from regdocs.audit.store import ObjectStore, SealedStore
from regdocs.errors import Refusal

WAIT_SECONDS = 30.0

_LARGEST_TOKEN = 65_536
_HEAD = re.compile(r"([1-9][0-9]{0,15})\.note")


class LogBusy(Refusal):
    """Somebody else is writing the log."""


class LogFolder:
    """The folder of a log; it need not be there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.log = path / "log.jsonl"
        self.checkpoint = path / "checkpoint"
        self.new = path / ".new"  # what is being written and will be renamed; under the lock there is one at a time
        self.starting = path / ".starting"  # while a log is begun: what is there was never acknowledged
        self.frontier = path / ".frontier"  # what the writer remembers of the tree; see tail.py
        self.objects = ObjectStore(path / "objects")
        self.sealed = SealedStore(path / "sealed")
        self._heads = path / "heads"
        self._lines = LogLines(self.log)

    # ---------------------------------------------------------------------------------------------------- reading

    def head_note(self) -> bytes | None:
        """Return the bytes of the newest checkpoint, or None when there is none.

        Raises:
            OddFile: What stands there is no plain file, or too large.
            DiskRefuses: The system refuses.
        """
        return disk.read_file(self.checkpoint, MAX_NOTE)

    def head(self) -> Checkpoint | None:
        """Return the newest checkpoint, or None; whether its signature holds is not looked at.

        Raises:
            NotANote, NotACheckpoint: It cannot be read.
            OddFile, DiskRefuses: As `head_note`.
        """
        note = self.head_note()
        return None if note is None else parse_checkpoint(parse_note(note).text)

    def lines(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield lines as they stand, without their LF, from number `start` up to and without `stop`.

        Without `stop` up to the checkpoint's size: what lies beyond was never acknowledged. Fewer come when the file
        has fewer. A line too long is yielded cut, as the last (`LogLines.between`).

        Raises:
            As `head`, and NotThere when there is no log.
        """
        return self._lines.between(start, self._size() if stop is None else stop)

    def line(self, n: int) -> bytes:
        """Return one line, without its LF; the way to it is short, wherever in the log it is.

        Raises:
            Refusal: The log has no such line up to its checkpoint.
            As `head`, and NotThere when there is no log.
        """
        if 0 <= n < self._size():
            for line in self._lines.between(n, n + 1):
                return line
        raise Refusal(f'there is no entry {n} in "{self.log}"')

    def beyond(self) -> int:
        """Return how many bytes lie after the lines that the checkpoint covers; 0 also when there are fewer lines."""
        end = self._lines.end_of(self._size())
        if end is None:
            return 0
        with disk.opened(self.log) as file:
            return file.size - end

    def _size(self) -> int:
        head = self.head()
        return 0 if head is None else head.size

    # ------------------------------------------------------------------------------------------------------ heads

    def heads(self) -> tuple[int, ...]:
        """Return the tree sizes of the heads kept in `heads/`, in order; other names there are passed over."""
        found = (_HEAD.fullmatch(name) for name in disk.names_in(self._heads))
        return tuple(sorted(int(match[1]) for match in found if match))

    def kept_head(self, size: int) -> bytes | None:
        """Return the note of a kept head, or None."""
        return disk.read_file(self._heads / f"{size}.note", MAX_NOTE)

    def token(self, size: int) -> bytes | None:
        """Return the RFC 3161 token over a kept head, or None."""
        return disk.read_file(self._heads / f"{size}.tsr", _LARGEST_TOKEN)

    def keep_head(self) -> int:
        """Keep the newest checkpoint in `heads/` and return its size; one that is kept already stays as it is.

        Raises:
            Refusal: There is no checkpoint, or a head of this size with another text is kept: a fork.
            As `head`.
        """
        with self.locked():
            head, note = self.head(), self.head_note()
            if head is None or note is None:
                raise Refusal(f'there is no checkpoint in "{self.path}" that could be kept')
            self.keep_note(head.size, note)
            return head.size

    def keep_note(self, size: int, note: bytes) -> None:
        """Keep the head of that size, unless it is kept; the caller holds the lock. Raises as `keep_head`."""
        if not self._has_same(size, note):
            self._put(self._heads / f"{size}.note", note)

    def put_head(self, size: int, note: bytes) -> None:
        """Keep a head with the cosignatures that came back, in place of the one kept at that size.

        Raises:
            Refusal: It has another text than the one that is kept.
            NotANote, NotACheckpoint: It cannot be read, or is of another size.
        """
        if parse_checkpoint(parse_note(note).text).size != size:
            raise Refusal(f"this is not a head of size {size}")
        with self.locked():
            self._has_same(size, note)
            self._put(self._heads / f"{size}.note", note)

    def put_token(self, size: int, token: bytes) -> None:
        """Keep an RFC 3161 token over the head of that size."""
        with self.locked():
            self._put(self._heads / f"{size}.tsr", token)

    def _has_same(self, size: int, note: bytes) -> bool:
        kept = self.kept_head(size)
        if kept is not None and parse_note(kept).text != parse_note(note).text:
            raise Refusal(f'"{self._heads / f"{size}.note"}" is another head of the same size; run "regdocs verify"')
        return kept is not None

    def _put(self, path: Path, data: bytes) -> None:
        disk.make_folder(path.parent)
        disk.write_new(self.new, data)
        disk.require_sole(path)
        disk.replace(self.new, path)
        disk.sync_folder(path.parent)

    # ------------------------------------------------------------------------------------------------------- lock

    @contextmanager
    def locked(self, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
        """Hold the log's lock: one process writes at a time; the system lets go when the process ends.

        Raises:
            LogBusy: Another process held it all that time.
            NotThere: There is no such folder.
            OddFile: The folder or the lock is a link, a pipe or the like.
            DiskRefuses: The system refuses.
        """
        from filelock import FileLock, Timeout

        disk.require_folder(self.path)
        path = self.path / ".lock"
        disk.require_sole(path)
        lock = FileLock(path)
        with disk.explained(path, "write"):
            try:
                lock.acquire(timeout=wait_seconds, poll_interval=0.005)
            except Timeout as error:  # which is an OSError too
                words = f'somebody else is writing the log "{self.path}"; try again when they are done'
                raise LogBusy(words) from error
        try:
            yield
        finally:
            with suppress(OSError):  # what was written is safe; the system frees the lock with the process
                lock.release()
