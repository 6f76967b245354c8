"""`regdocs head`: where the log stands, as others can hold it against us."""

from pathlib import Path

import click

from regdocs.cli.recording import logbook_of


@click.command("head")
@click.option("--keep", "keep", metavar="FILE", default=None, help="Write the signed head to FILE, to be handed out.")
@click.pass_obj
def command(folder: Path, keep: str | None) -> int:
    """Print the newest head: the text of footers, and the signed checkpoint.

    With --keep the head is also kept in audit/heads/, because it leaves the house. Whoever holds it sees later whether
    anything recorded before was altered or removed.
    """
    from regdocs.atomic import write_atomic
    from regdocs.audit.footer import footer_text
    from regdocs.versions.anchoring import own_note

    logbook = logbook_of(folder)
    note = own_note(logbook)
    if keep is not None:  # before anything is printed: whoever reads this may stop reading
        size = logbook.folder.keep_head()
        write_atomic(folder / keep, logbook.folder.kept_head(size) or note.to_bytes())
    click.echo(footer_text(logbook.head.size, logbook.head.root))
    click.echo(f"Origin: {logbook.origin}")
    click.echo()
    click.echo(note.to_bytes().decode("utf-8"), nl=False)
    if keep is not None:
        click.echo(f"\nKept as {keep} and in audit/heads/{size}.note.", err=True)
    if logbook.folder.beyond():
        click.echo("What lies beyond this head was never acknowledged and counts for nothing.", err=True)
    return 0
