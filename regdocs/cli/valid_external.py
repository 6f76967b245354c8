"""What `regdocs valid` says of a document from outside, such as an advertisement: approved from when, by whom."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from regdocs.cli.say import harmless, say_json

if TYPE_CHECKING:
    from regdocs.versions.externals import ExternalState
    from regdocs.versions.logbook import Logbook


def answer_external(logbook: "Logbook", asked: tuple[str, str, str, str | None], as_json: bool) -> int:
    """Print how each version of it stands; 0 when in each language that it went to a body in one is approved."""
    from regdocs.versions.externals import externals_at

    site, day, name, language = asked
    found = externals_at(logbook, site, day, name, language)
    if as_json:
        say_json([_as_json(logbook, one) for one in found])
    else:
        for line in _words(logbook, found, asked):
            click.echo(harmless(line))
    approved = {one.document.split("/")[1] for one in found if one.approved}
    return 0 if found and approved == {one.document.split("/")[1] for one in found} else 1


def _words(
    logbook: "Logbook", found: "tuple[ExternalState, ...]", asked: tuple[str, str, str, str | None]
) -> Iterator[str]:
    site, day, name, language = asked
    if not found:
        yield f'"{name}"{f" in {language}" if language else ""} was never submitted to a body for {site}.'
    for one in found:
        yield f"{'APPROVED' if one.approved else 'NOT APPROVED'} at {site} on {day}: {one.document}"
        yield from (f"  not approved: {reason}" for reason in one.why_not)
        yield f"  document: {one.title} ({one.type}), of {one.date}, sha256:{one.sha256}; not made here, not kept here"
        yield from _decisions(one)
        yield from (f"  not submitted to: {body}" for body in one.others)
        yield f"  entries: {', '.join(map(str, one.entries))} of the log of {logbook.origin}"


def _decisions(one: "ExternalState") -> Iterator[str]:
    for body in one.bodies:
        if body.entry is not None:
            until = f" until {body.expires}" if body.expires else ""
            letter = f"letter sha256:{body.letter}" if body.letter else "without its letter"
            said = f"{body.outcome} from {body.since}{until} by {body.body}, {body.reference}"
            yield f"  {said} (entry {body.entry}; {letter})"


def _as_json(logbook: "Logbook", one: "ExternalState") -> dict[str, Any]:
    from dataclasses import asdict

    own = {key: value for key, value in asdict(one).items() if key not in ("day", "submitted", "files")}
    told = {"approved": one.approved, "on": one.day, "why_not": list(one.why_not), "entries": list(one.entries)}
    return {**told, **own, "origin": logbook.origin}
