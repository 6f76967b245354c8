"""What a verification reads: the log's lines, its checkpoint, kept heads, objects, sealed values and issued files.

`Evidence` is what `verify` asks for; `FolderEvidence` feeds it from a study's folder. Everything there may have been
put there by anyone: no link is followed, no special file is opened, nothing is read beyond a bound. Judges nothing.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

from regdocs.audit.line import MAX_LINE
from regdocs.audit.packed import NotPacked, unpack

MAX_NOTE = 65_536
MAX_OBJECT = 64 * 1024 * 1024
MAX_HEADS = 10_000
DEEPEST = 32
"""Folders in one another below `issued/` that are looked at."""
_EVERY = 64
_CHUNK = 1 << 20
_HEAD = re.compile(r"([1-9][0-9]{0,14})\.note")


class Evidence(Protocol):
    """What `verify` reads.

    `whole` is whether all is to be there that entries name: not so in a package, which has the lines alone.
    """

    @property
    def whole(self) -> bool: ...

    def lines(self, start: int = 0, place: int = 0) -> Iterator[bytes]:
        """Yield each line from number `start` on, which begins at byte `place`, with its LF; the last may lack it.

        A line that is too long ends the reading.
        """

    def length(self) -> int:
        """Return how many bytes the log has; 0 when it is not there."""

    def line(self, n: int) -> bytes | None:
        """Return line `n` without its LF, of those already yielded; None when it is not there."""

    def checkpoint(self) -> bytes | None:
        """Return the newest checkpoint's bytes, or None."""

    def head_sizes(self) -> tuple[int, ...]:
        """Return the sizes under which heads are kept, in order."""

    def head(self, size: int) -> bytes | None:
        """Return the head kept under that size."""

    def token(self, size: int) -> bytes | None:
        """Return the RFC 3161 token kept beside that head."""

    def object(self, sha256: str) -> bytes | None:
        """Return what is kept under this digest, unchecked; None when it is missing or larger than `MAX_OBJECT`."""

    def object_digest(self, sha256: str) -> str | None:
        """Return the digest of what is kept under this name; None when it is missing."""

    def sealed(self, sha256: str) -> bytes | None:
        """Return the content of a sealed value, or None."""

    def issued(self) -> tuple[str, ...]:
        """Return the path of everything below `issued/`, each folder with a / behind it.

        A link and a folder that cannot be read come without one, and so do folders deeper than `DEEPEST`: nothing
        below them is looked at. "" stands for an `issued` that is itself no folder; () when there is none.
        """

    def issued_digest(self, path: str) -> str | None:
        """Return the digest of a file below `issued/`; None when it is no plain file."""


class FolderEvidence:
    """Evidence from a study's folder: `audit/` in it and, where they are there, `issued/`.

    A log whose folder has another name, or lies apart, is given as `audit`; without `study` no issued files are looked
    at. Keeps the place of each 64th line, so that an earlier line is found without keeping them all.
    """

    whole = True

    def __init__(self, study: Path | None, audit: Path | None = None) -> None:
        if audit is None:
            assert study is not None, "a study's folder or a log's"
            audit = study / "audit"
        if audit.is_symlink():  # counts as missing: there is nothing below what is no folder
            audit = Path(os.devnull) / "audit"
        self._study, self._audit, self._log = study, audit, audit / "log.jsonl"
        self._places: dict[int, int] = {0: 0}

    def lines(self, start: int = 0, place: int = 0) -> Iterator[bytes]:
        """See `Evidence`. The file is read in pieces, so memory does not grow with it."""
        with _opened(self._log) as file:
            if file is None:
                return
            file.seek(place)
            for n, line in enumerate(_split(file), start):
                if n % _EVERY == 0:
                    self._places[n] = place
                place += len(line)
                yield line
                if len(line) > MAX_LINE:
                    return

    def length(self) -> int:
        """See `Evidence`."""
        with _opened(self._log) as file:
            return 0 if file is None else os.fstat(file.fileno()).st_size

    def line(self, n: int) -> bytes | None:
        """See `Evidence`."""
        nearest = n - n % _EVERY
        while nearest not in self._places:  # what an earlier verification read was not read by this one
            nearest -= _EVERY
        with _opened(self._log) as file:
            if file is None:
                return None
            file.seek(self._places[nearest])
            for number, line in enumerate(_split(file), nearest):
                if number == n:
                    return line.removesuffix(b"\n")
        return None

    def checkpoint(self) -> bytes | None:
        """See `Evidence`."""
        return _read(self._audit / "checkpoint", MAX_NOTE)

    def head_sizes(self) -> tuple[int, ...]:
        """See `Evidence`. Other names than `<number>.note` are passed over."""
        found = map(_HEAD.fullmatch, _names(self._audit / "heads"))
        return tuple(sorted(int(match[1]) for match in found if match)[:MAX_HEADS])

    def head(self, size: int) -> bytes | None:
        """See `Evidence`."""
        return _read(self._audit / "heads" / f"{size}.note", MAX_NOTE)

    def token(self, size: int) -> bytes | None:
        """See `Evidence`."""
        return _read(self._audit / "heads" / f"{size}.tsr", MAX_NOTE)

    def object(self, sha256: str) -> bytes | None:
        """See `Evidence`. One that cannot be unpacked is b"", which has no digest that an entry would name."""
        place = self._audit / "objects" / sha256
        data = _read(place, MAX_OBJECT)
        return _unpacked(place.with_suffix(".gz")) if data is None and not os.path.lexists(place) else data

    def object_digest(self, sha256: str) -> str | None:
        """See `Evidence`."""
        place = self._audit / "objects" / sha256
        if os.path.lexists(place):
            return _digest(place)
        data = _unpacked(place.with_suffix(".gz"))
        return None if data is None else hashlib.sha256(data).hexdigest()

    def sealed(self, sha256: str) -> bytes | None:
        """See `Evidence`."""
        return _read(self._audit / "sealed" / sha256, MAX_OBJECT)

    def issued(self) -> tuple[str, ...]:
        """See `Evidence`."""
        top = None if self._study is None else self._study / "issued"
        return () if top is None or not os.path.lexists(top) else tuple(_below(top))

    def issued_digest(self, path: str) -> str | None:
        """See `Evidence`."""
        return None if self._study is None else _digest(self._study / "issued" / path)


def _below(top: Path) -> Iterator[str]:
    waiting = [""]
    while waiting:
        path = waiting.pop()
        names = _entries(top / path) if path.count("/") < DEEPEST else None
        if names is None:
            yield path
            continue
        within = f"{path}/" if path else ""
        yield from [within] if within else []
        waiting += [within + name for name in names]


def _entries(folder: Path) -> list[str] | None:
    """Return what is in a folder; None of what is none, is a link, or cannot be read."""
    try:
        return None if folder.is_symlink() or not folder.is_dir() else sorted(os.listdir(folder))
    except OSError:
        return None


def _split(file: BinaryIO) -> Iterator[bytes]:
    """Return the lines of a file with their LF; one longer than a line may be comes in pieces that are too long."""
    return iter(partial(file.readline, MAX_LINE + 1), b"")


class _opened:
    """Open a regular file, not through a link; gives None when it is not there or is something else."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def __enter__(self) -> BinaryIO | None:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            if os.path.islink(self._path) or os.path.islink(self._path.parent):
                return None
            descriptor = os.open(self._path, flags)
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # a pipe would let us wait for ever
            os.close(descriptor)
            return None
        self._file = os.fdopen(descriptor, "rb")
        return self._file

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


def _read(path: Path, limit: int) -> bytes | None:
    with _opened(path) as file:
        # Python sets aside as many bytes as it is asked to read, so it is not asked for the limit.
        data = None if file is None else file.read(min(os.fstat(file.fileno()).st_size, limit) + 1)
    return None if data is None or len(data) > limit else data


def _digest(path: Path) -> str | None:
    with _opened(path) as file:
        if file is None:
            return None
        digest = hashlib.sha256()
        while piece := file.read(_CHUNK):
            digest.update(piece)
        return digest.hexdigest()


def _unpacked(path: Path) -> bytes | None:
    data = _read(path, MAX_OBJECT)
    try:
        return None if data is None else unpack(data, MAX_OBJECT)
    except NotPacked:
        return b""


def _names(folder: Path) -> list[str]:
    try:
        return [] if folder.is_symlink() else sorted(os.listdir(folder))
    except OSError:
        return []
