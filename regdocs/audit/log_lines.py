"""The lines of a log file, read in pieces: memory does not grow with the log.

Knows where lines begin; does not know what they say, nor how many of them a checkpoint covers.
"""

from collections.abc import Iterator
from pathlib import Path

from regdocs.audit import disk
from regdocs.audit.line import MAX_LINE

STRIDE = 256


class LogLines:
    """Lines by number. The place of each 256th is kept once it was passed; nothing else is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._marks = [0]

    def between(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the lines from `start` up to and without `stop`, without their LF; fewer when the file has fewer.

        What stands after the last LF is no line. A line that is longer than lines may be is yielded cut to 65,536
        bytes, as the last: `parse` refuses it.

        Raises:
            NotThere, OddFile, DiskRefuses: The file cannot be read.
        """
        return (line for n, _, line in self._walk(start, stop) if n >= start)

    def end_of(self, count: int) -> int | None:
        """Return how many bytes the first `count` lines have, each with its LF; None when there are fewer lines.

        Raises:
            NotThere, OddFile, DiskRefuses: The file cannot be read.
        """
        if count == 0:
            return 0
        for n, end, line in self._walk(count - 1, count):
            if n == count - 1 and len(line) < MAX_LINE:
                return end
        return None

    def _walk(self, start: int, stop: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield number, end and text of lines from the last known place before `start` on."""
        mark = min(start // STRIDE, len(self._marks) - 1)
        n, end, rest = mark * STRIDE, self._marks[mark], b""
        with disk.opened(self._path) as file:
            for chunk in file.chunks(end):
                lines = (rest + chunk).split(b"\n")
                rest = lines.pop()
                for line in lines:
                    if n >= stop:
                        return
                    end += len(line) + 1
                    yield n, end, line[: MAX_LINE + 1]
                    if len(line) >= MAX_LINE:
                        return
                    n += 1
                    self._keep(n, end)
                if len(rest) >= MAX_LINE:
                    break
        if len(rest) >= MAX_LINE and n < stop:
            yield n, end + len(rest), rest[: MAX_LINE + 1]

    def _keep(self, n: int, place: int) -> None:
        if n == len(self._marks) * STRIDE:
            self._marks.append(place)
