"""`regdocs current`: fill the folder of the forms that a site may use."""

from pathlib import Path

import click

from regdocs.cli.recording import logbook_of
from regdocs.cli.recording_versions import jobs_option, printer
from regdocs.cli.say import harmless
from regdocs.cli.today import day_for


@click.command("current")
@click.option("--site", metavar="ID", required=True, help="The site.")
@click.option(
    "--on", "on", metavar="DATE", default=None, help="The day, as 2026-05-03; today at the site if not given."
)
@click.option("--out", "out", default=None, metavar="DIR", help="Folder; current/SITE in the study if not given.")
@jobs_option
@click.pass_obj
def command(folder: Path, site: str, on: str | None, out: str | None, jobs: int | None) -> int:
    """Fill a site's folder with the forms that it may use on a day, and empty it of superseded and expired ones.

    Nothing else writes there. A file READ-ME.txt says what is in it, and what is in use and must not be. Exit code 1
    when there is nothing that may be used.
    """
    from regdocs.versions.current import FOLDER, fill_current

    logbook = logbook_of(folder)
    day = day_for(logbook, site, on)
    target = logbook.study / FOLDER / site if out is None else folder / out
    found = fill_current(logbook, site, day, target, printer(jobs))
    for name in found.names.values():
        click.echo(f"  {harmless(name)}")
    for document, why in found.why_not.items():
        if why:
            click.echo(harmless(f"not laid down: {document}: {'; '.join(why)}"), err=True)
    click.echo(harmless(f"{len(found.names)} forms that may be used at {site} on {day}, in {target}."))
    return 0 if found.names else 1
