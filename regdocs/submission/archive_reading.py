"""Reading an archive that anybody may have sent: held, byte by byte, against the one form that we write.

Goes through the file once, from its start; nothing is unpacked to disk, and at most a megabyte is held. What has
another form is named, with its place; a file that holds is given on with its digest. An archive that somebody packed
anew has another form: whoever wants to look at its files unpacks it and names the folder.
"""

import hashlib
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from regdocs.audit.names import problem_of_path
from regdocs.errors import Refusal
from regdocs.submission.archive import (
    BLOCK,
    LOCAL,
    LOCAL_SIGN,
    MAX_FILES,
    Placed,
    end_of,
)

_LONGEST_NAME, _SHOWN = 1_000, 240  # bytes
_PACKED_ANEW = "it may have been packed anew; unpack it and name the folder to look at its files"


class NotThisForm(Refusal):
    """The archive, or what is left of it, has another form than the one that we write."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in an archive: its path, digest in hex, length, and the offset of its bytes."""

    path: str
    sha256: str
    size: int
    offset: int


def stored_files(file: BinaryIO, problems: list[str]) -> Iterator[Stored]:
    """Yield the files of an archive, in order; at the end the directory is held against them.

    Args:
        problems: Gets, in words, each name that may not be and each file that has another checksum than it says; what
            follows is read all the same.

    Raises:
        NotThisForm: What comes next has another form, or is cut off.
        OSError: It cannot be read.
    """
    whole = os.fstat(file.fileno()).st_size
    listed: list[Placed] = []
    folded: dict[str, str] = {}
    at = 0
    while (head := _read(file, at, LOCAL.size))[:4] == LOCAL_SIGN:
        placed = _placed(file, head, at, whole)
        path, problem = _path(placed, folded, listed[-1].name if listed else b"")
        if len(listed) == MAX_FILES:
            raise NotThisForm(f"it has more than {MAX_FILES:,} files")
        found, sound = _stored(file, placed, path)
        problems += [problem] if problem else []
        problems += [] if sound else [f'"{path}" has another checksum than its header says: one of the two was changed']
        if not problem:
            yield found
        listed.append(placed)
        at += len(placed.local()) + placed.size
    _demand_end(file, at, whole, end_of(listed))


def _placed(file: BinaryIO, head: bytes, at: int, whole: int) -> Placed:
    """Return what a local header says, if it is one of ours, byte by byte."""
    if len(head) < LOCAL.size:
        raise NotThisForm(f"it ends in the middle of a header, at byte {at:,}")
    crc, size, length = (LOCAL.unpack(head)[place] for place in (6, 7, 9))
    name = _read(file, at + LOCAL.size, min(length, _LONGEST_NAME))
    placed = Placed(name, crc, size, at)
    if placed.local() != head + name:
        raise NotThisForm(f"the header at byte {at:,} has another form than regdocs writes; {_PACKED_ANEW}")
    if at + len(placed.local()) + size > whole:
        raise NotThisForm(f'it is cut off in "{_shown(name)}"')
    return placed


def _path(placed: Placed, folded: dict[str, str], before: bytes) -> tuple[str, str | None]:
    """Return the path of a file, and why it may not have it: it would leave its folder, or be another elsewhere."""
    path = _shown(placed.name)
    if path.encode("utf-8", "replace") != placed.name and len(placed.name) <= _SHOWN:
        return path, f'the name "{path}" is not UTF-8'
    whole = placed.name.decode("utf-8", "backslashreplace")
    if problem := problem_of_path(whole):
        return path, f'no file may be called "{path}": {problem}'
    if (other := folded.get(whole.casefold())) is not None:
        return path, f'"{path}" and "{other}" are one file on some systems'
    folded[whole.casefold()] = path
    return whole, f'"{path}" stands out of order; {_PACKED_ANEW}' if placed.name < before else None


def _stored(file: BinaryIO, placed: Placed, path: str) -> tuple[Stored, bool]:
    """Return a file, and whether it has the checksum that its header says."""
    begins = placed.offset + len(placed.local())
    digest, crc = hashlib.sha256(), 0
    for at in range(0, placed.size, BLOCK):
        block = _read(file, begins + at, min(BLOCK, placed.size - at))
        digest.update(block)
        crc = zlib.crc32(block, crc)
    return Stored(path, digest.hexdigest(), placed.size, begins), crc == placed.crc


def _demand_end(file: BinaryIO, at: int, whole: int, expected: bytes) -> None:
    found = _read(file, at, min(whole - at, len(expected)))
    if found != expected or at + len(expected) != whole:
        place = next(
            (n for n, (one, other) in enumerate(zip(found, expected, strict=False)) if one != other), len(found)
        )
        raise NotThisForm(
            f"the directory at its end is not that of its files, from byte {at + place:,} on; {_PACKED_ANEW}"
        )


def _read(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)


def _shown(name: bytes) -> str:
    return name[:_SHOWN].decode("utf-8", "backslashreplace")
