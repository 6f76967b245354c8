"""Planned days and windows of visits, as every document prints them.

Knows how a day is written; which visits a document shows is its own.
"""

from regdocs.documents.shown import Reader, Shown
from regdocs.spec.schedule import Encounter, Window


def planned_day(encounter: Encounter, reader: Reader) -> Shown | None:
    """Return the planned day with the days on which the visit may take place; None for a visit nobody planned."""
    day, window = encounter.day, encounter.window
    if day is None:
        return None
    if window is None:
        return reader.show(day, day_words)
    return reader.derive(lambda: _with_window(day.present, window.present), day, window)


def day_words(day: int) -> str:
    """Return a day with a true minus sign, so that it does not read as a dash or a range."""
    return f"−{-day}" if day < 0 else str(day)


def _with_window(day: int, window: Window) -> str:
    first, last = day - window.before, day + window.after
    return day_words(day) if first == last else f"{day_words(day)} ({day_words(first)} to {day_words(last)})"
