"""Windows of visits: whether two visits can fall on one day. Knows planned days and windows, not what is done then."""

from collections.abc import Iterator
from itertools import pairwise

from regdocs.rules.rule import Hit
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import Encounter

_Pair = tuple[Encounter, tuple[int, int], Encounter, tuple[int, int]]


def overlapping_windows(protocol: Protocol) -> Iterator[Hit]:
    """SCH-008: two visits of different planned days whose windows have a day in common."""
    for earlier, (_, last), later, (first, _) in _neighbours(protocol):
        if first <= last:
            message = f'visit "{earlier.id}" may be as late as day {last}, "{later.id}" as early as day {first}'
            yield Hit(_place(later), message, "narrow one of the windows, or move a visit")


def windows_that_meet(protocol: Protocol) -> Iterator[Hit]:
    """SCH-009: a window that ends on the day before the next one begins, so that no day is between two visits."""
    for earlier, (_, last), later, (first, _) in _neighbours(protocol):
        if first == last + 1:
            message = f'the window of "{earlier.id}" ends on day {last}, that of "{later.id}" begins on day {first}'
            hint = "fine where two visits may follow each other from one day to the next; else narrow a window"
            yield Hit(_place(later), message, hint)


def _neighbours(protocol: Protocol) -> Iterator[_Pair]:
    """Give each planned visit with those of the next later day that has any, and first and last day of both."""
    planned = [visit for visit in protocol.encounters if visit.kind == "planned"]
    dated = [(visit, days) for visit in planned if (days := _days(visit)) is not None]
    following = _following({visit.planned_day or 0 for visit, _ in dated})
    for later, after in dated:
        for earlier, before in dated:
            windowed = earlier.window is not None or later.window is not None
            if windowed and following.get(earlier.planned_day or 0) == later.planned_day:
                yield earlier, before, later, after


def _following(days: set[int]) -> dict[int, int]:
    return dict(pairwise(sorted(days)))


def _days(visit: Encounter) -> tuple[int, int] | None:
    """Return first and last day; a window still TODO counts as none, a day still TODO gives None."""
    day, window = visit.planned_day, visit.window.value if visit.window is not None else None
    if day is None:
        return None
    return (day - window.before, day + window.after) if window is not None else (day, day)


def _place(visit: Encounter) -> str:
    return f"/encounters/{visit.id}/{'window' if visit.window is not None else 'day'}"
