"""Time zones by their IANA names, and the day and time of a moment in one.

Knows what zoneinfo knows: the system's list, else that of the package tzdata. Reads no clock.
"""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def is_zone(name: str) -> bool:
    """Tell whether a name is a time zone that this machine knows, as Europe/Paris."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def moment_of(text: str) -> datetime | None:
    """Return a moment of the form 2026-05-03T23:30+07:00 or with Z; None of other texts, and of one without offset."""
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def there(moment: datetime, zone: str) -> tuple[str, str]:
    """Return day and time of a moment in a zone, as 2026-05-03 and 23:30.

    Raises:
        OverflowError: The moment is at the edge of the calendar.
    """
    local = moment.astimezone(ZoneInfo(zone))
    return local.date().isoformat(), local.strftime("%H:%M")
