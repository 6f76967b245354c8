"""Files and output folders that are there whole or not at all, also after a crash or a full disk.

Knows files, folders and their order of renaming; does not know what is in them. Everything that regdocs writes goes
through this module.

A folder is exchanged in four steps, so that at each moment the old or the new one stands whole under one of two names:

    .out.staged-1f…   is filled, then brought to disk           crash here: `out` is the old one; staged is rubbish
    out               → .out.previous                           crash here: `recover_tree` puts it back
    .out.staged-1f…   → out                                     crash here: `out` is the new one
    .out.previous     → .out.discarded-1f…, which is deleted    crash here: `out` is the new one; discarded is rubbish

Two renames and not one exchange, because only some systems can exchange. `.out.previous` is never half deleted.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from regdocs.errors import Refusal


class CannotWrite(Refusal):
    """A file or folder could not be written; what stood there before still stands there."""


def write_atomic(path: Path, data: bytes) -> None:
    """Write the file whole, or leave what was there; the folder has to be there.

    The new file has the usual permissions (0666 less the umask), as if written plainly.

    Raises:
        CannotWrite: The path is a symbolic link or a folder, or the system refuses (rights, space).
    """
    write_atomic_by(path, lambda file: file.write(data))


def write_atomic_by(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file, which may be too large for memory, piece by piece; else as `write_atomic`."""
    _refuse_link(path)
    temporary = path.with_name(f".regdocs-{_unique()}.tmp")
    with _explained(path):
        try:
            _write_new(temporary, write)
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _sync_folder(path.parent)


def _unique() -> str:
    """Return what no other name has; the module `secrets` gives the same bytes, but takes as long to load as this."""
    return os.urandom(8).hex()


def stage_folder(target: Path) -> Path:
    """Make and return an empty folder beside `target`, to be filled and given to `replace_tree`.

    Folders above `target` are made if need be.

    Raises:
        CannotWrite: The target is a symbolic link or a file, or the system refuses.
    """
    _refuse_link(target)
    staged = _beside(target, f"staged-{_unique()}")
    with _explained(target):
        if target.exists() and not target.is_dir():
            raise CannotWrite(f'"{target}" is a file; a folder is to be written there')
        staged.mkdir(parents=True)
    return staged


def replace_tree(staged: Path, target: Path, *, marker: str) -> None:
    """Put the staged folder in the place of `target`; the old one is deleted.

    Args:
        staged: A folder from `stage_folder`, filled. It is gone afterwards.
        target: The folder to be replaced; it need not be there.
        marker: A file that only our own output has at its top ("manifest.json"). A folder with something in it and
            without this file is somebody else's and is refused.

    Raises:
        CannotWrite: As above, or the system refuses (on Windows: a file in the old folder is open). The old folder
            still stands then, and the staged one is left for the caller.
    """
    _refuse_link(target)
    recover_tree(target, keep=staged)
    refuse_foreign(target, marker)
    with _explained(target):
        _sync_tree(staged)
        _exchange(staged, target)
        _discard(_beside(target, "previous"), target)


def place_tree(staged: Path, target: Path) -> None:
    """Give the staged folder the name `target`, where nothing is; it is never written over.

    Raises:
        CannotWrite: Something is there, or the system refuses; the staged folder is left for the caller.
    """
    if os.path.lexists(target):
        raise CannotWrite(f'"{target}" is there already, and is not written over')
    with _explained(target):
        _sync_tree(staged)
        os.rename(staged, target)
        _sync_folder(target.parent)


def refuse_foreign(target: Path, marker: str) -> None:
    """Refuse a folder that has something in it and is not our output.

    Raises:
        CannotWrite: `target` is a folder with content and without the file `marker`.
    """
    if target.is_dir() and not (target / marker).is_file() and any(target.iterdir()):
        raise CannotWrite(f'"{target}" has files in it but no {marker}, so it is not our output; choose another folder')


def recover_tree(target: Path, *, keep: Path | None = None) -> bool:
    """Bring `target` back to a whole state after a crash; tell whether the old folder had to be put back.

    Also deletes what a crashed run left beside it, but `keep`. Two runs for one target at the same time are not
    looked after here: the caller lets only one in.
    """
    previous = _beside(target, "previous")
    put_back = False
    with _explained(target):
        if previous.is_dir() and not target.exists():
            os.rename(previous, target)
            _sync_folder(target.parent)
            put_back = True
        _discard(previous, target)
        for left in _left_behind(target):
            if left != keep:
                _delete(left)
    return put_back


def _write_new(path: Path, write: Callable[[BinaryIO], object]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


def _exchange(staged: Path, target: Path) -> None:
    previous = _beside(target, "previous")
    if not target.exists():
        os.rename(staged, target)
    else:
        os.rename(target, previous)
        try:
            os.rename(staged, target)
        except BaseException:
            os.rename(previous, target)
            raise
    _sync_folder(target.parent)


def _discard(folder: Path, target: Path) -> None:
    """Delete a folder; under its own name it is never half there."""
    if folder.is_dir():
        rubbish = _beside(target, f"discarded-{_unique()}")
        os.rename(folder, rubbish)
        # A file that another program holds open does not undo the new output; the next run deletes the rest.
        _delete(rubbish, ignore_errors=True)


def _left_behind(target: Path) -> list[Path]:
    if not target.parent.is_dir():
        return []
    starts = tuple(_beside(target, part).name for part in ("staged-", "discarded-"))
    return sorted(path for path in target.parent.iterdir() if path.name.startswith(starts) and path.is_dir())


def _beside(target: Path, part: str) -> Path:
    if target.name in ("", ".."):  # ".", "/" and "..": no name to rename
        raise CannotWrite(f'"{target}" cannot be replaced as a whole; name a folder in it')
    return target.with_name(f".{target.name}.{part}")


def _sync_tree(folder: Path) -> None:
    for parent, _, names in os.walk(folder):
        for name in names:
            _sync_file(os.path.join(parent, name))
        _sync_folder(Path(parent))


def _sync_file(path: str) -> None:
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return  # opening a pipe would wait for ever, and a link may lead nowhere
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Bring the names in a folder to disk, where the system can: Windows cannot open a folder."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems refuse this one call
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_link(path: Path) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):  # writing will say so
        if stat.S_ISLNK(os.lstat(path).st_mode):
            raise CannotWrite(f'"{path}" is a symbolic link; name the place itself, or delete the link')


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(f'cannot write "{path}": {error.strerror or error}') from error


def _delete(folder: Path, ignore_errors: bool = False) -> None:
    import shutil  # here, because it brings three kinds of compression and most calls of the program delete nothing

    shutil.rmtree(folder, ignore_errors=ignore_errors)
