"""`regdocs amend --urgent-safety`: record a measure taken at once against a hazard, and say whom to tell by when."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.amend_options import Ground
from regdocs.cli.recording import Recording, acting_person, key_ring_for, logbook_of, record
from regdocs.cli.say import harmless, say_findings, say_summary
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.amendment.urgent import Notification, UrgentMeasure
    from regdocs.spec.protocol import Protocol
    from regdocs.versions.logbook import Logbook
    from regdocs.versions.urgent import Measure

_FORMAT = "regdocs-urgent"


def record_urgent(folder: Path, ground: Ground, recording: Recording) -> int:
    """Record the measure and say per body what to tell and by when; return the exit code.

    It needs no base and no decision; the ordinary amendment follows, and names the entry.
    """
    from regdocs.amendment.regimes import regimes_of
    from regdocs.amendment.urgent import load_measure, notifications
    from regdocs.versions.urgent import urgent_safety

    logbook = logbook_of(folder)
    protocol = _protocol(logbook)
    data, name = (_asked(protocol), "your answers") if ground.source is None else _read(folder, ground.source)
    measure, findings = load_measure(data, name)
    if measure is None:
        say_findings(findings)
        say_summary(findings)
        return 1
    by = acting_person(key_ring_for(logbook, recording), recording, logbook)
    record(logbook, recording, [urgent_safety(logbook, by, _said(measure))])
    _say(logbook.head.size, notifications(measure, regimes_of(protocol), protocol))
    return 0


def _protocol(logbook: "Logbook") -> "Protocol":
    """Return the protocol in force: that of the last recorded version, whatever the working copy is like by now."""
    from regdocs.build.study import PROTOCOL, read_inputs
    from regdocs.spec.load import load
    from regdocs.versions.snapshot import stored_inputs

    last = logbook.versions[-1] if logbook.versions else None
    protocol = load((stored_inputs(logbook, last) if last else read_inputs(logbook.study)).protocol, PROTOCOL).protocol
    if protocol is None:
        raise Refusal('protocol.yaml has mistakes; "regdocs check" lists them')
    return protocol


def _read(folder: Path, source: str) -> tuple[bytes, str]:
    from regdocs.versions.amending import read_declaration

    data = read_declaration(folder / source)
    if data is None:
        raise UsageError(f'there is no file "{source}"')
    return data, source


def _said(measure: "UrgentMeasure") -> "Measure":
    from regdocs.versions.urgent import AtSite, Measure

    sites = [AtSite(one.site, one.implemented, one.told) for one in measure.sites]
    return Measure(measure.hazard, measure.measure, measure.decided_by, sites, measure.known_at)


# ------------------------------------------------------------------------------------------------------------- asking


def _asked(protocol: "Protocol") -> bytes:
    """Ask at the terminal, and return the answers as the file that could have been given.

    Raises:
        UsageError: There is no terminal.
    """
    import json
    import sys

    if not sys.stdin.isatty():
        raise UsageError("--urgent-safety needs --from FILE, or a terminal to ask at")
    told: dict[str, object] = {_FORMAT: 1, "hazard": click.prompt("The hazard")}
    told["measure"] = click.prompt("What is done about it")
    told["decided_by"] = click.prompt("Who decided")
    sites = [one.id for one in protocol.sites if click.confirm(f"Is it in force at the site {one.id}?")]
    told["sites"] = [_site(one) for one in sites]
    return json.dumps(told, ensure_ascii=False).encode("utf-8")  # JSON is YAML


def _site(site: str) -> dict[str, str]:
    since = click.prompt(f"{site}: since when, as 2026-08-03T14:20+02:00")
    return {"site": site, "implemented": since, "told": click.prompt(f"{site}: were participants told, when and how")}


def _say(entry: int, rows: "tuple[Notification, ...]") -> None:
    click.echo("Whom to tell (what applies at your place is for you to know; sources as far as they were read):")
    for one in rows:
        day = f", by {one.due_on}" if one.due_on else ""
        sources = f" Source: {'; '.join(map(str, one.sources))}" if one.sources else ""
        regime = f"{one.regime}, " if one.regime else ""
        click.echo(f"  {harmless(f'{regime}{one.to}: {one.what} – {one.by_when}{day}.{sources}')}")
    click.echo(f'The ordinary amendment follows; write "follows: {entry}" in its amendment.yaml.')
