"""What is due as a calendar that other programs read: RFC 5545, one all-day event for each line that has a day.

Same log and same day asked for, same bytes: an event is stamped with the time of the log's newest entry, and has its
name from the log's origin, what is due and the entries. Only the program's own words, references and days stand in it.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from icalendar import TRANSP, Alarm, Calendar, Event

from regdocs.versions.due_line import AHEAD, Due
from regdocs.versions.logbook import Logbook

_PRODUCT = "-//regdocs//due days//EN"


def calendar_of(logbook: Logbook, lines: Iterable[Due]) -> bytes:
    """Return the calendar of the lines that have a day; expiries with alarms 60 and 30 days ahead."""
    study = str(logbook.genesis["study"])
    stamp = datetime.fromisoformat(logbook.last_at)
    made = Calendar.new(
        prodid=_PRODUCT,
        method="PUBLISH",
        name=_plain(f"{study}: due days"),
        uid=_name(logbook.origin, "calendar"),
        last_modified=stamp,
        subcomponents=[_event(logbook, one, one.day, stamp) for one in lines if one.day is not None],
    )
    return bytes(made.to_ical(sorted=True))


def _event(logbook: Logbook, line: Due, day: str, stamp: datetime) -> Event:
    start, entries = date.fromisoformat(day), ", ".join(map(str, line.entries))
    summary = _plain(f"{line.title} ({', '.join((*line.sites, line.whom))})")
    said = (line.what, *line.sites, line.whom, line.title, day, entries)
    return Event.new(
        uid=_name(logbook.origin, *said),
        stamp=stamp,
        start=start,
        end=start + timedelta(days=1) if start < date.max else None,
        summary=summary,
        description=_plain(f"{line.rule}. Entries {entries} of the log of {logbook.origin}."),
        categories=[line.what],
        transparency=TRANSP.TRANSPARENT,
        subcomponents=list(_alarms(summary)) if line.what == "expiry" else [],
    )


def _alarms(summary: str) -> Iterator[Alarm]:
    for ahead in sorted(AHEAD, reverse=True):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", timedelta(days=-ahead))
        yield alarm


def _name(origin: str, *said: str) -> str:
    """Return a name that is always the same for the same thing (RFC 7986: a UUID)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((origin, *said))))


def _plain(text: str) -> str:
    """Return a text without control characters, which no calendar may have."""
    return "".join(one if one.isprintable() else " " for one in text)
