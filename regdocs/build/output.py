"""The output folder: what lies in it, and laying a new state down in one step.

Files that are not ours (notes that somebody put there) are carried over as they are. Knows files, not documents.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from regdocs.atomic import recover_tree, refuse_foreign, replace_tree, stage_folder, write_atomic
from regdocs.build.manifest import FILE, Manifest
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal


def ready_output(out: Path, study: Path) -> None:
    """See that the output folder is one that may be replaced; bring it back to a whole state after a crash.

    Raises:
        Refusal: It holds the study itself, or files that no build of ours has made.
    """
    if study.resolve().is_relative_to(out.resolve()):
        raise Refusal(f'the output folder "{out}" holds the study itself; choose a folder of its own, such as "out"')
    recover_tree(out)
    refuse_foreign(out, FILE)


def digests_of(out: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the digest of each of these files that lies in the output folder."""
    found = {}
    for path in paths:
        try:
            if _is_inside(path):
                found[path] = sha256_hex((out / path).read_bytes())
        except OSError:
            continue  # not there, or not readable: it will be made again
    return found


def lay_out(out: Path, printed: Mapping[str, bytes], manifest: Manifest, removed: Iterable[str]) -> None:
    """Put printed documents, untouched files and the manifest in the place of the output folder, in one step.

    Raises:
        Refusal: The system does not let us; the old output still stands.
    """
    staged = stage_folder(out)
    try:
        _carry_over(out, staged, {*printed, *removed, FILE})
        for path, data in printed.items():
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            write_atomic(staged / path, data)
        write_atomic(staged / FILE, manifest.to_bytes())
        replace_tree(staged, out, marker=FILE)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _is_inside(path: str) -> bool:
    """Tell whether a path from a manifest, which anyone may have edited, stays inside the output folder."""
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and "\\" not in path and ":" not in path


def _carry_over(out: Path, staged: Path, replaced: set[str]) -> None:
    for folder, _, names in os.walk(out):
        for name in names:
            old = Path(folder) / name
            path = old.relative_to(out).as_posix()
            if path not in replaced:
                _copy(old, staged / path)


def _copy(old: Path, new: Path) -> None:
    """Put the same file there: a second name for it where the file system can, else a copy; links stay links."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)
