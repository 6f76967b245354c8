"""`regdocs correct`: say what is right where an entry is not; the entry itself stays."""

from pathlib import Path

import click

from regdocs.cli.note import record_text, seal_option
from regdocs.cli.recording import (
    Recording,
    logbook_and_person,
    on_option,
    unsigned_options,
    why_option,
)


@click.command("correct")
@click.argument("n", metavar="N", type=int)
@click.argument("text", metavar="TEXT")
@on_option
@why_option
@seal_option
@unsigned_options
@click.pass_obj
def command(folder: Path, n: int, text: str, on: str | None, why: str | None, seal: bool, recording: Recording) -> int:
    """Correct what entry N says. Both stay in the log, and every reader lists that N is corrected."""
    from regdocs.versions.facts import correct

    logbook, by = logbook_and_person(folder, recording)
    record_text(logbook, recording, correct(logbook, n, by, text, on=on, why=why), seal)
    return 0
