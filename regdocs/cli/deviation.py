"""`regdocs deviation`: record a deviation from the protocol, under a number of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from regdocs.cli.gathering import gathering
from regdocs.cli.note import record_text, seal_option
from regdocs.cli.recording import (
    Recording,
    logbook_and_person,
    unsigned_options,
    why_option,
)
from regdocs.errors import UsageError


@dataclass(frozen=True, slots=True)
class Given:
    """The options that say the deviation, as given."""

    number: str
    site: str
    category: str
    important: bool | None
    text: str
    on: str
    reported: tuple[str, ...]
    due: tuple[str, ...]


_OPTIONS = (
    click.option("--number", metavar="N", required=True, help="Its own number; the same again follows the first."),
    click.option("--site", metavar="ID", required=True, help="The site where it happened."),
    click.option(
        "--category", metavar="WORD", required=True, help="informed-consent, eligibility, … (the page lists)."
    ),
    click.option(
        "--important/--not-important", "important", default=None, help="Whether it is an important one; say which."
    ),
    click.option("--on", "on", metavar="DATE", required=True, help="Day it happened, as 2026-03-01."),
    click.option("--text", metavar="TEXT", required=True, help="What happened; never a participant's number."),
    click.option(
        "--reported", metavar="BODY=DATE", multiple=True, help="To whom it was reported, and when; may be repeated."
    ),
    click.option("--due", metavar="BODY=DATE", multiple=True, help="By when it has to be reported; may be repeated."),
)


@click.command("deviation")
@partial(gathering, name="given", kind=Given, options=_OPTIONS)
@why_option
@seal_option
@unsigned_options
@click.pass_obj
def command(folder: Path, given: Given, why: str | None, seal: bool, recording: Recording) -> int:
    """Record a deviation from the protocol, important or not, and to whom it was reported.

    Who the participant was stays in the site's file: a text that seems to hold such a number is refused.
    """
    from regdocs.versions.deviations import Deviation, deviation

    if given.important is None:
        raise UsageError("say whether it is an important one: --important or --not-important")
    logbook, by = logbook_and_person(folder, recording)
    said = Deviation(
        number=given.number,
        site=given.site,
        category=given.category,
        important=given.important,
        text=given.text,
        on=given.on,
        reported=_days("--reported", given.reported),
        due=_days("--due", given.due),
    )
    record_text(logbook, recording, deviation(logbook, by, said, why=why), seal)
    return 0


def _days(option: str, given: Iterable[str]) -> dict[str, str]:
    """Return the day of each body that was given.

    Raises:
        UsageError: One is not BODY=DATE, or a body is named twice.
    """
    found: dict[str, str] = {}
    for one in given:
        body, equals, day = one.partition("=")
        if not (body and equals and day):
            raise UsageError(f'{option} "{one}" has to be BODY=DATE, as board-north=2026-03-01')
        if body in found:
            raise UsageError(f'{option} names "{body}" twice')
        found[body] = day
    return found
