"""A checkpoint: which log, how many lines, which root. Its text is what the log's key signs.

Knows the format C2SP tlog-checkpoint, without extension lines. Does not know who signed it, nor whether the root is the
one of any lines.
"""

import base64
import binascii
import re
from dataclasses import dataclass

from regdocs.audit.names import is_name
from regdocs.audit.tree import HASH_BYTES
from regdocs.errors import Refusal

MAX_SIZE = 2**53 - 1
"""The largest tree; larger numbers cannot stand in a line of the log."""

_SIZE = re.compile(r"[1-9][0-9]{0,15}")


class NotACheckpoint(Refusal):
    """The text, or the values, are no checkpoint of a log; the message is the reason."""


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: of the first `size` lines `root` is the Merkle root. At least one line."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not is_name(self.origin):
            raise NotACheckpoint(f"{self.origin!a} is not the origin of a log")
        if not 1 <= self.size <= MAX_SIZE:
            raise NotACheckpoint("the size of a tree is a number from 1, without zeros before it")
        if len(self.root) != HASH_BYTES:
            raise NotACheckpoint(f"a root has {HASH_BYTES} bytes, not {len(self.root)}")

    @property
    def text(self) -> str:
        """The three lines, each with its LF."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Return the checkpoint of a note's text; its `text` is the same text again.

    Raises:
        NotACheckpoint: Other lines than the three, a size of 0 or with zeros before it, a root that is not the
            canonical base64 of 32 bytes, an origin that is no name.

    Source: C2SP tlog-checkpoint, "Note text"; docs/formats/audit-log.md, "Checkpoint".
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise NotACheckpoint("a checkpoint has three lines: origin, size and root; others are not allowed")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size):
        raise NotACheckpoint("the size of a tree is a number from 1, without zeros before it")
    try:
        found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    except (binascii.Error, ValueError) as error:
        raise NotACheckpoint("the root is not base64") from error
    if found.text != text:
        raise NotACheckpoint("the root is not in canonical base64")
    return found
