"""The ledger: what went to bodies and what came back, what sites used, what deviated; in rows, by the day it happened.

Each row names the entry that it comes from. A decision gives several rows: itself, its letter, each of its questions.
Knows which rows are asked for; how entries become rows is known to `ledger_rows`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from regdocs.versions.logbook import Logbook
from regdocs.versions.tmf import Artifact

What = Literal[
    "submission",
    "response",
    "decision",
    "letter",
    "question",
    "received copy",
    "activation",
    "training record",
    "urgent measure",
    "notice",
    "deviation",
    "note",
]
RECORD: What = "training record"
WHATS: tuple[What, ...] = get_args(What)
TOO_EARLY = ("BEFORE APPROVAL", "AFTER EXPIRY", "AFTER IT WAS TAKEN BACK", "WITHOUT APPROVAL")
"""How flags begin that tell of a use which no body had permitted by then."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that happened.

    Attributes:
        what: Which sort of thing.
        entry: Number of the entry that says so.
        happened: The day it happened.
        recorded: The moment when it was recorded, UTC.
        by: Who recorded it.
        words: What happened, in words.
        body, sites, reference, outcome, documents: As the entry says; None or () where it does not.
        version, amendment: The recorded version that it is about, and the number of its amendment.
        tmf: Where it belongs in a trial master file; None where that is to be checked.
        flags: What a reader should be told of it.
    """

    what: What
    entry: int
    happened: str
    recorded: str
    by: str
    words: str
    body: str | None = None
    sites: tuple[str, ...] = ()
    reference: str | None = None
    outcome: str | None = None
    documents: tuple[str, ...] = ()
    version: str | None = None
    amendment: int | None = None
    tmf: Artifact | None = None
    flags: tuple[str, ...] = ()

    @property
    def late_days(self) -> int:
        """Days from what happened to its record, by UTC; less than 0 where it was recorded before its day."""
        return (date.fromisoformat(self.recorded[:10]) - date.fromisoformat(self.happened)).days

    @property
    def too_early(self) -> bool:
        """Whether it tells of a use, or a measure, that no body had permitted by then."""
        return any(flag.startswith(TOO_EARLY) for flag in self.flags)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for; what is None or () asks for all.

    Attributes:
        body, site: Of which body, at which site.
        whats: Which sorts of things.
        version, amendment: About which recorded version, or amendment.
        too_early: Whether only what was done without a permission.
    """

    body: str | None = None
    site: str | None = None
    whats: tuple[str, ...] = ()
    version: str | None = None
    amendment: int | None = None
    too_early: bool = False

    @property
    def narrow(self) -> bool:
        """Whether only some rows are asked for, of which no index of what is expected can be made."""
        return bool(self.whats or self.version or self.amendment is not None or self.too_early)

    def has(self, row: Row) -> bool:
        """Tell whether a row is asked for."""
        return (
            self.body in (None, row.body)
            and (self.site is None or self.site in row.sites)
            and (not self.whats or row.what in self.whats)
            and self.version in (None, row.version)
            and self.amendment in (None, row.amendment)
            and (row.too_early or not self.too_early)
        )


def ledger(logbook: Logbook, wanted: Wanted | None = None) -> tuple[Row, ...]:
    """Return the rows asked for, by day, then in the order of the log.

    Where records of training are asked for by name, they are read: who was trained stands there and nowhere else.

    Raises:
        NotIssued, DoesNotFit: As `issued.documents_of`.
        ObjectMissing, ObjectDiffers: As `ledger_rows.with_record_read`.
    """
    from regdocs.versions.ledger_rows import rows_of, with_record_read  # they know rows, so they are loaded after them

    asked = wanted or Wanted()
    found = sorted((row for row in rows_of(logbook) if asked.has(row)), key=lambda row: (row.happened, row.entry))
    read = RECORD in asked.whats
    return tuple(with_record_read(logbook, row) if read and row.what == RECORD else row for row in found)


def listed(rows: Collection[Row]) -> Iterator[tuple[What, int]]:
    """Yield how many rows there are of each sort, in the order of the sorts."""
    for what in WHATS:
        if count := sum(row.what == what for row in rows):
            yield what, count
