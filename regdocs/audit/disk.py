"""The one seam between the audit log and the disk: plain files, opened with care, and brought to disk.

Knows files, folders, links and what systems do differently; does not know what is in a file. No link is followed, and
what stands in a place where a file is expected is looked at before it is opened: opening a pipe can wait for ever.
Every refusal of the system becomes `DiskRefuses`, so that nobody above sees an OSError.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from regdocs.errors import Refusal

CHUNK = 1 << 20

# No link as the last part of a path, and no waiting for a pipe; systems that lack a flag are looked after by `_look`.
_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# What file systems answer that cannot bring a folder to disk, and need not.
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)


class OddFile(Refusal):
    """Something else than a plain file or folder stands in the place of one: a link, a pipe, a second name."""


class DiskRefuses(Refusal):
    """The system refused to read or write: no right, no space, a fault of the disk."""


class NotThere(DiskRefuses):
    """There is no such file or folder."""


class OpenFile:
    """A plain file that is open; made by `opened`."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    @property
    def size(self) -> int:
        """How many bytes the file has now."""
        with explained(self.path, "read"):
            return os.fstat(self._descriptor).st_size

    def chunks(self, start: int = 0) -> Iterator[bytes]:
        """Yield the bytes from `start` to the end, a chunk at a time. One walk through an open file at a time."""
        with explained(self.path, "read"):
            os.lseek(self._descriptor, start, os.SEEK_SET)
        while chunk := self._read(CHUNK):
            yield chunk

    def read_at(self, start: int, count: int) -> bytes:
        """Return up to `count` bytes from `start`; fewer only where the file ends."""
        found = bytearray()
        with explained(self.path, "read"):
            os.lseek(self._descriptor, start, os.SEEK_SET)
        while len(found) < count and (chunk := self._read(count - len(found))):
            found += chunk
        return bytes(found)

    def status(self) -> os.stat_result:
        """Return what the system knows of the file that was opened: owner, mode, number of names."""
        with explained(self.path, "read"):
            return os.fstat(self._descriptor)

    def write_at(self, start: int, data: bytes) -> None:
        """Write all of the data from `start` on, however little of it the system takes at once."""
        left = memoryview(data)
        with explained(self.path, "write"):
            os.lseek(self._descriptor, start, os.SEEK_SET)  # Windows has no pwrite; the caller holds a lock
            while left:
                written = os.write(self._descriptor, left)
                if written == 0:  # no system should; without this we would write for ever
                    raise OSError(errno.EIO, "the system writes nothing")
                left = left[written:]

    def cut(self, size: int) -> None:
        """Let the file end at `size`."""
        with explained(self.path, "write"):
            os.ftruncate(self._descriptor, size)

    def sync(self) -> None:
        """Bring the file to disk."""
        with explained(self.path, "write"):
            os.fsync(self._descriptor)

    def _read(self, count: int) -> bytes:
        with explained(self.path, "read"):
            return os.read(self._descriptor, count)


@contextmanager
def opened(path: Path, *, write: bool = False, create: bool = False) -> Iterator[OpenFile]:
    """Open a plain file to read it, or with `write` to read and write it; with `create` it may be a new one.

    A file that is written may have no second name: somebody's other file would change with ours. To read, second names
    are allowed, as some backups are made of them.

    Raises:
        NotThere: There is no such file.
        OddFile: A link, a folder, a pipe or a device; with `write` also a hard link.
        DiskRefuses: The system refuses.
    """
    _look(path)
    flags = (os.O_RDWR if write else os.O_RDONLY) | (os.O_CREAT if create else 0) | _CAREFUL
    with explained(path, "write" if write else "read"):
        descriptor = os.open(path, flags, 0o666)
    try:
        _require_plain(path, descriptor, sole=write)
        yield OpenFile(path, descriptor)
    finally:
        with suppress(OSError):  # what had to reach the disk was synced before
            os.close(descriptor)


def read_file(path: Path, limit: int) -> bytes | None:
    """Return the whole of a plain file, or None when there is none.

    Raises:
        OddFile: As `opened`, or the file has more than `limit` bytes.
        DiskRefuses: The system refuses.
    """
    try:
        with opened(path) as file:
            data = file.read_at(0, limit + 1)
    except NotThere:
        return None
    if len(data) > limit:
        raise OddFile(f'"{path}" has more than {limit} bytes, which no such file of ours has')
    return data


def require_sole(path: Path) -> None:
    """Refuse what is there unless it is a plain file with one name; nothing being there is fine.

    Raises:
        OddFile: Something else stands there.
    """
    found = _look(path)
    if found is not None:
        _require_one_name(path, found)


def require_folder(path: Path) -> None:
    """Refuse what is there unless it is a folder, and not by way of a link.

    Raises:
        NotThere: Nothing is there.
        OddFile: Something else is there.
        DiskRefuses: The system refuses.
    """
    with explained(path, "read"):
        mode = os.lstat(path).st_mode
    if not stat.S_ISDIR(mode):
        raise OddFile(f'"{path}" is {_words(mode)}; it has to be a folder')


def make_folder(path: Path) -> None:
    """Make the folder and bring its name to disk, unless it is there. Raises what `require_folder` raises."""
    try:
        require_folder(path)
    except NotThere:
        with explained(path, "write"), suppress(FileExistsError):  # another process was quicker
            os.mkdir(path)
        require_folder(path)
        sync_folder(path.parent)


def names_in(path: Path) -> list[str]:
    """Return the names in a folder, sorted; [] when there is no such folder."""
    try:
        require_folder(path)
    except NotThere:
        return []
    with explained(path, "read"):
        return sorted(os.listdir(path))


def is_there(path: Path) -> bool:
    """Tell whether anything at all has this name. Raises DiskRefuses when the system refuses to say."""
    with explained(path, "read"):
        return os.path.lexists(path)


def write_new(path: Path, data: bytes) -> None:
    """Write a file anew and bring it to disk; what had the name (the rest of an interrupted write) goes.

    Its name is not yet safe: `sync_folder`.

    Raises:
        DiskRefuses: The system refuses; what was written so far is deleted if it can be.
    """
    remove(path)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _CAREFUL
    with explained(path, "write"):
        descriptor = os.open(path, flags, 0o666)
    try:
        file = OpenFile(path, descriptor)
        file.write_at(0, data)
        file.sync()
    except DiskRefuses:
        with suppress(OSError):
            os.unlink(path)
        raise
    finally:
        with suppress(OSError):
            os.close(descriptor)


def replace(new: Path, path: Path) -> None:
    """Let the file `new` have the name `path`, in place of what had it; all at once, but see `sync_folder`."""
    with explained(path, "write"):
        os.replace(new, path)


def remove(path: Path) -> None:
    """Delete a file, or a link itself; nothing being there is fine."""
    with explained(path, "write"), suppress(FileNotFoundError):
        os.unlink(path)


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to disk, where the system can: Windows cannot open a folder."""
    if os.name == "nt":
        return
    with explained(path, "write"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise
        finally:
            with suppress(OSError):
                os.close(descriptor)


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """Turn what the system refuses meanwhile into words: 'cannot write "audit/log.jsonl": No space left on device'."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotThere(f'"{path}" is not there') from error
    except OSError as error:
        raise DiskRefuses(f'cannot {doing} "{path}": {error.strerror or error}') from error


def _look(path: Path) -> os.stat_result | None:
    """Look at what is there without opening it: a plain file passes, nothing passes as None."""
    try:
        with explained(path, "read"):
            found = os.lstat(path)
    except NotThere:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise OddFile(f'"{path}" is {_words(found.st_mode)}; it has to be a plain file')
    return found


def _require_plain(path: Path, descriptor: int, *, sole: bool) -> None:
    """Look again at what was really opened: the name may have changed hands since `_look`."""
    with explained(path, "read"):
        found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise OddFile(f'"{path}" is {_words(found.st_mode)}; it has to be a plain file')
    if sole:
        _require_one_name(path, found)


def _require_one_name(path: Path, found: os.stat_result) -> None:
    if found.st_nlink > 1:
        raise OddFile(f'"{path}" has a second name (a hard link), so another file would change with it; copy it anew')


def _words(mode: int) -> str:
    kinds = {
        stat.S_IFLNK: "a symbolic link",
        stat.S_IFDIR: "a folder",
        stat.S_IFREG: "a file",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
    }
    return kinds.get(stat.S_IFMT(mode), "a device")
