"""`regdocs check`: what is wrong, doubtful or open in the study."""

from pathlib import Path

import click

from regdocs.cli.say import exit_code, say_findings, say_json, say_summary


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings and notes too.")
@click.option("--quiet", "-q", is_flag=True, help="Leave out notes: what is still to be completed or assumed.")
@click.pass_obj
def command(folder: Path, as_json: bool, strict: bool, quiet: bool) -> int:
    """Look for mistakes in protocol.yaml and the templates. Nothing is written.

    Errors keep the documents from being built. Warnings are slips, such as those in a record's own words. Notes
    are values still to be completed or only assumed.
    """
    from regdocs.build.examine import examine
    from regdocs.build.study import find_study, read_inputs
    from regdocs.finding import Severity

    findings = examine(read_inputs(find_study(folder))).findings
    if as_json:
        say_json([finding.to_json() for finding in findings])
    else:
        say_findings(f for f in findings if not (quiet and f.severity is Severity.NOTE))
        say_summary(findings)
    return exit_code(findings, strict)
