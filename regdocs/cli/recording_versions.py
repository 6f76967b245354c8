"""What `release` and `amend` have in common: options, who signs, what is told.

Knows the terminal and the clock; what is recorded, and in which order, is in `versions`.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regdocs.cli.gathering import gathering
from regdocs.cli.recorded import recorded
from regdocs.cli.recording import (
    Recording,
    acting_person,
    actor_of,
    key_ring_for,
    log_signer_of,
    logbook_of,
    now,
    say_recorded,
)
from regdocs.cli.say import harmless, on_terminal, say_findings, say_summary
from regdocs.cli.terminal_signer import show
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.versions.logbook import Logbook
    from regdocs.versions.preparation import Asked, Prepared
    from regdocs.versions.printed import Printer
    from regdocs.versions.record import Done
    from regdocs.versions.redlines import Against

_F = TypeVar("_F", bound=Callable[..., Any])
_P = TypeVar("_P")
_ADMINISTRATOR = "administrator"
_MADE_AT_ONCE = 5  # so many documents are there before somebody wonders


@dataclass(frozen=True, slots=True)
class Wish:
    """The options that both commands have, as given."""

    documents: tuple[str, ...] = ()
    without_documents: bool = False
    role: str | None = None
    jobs: int | None = None


def version_options(command: _F) -> _F:
    """Give a command the options `--document`, `--without-documents`, `--role` and `--jobs`, as one argument `wish`."""
    return gathering(command, "wish", Wish, _OPTIONS)


jobs_option = click.option(
    "--jobs", default=None, type=click.IntRange(1, 64), metavar="N", help="PDFs made side by side; the cores if not."
)
_OPTIONS = (
    click.option(
        "--document",
        "documents",
        multiple=True,
        metavar="KIND/[SITE/]LANGUAGE=VERSION",
        help="The own version of one document, as consent/north/en=2.0; may be repeated.",
    ),
    click.option(
        "--without-documents",
        "without_documents",
        is_flag=True,
        help="Keep trees only; checkout prints the documents again from them.",
    ),
    click.option("--role", "role", default=None, metavar="ROLE", help="The role you sign in as author."),
    jobs_option,
)


def asked(version: str, wish: Wish, *, reason: str | None = None, on: str | None = None) -> "Asked":
    """Return what is asked, from options. Raises as `proposal.parse_chosen`."""
    from regdocs.versions.preparation import Asked
    from regdocs.versions.proposal import parse_chosen

    return Asked(version, reason, on, parse_chosen(wish.documents), not wish.without_documents)


def prepared_or_told(prepare: "Callable[[Path, Asked], _P]", study: Path, wanted: "Asked") -> "_P | None":
    """Return what is ready to be recorded; None after saying each thing that stands against it."""
    from regdocs.versions.preparation import NotReady

    try:
        return prepare(study, wanted)
    except NotReady as refusal:
        say_findings(refusal.findings)
        say_summary(refusal.findings)
        click.echo(f"Refused: {refusal}.", err=True)
        return None


def carry_out(prepared: "Prepared", recording: Recording, wish: Wish) -> "Done":
    """Record the version and its documents, say so, and return what was recorded."""
    from regdocs.versions.record import Hands, record

    logbook = prepared.logbook
    say_findings(one for one in prepared.findings if one.severity == "warning")
    _say_proposed(prepared)
    role = wish.role or _role(logbook, recording)
    hands = Hands(
        actor_of(logbook, recording, role=role),
        log_signer_of(logbook, recording),
        lambda: now(logbook.demonstration),
        printer(wish.jobs),
        lambda shown: show("This will be recorded, and you sign it:", shown),
    )
    done = record(prepared, hands)
    with recorded(done.head.size):
        _say_done(logbook, prepared, done)
    return done


def printer(jobs: int | None) -> "Printer":
    """Return how documents are printed here: on all cores unless said otherwise, with progress for a person.

    Where nobody watches, one line says beforehand how many are made, so that a wait of a minute is no riddle.
    """
    from regdocs.versions.printed import Printer

    progress = _progress if on_terminal() else _told_once
    return Printer(jobs or os.cpu_count() or 1, progress, time.monotonic)


def _progress(path: str, number: int, count: int) -> None:
    click.echo(f"  [{number}/{count}] {path}", err=True)


def _told_once(path: str, number: int, count: int) -> None:
    if number == 1 and count > _MADE_AT_ONCE:
        click.echo(f"{count} documents are to be made.", err=True)


def _role(logbook: "Logbook", recording: Recording) -> str | None:
    """Return the role an author signs in when none is said: one that is not administration, where there is one."""
    found = logbook.people.people.get(acting_person(key_ring_for(logbook, recording), recording, logbook))
    roles = [role for role in found.roles if role != _ADMINISTRATOR] if found else []
    return roles[0] if roles else None


def _say_proposed(prepared: "Prepared") -> None:
    click.echo("Documents:")
    for stem, one in prepared.proposed.items():
        state = "" if one.since is None else f" (unchanged, as issued in {one.since})"
        click.echo(f"  {harmless(stem)}: version {harmless(one.version)}, {harmless(one.date)}{state}")


def _say_done(before: "Logbook", prepared: "Prepared", done: "Done") -> None:
    from regdocs.audit.footer import footer_text
    from regdocs.versions.logbook import open_logbook

    after = open_logbook(before.study)
    if after is not None:
        say_recorded(after, before.head.size, after.head.size)
    shown = footer_text(done.printed_head.size, done.printed_head.root)
    click.echo(f"Pages for staff and boards show: {shown}")
    if done.folder is not None:
        click.echo(f"Documents issued in {done.folder}")
    else:
        click.echo(
            f'Trees are kept, and no document bytes; "regdocs checkout {prepared.asked.version}" lays documents out.'
        )


def demand(condition: bool, words: str) -> None:
    """Refuse a call whose options do not go together. Raises UsageError."""
    if not condition:
        raise UsageError(words)


def complete(
    folder: Path,
    recording: Recording,
    wish: Wish,
    against: "tuple[Against, ...]" = (),
    *,
    track_identity: bool = False,
) -> int:
    """Complete the newest version, which was recorded without its documents; return the exit code.

    `against` and `track_identity` are what was asked of redlines when it was interrupted; it is not in the log yet.
    """
    from regdocs.build.study import find_study
    from regdocs.versions.amendment_preparation import prepare_resume

    if _laid_out_again(folder):
        return 0
    wanted = replace(asked("", wish), against=against, track_identity=track_identity)
    prepared = prepared_or_told(partial(prepare_resume, clock=time.monotonic), find_study(folder), wanted)
    if prepared is None:
        return 1
    carry_out(prepared, recording, wish)
    return 0


def _laid_out_again(folder: Path) -> bool:
    """Lay down the folder of the newest version's documents when nothing but that is missing."""
    from regdocs.versions.folders import clean_folder
    from regdocs.versions.record import lay_out_again

    logbook = logbook_of(folder)
    last = logbook.versions[-1] if logbook.versions else None
    if last is None or not last.issues or clean_folder(logbook.study, last.name).is_dir():
        return False
    place = lay_out_again(logbook, last)
    if place is None:
        return False
    click.echo(f"The documents of version {last.name} were issued; they lie in {place} again.")
    return True
