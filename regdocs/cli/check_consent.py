"""`regdocs check --consent`: where each element of consent stands in each form, and a checklist of it for a board."""

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.check_returned import Given
from regdocs.cli.findings_told import as_json, findings_told, give
from regdocs.cli.say import colour_wanted, exit_code, harmless, on_terminal, say_findings, say_summary
from regdocs.cli.telling import LISTS, Telling
from regdocs.errors import EnvironmentLacks, UsageError

if TYPE_CHECKING:
    from regdocs.build.consent_check import Chosen
    from regdocs.build.examine import Examined
    from regdocs.build.study import Inputs
    from regdocs.consent.reading import FormRead
    from regdocs.consent.standing import Standing
    from regdocs.finding import Finding

_COLOURS = {"found": "green", "missing": "red", "to be completed": "yellow"}
FILES = ("pdf", "docx", "xlsx")
_SHORT = 90


@dataclass(frozen=True, slots=True)
class ConsentOptions:
    """What was asked of the elements of consent.

    Attributes:
        only, sites: Kinds and sites of the forms; none for all.
        final: Whether an element that still holds an open value counts as missing.
        no_pages: Whether the forms are not laid out to say on which page an element stands.
    """

    consent: bool
    only: tuple[str, ...]
    sites: tuple[str, ...]
    final: bool
    no_pages: bool

    def demand_unused(self) -> None:
        """Refuse options that say nothing without `--consent`."""
        if self.only or self.sites or self.final or self.no_pages:
            raise UsageError('"--only", "--site", "--final" and "--no-pages" go with "--consent"')

    def chosen(self) -> "Chosen":
        """Return which forms are read.

        Raises:
            UsageError: A kind that gives no elements of consent.
        """
        from regdocs.build.consent_check import Chosen
        from regdocs.consent.reading import GIVES_ELEMENTS

        for kind in self.only:
            if kind not in GIVES_ELEMENTS:
                known = ", ".join(GIVES_ELEMENTS)
                raise UsageError(f'"{kind}" does not give the elements of consent; these do: {known}')
        return Chosen(self.only, self.sites)


OPTIONS = (
    click.option("--consent", is_flag=True, help="Where each element of consent stands in each form, and where not."),
    click.option("--only", multiple=True, metavar="KIND", help="With --consent: only these forms; may be repeated."),
    click.option(
        "--site", "sites", multiple=True, metavar="ID", help="With --consent: only this site's; may be repeated."
    ),
    click.option("--final", is_flag=True, help="With --consent: what is still to be completed counts as missing."),
    click.option("--no-pages", is_flag=True, help="With --consent: do not lay out the forms to say the pages; faster."),
)


@dataclass(frozen=True, slots=True)
class _Read:
    study: Path
    inputs: "Inputs"
    examined: "Examined"
    forms: "tuple[FormRead, ...]"
    findings: "tuple[Finding, ...]"


def check_consent(folder: Path, telling: Telling, options: ConsentOptions, given: Given) -> int:
    """Read the forms, or a Word file in place of one, tell or write what was found, and return the exit code."""
    from regdocs.build.examine import examine
    from regdocs.build.study import find_study, read_inputs
    from regdocs.finding import has_errors

    study = find_study(folder)
    inputs = read_inputs(study)
    examined = examine(inputs)
    if has_errors(examined.findings):
        return _errors_first(folder, telling, study, examined)
    _demand_sites(options, examined)
    read = _Read(study, inputs, examined, (), ())
    read = _of_file(folder, options, given, read) if given.file else _of_study(telling, options, read)
    _tell(folder, telling, read)
    return exit_code(read.findings, telling.strict)


def _errors_first(folder: Path, telling: Telling, study: Path, examined: "Examined") -> int:
    """Tell the errors that keep the forms from being read, in the format that was asked for; no checklist is made."""
    errors = [one for one in examined.findings if one.severity == "error"]
    if telling.chosen in ("json", "sarif", "github", "html"):
        give(findings_told(telling.chosen, errors, examined.loaded, study), telling.file(folder))
    else:
        say_findings(errors)
        click.echo("The forms cannot be read: mend these errors first.")
    return 1


def _of_study(telling: Telling, options: ConsentOptions, read: _Read) -> _Read:
    from regdocs.build.consent_check import papers_of, read_consent
    from regdocs.consent.reading import findings_in
    from regdocs.consent.wording import wording_findings

    loaded, chosen = read.examined.loaded, options.chosen()
    forms = read_consent(read.examined, chosen, None if options.no_pages else _pages(telling, options, read))
    worded = wording_findings(papers_of(read.examined, chosen), loaded)
    return replace(read, forms=forms, findings=(*findings_in(forms, loaded, final=options.final), *worded))


def _of_file(folder: Path, options: ConsentOptions, given: Given, read: _Read) -> _Read:
    from regdocs.cli.check_unmarked import form_in_words
    from regdocs.consent.reading import findings_in

    if options.only or options.sites:
        raise UsageError('"--only" and "--site" choose forms of the study; with FILE.docx "--as" says which form it is')
    assert given.file is not None
    form = form_in_words(folder / given.file, given.named, read.examined)
    found = findings_in((form,), read.examined.loaded, final=options.final, file=given.file)
    return replace(read, forms=(form,), findings=tuple(found))


def _demand_sites(options: ConsentOptions, examined: "Examined") -> None:
    known = [site.id for site in examined.loaded.protocol.sites] if examined.loaded.protocol else []
    for site in options.sites:
        if site not in known:
            raise UsageError(f'there is no site "{site}" in protocol.yaml; its sites are: {", ".join(known) or "none"}')


def _pages(telling: Telling, options: ConsentOptions, read: _Read) -> Mapping[str, Mapping[str, int]] | None:
    from regdocs.build.cache import Cache
    from regdocs.build.consent_check import pages_of_forms

    # A checklist for a board rests on nothing that others could have written into the cache.
    cache = None if telling.chosen in FILES else Cache(read.study)
    shown = _progress if on_terminal() and telling.chosen == "text" else lambda path, number, count: None
    cores, forms = os.cpu_count() or 1, options.chosen()
    try:
        made, failures = pages_of_forms(read.examined, read.inputs, forms, cores, shown, time.monotonic, cache)
    except EnvironmentLacks as lacking:
        click.echo(f"Pages are not told: {lacking}", err=True)
        return None
    for failure in failures:
        click.echo(f"Pages of {failure.name} are not told: {failure.why}", err=True)
    return made


def _progress(path: str, number: int, count: int) -> None:
    click.echo(f"  [{number}/{count}] pages of {path}", err=True)


def _tell(folder: Path, telling: Telling, read: _Read) -> None:
    form, file = telling.chosen, telling.file(folder)
    if form == "text":
        _say(read, telling.quiet)
    elif form == "json":
        give(_json(read), file)
    elif form in FILES:
        give(_file(form, read), file)
        say_summary(read.findings)
    else:
        shown = [one for one in read.findings if not (telling.quiet and form in LISTS and one.severity == "note")]
        give(findings_told(form, shown, read.examined.loaded, read.study), file)


def _json(read: _Read) -> str:
    from regdocs.consent.checklist import JSON_FORMAT, form_json

    findings = [one.to_json() for one in read.findings]
    return as_json({"format": JSON_FORMAT, "forms": [form_json(one) for one in read.forms], "findings": findings})


def _file(form: str, read: _Read) -> bytes:
    from regdocs.build.consent_check import print_checklist
    from regdocs.consent.checklist_book import checklist_book

    if form != "xlsx":
        return print_checklist(read.forms, read.examined, read.inputs, form)
    protocol = read.examined.loaded.protocol
    assert protocol is not None  # a study that cannot be loaded has an error
    return checklist_book(read.forms, protocol.identity.titles.short.value or "")


def _say(read: _Read, quiet: bool) -> None:
    for form in read.forms:
        _say_form(form)
    say_findings(one for one in read.findings if not (quiet and one.severity == "note"))
    say_summary(read.findings)
    click.echo('"Found" means that the text is present, never that it is good enough.')


def _say_form(form: "FormRead") -> None:
    from regdocs.consent.checklist import counts_of, form_title
    from regdocs.consent.elements import packs

    names = {pack.id: pack.name for pack in packs()}
    click.secho(f"{form.paper.stem}: {form_title(form)}", bold=True, color=colour_wanted())
    for one in form.packs:
        click.echo(f"  {names[one.pack]} {'applies' if one.applies else 'does not apply'}: {harmless(one.reason)}")
    _say_standings(form.standings)
    click.echo("  " + ", ".join(f"{count} {state}" for state, count in counts_of(form.standings)) + "\n")


def _say_standings(standings: "Iterable[Standing]") -> None:
    from regdocs.consent.checklist import first_texts, where

    for one in standings:
        state = click.style(f"{one.state:<18}", fg=_COLOURS.get(one.state))
        click.echo(f"  {one.element.id:<10}{state}{one.element.about}", color=colour_wanted())
        if one.evidence:
            quoted = "” “".join(_short(each.words) for each in first_texts(one))
            click.echo(f"{'':30}{harmless(where(one))}: “{harmless(quoted)}”")
        if one.why:
            click.echo(f"{'':30}{harmless(one.why)}")


def _short(words: str) -> str:
    return words if len(words) <= _SHORT else f"{words[:_SHORT].rsplit(' ', 1)[0]} …"
