"""The log inside a package, as `verify` reads it: its lines and its head alone, or single entries in their place."""

from collections.abc import Iterator

from regdocs.audit.evidence import MAX_NOTE
from regdocs.audit.line import MAX_LINE
from regdocs.canonical import sha256_hex
from regdocs.submission.history import CHECKPOINT, LINES, LISTS
from regdocs.submission.proofs import entry_path
from regdocs.submission.sources import Source, lines_in, read_whole

_EVERY = 64
MAX_LIST = 4 * 1024 * 1024  # of one list, or one long value


class PackageEvidence:
    """Evidence from a package. Keeps the place of each 64th line, so that an earlier line is found quickly."""

    whole = False

    def __init__(self, source: Source) -> None:
        self._source = source
        self._places: dict[int, int] = {0: 0}

    def lines(self, start: int = 0, place: int = 0) -> Iterator[bytes]:
        """See `Evidence`."""
        for n, line in enumerate(lines_in(self._source, LINES, place), start):
            if n % _EVERY == 0:
                self._places[n] = place
            place += len(line)
            yield line

    def length(self) -> int:
        """See `Evidence`."""
        there = self._source.files.get(LINES)
        return 0 if there is None else there.size

    def line(self, n: int) -> bytes | None:
        """See `Evidence`."""
        alone = read_whole(self._source, entry_path(n), MAX_LINE)
        if alone is not None:
            return alone.removesuffix(b"\n")
        if n < 0:
            return None
        nearest = max(one for one in self._places if one <= n)
        for number, line in enumerate(lines_in(self._source, LINES, self._places[nearest]), nearest):
            if number == n:
                return line.removesuffix(b"\n")
        return None

    def checkpoint(self) -> bytes | None:
        """See `Evidence`."""
        return read_whole(self._source, CHECKPOINT, MAX_NOTE)

    def head_sizes(self) -> tuple[int, ...]:
        """See `Evidence`: a package has its own head alone."""
        return ()

    def head(self, size: int) -> bytes | None:
        """See `Evidence`."""
        return None

    def token(self, size: int) -> bytes | None:
        """See `Evidence`."""
        return None

    def object(self, sha256: str) -> bytes | None:
        """See `Evidence`: lists of files, and long values of entries that the manifest names."""
        data = read_whole(self._source, f"{LISTS}{sha256}", MAX_LIST)
        return data if data is not None and sha256_hex(data) == sha256 else None

    def object_digest(self, sha256: str) -> str | None:
        """See `Evidence`."""
        return None if self.object(sha256) is None else sha256

    def sealed(self, sha256: str) -> bytes | None:
        """See `Evidence`."""
        return None

    def issued(self) -> tuple[str, ...]:
        """See `Evidence`."""
        return ()

    def issued_digest(self, path: str) -> str | None:
        """See `Evidence`."""
        return None
