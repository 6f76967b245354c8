"""`regdocs check`: what is wrong, doubtful or open in the study, for people and for programs."""

from pathlib import Path

import click

from regdocs.cli.check_consent import FILES
from regdocs.cli.findings_told import findings_told, give
from regdocs.cli.say import exit_code, say_findings, say_summary
from regdocs.errors import UsageError

FORMATS = ("text", "json", "github", "sarif", "html")
_LISTS = ("text", "github", "html")  # read by people, who may leave notes out


@click.command("check")
@click.option("--format", "form", type=click.Choice(FORMATS + FILES), default=None, help="How it is told; text if not.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--out", "out", default=None, metavar="FILE", help="Write it to FILE.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings and notes too, unless they are accepted.")
@click.option("--quiet", "-q", is_flag=True, help="Leave out notes: what is still to be completed or assumed.")
@click.option("--consent", is_flag=True, help="Where each element of consent stands in each form, and where not.")
@click.option("--only", multiple=True, metavar="KIND", help="With --consent: only these forms; may be repeated.")
@click.option("--site", "sites", multiple=True, metavar="ID", help="With --consent: only this site's; may be repeated.")
@click.option("--final", is_flag=True, help="With --consent: what is still to be completed counts as missing.")
@click.option("--no-pages", is_flag=True, help="With --consent: do not lay out the forms to say the pages; faster.")
@click.pass_obj
def command(  # noqa: PLR0913 – one argument an option, which is how click hands them over
    folder: Path,
    form: str | None,
    as_json: bool,
    out: str | None,
    strict: bool,
    quiet: bool,
    consent: bool,
    only: tuple[str, ...],
    sites: tuple[str, ...],
    final: bool,
    no_pages: bool,
) -> int:
    """Look for mistakes in protocol.yaml and the templates. Nothing in the study is changed.

    Errors keep the documents from being built. Warnings are slips, such as those in a record's own words. Notes
    are values still to be completed or only assumed. "regdocs explain RULE" tells more of each.

    With --consent the forms are held against the elements of consent that the recorded answers call for. "Found" means
    that the text is present, never that it is adequate.

    The formats: text for the terminal; json, sarif and github (annotations of GitHub Actions) for programs; html is
    one page to print or to mail; with --consent also pdf, docx and xlsx, a checklist for the board.
    """
    form = _format(form, as_json, out, consent)
    target = folder / out if out else None
    if not consent:
        if only or sites or final or no_pages:
            raise UsageError('"--only", "--site", "--final" and "--no-pages" go with "--consent"')
        return _check(folder, form, target, strict, quiet)
    from regdocs.cli.check_consent import asked_of, check_consent

    return check_consent(folder, asked_of(form, target, only, sites, final, not no_pages, strict, quiet))


def _check(folder: Path, form: str, target: Path | None, strict: bool, quiet: bool) -> int:
    from regdocs.build.examine import examine
    from regdocs.build.study import find_study, read_inputs
    from regdocs.finding import Severity

    study = find_study(folder)
    examined = examine(read_inputs(study))
    leave_out = quiet and form in _LISTS
    shown = [f for f in examined.findings if not (leave_out and f.severity is Severity.NOTE)]
    if form == "text":
        say_findings(shown)
        say_summary(examined.findings)
    else:
        give(findings_told(form, shown, examined.loaded, study), target)
    return exit_code(examined.findings, strict)


def _format(form: str | None, as_json: bool, out: str | None, consent: bool) -> str:
    if as_json and form not in (None, "json"):
        raise UsageError(f'"--json" and "--format {form}" ask for two formats; give one of them')
    chosen = "json" if as_json else form or "text"
    if chosen in FILES and not consent:
        raise UsageError(f'"--format {chosen}" is a checklist of the elements of consent; it goes with "--consent"')
    if chosen in FILES and out is None:
        raise UsageError(f'"--format {chosen}" makes a file; say which with "--out FILE.{chosen}"')
    if out is not None and chosen in ("text", "github"):
        why = "; annotations are read from what a step prints, so they go to no file" if chosen == "github" else ""
        files = ', "pdf", "docx" or "xlsx"' if consent else ""
        raise UsageError(f'"--out" goes with "--format json", "sarif" or "html"{files}{why}')
    return chosen
