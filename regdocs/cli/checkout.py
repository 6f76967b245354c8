"""`regdocs checkout`: the documents of a recorded version, laid out again from the log's store."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.recording import logbook_of
from regdocs.cli.recording_versions import jobs_option, printer
from regdocs.cli.say import harmless

if TYPE_CHECKING:
    from regdocs.versions.checkout import LaidOut


@click.command("checkout")
@click.argument("version", metavar="VERSION")
@click.option("--out", "out", default=None, metavar="DIR", help="Folder; checkout/VERSION in the study if not given.")
@jobs_option
@click.pass_obj
def command(folder: Path, version: str, out: str | None, jobs: int | None) -> int:
    """Lay out the documents of recorded VERSION as they were issued.

    Stored bytes where they are kept; else they are printed from the stored trees, and it is said which.
    """
    from regdocs.versions.checkout import check_out

    logbook = logbook_of(folder)
    logbook.version(version)  # an unknown name leads to no folder
    target = logbook.study / "checkout" / version if out is None else folder / out
    files = check_out(logbook, version, target, printer(jobs))
    for one in files:
        since = "" if one.source == version else f", unchanged since version {one.source}"
        click.echo(f"  {harmless(one.path)}: {one.how}{since}")
    _say_together(files, target, version)
    return 0


def _say_together(files: "tuple[LaidOut, ...]", target: Path, version: str) -> None:
    click.echo(f"{len(files)} documents of version {version} in {target}.")
    rendered = [one for one in files if one.how == "rendered"]
    other = [one for one in files if one.how == "rendered with another tool chain"]
    if rendered:
        click.echo(f"{len(rendered)} were printed from their trees and have the bytes that were issued.")
    if other:
        click.echo(
            f"{len(other)} were printed from their trees with another tool chain than the recorded one: "
            "the words are those issued, the bytes are not."
        )
