"""The output folder: what lies in it, and laying a new state down in one step.

Files that are not ours (notes that somebody put there) are carried over as they are. Whatever lies in the folder, and
what its manifest says, may have been put there by anyone. Knows files, not documents.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NoReturn

from regdocs.atomic import CannotWrite, refuse_foreign, replace_tree, stage_folder, write_atomic
from regdocs.audit import not_for_use
from regdocs.build.manifest import FILE, Manifest
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal

# Folders of a study that hold what people wrote or what was recorded; no build may land there.
_NOT_FOR_OUTPUT = ("templates", "translations", "audit", "issued", "current")


def refuse_output(out: Path, study: Path, marker: str = FILE, own: str | None = None) -> None:
    """See that the output folder is one that may be replaced: empty, or ours by its `marker`. Nothing is written.

    `own` is the folder of the study that the caller alone writes to, which is not for anybody else's output.

    Raises:
        Refusal: It is a link, holds the study itself, or has files that no build of ours has made.
    """
    if out.is_symlink():
        raise Refusal(f'the output folder "{out}" is a link; name the folder itself')
    place, home = _resolved(out), study.resolve()
    if home.is_relative_to(place):
        raise Refusal(f'the output folder "{out}" holds the study itself; choose a folder of its own, such as "out"')
    for name in _NOT_FOR_OUTPUT:
        if name != own and place.is_relative_to(home / name):
            raise Refusal(f'"{name}" of the study is not for output; choose a folder of its own, such as "out"')
    if out.exists() and not out.is_dir():
        raise Refusal(f'the output folder "{out}" is a file; choose another name')
    refuse_foreign(out, marker)


def digests_of(out: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the digest of each of these files that lies in the output folder; links and special files do not count."""
    found = {}
    for path in paths:
        file = _regular_file(out, path)
        try:
            if file is not None:
                with open(file, "rb", buffering=0) as opened:
                    found[path] = sha256_hex(opened.read())
        except OSError:
            continue  # gone, or not readable: it will be made again
    return found


def lay_out(out: Path, printed: Mapping[str, bytes], manifest: Manifest, removed: Iterable[str]) -> None:
    """Put printed documents, untouched files, the manifest and what forbids use into the output folder, in one step.

    Raises:
        Refusal: Something of somebody else is in the way, or the system does not let us; the old output still stands.
    """
    import shutil  # here and below, because a build with nothing to do needs none of it

    _refuse_in_the_way(out, printed)
    staged = stage_folder(out)
    try:
        _carry_over(out, staged, {*printed, *removed, FILE, not_for_use.FILE})
        for path, data in {**printed, not_for_use.FILE: not_for_use.TEXT}.items():
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            write_atomic(staged / path, data)
        write_atomic(staged / FILE, manifest.to_bytes())
        replace_tree(staged, out, marker=FILE)
    except (OSError, CannotWrite) as error:
        shutil.rmtree(staged, ignore_errors=True)
        _refuse_in_words(out, error)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise Refusal(f'"{path}" cannot be followed: its links lead nowhere') from error


def _regular_file(out: Path, path: str) -> str | None:
    """Return the file at a path from a manifest, which anyone may have edited; None unless it lies inside `out`."""
    parts = path.split("/")
    if not {"", ".", ".."}.isdisjoint(parts) or "\\" in path or ":" in path or "\0" in path:
        return None
    place = os.fspath(out)
    for part in parts:
        place = f"{place}{os.sep}{part}"
        if os.path.islink(place):
            return None
    return place if os.path.isfile(place) else None


def _refuse_in_the_way(out: Path, printed: Iterable[str]) -> None:
    """Refuse when a folder is needed where somebody put a file or a link, or the other way round: it is not ours."""
    folders = {parent.as_posix() for path in printed for parent in PurePosixPath(path).parents}
    for path in sorted(folders - {"."}):
        place = out / path
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise Refusal(f'"{place}" is in the way: a folder of documents goes there; move it away')
    for path in printed:
        if (out / path).is_dir() and not (out / path).is_symlink():
            raise Refusal(f'"{out / path}" is in the way: a document goes there; move the folder away')


def _carry_over(out: Path, staged: Path, replaced: set[str]) -> None:
    def cannot_list(error: OSError) -> NoReturn:
        raise error

    if not out.is_dir():
        return  # a first build
    for folder, folders, names in os.walk(out, onerror=cannot_list) if out.is_dir() else ():
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        here = Path(folder).relative_to(out)
        if not folders and not names:
            (staged / here).mkdir(parents=True, exist_ok=True)
        for name in (*names, *links):
            if (here / name).as_posix() not in replaced:
                _copy(Path(folder) / name, staged / here / name)


def _copy(old: Path, new: Path) -> None:
    """Put the same file there: a second name for it where the file system can, else a copy; links stay links."""
    import shutil

    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        if not old.is_symlink() and not old.is_file():
            raise  # a pipe or a device has no content to copy
        shutil.copy2(old, new, follow_symlinks=False)


def _refuse_in_words(out: Path, error: OSError | CannotWrite) -> NoReturn:
    reason = error if isinstance(error, OSError) else error.__cause__
    said = str(error) if isinstance(error, CannotWrite) else f'cannot write "{out}": {error.strerror or error}'
    if isinstance(reason, PermissionError):
        said += "; a document in it may be open in another program: close it and build again"
    raise Refusal(f"{said}. What lay there before still lies there.") from error
