"""The day that a command is asked about when nobody names one: today, by the clock of the site where that is known."""

from typing import TYPE_CHECKING

from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.versions.logbook import Logbook


def day_for(logbook: "Logbook", site: str, given: str | None) -> str:
    """Return the day that was given, else today at the site.

    Raises:
        UsageError: What was given is no day.
    """
    from datetime import datetime

    from regdocs.versions.site_days import day_at_site

    return day_given(given) or day_at_site(logbook, site, datetime.now().astimezone())


def day_given(given: str | None) -> str | None:
    """Return the day that was given, or None where none was.

    Raises:
        UsageError: It is none.
    """
    from regdocs.audit.forms import is_day

    if given is not None and not is_day(given):
        raise UsageError(f'"{given}" is not a day of the form 2026-05-03')
    return given


def whose_clock(logbook: "Logbook", site: str, given: str | None) -> str:
    """Return in words where the day comes from."""
    from regdocs.versions.site_days import clock_words

    return "the day asked for" if given is not None else f"today by {clock_words(logbook, site)}"
