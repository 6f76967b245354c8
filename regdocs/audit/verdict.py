"""What a verification can find wrong, how grave each kind is, and the exit code of several.

Knows codes and their order; does not know how a fault is found (`verify.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Verdict(IntEnum):
    """A verdict's number is the exit code of `regdocs verify` (docs/formats/audit-log.md, "Verdicts")."""

    HOLDS = 0
    ALTERED = 1
    TRUNCATED = 3
    FORK = 4
    UNSIGNED = 5
    UNKNOWN_KEY = 6
    FILE = 7
    UNREADABLE = 8
    UNDECIDED = 9
    REBUILT_OTHERWISE = 10

    @property
    def words(self) -> str:
        """Return the verdict in a few words."""
        return _WORDS[self]


_WORDS = {
    Verdict.HOLDS: "all that was asked holds",
    Verdict.ALTERED: "altered",
    Verdict.TRUNCATED: "truncated or rolled back",
    Verdict.FORK: "fork",
    Verdict.UNSIGNED: "signature missing, revoked or not sufficient",
    Verdict.UNKNOWN_KEY: "unknown key",
    Verdict.FILE: "file missing or different",
    Verdict.UNREADABLE: "cannot be read as a log",
    Verdict.UNDECIDED: "truncation cannot be decided",
    Verdict.REBUILT_OTHERWISE: "documents could not be rebuilt, or differ when rebuilt with another tool chain",
}

# Two histories for one log weigh most, what could not be decided least.
GRAVEST_FIRST = (
    Verdict.FORK,
    Verdict.TRUNCATED,
    Verdict.ALTERED,
    Verdict.UNREADABLE,
    Verdict.FILE,
    Verdict.UNSIGNED,
    Verdict.UNKNOWN_KEY,
    Verdict.REBUILT_OTHERWISE,
    Verdict.UNDECIDED,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold.

    Attributes:
        verdict: What kind of fault it is.
        message: What was found and what was expected, in plain words.
        entry: Number of the entry (from 0), or None when it is about no single one.
        cause: What most likely led to it; "" when nothing can be said.
    """

    verdict: Verdict
    message: str
    entry: int | None = None
    cause: str = ""

    @property
    def line(self) -> int | None:
        """Number of the line in `log.jsonl`, from 1 as editors count."""
        return None if self.entry is None else self.entry + 1


def gravest(faults: Iterable[Fault]) -> Verdict:
    """Return the verdict that decides the exit code: the first in `GRAVEST_FIRST` that occurs, else HOLDS."""
    found = {fault.verdict for fault in faults}
    return next((verdict for verdict in GRAVEST_FIRST if verdict in found), Verdict.HOLDS)
