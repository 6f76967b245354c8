"""`regdocs report`: the history of a study as one HTML file that checks itself."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.recording import logbook_of
from regdocs.cli.say import harmless
from regdocs.cli.today import day_for, day_given
from regdocs.errors import Refusal, RegdocsError

if TYPE_CHECKING:
    from regdocs.finding import Finding

_USUAL = "report.html"


@click.command("report")
@click.option(
    "--out",
    "out",
    metavar="FILE",
    default=_USUAL,
    help=f"Where the page goes; {_USUAL} if not given. A name with .pdf gives pages for the binder.",
)
@click.option(
    "--on", "on", metavar="DATE", default=None, help="The day to ask about, as 2026-05-03; today at each site if none."
)
@click.option("--force", is_flag=True, help="Write over a file that is no report of ours.")
@click.pass_obj
def command(folder: Path, out: str, on: str | None, force: bool) -> int:
    """Write the history of the study as one HTML file to mail around, which needs no network.

    It tells versions, submissions, decisions and use with who, when and why, what changed, what is in force, what is
    due and flagged. Opened in a browser it checks chain, root and signatures itself, and says of a file dropped on it
    which document and version that is. It proves integrity, not authorship: compare heads and keys with what you hold.
    """
    from regdocs.atomic import write_atomic
    from regdocs.build.writers import page_as_pdf
    from regdocs.web.page import Asked, report, report_on_paper

    day_given(on)
    logbook = logbook_of(folder)
    target = folder / out
    _require_ours(target, force)
    asked = Asked(lambda site: day_for(logbook, site, on), _findings(logbook.study), harmless)
    if _is_pdf(target):
        write_atomic(target, page_as_pdf(report_on_paper(logbook, asked)))
        click.echo(harmless(f"{target}: {logbook.head.size} entries on paper, which checks nothing."))
        return 0
    page = report(logbook, asked)
    write_atomic(target, page)
    click.echo(harmless(f"{target}: {logbook.head.size} entries, {len(page):,} bytes. Mail it as it is."))
    click.echo("Send your newest head and your key's fingerprint by another way, so that it can be held against them.")
    return 0


def _require_ours(target: Path, force: bool) -> None:
    """Refuse a place in which no report may be put.

    Raises:
        Refusal: The folder is not there, or something else than a report of ours lies there.
    """
    from regdocs.web.page import is_report

    if not target.parent.is_dir():
        raise Refusal(f'there is no folder "{target.parent}"; make it first')
    if target.is_dir():
        raise Refusal(f'"{target}" is a folder; name a file')
    if target.exists() and not force and (_is_pdf(target) or not is_report(target.read_bytes())):
        what = "is there already" if _is_pdf(target) else "is no report of regdocs"
        raise Refusal(f'"{target}" {what}; --force writes over it')


def _is_pdf(target: Path) -> bool:
    return target.suffix.lower() == ".pdf"


def _findings(study: Path) -> "tuple[Finding, ...] | None":
    """Return what `check` finds; None where the working copy cannot be read: the history does not depend on it."""
    from regdocs.build.examine import examine
    from regdocs.build.study import read_inputs

    try:
        return examine(read_inputs(study)).findings
    except RegdocsError:
        return None
