"""`issued/<version>/`: what a version issued, laid down once and never written over.

Documents lie in `clean/`, redlines in `redline-from-<version>/`. Knows folders and bytes; the log says which files
these are. A folder that is not there is no fault: everything in it can be laid out again from the log's store.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from regdocs.atomic import place_tree, recover_tree, stage_folder, write_atomic
from regdocs.audit import not_for_use
from regdocs.audit.issues import is_redline, place_of
from regdocs.audit.names import is_version_name
from regdocs.errors import Refusal

ISSUED, CLEAN = "issued", "clean"


def clean_folder(study: Path, version: str) -> Path:
    """Return where the documents of a version lie, or would lie."""
    return study / ISSUED / version / CLEAN


def demand_room(study: Path, version: str) -> None:
    """See, before a version is recorded, that its folders can be laid down.

    Raises:
        Refusal: The version cannot be the name of a folder, a folder of its is there, or one on the way is a link.
    """
    if not is_version_name(version):
        allowed = "letters a-z and A-Z, digits, spaces and . _ ( ) + -; 60 characters, a letter or digit first"
        raise Refusal(f"version {version!a} cannot be the name of a folder: it may have {allowed}")
    _refuse_links(study, version)
    folder = study / ISSUED / version
    for name in sorted(os.listdir(folder)) if folder.is_dir() else ():
        if name == CLEAN or is_redline(name + "/"):
            raise Refusal(f'"{folder / name}" is there already, and no such version is recorded; move it away')


def lay_down(study: Path, version: str, files: Mapping[str, bytes]) -> Path:
    """Put what a version issued in its folders, each of them whole or not at all, and return the one of documents.

    That one is last: where it is, the others are too. What forbids their use lies beside them.

    Args:
        study: The study's folder.
        version: Name of the version.
        files: By path as the entry has them.

    Raises:
        Refusal: A folder on the way is a link.
        CannotWrite: A folder is there already, or the system refuses.
    """
    _refuse_links(study, version)
    folder = study / ISSUED / version
    for name, own in _by_folder(files).items():
        _place(folder / name, own)
    _forbid_use(folder / not_for_use.FILE)
    return clean_folder(study, version)


def _forbid_use(place: Path) -> None:
    """Put down what says that nothing here is for use, unless it lies there."""
    if not place.is_file() or place.read_bytes() != not_for_use.TEXT:
        write_atomic(place, not_for_use.TEXT)


def missing_folders(study: Path, version: str, paths: Iterable[str]) -> frozenset[str]:
    """Return those of these paths, as an entry has them, whose folder is not there."""
    folder = study / ISSUED / version
    return frozenset(path for path in paths if not (folder / _folder_of(path)).is_dir())


def _by_folder(files: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    """Return the files of each folder by their path in it; redlines before the documents."""
    found: dict[str, dict[str, bytes]] = {}
    for path in sorted(files, key=lambda path: (not is_redline(path), path)):
        found.setdefault(_folder_of(path), {})[place_of(path).partition("/")[2]] = files[path]
    return found


def _folder_of(path: str) -> str:
    return place_of(path).partition("/")[0]


def _place(target: Path, files: Mapping[str, bytes]) -> None:
    recover_tree(target)
    staged = stage_folder(target)
    try:
        write_files(staged, files)
        place_tree(staged, target)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _refuse_links(study: Path, version: str) -> None:
    for folder in (study / ISSUED, study / ISSUED / version):
        if folder.is_symlink():
            raise Refusal(f'"{folder}" is a link; issued documents lie in the study itself')


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by path below a folder of ours.

    Raises:
        CannotWrite: The system refuses.
    """
    for path, data in files.items():
        place = folder / path
        os.makedirs(place.parent, exist_ok=True)
        write_atomic(place, data)
