"""`regdocs respond`: answer a body's stipulations, and submit the same amendment again."""

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.recording import Recording, acting_person, key_ring_for, logbook_of, record, recording_options
from regdocs.cli.recording_versions import Wish, asked, carry_out, prepared_or_told, printer, version_options
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.versions.amended_rows import Pages
    from regdocs.versions.responding import Answering


@click.command("respond")
@click.option("--to", "to", metavar="DECISION", required=True, help="The decision: number of its entry, or reference.")
@click.option("--from", "source", metavar="FILE", default=None, help="The answers; response.yaml if not given.")
@click.option("--prepare", is_flag=True, help="Write a first response.yaml, or FILE, with each stipulation.")
@click.option("--out", default=None, metavar="DIR", help="Folder of the letter, else response/BODY-NUMBER/.")
@version_options
@recording_options
@click.pass_obj
def command(
    folder: Path, to: str, source: str | None, prepare: bool, out: str | None, wish: Wish, recording: Recording
) -> int:
    """Answer each stipulation of a decision: the same amendment is submitted again, with a letter.

    Where wording changes for it, protocol.yaml says a new version, which is recorded as another wording of the same
    amendment, with redlines against what was last approved and against the wording that the body has.
    """
    from regdocs.versions.responding import decision_named

    logbook = logbook_of(folder)
    decision = decision_named(logbook, to)
    if prepare:
        return _write_first(folder, source, decision["n"])
    answering = _answering(folder, source, decision["n"], wish)
    if answering is None:
        return 1
    by = acting_person(key_ring_for(logbook, recording), recording, logbook)
    pages = _record_wording(answering, wish, recording)
    _record_answers(folder, answering, by, pages, (out, wish, recording))
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


def _record_wording(answering: "Answering", wish: Wish, recording: Recording) -> "Pages":
    """Record another wording where there is one, and return where its blocks stand."""
    from regdocs.cli.amend_words import say_amendment, say_without_base

    if answering.prepared is None:
        return {}
    say_amendment(answering.prepared)
    done = carry_out(answering.prepared, recording, wish)
    say_without_base(answering.prepared)
    return done.pages


def _record_answers(
    folder: Path, answering: "Answering", by: str, pages: "Pages", how: tuple[str | None, Wish, Recording]
) -> None:
    from regdocs.versions.response_papers import (
        FOLDER,
        lay_letter,
        prints_of_letter,
        refuse_place,
        response_entry,
        response_number,
    )

    out, wish, recording = how
    number = response_number(answering)
    target = folder / out if out else answering.logbook.study / FOLDER / f"{answering.decision['body']}-{number}"
    refuse_place(target, answering.logbook.study)
    letter = printer(wish.jobs).print(prints_of_letter(answering, number, pages))
    logbook = logbook_of(folder)
    entry, objects = response_entry(logbook, by, answering, number, letter)
    record(logbook, recording, [entry], objects=objects, then=partial(lay_letter, target, answering, letter))
    click.echo(f"The letter lies in {target}")
