"""The one form of zip in which a package leaves: the same files give the same bytes, and each byte of it is known.

Stored and not packed, because programs pack differently and documents are packed already. No extra fields, no comments,
no times, no gaps: so a reader (`archive_reading.py`) can hold every byte against what has to stand there, which the
standard library's reader does not do, and both build on one description of the form. Source: PKWARE APPNOTE.TXT 6.3.10,
4.3 and 4.4, from memory; read back by `zipfile` and unzip in the tests.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import BinaryIO

from regdocs.errors import Refusal

MAX_FILES = 10_000
MAX_BYTES = 4 * 1024**3 - 64 * 1024**2  # of a whole archive: what 32 bits say, without the extension of 64
BLOCK = 1024 * 1024

LOCAL = Struct("<4s5H3I2H")
CENTRAL = Struct("<4s6H3I5H2I")
END = Struct("<4s4H2IH")
LOCAL_SIGN, CENTRAL_SIGN, END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
NEEDS, MADE_BY = 20, 0x0314  # version 2.0; made on Unix, so that the rights below count
UTF8, STORED = 0x0800, 0
TIME, DAY = 0, 0x0021  # 1 January 1980, the first day there is
RIGHTS = 0o100644 << 16  # a plain file that its owner may write


@dataclass(frozen=True, slots=True)
class Part:
    """A file of an archive: its path there, and its bytes or the file that has them."""

    path: str
    source: bytes | Path

    def blocks(self) -> Iterator[bytes]:
        """Yield its bytes, a megabyte at most at once. Raises OSError."""
        if isinstance(self.source, bytes):
            yield from (self.source[at : at + BLOCK] for at in range(0, len(self.source), BLOCK))
            return
        with self.source.open("rb") as file:
            while block := file.read(BLOCK):
                yield block

    def measured(self) -> tuple[str, int]:
        """Return its SHA-256 in hex and its length. Raises OSError."""
        digest, size = hashlib.sha256(), 0
        for block in self.blocks():
            digest.update(block)
            size += len(block)
        return digest.hexdigest(), size


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a file stands in an archive: the name's bytes, checksum, length, and the offset of its local header."""

    name: bytes
    crc: int
    size: int
    offset: int

    def local(self) -> bytes:
        """Return the header that stands before its bytes."""
        sizes = (self.crc, self.size, self.size)
        return LOCAL.pack(LOCAL_SIGN, NEEDS, UTF8, STORED, TIME, DAY, *sizes, len(self.name), 0) + self.name

    def central(self) -> bytes:
        """Return its line in the directory at the end."""
        head = (CENTRAL_SIGN, MADE_BY, NEEDS, UTF8, STORED, TIME, DAY, self.crc, self.size, self.size)
        return CENTRAL.pack(*head, len(self.name), 0, 0, 0, 0, RIGHTS, self.offset) + self.name


def end_of(listed: Iterable[Placed]) -> bytes:
    """Return all that follows the last file: the directory, and where it begins."""
    every = tuple(listed)
    directory = b"".join(one.central() for one in every)
    begins = every[-1].offset + len(every[-1].local()) + every[-1].size if every else 0
    return directory + END.pack(END_SIGN, 0, 0, len(every), len(every), len(directory), begins, 0)


def write_archive(file: BinaryIO, parts: Iterable[Part]) -> None:
    """Write an archive of these files, in the order of their paths' bytes.

    Raises:
        Refusal: They are too many or too large, or one changed while it was read.
        OSError: A file cannot be read, or the archive not written.
    """
    listed: list[Placed] = []
    ordered = sorted(parts, key=lambda one: one.path.encode("utf-8"))
    if len(ordered) > MAX_FILES:
        raise Refusal(f"{len(ordered):,} files are more than the {MAX_FILES:,} that a package may have")
    for part in ordered:
        placed = _measured(part, file.tell())
        if placed.offset + placed.size > MAX_BYTES:
            raise Refusal(f"the package has more than {MAX_BYTES:,} bytes, which is what a zip of this form may have")
        file.write(placed.local())
        _copy(part, placed, file)
        listed.append(placed)
    file.write(end_of(listed))


def _measured(part: Part, offset: int) -> Placed:
    crc = size = 0
    for block in part.blocks():
        crc, size = zlib.crc32(block, crc), size + len(block)
        if size > MAX_BYTES:
            break
    return Placed(part.path.encode("utf-8"), crc, size, offset)


def _copy(part: Part, placed: Placed, file: BinaryIO) -> None:
    crc = size = 0
    for block in part.blocks():
        crc, size = zlib.crc32(block, crc), size + len(block)
        file.write(block)
    if (crc, size) != (placed.crc, placed.size):
        raise Refusal(f'"{part.path}" changed while it was read; close it in other programs and try again')
