"""Lines, one after another: are they of the profile, numbered, chained, in time; and the tree over them.

Knows bytes and the keys that every entry has; not what an entry says. This is where a long log spends its time, so the
usual case takes the shortest way and words are looked for only when something does not hold.
Source: docs/formats/audit-log.md, "A line", "Chain and tree".
"""

from collections.abc import Collection
from typing import Any

from regdocs.audit.entry import is_time
from regdocs.audit.line import MAX_LINE, NotALine, parse
from regdocs.audit.tree import EMPTY_ROOT, Frontier, leaf_hash
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Notes

_BEGINNING = ""


class TooLong(Exception):
    """A line of 65,536 bytes or more: reading ends here."""


class Chain:
    """The chain up to the line taken last.

    Attributes:
        tree: The tree over all lines taken.
        leaf: Leaf hash of the line taken last, in hex; of none, the SHA-256 of nothing.
        at: The last good `at`, "" before the first.
        sizes: Sizes at which the root is asked for.
        roots: Those roots, as they come by.
    """

    def __init__(self, notes: Notes, sizes: Collection[int]) -> None:
        self._notes = notes
        self.sizes = frozenset(sizes)
        self.tree = Frontier()
        self.leaf = EMPTY_ROOT.hex()
        self.at = _BEGINNING
        self.roots: dict[int, bytes] = {}

    def remember_root(self) -> None:
        """Keep the root of what was taken so far, when it is asked for."""
        if self.tree.size in self.sizes:
            self.roots[self.tree.size] = self.tree.root()

    def take(self, line: bytes) -> tuple[dict[str, Any] | None, bool]:
        """Take the next line, which comes with its LF; return what it says, and whether it stands where it says.

        What it says is None when the line is none of the profile.

        Raises:
            TooLong: The line is longer than any line may be.
        """
        if len(line) > MAX_LINE:
            raise TooLong
        raw = line[:-1]
        n = self.tree.size
        entry = self._parsed(n, raw)
        leaf = leaf_hash(raw)
        self.tree.append(leaf)
        if n + 1 in self.sizes:
            self.roots[n + 1] = self.tree.root()
        fits = entry is not None and self._fits(n, entry)
        self.leaf = leaf.hex()
        return entry, fits

    def _parsed(self, n: int, raw: bytes) -> dict[str, Any] | None:
        try:
            return parse(raw)
        except NotALine as error:
            cause = "the line was changed, or written by another program"
            if raw.endswith(b"\r"):
                cause = "line endings were converted (LF to CR LF), as some editors and version control do"
            self._notes.fault(Verdict.ALTERED, f"not a line of the log: {error}", n, cause)
            return None

    def _fits(self, n: int, entry: dict[str, Any]) -> bool:
        """Note what does not fit the line before; return whether the number is the one that belongs here."""
        at = entry.get("at")
        if entry.get("prev") != self.leaf and "prev" in entry:
            self._broken(n)
        if at != self.at and is_time(at):
            if at < self.at:
                self._notes.fault(Verdict.ALTERED, f"at {at}, which is before {self.at} of an earlier line", n)
            else:
                self.at = at
        number = entry.get("n")
        if number == n and type(number) is int:
            return True
        if "n" in entry:
            cause = "a line was removed, added or moved before this one"
            shown = str(number)[:40]
            self._notes.fault(Verdict.ALTERED, f'"n" is {shown} in line {n + 1}, where {n} belongs', n, cause)
        return False

    def _broken(self, n: int) -> None:
        if n == 0:
            message = '"prev" of the first line is not the SHA-256 of nothing'
            self._notes.fault(Verdict.ALTERED, message, n, "lines before it were removed")
            return
        message = f'"prev" is not the leaf hash of line {n} (entry {n - 1}): one of these two lines was changed'
        cause = f"entry {n - 1} was changed after entry {n} was written, or a line was removed, added or moved here"
        self._notes.fault(Verdict.ALTERED, message, n, cause)
