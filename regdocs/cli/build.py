"""`regdocs build`: the documents of the study, as drafts, into the output folder."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.say import exit_code, on_terminal, say_findings, say_json, say_summary
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.build.recorded import Recorded
    from regdocs.build.run import Built

LACKS = 69


@click.command("build")
@click.option("--out", "out", default=None, metavar="DIR", help="Output folder; out/ in the study when not given.")
@click.option("--only", multiple=True, metavar="KIND", help="Only this kind of document; may be repeated.")
@click.option("--site", "sites", multiple=True, metavar="ID", help="Only this site's documents; may be repeated.")
@click.option(
    "--final",
    is_flag=True,
    help="Without the draft mark; refused while anything is open. After the first release: a recorded version only.",
)
@click.option(
    "--version",
    "version",
    default=None,
    metavar="V",
    help="With --final: the recorded version; the newest if not given.",
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME",
    help="accessible (PDF/UA-1, the default), "
    "submission (PDF/A-2a) or fillable (forms; checklist and CRF only); may be repeated.",
)
@click.option(
    "--jobs",
    default=None,
    type=click.IntRange(1, 64),
    metavar="N",
    help="PDFs made side by side; the cores when not given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print findings and documents as JSON.")
@click.option("--dry-run", is_flag=True, help="Say what would be made; write nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings and notes too.")
@click.pass_obj
def command(  # noqa: PLR0913 – one argument an option, which is how click hands them over
    folder: Path,
    out: str | None,
    only: tuple[str, ...],
    sites: tuple[str, ...],
    final: bool,
    version: str | None,
    profiles: tuple[str, ...],
    jobs: int | None,
    as_json: bool,
    dry_run: bool,
    strict: bool,
) -> int:
    """Build the documents of the study.

    What has not changed is not made again. While an error stands, nothing is written.
    """
    from regdocs.build.order import Order
    from regdocs.build.run import build
    from regdocs.build.study import find_study

    if version is not None and not final:
        raise UsageError("--version names a recorded version, which is made with --final")
    study = find_study(folder)
    recorded, after = _recorded(study, version) if final else (None, _newest(study))
    target = study / "out" if out is None else folder / out
    order = Order(
        study,
        target,
        only,
        sites,
        final,
        dry_run,
        findings=as_json or strict,
        profiles=tuple(dict.fromkeys(profiles)) or ("accessible",),
        processes=jobs or os.cpu_count() or 1,
        recorded=recorded,
        after=after,
    )
    progress = _progress if on_terminal() and not as_json else lambda path, number, count: None
    built = build(order, progress, time.monotonic)
    if as_json:
        say_json(_as_json(built))
    else:
        _say(built, target, dry_run)
    failed = exit_code(built.findings, strict)
    return failed or (LACKS if built.lacking else 0)


def _recorded(study: Path, version: str | None) -> "tuple[Recorded | None, str | None]":
    """Return the recorded version that final documents have to be; None before the first release."""
    from regdocs.versions.logbook import open_logbook

    logbook = open_logbook(study) if _has_log(study) else None
    if logbook is None or not logbook.versions:
        if version is not None:
            raise Refusal(f'there is no recorded version "{version}": nothing was released yet')
        return None, None
    from regdocs.versions.issued import recorded

    wanted = logbook.version(version) if version is not None else logbook.versions[-1]
    return recorded(logbook, wanted), wanted.name


def _newest(study: Path) -> str | None:
    """Return the name of the newest recorded version, which drafts come after."""
    if not _has_log(study):
        return None
    from regdocs.versions.logbook import open_logbook

    logbook = open_logbook(study)
    return logbook.versions[-1].name if logbook and logbook.versions else None


def _has_log(study: Path) -> bool:
    """Tell whether there is a log; without one nothing of it is loaded."""
    return os.path.lexists(study / "audit" / "log.jsonl")


def _progress(path: str, number: int, count: int) -> None:
    click.echo(f"  [{number}/{count}] {path}", err=True)


def _as_json(built: "Built") -> dict[str, object]:
    documents = built.manifest.to_json() if built.manifest else None
    return {
        "findings": [finding.to_json() for finding in built.findings],
        "render": list(built.plan.render),
        "keep": list(built.plan.keep),
        "stale": list(built.plan.stale),
        "remove": list(built.plan.remove),
        "lacking": [{"what": problem.what, "remedy": problem.remedy} for problem in built.lacking],
        "manifest": documents,
    }


def _say(built: "Built", out: Path, dry_run: bool) -> None:
    notes = [finding for finding in built.findings if finding.severity == "note"]
    say_findings(finding for finding in built.findings if finding.severity != "note")
    if built.findings:
        say_summary(built.findings)
    if notes:
        click.echo('Notes are what is to be completed, confirmed or certified; "regdocs check" lists them.')
    _say_outcome(built, out, dry_run)
    for problem in built.lacking:
        click.echo(f"No PDF was made: {problem.what}. Remedy: {problem.remedy}")


def _say_outcome(built: "Built", out: Path, dry_run: bool) -> None:
    if built.manifest is None and not dry_run:
        click.echo("Nothing was written: mend the errors above and build again.")
        return
    made = "would be made" if dry_run else "made"
    if built.unchanged or not (built.plan.render or built.plan.remove):
        click.echo(f"Nothing has changed: {len(built.plan.keep)} documents in {out} are up to date.")
    else:
        click.echo(f"{len(built.plan.render)} documents {made}, {len(built.plan.keep)} already up to date, in {out}.")
    for path in built.plan.stale:
        click.echo(f"Out of date, and not asked for: {path}")
    _say_not_certified(built)
    if built.manifest is not None and built.manifest.draft:
        count = built.manifest
        if count.final:  # a language is not complete, or a part was left as it was
            click.echo('Some of these are still drafts; "regdocs status" names them and says why.')
            return
        click.echo(f"These are drafts: {count.todo} values to complete, {count.assumptions} assumed.")


def _say_not_certified(built: "Built") -> None:
    from regdocs.build.drafts import not_certified

    count = len(not_certified(built.manifest)) if built.manifest is not None else 0
    if count:
        what = "1 translation is" if count == 1 else f"{count} translations are"
        click.echo(f'{what} not certified, and each page says so; "regdocs status" names them.')
