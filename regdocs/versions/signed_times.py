"""When a form was signed, as a site's list says it: a day, a day and a time, or a moment with its offset from UTC.

A moment has the day of the site where the site's time zone is known; else the day counts as it is written, and that is
said. Nothing is guessed of days in other forms.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from regdocs.audit.forms import is_day
from regdocs.zones import there

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](.+))?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d\d)(:\d\d(?:\.\d{1,6})?)? ?(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SignedTime:
    """Day and time ("" where there is none) at the site; what cannot be read; how they were come by."""

    day: str
    time: str
    lacking: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def signed_time(date: str, time: str, site: str, zone: str | None) -> SignedTime:
    """Return when a form was signed, by the clock of the site.

    Args:
        date: 2026-05-03, which may have a time behind a T or a space.
        time: 14:30, which may have seconds and an offset from UTC; "" where it is not known.
        site: Its id, for what is told.
        zone: Its time zone; None where nobody recorded it.
    """
    found = _DATE.fullmatch(date)
    if found is None or not is_day(found[1]):
        return SignedTime(date, time, (f'date "{date[:20]}" is not of the form 2026-05-03{_guess(date)}',))
    behind = found[2]
    if behind and time and behind != time:
        return SignedTime(found[1], time, (f'two times: "{behind[:20]}" beside the day, "{time[:20]}" in its column',))
    return _timed(found[1], behind or time, site, zone)


def _timed(day: str, time: str, site: str, zone: str | None) -> SignedTime:
    if not time:
        return SignedTime(day, "")
    found = _TIME.fullmatch(time)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return SignedTime(day, time, (f'time "{time[:20]}" is not of the form 14:30 or 14:30+07:00',))
    clock, offset = f"{found[1]}:{found[2]}{found[3] or ''}", found[4]
    if offset is None:
        return SignedTime(day, clock)
    if zone is None:
        return SignedTime(day, clock, told=(f"{offset}: no time zone of {site} is recorded; the day is as written",))
    return _moment(f"{day}T{clock:0>5}{offset}" if not found[3] else f"{day}T{clock:0>8}{offset}", day, site, zone)


def _moment(text: str, day: str, site: str, zone: str) -> SignedTime:
    try:
        local_day, local_time = there(datetime.fromisoformat(text), zone)
    except (ValueError, OverflowError):
        return SignedTime(day, "", (f'"{text}" is no moment',))
    return SignedTime(local_day, local_time, told=(f"{text} is {local_day} {local_time} at {site} ({zone})",))


def _guess(value: str) -> str:
    if value.isdigit() and len(value) == 5:
        return "; it looks like a number that Excel keeps days in: give the column the format of a date"
    if any(sign in value for sign in "./"):
        return "; day and month cannot be told apart for certain"
    return ""
