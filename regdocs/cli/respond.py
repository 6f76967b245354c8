"""`regdocs respond`: answer a body's stipulations, and submit the same amendment again."""

import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.gathering import gathering
from regdocs.cli.recording import Recording, acting_person, key_ring_for, logbook_of, record, recording_options
from regdocs.cli.recording_versions import Wish, asked, carry_out, demand, prepared_or_told, printer, version_options
from regdocs.cli.say import harmless, say_findings
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.versions.amended_rows import Pages
    from regdocs.versions.responding import Answering


@dataclass(frozen=True, slots=True)
class Way:
    """The command's own options, as given."""

    to: str
    source: str | None
    prepare: bool
    draft: bool
    out: str | None


_OPTIONS = (
    click.option(
        "--to", "to", metavar="DECISION", required=True, help="The decision: number of its entry, or reference."
    ),
    click.option("--from", "source", metavar="FILE", default=None, help="The answers; response.yaml if not given."),
    click.option("--prepare", is_flag=True, help="Write a first response.yaml, or FILE, with each stipulation."),
    click.option("--draft", is_flag=True, help="Lay the letter in BODY-NUMBER-draft/ to look at; nothing is recorded."),
    click.option("--out", default=None, metavar="DIR", help="Folder of the letter, else response/BODY-NUMBER/."),
)


@click.command("respond")
@partial(gathering, name="way", kind=Way, options=_OPTIONS)
@version_options
@recording_options
@click.pass_obj
def command(folder: Path, way: Way, wish: Wish, recording: Recording) -> int:
    """Answer each stipulation of a decision: the same amendment is submitted again, with a letter.

    Where wording changes for it, protocol.yaml says a new version, which is recorded as another wording of the same
    amendment, with redlines against what was last approved and against the wording that the body has.
    """
    from regdocs.versions.responding import decision_named

    demand(
        not (way.prepare and way.draft),
        "--prepare writes a file to complete, --draft a letter to look at: say one of them",
    )
    logbook = logbook_of(folder)
    decision = decision_named(logbook, way.to)
    if way.prepare:
        return _write_first(folder, way.source, decision["n"])
    answering = _answering(folder, way.source, decision["n"], wish)
    if answering is None:
        return 1
    say_findings(answering.findings)
    target = _place(folder, way, answering)
    if way.draft:
        _lay_draft(target, answering, wish)
        return 0
    by = acting_person(key_ring_for(logbook, recording), recording, logbook)
    pages = _record_wording(answering, wish, recording)
    _record_answers(folder, target, answering, by, pages, wish, recording)
    return 0


def _write_first(folder: Path, source: str | None, decision: int) -> int:
    from regdocs.amendment.response import FILE, first_response
    from regdocs.atomic import write_atomic
    from regdocs.versions.responding import stipulations_of

    logbook = logbook_of(folder)
    entry = logbook.whole_entry(decision)
    place = folder / source if source is not None else logbook.study / FILE
    if place.exists():
        raise Refusal(f'"{place}" is there already; move it away, or name another with --from')
    write_atomic(place, first_response(entry["reference"], stipulations_of(logbook, entry)).encode("utf-8"))
    click.echo(f"{place} has each stipulation of {entry['reference']}: complete each TODO in it.")
    return 0


def _answering(folder: Path, source: str | None, decision: int, wish: Wish) -> "Answering | None":
    from regdocs.amendment.response import FILE
    from regdocs.versions.amending import read_declaration
    from regdocs.versions.responding import prepare_answers

    logbook = logbook_of(folder)
    place = folder / source if source is not None else logbook.study / FILE
    data = read_declaration(place)
    if data is None:
        raise UsageError(f'there is no file "{place}"; "--prepare" writes a first one')
    entry = logbook.whole_entry(decision)
    prepare = partial(prepare_answers, data=data, decision=entry, clock=time.monotonic)
    return prepared_or_told(lambda study, wanted: prepare(study, wanted=wanted), logbook.study, asked("", wish))


def _place(folder: Path, way: Way, answering: "Answering") -> Path:
    """Return the folder of the letter, which has to be ours or empty; it is looked at before anything is recorded."""
    from regdocs.versions.response_papers import FOLDER, letter_of, refuse_place, response_number

    number = response_number(answering)
    name = f"{answering.decision['body']}-{number}{'-draft' if way.draft else ''}"
    target = folder / way.out if way.out else answering.logbook.study / FOLDER / name
    refuse_place(target, answering.logbook.study)
    letter_of(answering, number, {})  # so that a template which cannot be used is told now
    _say_version(answering)
    return target


def _say_version(answering: "Answering") -> None:
    said = answering.protocol.version.present
    if said != answering.version:
        words = f"Submitted is version {harmless(answering.version)}; version {harmless(said)} of protocol.yaml is not"
        click.echo(f"{words} part of this answer.")


def _lay_draft(target: Path, answering: "Answering", wish: Wish) -> None:
    from regdocs.versions.issuing import pages_of
    from regdocs.versions.response_papers import lay_letter, prints_of_letter, response_number

    pages = pages_of(answering.prepared, printer(wish.jobs)) if answering.prepared else {}
    prints = prints_of_letter(answering, response_number(answering), pages, draft=True)
    lay_letter(target, answering, printer(wish.jobs).print(prints))
    click.echo(f"A draft of the letter lies in {target}; nothing is recorded.")


def _record_wording(answering: "Answering", wish: Wish, recording: Recording) -> "Pages":
    """Record another wording where there is one that is not recorded, and return where its blocks stand."""
    from regdocs.cli.amend_words import say_amendment, say_without_base
    from regdocs.versions.issuing import pages_of

    prepared = answering.prepared
    if prepared is None:
        return {}
    if prepared.recorded is not None:
        return pages_of(prepared, printer(wish.jobs))
    say_amendment(prepared)
    done = carry_out(prepared, recording, wish)
    say_without_base(prepared)
    return done.pages


def _record_answers(
    folder: Path, target: Path, answering: "Answering", by: str, pages: "Pages", wish: Wish, recording: Recording
) -> None:
    from regdocs.versions.response_papers import lay_letter, prints_of_letter, response_entry, response_number

    number = response_number(answering)
    letter = printer(wish.jobs).print(prints_of_letter(answering, number, pages))
    logbook = logbook_of(folder)
    entry, objects = response_entry(logbook, by, answering, number, letter)
    record(logbook, recording, [entry], objects=objects, then=partial(lay_letter, target, answering, letter))
    click.echo(f"The letter lies in {target}")
