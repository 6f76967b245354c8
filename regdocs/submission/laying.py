"""A package laid down: a folder to look at, and the same files as a zip to send."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from regdocs.atomic import CannotWrite, replace_tree, stage_folder, write_atomic_by
from regdocs.submission.archive import Part, write_archive
from regdocs.submission.manifest import JSON

FOLDER = "packages"


def free_places(out: Path, name: str, *, force: bool) -> tuple[Path, Path]:
    """Return the folder and the zip of a package; what lies there is written over only when it is said.

    Raises:
        CannotWrite: Something lies there, and nobody said that it may go.
    """
    folder, archive = out / name, out / f"{name}.zip"
    there = [place for place in (folder, archive) if place.exists()]
    if there and not force:
        raise CannotWrite(f'"{there[0]}" is there already; --force writes it anew, --out names another place')
    return folder, archive


def lay_package(folder: Path, archive: Path, parts: Iterable[Part]) -> None:
    """Write the folder and the zip; each is there whole or as it was.

    Raises:
        Refusal: As `write_archive`.
        CannotWrite: The system refuses, as Windows does while Word has a file open; or the folder is somebody else's.
    """
    listed = tuple(parts)
    staged = stage_folder(folder)
    try:
        for part in listed:
            place = staged / part.path
            place.parent.mkdir(parents=True, exist_ok=True)
            write_atomic_by(place, lambda file, part=part: file.writelines(part.blocks()))  # type: ignore[misc]
        replace_tree(staged, folder, marker=JSON)
        write_atomic_by(archive, lambda file: write_archive(file, listed))
    except CannotWrite as error:
        raise CannotWrite(f"{error}. Close what is open of it, in Word or Explorer, and try again") from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
