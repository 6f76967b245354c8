"""`regdocs audit`: begin a log, record what was read, and heads that leave the house and come back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.audit_start import start
from regdocs.cli.given import MAX_FILE_BYTES, read_given
from regdocs.cli.recording import (
    Recording,
    acting_person,
    key_ring_for,
    key_ring_in,
    keys_option,
    logbook_and_person,
    logbook_of,
    record,
    unsigned_options,
    why_option,
)
from regdocs.errors import Refusal

if TYPE_CHECKING:
    from regdocs.audit.checkpoint import Checkpoint
    from regdocs.audit.note import Key, Signer
    from regdocs.versions.logbook import Logbook


@click.group("audit")
def command() -> None:
    """The audit log: begin it, record what was read, have its heads witnessed."""


command.add_command(start)

# ------------------------------------------------------------------------------------------------- what was read


@command.command("import")
@click.argument("file", metavar="FILE")
@click.option("--source", required=True, metavar="URL", help="Where the page was read.")
@click.option("--read-on", required=True, metavar="DATE", help="Day it was read, as 2026-03-01.")
@click.option("--title", default=None, metavar="TEXT", help="What it is; the file's name when not given.")
@unsigned_options
@click.pass_obj
def import_(folder: Path, file: str, source: str, read_on: str, title: str | None, recording: Recording) -> int:
    """Record that a page was read: its digest, its source and the day. The page itself is not kept."""
    from regdocs.versions.facts import imported

    logbook = logbook_of(folder)
    page = read_given(folder / file, MAX_FILE_BYTES)
    by = acting_person(key_ring_for(logbook, recording), recording, logbook)
    entry = imported(by, page, source=source, title=title or Path(file).name, read_on=read_on)
    record(logbook, recording, [entry])
    return 0


@command.command("snapshot")
@why_option
@unsigned_options
@click.pass_obj
def snapshot(folder: Path, why: str | None, recording: Recording) -> int:
    """Record the working copy as a draft at this moment. It is nobody's version."""
    from regdocs.build.study import PROTOCOL, read_inputs
    from regdocs.spec.load import load
    from regdocs.versions import facts
    from regdocs.versions.snapshot import take_snapshot

    logbook, by = logbook_and_person(folder, recording)
    inputs = read_inputs(logbook.study)
    taken = take_snapshot(inputs, load(inputs.protocol, PROTOCOL))
    entry = facts.snapshot(by, taken.spec, taken.data, taken.inputs, why=why)
    record(logbook, recording, [entry], objects=dict(taken.objects))
    return 0


# ---------------------------------------------------------------------------------------------- heads and witnesses


@command.command("cosign")
@click.option("--key", "key", required=True, metavar="KEY", help="The board's key, made with keys new --cosigner.")
@click.option("--remember", required=True, metavar="FILE", help="Where the board keeps the newest head it has seen.")
@click.option("--first", is_flag=True, help="There is no head to remember yet; you have checked the log's key.")
@click.option("--out", required=True, metavar="FILE", help="Where the cosigned head goes, to be handed back.")
@click.option("--demonstration", is_flag=True, help="The board's key is a derived one, for a demonstration's log only.")
@keys_option
@click.pass_obj
def cosign(folder: Path, key: str, remember: str, first: bool, out: str, demonstration: bool, keys: str | None) -> int:
    """As a board: cosign the head of a study's log, after seeing that it goes on from the head you remember.

    A log that has fewer entries than you have seen, or another history, is refused; nothing is signed then.
    """
    import time

    from regdocs.atomic import write_atomic
    from regdocs.versions.anchoring import cosign_head, held

    logbook = logbook_of(folder)
    memory = folder / remember
    _seen(memory, first)
    board = _board(logbook, key, keys, demonstration)
    with held(memory):  # after the passphrase, so that nobody waits for a keyboard
        before = _seen(memory, first)
        note = cosign_head(logbook, before, board, int(time.time())).to_bytes()
        write_atomic(memory, note)  # on disk before the cosignature leaves our hands
    write_atomic(folder / out, note)
    since = f", which goes on from {before.size}" if before else ", the first one"
    click.echo(f"Cosigned the head at {logbook.head.size}{since}; written to {out}.")
    return 0


def _seen(memory: Path, first: bool) -> "Checkpoint | None":
    """Return the head that the board remembers; None only when that is said to be so."""
    from regdocs.versions.anchoring import remembered

    before = remembered(memory)
    if before is None and not first:
        raise Refusal(
            f'"{memory}" is not there, so there is no head to compare with; for the very first one say --first'
        )
    return before


def _board(logbook: "Logbook", key: str, keys: str | None, demonstration: bool) -> "Signer":
    """Return the board's signer, unlocked, after showing the log's keys."""
    from regdocs.cli.passphrase import ask_person

    if demonstration and not logbook.demonstration:
        raise Refusal("this is no demonstration's log; anybody could have made this cosignature")
    ring = key_ring_in(logbook.study, keys, demonstration)
    for one in logbook.people.log_keys:
        click.echo(f"Key of the log: {one.key.text}")
    return ring.cosigner(key, ask_person)


@command.command("anchor")
@click.argument("file", metavar="FILE")
@click.option("--cosigner", "cosigners", required=True, multiple=True, metavar="KEY", help="A cosigner's verifier key.")
@unsigned_options
@click.pass_obj
def anchor(folder: Path, file: str, cosigners: tuple[str, ...], recording: Recording) -> int:
    """Record a cosigned head that came back, and keep it in audit/heads/."""
    from regdocs.audit.note import MAX_NOTE
    from regdocs.versions.anchoring import cosigned

    logbook, by = logbook_and_person(folder, recording)
    keys = [_cosigner(folder, text) for text in cosigners]
    found, size, note = cosigned(logbook, read_given(folder / file, MAX_NOTE), keys, by)
    logbook.folder.put_head(size, note)
    record(logbook, recording, [found.entry], objects=found.objects)
    return 0


@command.command("timestamp")
@click.argument("file", metavar="FILE.tsr")
@click.option("--size", required=True, type=int, metavar="N", help="Size of the kept head that it is over.")
@click.option("--roots", required=True, metavar="FILE", help="Root certificates that you trust, in PEM.")
@unsigned_options
@click.pass_obj
def timestamp(folder: Path, file: str, size: int, roots: str, recording: Recording) -> int:
    """Verify an RFC 3161 time-stamp over a kept head, without a network, and record it."""
    from regdocs.audit.timestamp import MAX_TOKEN
    from regdocs.versions.anchoring import stamped

    logbook, by = logbook_and_person(folder, recording)
    token = read_given(folder / file, MAX_TOKEN)
    found = stamped(logbook, size, token, read_given(folder / roots, 1_000_000), by)
    logbook.folder.put_token(size, token)
    record(logbook, recording, [found.entry], objects=found.objects)
    return 0


def _cosigner(folder: Path, text: str) -> "Key":
    """Return a verifier key: given as text, or in a file of one line."""
    from regdocs.audit.note import parse_key

    if "+" not in text:
        text = read_given(folder / text, 1000).decode("utf-8", "replace").strip()
    return parse_key(text)
