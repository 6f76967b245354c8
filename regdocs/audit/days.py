"""Days that people give for entries: recorded late or early, or out of order. Worth knowing, and never a fault.

Knows `on` and `at` of one entry after another, for those who verify a log and those who print it.
Source: docs/formats/audit-log.md, "Entries".
"""

from datetime import date

LATE_DAYS = 3
"""So many days between what happened and its record are nothing to speak of, and time zones explain one of them."""


class Days:
    """Days given so far.

    Attributes:
        latest: The latest one, and the first entry that gives it; None before the first.
    """

    def __init__(self, latest: tuple[str, int] | None = None) -> None:
        self.latest = latest

    def take(self, n: int, at: str, on: str) -> tuple[str, ...]:
        """Return what a reader should be told of the day `on` of entry `n`, recorded at `at`; both are of good form."""
        told = () if at.startswith(on) else _told(at, on)
        if self.latest is None or on > self.latest[0]:
            self.latest = on, n
        elif on < self.latest[0]:
            told = (*told, f"out of order: entry {self.latest[1]}, recorded before, is of {self.latest[0]}")
        return told


def _told(at: str, on: str) -> tuple[str, ...]:
    days = (date.fromisoformat(at[:10]) - date.fromisoformat(on)).days
    if days > LATE_DAYS:
        return (f"recorded late by {days} days",)
    return (f"the day lies {-days} days after the day it is recorded",) if -days > LATE_DAYS else ()
