"""A list of files: paths and their digests, as text in the format of `sha256sum`.

Knows the text and which paths may stand in it; does not know what the files are, nor where they lie.
Source: docs/formats/audit-log.md, "A version".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from regdocs.audit.names import problem_of_paths
from regdocs.errors import Refusal

_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class NotAFileList(Refusal):
    """The bytes, or the entries, are not a list of files; the message is the reason."""


@dataclass(frozen=True, slots=True)
class FileList:
    """Paths and digests (lower-case hex), sorted by the bytes of the path; possibly none.

    Raises:
        NotAFileList: Not sorted, a path twice or against the rules, or a digest of another form.
    """

    entries: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        paths = [path for path, _ in self.entries]
        if problem := problem_of_paths(paths):
            raise NotAFileList(f"path {problem}")
        if paths != sorted(paths):  # code points have the order of their UTF-8 bytes
            raise NotAFileList("the paths are not in the order of their bytes")
        if not all(_DIGEST.fullmatch(digest) for _, digest in self.entries):
            raise NotAFileList("a digest is 64 lower-case hex digits")

    @classmethod
    def of(cls, files: Iterable[tuple[str, str]]) -> Self:
        """Return the list of these files, given in any order. Raises what the constructor raises."""
        return cls(tuple(sorted(files)))

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the list whose text this is: `FileList.parse(data).to_bytes() == data`.

        Raises:
            NotAFileList: Other bytes than `to_bytes` writes.
        """
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotAFileList(f"not UTF-8 from byte {error.start}") from error
        *lines, rest = text.split("\n")
        if rest:
            raise NotAFileList("the last line does not end in LF")
        return cls(tuple(_entry(number, line) for number, line in enumerate(lines, 1)))

    def to_bytes(self) -> bytes:
        """Return the text: for each file the digest, two spaces, the path and LF. `sha256sum --check` reads it."""
        return "".join(f"{digest}  {path}\n" for path, digest in self.entries).encode("utf-8")

    def digest_of(self, path: str) -> str | None:
        """Return the digest of the file with this path, or None."""
        return dict(self.entries).get(path)


def _entry(number: int, line: str) -> tuple[str, str]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise NotAFileList(f"line {number} is not a digest, two spaces and a path")
    return found[2], found[1]
