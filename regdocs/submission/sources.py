"""A package as somebody gave it: a zip that is read where it lies, or a folder. Nothing is unpacked.

Says which files there are, with digests, and what is odd about the whole; what they should be is judged elsewhere.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from regdocs.audit.line import MAX_LINE
from regdocs.audit.names import problem_of_path
from regdocs.errors import Refusal
from regdocs.submission.archive import MAX_FILES, Part
from regdocs.submission.archive_reading import NotThisForm, stored_files


@dataclass(frozen=True, slots=True)
class There:
    """A file of a package: digest in hex, length, the file on disk that has it, and where in that it begins."""

    sha256: str
    size: int
    place: Path
    offset: int = 0


class Source(Protocol):
    """A package as it was given.

    Attributes:
        files: What is there, by path.
        problems: What is wrong with its form, in words.
        stopped: Whether reading had to stop, so that there may be more files.
    """

    files: dict[str, There]
    problems: list[str]
    stopped: bool


class ZipSource:
    """A package as a zip."""

    def __init__(self, place: Path) -> None:
        self.files: dict[str, There] = {}
        self.problems: list[str] = []
        self.stopped = False
        try:
            with place.open("rb") as file:
                for one in stored_files(file, self.problems):
                    self.files[one.path] = There(one.sha256, one.size, place, one.offset)
        except NotThisForm as error:
            self.problems.append(f"the archive: {error}")
            self.stopped = True
        except OSError as error:
            raise Refusal(f'"{place}" cannot be read: {error.strerror or error}') from error


class FolderSource:
    """A package as a folder. Links and special files are no files of it."""

    def __init__(self, place: Path) -> None:
        self.files: dict[str, There] = {}
        self.problems: list[str] = []
        self.stopped = False
        for path, status in _below(place):
            if len(self.files) + len(self.problems) == MAX_FILES:
                self.problems.append(f"the folder has more than {MAX_FILES:,} files")
                return
            if problem := problem_of_path(path):
                self.problems.append(f"no file may be called {path!a}: {problem}")
            elif not stat.S_ISREG(status.st_mode):
                self.problems.append(f'"{path}" is a link or no plain file')
            else:
                self.files[path] = _measured(place, path)


def _measured(top: Path, path: str) -> There:
    """Return a file with its digest. Raises Refusal where it cannot be read."""
    try:
        digest, size = Part(path, top / path).measured()
    except OSError as error:
        raise Refusal(f'"{path}" cannot be read: {error.strerror or error}') from error
    return There(digest, size, top / path)


def _below(top: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield all that is no folder, by its path; links are not followed. Raises Refusal."""
    waiting = [""]
    try:
        while waiting:
            within = waiting.pop()
            for one in sorted(os.scandir(top / within), key=lambda entry: entry.name):
                path = f"{within}/{one.name}" if within else one.name
                if one.is_dir(follow_symlinks=False):
                    waiting.append(path)
                else:
                    yield path, one.stat(follow_symlinks=False)
    except OSError as error:
        raise Refusal(f'"{top}" cannot be read: {error.strerror or error}') from error


def read_whole(source: Source, path: str, limit: int) -> bytes | None:
    """Return the bytes of a file; None when it is not there or has more than `limit`."""
    one = source.files.get(path)
    if one is None or one.size > limit:
        return None
    with one.place.open("rb") as file:
        file.seek(one.offset)
        return file.read(one.size)


def lines_in(source: Source, path: str, place: int = 0) -> Iterator[bytes]:
    """Yield the lines of a file from byte `place` on, each with its LF; one that is too long ends the reading."""
    one = source.files.get(path)
    if one is None:
        return
    with one.place.open("rb") as file:
        file.seek(one.offset + place)
        yield from _split(file, one.size - place)


def _split(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0:
        line = file.readline(min(MAX_LINE + 1, left))
        left -= len(line)
        if not line:
            return
        yield line
        if len(line) > MAX_LINE:
            return
