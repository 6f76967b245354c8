"""`regdocs valid`: which forms may be used at a site on a day, and what that rests on; or whether signed ones were."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regdocs.cli.recording import logbook_of
from regdocs.cli.say import harmless, say_json
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.versions.logbook import Logbook
    from regdocs.versions.validity import BodyState, FormState


@click.command("valid")
@click.option("--site", metavar="ID", default=None, help="The site.")
@click.option(
    "--on", "on", metavar="DATE", default=None, help="The day, as 2026-05-03; with --signed today if not given."
)
@click.option("--document", metavar="KIND", default=None, help="Only this kind, as consent; all when not given.")
@click.option("--language", metavar="TAG", default=None, help="Only in this language, as vi; all when not given.")
@click.option("--signed", metavar="FILE", default=None, help="A CSV file of signed forms: judge each row instead.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def command(
    folder: Path,
    site: str | None,
    on: str | None,
    document: str | None,
    language: str | None,
    signed: str | None,
    as_json: bool,
) -> int:
    """Say which forms may be used at a site on a day: form, decisions, letters, activation, and the entries for it.

    Valid is what every body that decides there has let be used by a decision with its letter that holds on that day,
    and the site uses by then. With --signed FILE.csv (columns participant, site, form, version, language, date, time)
    each row is judged, and for each participant whether consent is needed anew by that day; the file is read and kept
    nowhere. Exit code 0 when all is valid, 1 when something is not, or a re-consent is overdue.
    """
    if signed is not None:
        if any(one is not None for one in (site, document, language)):
            raise UsageError("--signed FILE goes with --on alone: site, form and language stand in its rows")
        from regdocs.cli.valid_signed import judge

        return judge(folder, signed, on, as_json)
    if site is None or on is None:
        raise UsageError("say the site and the day: --site ID --on DATE")
    return _answer(logbook_of(folder), (site, on, document, language), as_json)


def _answer(logbook: "Logbook", asked: tuple[str, str, str | None, str | None], as_json: bool) -> int:
    from regdocs.versions.asking import answered
    from regdocs.versions.externals import is_external

    site, day, document, language = asked
    if document is not None and is_external(logbook, document):
        from regdocs.cli.valid_external import answer_external

        return answer_external(logbook, (site, day, document, language), as_json)
    found = answered(logbook, *asked)
    if as_json:
        say_json([_as_json(logbook, one) for one in found])
    else:
        for line in _words(logbook, found, asked[0], asked[1]):
            click.echo(harmless(line))
    return 0 if found and all(one.valid for one in found) else 1


def _words(logbook: "Logbook", found: "tuple[FormState, ...]", site: str, day: str) -> Iterator[str]:
    from regdocs.versions.copies_back import copy_at
    from regdocs.versions.overseen import name_of
    from regdocs.versions.stamps import unstamped
    from regdocs.versions.validity import why_not

    begun = str(logbook.genesis["at"])[:10]
    if day < begun:
        yield f"This log begins on {begun}; of days before, it has what was recorded afterwards."
    if not found:
        yield f"Nothing of that kind and language is in use at {site} on {day}, and nothing was ever issued for it."
    for one in found:
        yield f"{'VALID' if one.valid else 'NOT VALID'} at {site} on {day}: {name_of(one.document)}"
        yield from (f"  not valid: {reason}" for reason in why_not(one))
        yield f"  document: {one.document.stem}, version {one.document.version} of {one.document.date}"
        yield from (f"  file: {file.path}  sha256:{file.sha256}" for file in one.document.files)
        yield from (f"  decision: {_decided(body)}" for body in one.bodies if body.entry is not None)
        if one.in_use is not None:
            yield f"  in use: from {one.in_use.since}, with version {one.in_use.version} (entry {one.in_use.entry})"
        yield from (f"  since then: {_asked(logbook, n)}" for body in one.bodies for n in body.since_then)
        copy = copy_at(logbook, one)
        if copy is not None:
            came = f"from {copy.body} on {copy.on}, with {copy.reference}{f'; {copy.told}' if copy.told else ''}"
            yield f"  as received: {came}  sha256:{copy.sha256} (entry {copy.entry})"
        yield from (f"  not to hand out: {reason}" for reason in (unstamped(logbook, one) if one.valid else ()))
        entries = sorted({*one.entries, *([copy.entry] if copy else ())})
        yield f"  entries: {', '.join(map(str, entries))} of the log of {logbook.origin}"


def _decided(body: "BodyState") -> str:
    until = f" until {body.expires}" if body.expires else ""
    letter = f"letter sha256:{body.letter}" if body.letter else "without its letter"
    return f"{body.body}: {body.outcome}, {body.reference}, from {body.since}{until} (entry {body.entry}; {letter})"


def _asked(logbook: "Logbook", n: int) -> str:
    """Return in words a decision that left the use of a form as it was, with what it asked for."""
    entry = logbook.whole_entry(n)
    count = len(entry.get("stipulations", ()))
    asked = f", with {count} stipulation{'s' if count > 1 else ''}" if count else ""
    return f"{entry['body']}: {entry['outcome']} on {entry['decided']}, {entry['reference']}{asked} (entry {n})"


def _as_json(logbook: "Logbook", one: "FormState") -> dict[str, Any]:
    from dataclasses import asdict

    from regdocs.versions.copies_back import copy_at
    from regdocs.versions.stamps import unstamped
    from regdocs.versions.validity import why_not

    document = one.document
    copy = copy_at(logbook, one)
    return {
        "valid": one.valid,
        "site": one.site,
        "on": one.day,
        "kind": document.kind,
        "language": document.language,
        "version": document.version,
        "date": document.date,
        "files": [{"path": file.path, "sha256": file.sha256} for file in document.files],
        "bodies": [asdict(body) for body in one.bodies],
        "in_use": None if one.in_use is None else {"since": one.in_use.since, "entry": one.in_use.entry},
        "received": None if copy is None else asdict(copy),
        "why_not": list(why_not(one)),
        "unstamped": list(unstamped(logbook, one)) if one.valid else [],
        "entries": sorted({*one.entries, *([copy.entry] if copy else ())}),
        "origin": logbook.origin,
    }
