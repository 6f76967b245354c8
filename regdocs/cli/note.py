"""`regdocs note`: record any fact, with its day."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.recorded import Untold
from regdocs.cli.recording import (
    Recording,
    logbook_and_person,
    on_option,
    record,
    unsigned_options,
    why_option,
)
from regdocs.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    logbook, by = logbook_and_person(folder, recording)
    record_text(logbook, recording, note(by, text, on=on, why=why), seal)
    return 0


def record_text(logbook: "Logbook", recording: Recording, entry: "dict[str, Json]", seal: bool) -> None:
    """Record an entry with its `text`, which is sealed when that is asked for."""
    from regdocs.audit.append import NotConfirmed
    from regdocs.versions import facts

    if not seal:
        record(logbook, recording, [entry])
        return
    say_removed(facts.remove_unnamed(logbook))
    try:
        record(logbook, recording, [facts.sealed(logbook, entry, os.urandom(16))])
    except (NotConfirmed, Untold):  # the entry is there, or perhaps, and names it
        raise
    except BaseException:
        with suppress(Refusal):  # the next one does it
            facts.remove_unnamed(logbook)
        raise


def say_removed(digests: "Sequence[str]") -> None:
    """Say which sealed texts were removed because no entry names them."""
    for digest in digests:
        click.echo(f"Removed the sealed text {digest}: no entry names it; a note that was cut short had left it.")
