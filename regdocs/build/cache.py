"""Documents that were made before, by the digest of everything they are made from. `.regdocs/cache/` in the study.

Safe to delete. It spares printing when one builds into several folders or goes back and forth between two wordings.
Whoever can write there can put in what they like, so it is never used for documents without a draft mark.
"""

from collections.abc import Iterable
from pathlib import Path

from regdocs.atomic import write_atomic
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal

FOLDER = ".regdocs"
MOST = 400
_DIGEST_LENGTH = 64


class Cache:
    """The cache of one study. What cannot be read, or is not what was written, is as good as absent."""

    def __init__(self, study: Path) -> None:
        self._folder = study / FOLDER / "cache"

    def get(self, key: str) -> bytes | None:
        """Return the bytes kept under a key, or None; a link, or bytes that are not those written, are not taken."""
        path = self._folder / key
        try:
            if path.is_symlink() or self._folder.is_symlink() or not path.is_file():
                return None
            kept = path.read_bytes()
        except OSError:
            return None
        digest, data = kept[:_DIGEST_LENGTH], kept[_DIGEST_LENGTH:]
        return data if digest == sha256_hex(data).encode() else None

    def put(self, made: Iterable[tuple[str, bytes]]) -> None:
        """Keep bytes under their keys, and no more than the newest few hundred; a full disk is no failure."""
        try:
            if (self._folder.parent).is_symlink() or self._folder.is_symlink():
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            for key, data in made:
                write_atomic(self._folder / key, sha256_hex(data).encode() + data)
            self._forget_old()
        except (OSError, Refusal):
            return

    def _forget_old(self) -> None:
        kept = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in kept[MOST:]:
            path.unlink()
