"""`regdocs check`: what is wrong, doubtful or open in the study, for people and for programs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.check_returned import demand_word_file, findings_of_file
from regdocs.cli.gathering import gathering
from regdocs.cli.say import exit_code, harmless, say_findings, say_summary
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.build.examine import Examined
    from regdocs.build.study import Inputs
    from regdocs.finding import Finding

FORMATS = ("text", "json", "github", "sarif", "html")
_LISTS = ("text", "github", "html")  # read by people, who may leave notes out


@dataclass(frozen=True, slots=True)
class Given:
    """The Word file that came back, and which document it is, as given."""

    file: str | None
    named: str | None


_FILE = (
    click.argument("file", metavar="[FILE.docx]", required=False),
    click.option("--as", "named", default=None, metavar="NAME", help="Which document FILE is, as consent/north/en."),
)


@click.command("check")
@partial(gathering, name="given", kind=Given, options=_FILE)
@click.option("--format", "form", type=click.Choice(FORMATS), default=None, help="How findings are told; text if not.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--out", "out", default=None, metavar="FILE", help="Write JSON, SARIF or HTML to FILE.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings and notes too, unless they are accepted.")
@click.option("--quiet", "-q", is_flag=True, help="Leave out notes: what is still to be completed or assumed.")
@click.pass_obj
def command(
    folder: Path, given: Given, form: str | None, as_json: bool, out: str | None, strict: bool, quiet: bool
) -> int:
    """Look for mistakes in protocol.yaml and the templates. Nothing in the study is changed.

    With FILE.docx, a Word file that came back, say instead how it differs from the document that the study makes now.

    Errors keep the documents from being built. Warnings are slips, such as those in a record's own words. Notes
    are values still to be completed or only assumed. "regdocs explain RULE" tells more of each.

    The formats: text for the terminal; json, sarif and github (annotations of GitHub Actions) for programs; html is
    one page to print or to mail.
    """
    from regdocs.build.examine import examine
    from regdocs.build.study import find_study, read_inputs
    from regdocs.finding import Severity

    form = _format(form, as_json, out)
    if given.file is not None:
        demand_word_file(given.file)
    study = find_study(folder)
    inputs = read_inputs(study)
    examined = _of_file(folder, given, study, inputs, examine(inputs), form == "text")
    leave_out = quiet and form in _LISTS
    shown = [f for f in examined.findings if not (leave_out and f.severity is Severity.NOTE)]
    if form == "text":
        say_findings(shown)
        say_summary(examined.findings)
    else:
        _give(_told(form, shown, examined, _way_to(study)), folder / out if out else None)
    return exit_code(examined.findings, strict)


def _of_file(
    folder: Path, given: Given, study: Path, inputs: "Inputs", examined: "Examined", aloud: bool
) -> "Examined":
    """Return the study with what is found in the file in place of its own findings, which an error keeps."""
    from regdocs.finding import has_errors

    if given.file is None:
        if given.named is not None:
            raise UsageError('"--as" says which document FILE.docx is; name the file')
        return examined
    if has_errors(examined.findings):
        if aloud:
            click.echo(f"{harmless(given.file)} is not looked at before these errors of the study are mended:")
        return examined
    stem, found = findings_of_file(folder / given.file, study, inputs, examined, given.named)
    if aloud:
        click.echo(f'{harmless(given.file)} is held against "{stem}" as the study makes it now.')
    return replace(examined, findings=found)


def _format(form: str | None, as_json: bool, out: str | None) -> str:
    if as_json and form not in (None, "json"):
        raise UsageError(f'"--json" and "--format {form}" ask for two formats; give one of them')
    chosen = "json" if as_json else form or "text"
    if out is not None and chosen in ("text", "github"):
        why = "; annotations are read from what a step prints, so they go to no file" if chosen == "github" else ""
        raise UsageError(f'"--out" goes with "--format json", "sarif" or "html"{why}')
    return chosen


def _told(form: str, findings: Sequence["Finding"], examined: "Examined", way: str) -> str:
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
    return _json([finding.to_json() for finding in findings])


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
