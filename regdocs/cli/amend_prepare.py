"""`regdocs amend --prepare`: a first amendment.yaml, candidates and redlines for review, and what follows from them."""

import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.amend_asking import complete_at_terminal
from regdocs.cli.amend_options import Ground
from regdocs.cli.amend_words import say_advice, say_amendment, say_classes, say_impact, say_without_base
from regdocs.cli.recording import Recording, acting_person, key_ring_for
from regdocs.cli.recording_versions import Wish, asked, prepared_or_told, printer
from regdocs.cli.say import harmless, say_findings
from regdocs.errors import RegdocsError

if TYPE_CHECKING:
    from regdocs.versions.preparation import Prepared


def prepare_for_review(folder: Path, ground: Ground, out: str | None, wish: Wish, recording: Recording) -> int:
    """Make candidates for review and say what stands against recording them; return the exit code."""
    from regdocs.build.study import find_study
    from regdocs.versions.candidates import FOLDER, lay_candidates

    study = find_study(folder)
    given = _declared(study, ground, folder)
    prepared = _prepared(study, given, ground, wish)
    if prepared is not None and given is None and _write_first(prepared, study):
        prepared = _prepared(study, _declared(study, ground, folder), ground, wish)  # with what was answered
    if prepared is None:
        return 1
    target = folder / out if out is not None else study / FOLDER / prepared.asked.version
    count = len(lay_candidates(prepared, target, _author(prepared, recording), printer(wish.jobs)))
    _say(prepared, target, count)
    return 0


def _prepared(study: Path, text: bytes | None, ground: Ground, wish: Wish) -> "Prepared | None":
    from regdocs.versions.amendment_preparation import prepare_candidate

    wanted = replace(asked("", wish), declaration=text, against=ground.against(), track_identity=ground.track_identity)
    return prepared_or_told(partial(prepare_candidate, clock=time.monotonic), study, wanted)


def _declared(study: Path, ground: Ground, folder: Path) -> bytes | None:
    """Return the declaration; None where there is none yet, or only the one recorded with the last amendment."""
    from regdocs.versions.logbook import open_logbook
    from regdocs.versions.snapshot import stored_declaration

    given, logbook = ground.declaration_in(study, folder), open_logbook(study)
    if given is None or ground.source is not None or logbook is None or not logbook.versions:
        return given
    return None if stored_declaration(logbook, logbook.versions[-1]) == given else given


def _write_first(prepared: "Prepared", study: Path) -> bool:
    """Write the first declaration, and return whether a person answered something of it at the terminal."""
    from regdocs.amendment.declared import FILE
    from regdocs.atomic import write_atomic

    assert prepared.amended is not None, "an amendment was prepared"
    write_atomic(study / FILE, prepared.amended.amending.text)
    click.echo(f"{study / FILE} is a first declaration of what changed: complete each TODO in it.")
    return complete_at_terminal(study / FILE)


def _author(prepared: "Prepared", recording: Recording) -> str:
    """Return whose changes the redlines show: who acts, where that is known, else the sponsor."""
    with suppress(RegdocsError):
        person = acting_person(key_ring_for(prepared.logbook, recording), recording, prepared.logbook)
        return prepared.logbook.people.people[person].name
    return str(prepared.logbook.genesis["sponsor"])


def _say(prepared: "Prepared", target: Path, count: int) -> None:
    from regdocs.amendment.declared import OPEN_ITEM

    say_amendment(prepared)
    say_impact(prepared)
    say_classes(prepared)
    say_advice(prepared)
    say_without_base(prepared)
    standing = [one for one in prepared.findings if one.rule.startswith(("AMD-", "FINAL-", "OPEN-"))]
    say_findings(one for one in standing if one.rule != OPEN_ITEM)
    for one in (one for one in standing if one.rule == OPEN_ITEM):
        click.echo(f"  {one.file}:{one.position.line}: {harmless(one.message)}")
    click.echo(f"{count} candidates for review, marked CANDIDATE, lie in {target}. Nothing was recorded.")
    if standing:
        things = "thing stands" if len(standing) == 1 else "things stand"
        click.echo(f"{len(standing)} {things} against recording it; see above.")
    else:
        click.echo(f'Nothing stands against it: "regdocs amend --record {prepared.asked.version}" records it.')
