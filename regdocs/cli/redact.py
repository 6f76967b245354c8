"""`regdocs redact`: remove the content of a sealed value, and record who did it and why."""

from pathlib import Path

import click

from regdocs.cli.note import say_removed
from regdocs.cli.recording import Recording, logbook_and_person, record, unsigned_options
from regdocs.errors import UsageError


@click.command("redact")
@click.argument("sealed", metavar="DIGEST")
@click.option("--why", required=True, metavar="TEXT", help="The reason, in your words.")
@unsigned_options
@click.pass_obj
def command(folder: Path, sealed: str, why: str, recording: Recording) -> int:
    """Remove the content of the sealed value DIGEST ("regdocs log" shows it). The log stays whole and verifies.

    Sealed texts that no entry names, left by a note that was cut short, are removed too; that is not recorded.

    Copies that others have, and backups, are not reached by this.
    """
    from regdocs.audit.forms import is_digest
    from regdocs.versions.facts import redaction, remove, remove_unnamed

    if not is_digest(sealed):
        raise UsageError(f'"{sealed}" is not the digest of a sealed value: 64 small hex digits')
    logbook, by = logbook_and_person(folder, recording)
    removed = remove_unnamed(logbook)
    say_removed(removed)
    if sealed in removed:
        return 0
    entry = redaction(logbook, sealed, by, why)
    if entry is None:  # recorded before; a crash may have kept the content
        remove(logbook, sealed)
    else:
        record(logbook, recording, [entry], then=lambda: remove(logbook, sealed))
    click.echo(f"The content of {sealed} is removed here. Copies that others have, and backups, are not.")
    return 0
