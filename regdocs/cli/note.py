"""`regdocs note`: record any fact, with its day."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.recording import (
    Recording,
    acting_person,
    key_ring_for,
    logbook_of,
    on_option,
    record,
    unsigned_options,
    why_option,
)

if TYPE_CHECKING:
    from regdocs.audit.line import Json
    from regdocs.versions.logbook import Logbook

seal_option = click.option("--seal", is_flag=True, help="Keep the text where it can be removed later (redact).")


@click.command("note")
@click.argument("text", metavar="TEXT")
@on_option
@why_option
@seal_option
@unsigned_options
@click.pass_obj
def command(folder: Path, text: str, on: str | None, why: str | None, seal: bool, recording: Recording) -> int:
    """Record a fact in the log, with the day it happened. Late or out of order it is recorded too, and flagged."""
    from regdocs.versions.facts import note

    logbook = logbook_of(folder)
    by = acting_person(key_ring_for(logbook, recording), recording, logbook)
    record_text(logbook, recording, note(by, text, on=on, why=why), seal)
    return 0


def record_text(logbook: "Logbook", recording: Recording, entry: "dict[str, Json]", seal: bool) -> None:
    """Record an entry with its `text`, which is sealed first when that is asked for."""
    from regdocs.audit.append import NotConfirmed
    from regdocs.versions import facts

    if not seal:
        record(logbook, recording, [entry])
        return
    sealed = facts.seal(logbook, str(entry["text"]), os.urandom(16))
    try:
        record(logbook, recording, [{**entry, "text": sealed}])
    except NotConfirmed:  # perhaps the entry is there, and names it
        raise
    except BaseException:
        facts.remove(logbook, str(sealed["sealed"]))
        raise
