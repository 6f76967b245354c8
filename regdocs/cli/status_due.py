"""`regdocs status --due`: what is due, line by line with its source and entries, and as a calendar."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.recording import logbook_of
from regdocs.cli.say import harmless, say_json
from regdocs.cli.today import day_for, day_given, whose_clock
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.versions.due_line import Due
    from regdocs.versions.logbook import Logbook

_ENDING = ".ics"
_CLOSING = (
    'Closed by an entry of its own kind, or by a note: regdocs note "Done: entry N, WHO told …" --on DATE, where WHO '
    'is the body, or "ClinicalTrials.gov"; or "Done: entry N, re-consent …".'
)


def say_due(folder: Path, on: str | None, ics: str | None, as_json: bool) -> int:
    """Say what is due, and write the calendar where one is asked for; return 1 when something is over its day, else 0.

    Raises:
        UsageError: The day is none, or the calendar is not named like one.
        Refusal: The study has no log.
        CannotWrite: The calendar cannot be written.
    """
    from regdocs.versions.due import due_at

    day_given(on)
    if ics is not None and not ics.endswith(_ENDING):
        raise UsageError(f'the calendar "{ics}" has to be named …{_ENDING}, so that nothing else is written over')
    logbook = logbook_of(folder)
    found = due_at(logbook, lambda site: day_for(logbook, site, on))
    if ics is not None:
        _write(folder / ics, logbook, found)
    if as_json:
        say_json({"origin": logbook.origin, "head": logbook.head.size, "due": [asdict(one) for one in found]})
    else:
        for line in _told(logbook, found, on):
            click.echo(harmless(line))
    return int(any(one.state == "overdue" for one in found))


def _write(file: Path, logbook: "Logbook", found: "tuple[Due, ...]") -> None:
    from regdocs.atomic import write_atomic
    from regdocs.versions.calendar import calendar_of

    write_atomic(file, calendar_of(logbook, found))
    count = sum(one.day is not None for one in found)
    click.echo(harmless(f"Written: {file}, {count} day{'' if count == 1 else 's'}."), err=True)


def _told(logbook: "Logbook", found: "tuple[Due, ...]", on: str | None) -> Iterator[str]:
    yield f"Due in the study {logbook.genesis['study']}, worked out of {logbook.head.size} entries of {logbook.origin}."
    yield from _days(logbook, on)
    for one in found:
        yield from _line(logbook, one, on)
    counted = {state: sum(one.state == state for one in found) for state in ("overdue", "due", "open")}
    yield f"{counted['overdue']} overdue, {counted['due']} due by a day, {counted['open']} open without a day."
    if found:
        yield _CLOSING


def _days(logbook: "Logbook", on: str | None) -> Iterator[str]:
    from regdocs.versions.due_line import view_of

    sites = view_of(logbook, lambda site: "9999-12-31").sites
    for site in sites if on is None else ():
        yield f"  {site}: {day_for(logbook, site, None)}, {whose_clock(logbook, site, None)}"
    if on is not None or not sites:
        yield f"  on {day_for(logbook, '', on)}"


def _line(logbook: "Logbook", one: "Due", on: str | None) -> Iterator[str]:
    from regdocs.versions.due_line import distance

    today = min(day_for(logbook, site, on) for site in one.sites or ("",))
    when = f"{one.day} ({distance(one, today)})" if one.day else "no day"
    state = "OVERDUE" if one.state == "overdue" else one.state
    where = f" at {', '.join(one.sites)}" if one.sites else ""
    yield f"{state} {when}: {one.what}{where}, {one.whom}: {one.title}"
    yield f"    {one.text}"
    yield f"    source: {one.rule}"
    yield f"    entries: {', '.join(map(str, one.entries))}"
