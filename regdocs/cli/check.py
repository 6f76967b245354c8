"""`regdocs check`: what is wrong, doubtful or open in the study, for people and for programs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.say import exit_code, say_findings, say_summary
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.build.examine import Examined
    from regdocs.finding import Finding
    from regdocs.numbers.check import Numbers

FORMATS = ("text", "json", "github", "sarif", "html")
_LISTS = ("text", "github", "html")  # read by people, who may leave notes out


@click.command("check")
@click.option("--format", "form", type=click.Choice(FORMATS), default=None, help="How findings are told; text if not.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--out", "out", default=None, metavar="FILE", help="Write JSON, SARIF or HTML to FILE.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings and notes too, unless they are accepted.")
@click.option("--quiet", "-q", is_flag=True, help="Leave out notes: what is still to be completed or assumed.")
@click.option("--numbers", "with_numbers", is_flag=True, help="Look at every number of every document too.")
@click.pass_obj
def command(
    folder: Path, form: str | None, as_json: bool, out: str | None, strict: bool, quiet: bool, with_numbers: bool
) -> int:
    """Look for mistakes in protocol.yaml and the templates. Nothing in the study is changed.

    Errors keep the documents from being built. Warnings are slips, such as those in a record's own words. Notes
    are values still to be completed or only assumed. "regdocs explain RULE" tells more of each.

    The formats: text for the terminal; json, sarif and github (annotations of GitHub Actions) for programs; html is
    one page to print or to mail.

    With --numbers every number of every document is looked at: whether it comes from the protocol, and whether
    documents and words agree with each other. --json then lists each number with its protocol path.
    """
    from regdocs.build.examine import examine
    from regdocs.build.study import find_study, read_inputs
    from regdocs.finding import Severity

    form = _format(form, as_json, out)
    study = find_study(folder)
    inputs = read_inputs(study)
    examined, numbers = examine(inputs), None
    if with_numbers:
        from regdocs.cli.check_numbers import with_numbers_of

        examined, numbers = with_numbers_of(inputs, examined)
    leave_out = quiet and form in _LISTS
    shown = [f for f in examined.findings if not (leave_out and f.severity is Severity.NOTE)]
    if form == "text":
        say_findings(shown)
        _say_numbers(numbers)
        say_summary(examined.findings)
    else:
        _give(_told(form, shown, examined, _way_to(study), numbers), folder / out if out else None)
    return exit_code(examined.findings, strict)


def _format(form: str | None, as_json: bool, out: str | None) -> str:
    if as_json and form not in (None, "json"):
        raise UsageError(f'"--json" and "--format {form}" ask for two formats; give one of them')
    chosen = "json" if as_json else form or "text"
    if out is not None and chosen in ("text", "github"):
        why = "; annotations are read from what a step prints, so they go to no file" if chosen == "github" else ""
        raise UsageError(f'"--out" goes with "--format json", "sarif" or "html"{why}')
    return chosen


def _say_numbers(numbers: "Numbers | None") -> None:
    if numbers is not None:
        from regdocs.cli.check_numbers import summary

        click.echo(summary(numbers))


def _told(form: str, findings: Sequence["Finding"], examined: "Examined", way: str, numbers: "Numbers | None") -> str:
    if form == "github":
        from regdocs.cli.annotations import annotations

        return "".join(f"{line}\n" for line in annotations(findings, way))
    if form == "html":
        from regdocs.cli.findings_page import findings_page

        protocol = examined.loaded.protocol
        title = protocol.identity.titles.short.value if protocol else None
        return findings_page(findings, title, protocol.demonstration if protocol else False)
    if form == "sarif":
        from regdocs.cli.sarif import sarif_log

        return _json(sarif_log(findings, way))
    listed = [finding.to_json() for finding in findings]
    return _json(listed if numbers is None else {"findings": listed, **numbers.to_json()})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _way_to(study: Path) -> str:
    """Return the way from where we stand to the study, for programs that look from there; "" when it lies elsewhere."""
    here = Path.cwd().resolve()
    way = study.relative_to(here).as_posix() if study.is_relative_to(here) else "."
    return "" if way == "." else way


def _give(text: str, file: Path | None) -> None:
    if file is None:
        click.echo(text, nl=False)
        return
    from regdocs.atomic import write_atomic

    write_atomic(file, text.encode("utf-8"))
    click.echo(f"Findings written to {file}.")
