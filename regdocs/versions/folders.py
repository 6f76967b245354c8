"""`issued/<version>/clean/`: the documents of a version as they were issued, laid down once and never written over.

Knows folders and bytes; the log says which files these are. A folder that is not there is no fault: everything in it
can be laid out again from the log's store.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from regdocs.atomic import place_tree, recover_tree, stage_folder, write_atomic
from regdocs.audit.names import is_version_name
from regdocs.errors import Refusal

ISSUED, CLEAN = "issued", "clean"


def clean_folder(study: Path, version: str) -> Path:
    """Return where the documents of a version lie, or would lie."""
    return study / ISSUED / version / CLEAN


def demand_room(study: Path, version: str) -> None:
    """See, before a version is recorded, that its folder can be laid down.

    Raises:
        Refusal: The version cannot be the name of a folder, there is one already, or a folder on the way is a link.
    """
    if not is_version_name(version):
        allowed = "letters a-z and A-Z, digits, spaces and . _ ( ) + -; 60 characters, a letter or digit first"
        raise Refusal(f"version {version!a} cannot be the name of a folder: it may have {allowed}")
    _refuse_links(study, version)
    target = clean_folder(study, version)
    if os.path.lexists(target):
        raise Refusal(f'"{target}" is there already, and no such version is recorded; move it away')


def lay_down(study: Path, version: str, files: Mapping[str, bytes]) -> Path:
    """Put the documents of a version in their folder, all of them or none, and return it.

    Raises:
        Refusal: A folder on the way is a link.
        CannotWrite: The folder is there already, or the system refuses.
    """
    _refuse_links(study, version)
    target = clean_folder(study, version)
    recover_tree(target)
    staged = stage_folder(target)
    try:
        write_files(staged, files)
        place_tree(staged, target)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return target


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
