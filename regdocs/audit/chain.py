"""Lines, one after another: are they of the profile, numbered, chained, in time; and the tree over them.

Knows bytes and the keys that every entry has; not what an entry says. This is where a long log spends its time, so the
usual case takes the shortest way and words are looked for only when something does not hold.
Source: docs/formats/audit-log.md, "A line", "Chain and tree".
"""

from collections.abc import Collection
from typing import Any, TypeAlias

from regdocs.audit.forms import is_time
from regdocs.audit.line import MAX_LINE, NotALine, parse
from regdocs.audit.tree import EMPTY_ROOT, Frontier, leaf_hash
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Notes

_BEGINNING = "\x00"  # before every time, and no text of a line

Standing: TypeAlias = int
"""How an entry stands: ASTRAY, its number is another or cannot be read; NUMBERED; SOUND, `n`, `prev`, `at` are good."""
ASTRAY, NUMBERED, SOUND = range(3)


class TooLong(Exception):
    """A line of 65,536 bytes or more: reading ends here."""


class Chain:
    """The chain up to the line taken last.

    Attributes:
        tree: The tree over all lines taken.
        leaf: Leaf hash of the line taken last, in hex; of none, the SHA-256 of nothing.
        at: The last good `at`; before the first a text that comes before all.
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

    def take(self, n: int, raw: bytes) -> tuple[dict[str, Any] | None, Standing]:
        """Take the next line, number `n`, without its LF; return what it says, and how it stands among the others.

        What it says is None when the line is none of the profile.

        Raises:
            TooLong: The line is longer than any line may be.
        """
        if len(raw) >= MAX_LINE:
            raise TooLong
        entry, standing = None, ASTRAY
        try:
            entry = parse(raw)
        except NotALine as error:
            self._unreadable(n, raw, error)
        else:
            # The usual case needs no further look.
            sound = entry.get("prev") == self.leaf and entry.get("n") == n and entry.get("at") == self.at
            standing = SOUND if sound and entry["n"] is not True else self._standing(n, entry)
        leaf = leaf_hash(raw)
        self.tree.append(leaf)
        if n + 1 in self.sizes:
            self.roots[n + 1] = self.tree.root()
        self.leaf = leaf.hex()
        return entry, standing

    def _unreadable(self, n: int, raw: bytes, error: NotALine) -> None:
        cause = "the line was changed, or written by another program"
        if raw.endswith(b"\r"):
            cause = "line endings were converted (LF to CR LF), as some editors and version control do"
        self._notes.fault(Verdict.ALTERED, f"not a line of the log: {error}", n, cause)

    def _standing(self, n: int, entry: dict[str, Any]) -> Standing:
        """Note what does not fit the line before."""
        joined, at = entry.get("prev") == self.leaf, entry.get("at")
        if not joined and "prev" in entry:
            self._broken(n)
        timely = False
        if is_time(at):
            timely = at >= self.at
            if not timely:
                message = f"at {at}, which is before {self.at} of an earlier line"
                cause = "lines were moved, or a time was changed; a writer never lets times run back"
                self._notes.fault(Verdict.ALTERED, message, n, cause)
            self.at = max(at, self.at)
        number = entry.get("n")
        if number == n and type(number) is int:
            return SOUND if joined and timely else NUMBERED
        if "n" in entry:
            cause = "a line was removed, added or moved before this one"
            shown = str(number)[:40]
            self._notes.fault(Verdict.ALTERED, f'"n" is {shown} in line {n + 1}, where {n} belongs', n, cause)
        return ASTRAY

    def _broken(self, n: int) -> None:
        if n == 0:
            message = '"prev" of the first line is not the SHA-256 of nothing'
            self._notes.fault(Verdict.ALTERED, message, n, "lines before it were removed")
            return
        message = f'"prev" is not the leaf hash of line {n} (entry {n - 1}): one of these two lines was changed'
        cause = f"entry {n - 1} was changed after entry {n} was written, or a line was removed, added or moved here"
        self._notes.fault(Verdict.ALTERED, message, n, cause)
