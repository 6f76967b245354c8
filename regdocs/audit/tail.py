"""Where the acknowledged part of a log ends, and its Merkle tree there: all that an append must know of the past.

To hash a whole log for each append would be slow, so the writer remembers the tree in `audit/.frontier`. That file is
not trusted: it holds the tree over all lines but the last, and with the leaf of the line that really stands at the end
this must give the checkpoint's root. Else, or when it is not there, the log is read from its beginning.

Does not know what entries mean, nor who signed the checkpoint.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from regdocs.audit import disk
from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.line import MAX_LINE, Json
from regdocs.audit.log_folder import LogFolder
from regdocs.audit.tree import EMPTY_ROOT, Frontier, NotAFrontier, leaf_hash
from regdocs.canonical import canonical_json
from regdocs.errors import Refusal

_LARGEST_FRONTIER = 16_384


class LogDisagrees(Refusal):
    """The log's lines are not those of its checkpoint, so nothing is appended to them."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a log.

    Attributes:
        frontier: The tree over all lines.
        end: How many bytes they have.
        last: The last line, without its LF; None when there is none.
        leaf: Its leaf hash, which is the next line's `prev`.
    """

    frontier: Frontier
    end: int
    last: bytes | None
    leaf: bytes


def empty_tail() -> Tail:
    """Return the end of a log that has no lines yet."""
    return Tail(Frontier(), 0, None, EMPTY_ROOT)


def tail_of(folder: LogFolder, log: disk.OpenFile, head: Checkpoint) -> Tail:
    """Return the end of the log at its checkpoint.

    With a good `.frontier` the last line alone is read; a line before it that was altered then goes unseen here, and
    is what `verify` is for.

    Raises:
        LogDisagrees: The lines do not give the checkpoint's root.
        OddFile, DiskRefuses: The log cannot be read.
    """
    return _remembered(folder.frontier, log, head) or _read(folder, head)


def remember(folder: LogFolder, before: Mapping[str, Json], end: int) -> None:
    """Write `.frontier`: the tree over all lines but the last, and where that ends. When it fails, nothing is lost."""
    with suppress(Refusal):
        data = canonical_json({"before": dict(before), "end": end})
        # In place and not brought to disk: what a crash leaves half written is seen and passed over.
        with disk.opened(folder.frontier, write=True, create=True) as file:
            file.write_at(0, data)
            file.cut(len(data))


def _remembered(path: Path, log: disk.OpenFile, head: Checkpoint) -> Tail | None:
    try:
        data = disk.read_file(path, _LARGEST_FRONTIER)
        found = json.loads(data or b"null")
        frontier, end = Frontier.from_json(found["before"]), found["end"]
    except (Refusal, NotAFrontier, ValueError, TypeError, KeyError, RecursionError):
        return None
    if type(end) is not int or not 0 < end <= log.size or frontier.size != head.size - 1:
        return None
    last = _line_before(log, end)
    if last is None:
        return None
    frontier.append(leaf_hash(last))
    return Tail(frontier, end, last, leaf_hash(last)) if frontier.root() == head.root else None


def _line_before(log: disk.OpenFile, end: int) -> bytes | None:
    """Return the line whose LF is the byte before `end`, or None when there is none there."""
    start = max(0, end - MAX_LINE - 1)
    data = log.read_at(start, end - start)
    _, gap, line = data[:-1].rpartition(b"\n")
    whole = gap or start == 0
    return line if whole and data.endswith(b"\n") else None


def _read(folder: LogFolder, head: Checkpoint) -> Tail:
    frontier, end, last, leaf = Frontier(), 0, None, EMPTY_ROOT
    for line in folder.lines(0, head.size):
        last, leaf = line, leaf_hash(line)
        frontier.append(leaf)
        end += len(line) + 1
    if frontier.size != head.size:
        raise LogDisagrees(
            f'"{folder.log}" has {frontier.size} lines, and its checkpoint says {head.size}; '
            'nothing was appended; run "regdocs verify"'
        )
    if frontier.root() != head.root:
        raise LogDisagrees(
            f'"{folder.log}" was changed: its lines do not give the root of its checkpoint; '
            'nothing was appended; run "regdocs verify"'
        )
    return Tail(frontier, end, last, leaf)
