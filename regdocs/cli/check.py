"""`regdocs check`: what is wrong, doubtful or open in the study, for people and for programs.

What it looks at is one of several things: the study; a Word file that came back; or with an option the elements of
consent, the numbers, or how forms read.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.check_consent import FILES, OPTIONS, ConsentOptions, check_consent
from regdocs.cli.check_returned import GIVEN, Given, check_returned
from regdocs.cli.findings_told import as_json, findings_told, give
from regdocs.cli.gathering import gathering
from regdocs.cli.say import exit_code, say_findings, say_summary
from regdocs.cli.telling import FORMATS, LISTS, TOLD, Telling
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.numbers.check import Numbers


@click.command("check")
@partial(gathering, name="given", kind=Given, options=GIVEN)
@partial(gathering, name="telling", kind=Telling, options=TOLD)
@partial(gathering, name="consent", kind=ConsentOptions, options=OPTIONS)
@click.option("--numbers", is_flag=True, help="Look at every number of every document too.")
@click.option("--readability", is_flag=True, help="Say instead how the documents for participants read; text or JSON.")
@click.pass_obj
def command(  # one argument a thing that it can look at
    folder: Path, given: Given, telling: Telling, consent: ConsentOptions, numbers: bool, readability: bool
) -> int:
    """Look for mistakes in protocol.yaml and the templates. Nothing in the study is changed.

    Errors keep the documents from being built. Warnings are slips, such as those in a record's own words. Notes
    are values still to be completed or only assumed, and translations that nobody certified. "regdocs explain RULE"
    tells more of each.

    With FILE.docx, a Word file that came back, say instead how it differs from the document that the study makes now.

    With --consent the forms are held against the elements of consent that the recorded answers call for. "Found" means
    that the text is present, never that it is adequate. With FILE.docx too, a Word form without our marks is held
    against them by its words.

    With --numbers every number of every document is looked at: whether it comes from the protocol, and whether
    documents and words agree with each other. --json then lists each number with its protocol path.

    The formats: text for the terminal; json, sarif and github (annotations of GitHub Actions) for programs; html is
    one page to print or to mail; with --consent also pdf, docx and xlsx, a checklist for the board.
    """
    file = given.file is not None
    _demand_one({"--consent": consent.consent, "--numbers": numbers, "--readability": readability})
    _demand_one({"FILE.docx": file, "--numbers": numbers, "--readability": readability})
    given.demand_whole()
    if consent.consent:
        return check_consent(folder, telling.demanded(*FORMATS, *FILES), consent, given)
    consent.demand_unused()
    if file:
        return check_returned(folder, telling.demanded(*FORMATS), given)
    if readability:
        from regdocs.cli.check_readability import check_readability

        return check_readability(folder, telling.demanded("text", "json"))
    return _check(folder, telling.demanded(*FORMATS), numbers)


def _demand_one(asked: dict[str, bool]) -> None:
    if sum(asked.values()) > 1:
        names = " and ".join(f'"{name}"' for name, wanted in asked.items() if wanted)
        raise UsageError(f"{names} look at different things; give one of them")


def _check(folder: Path, telling: Telling, numbers: bool) -> int:
    from regdocs.build.examine import examine
    from regdocs.build.study import find_study, read_inputs
    from regdocs.finding import Severity

    study = find_study(folder)
    inputs = read_inputs(study)
    examined, counted = examine(inputs), None
    if numbers:
        from regdocs.cli.check_numbers import with_numbers_of

        examined, counted = with_numbers_of(inputs, examined)
    leave_out = telling.quiet and telling.chosen in LISTS
    shown = [f for f in examined.findings if not (leave_out and f.severity is Severity.NOTE)]
    if telling.chosen == "text":
        say_findings(shown)
        _say_numbers(counted)
        say_summary(examined.findings)
    elif telling.chosen == "json" and counted is not None:
        listed = [finding.to_json() for finding in shown]
        give(as_json({"findings": listed, **counted.to_json()}), telling.file(folder))
    else:
        give(findings_told(telling.chosen, shown, examined.loaded, study), telling.file(folder))
    return exit_code(examined.findings, telling.strict)


def _say_numbers(numbers: "Numbers | None") -> None:
    if numbers is not None:
        from regdocs.cli.check_numbers import summary

        click.echo(summary(numbers))
