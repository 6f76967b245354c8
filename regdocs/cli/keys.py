"""`regdocs keys`: private keys of people, logs and boards; who is enrolled with which key and role; the trust file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.given import read_given
from regdocs.cli.keys_told import list_, study_at, trust
from regdocs.cli.log_key import rotate_log
from regdocs.cli.passphrase import ask_new, machine_passphrase
from regdocs.cli.recording import (
    Recording,
    actor_of,
    key_ring_for,
    key_ring_in,
    keys_option,
    logbook_of,
    record,
    recording_options,
    why_option,
)
from regdocs.cli.say import say_json
from regdocs.cli.terminal_signer import terminal_signer
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdocs.audit.line import Json
    from regdocs.audit.note import Key
    from regdocs.versions.actors import Actor
    from regdocs.versions.key_ring import KeyRing
    from regdocs.versions.logbook import Logbook

MAX_NOTE_BYTES = 65_536

also_option = click.option(
    "--also", "also", metavar="PERSON", default=None, help="The second administrator, under the rule of four eyes."
)
possession_option = click.option(
    "--possession", metavar="FILE", default=None, help="The note made by keys prove where the private key is."
)


@click.group("keys")
def command() -> None:
    """Keys of people, of logs and of boards, and what the log says of them."""


command.add_command(list_)
command.add_command(trust)


@command.command("new")
@click.argument("name", metavar="NAME")
@click.option("--log", "for_log", is_flag=True, help="A log's own key, which need not have a passphrase.")
@click.option("--cosigner", is_flag=True, help="The key of a board that cosigns heads.")
@click.option("--passphrase-file", metavar="FILE", default=None, help="With --log only: first line is the passphrase.")
@click.option("--passphrase-fd", metavar="N", type=int, default=None, help="With --log only: an open descriptor.")
@keys_option
@click.pass_obj
def new(
    folder: Path,
    name: str,
    for_log: bool,
    cosigner: bool,
    passphrase_file: str | None,
    passphrase_fd: int | None,
    keys: str | None,
) -> int:
    """Make a private key in the key folder (PKCS#8, readable by you alone) and print its public key.

    NAME is a person, as jane.doe@example.org: the key is then jane.doe@example.org/k1, the next one /k2. For a log
    (--log) any word, for a board (--cosigner) a name such as irb.example.org/board. A person's passphrase is asked at
    the terminal, twice, and at each signing again.
    """
    ring = key_ring_in(study_at(folder), keys)
    if not for_log and (passphrase_file, passphrase_fd) != (None, None):
        raise UsageError("only the log's key may have its passphrase in a file; a person types theirs at the terminal")
    person = not for_log and not cosigner
    full = ring.next_name(name) if person and "/" not in name else name
    ring.refuse_taken(full)
    passphrase = machine_passphrase(passphrase_file, passphrase_fd) if for_log else ask_new(full)
    key = ring.new(full, passphrase, cosigner=cosigner)
    click.echo(f"Key made: {ring.path_of(full)}", err=True)
    if passphrase is None:
        click.echo("It has no passphrase: whoever reads the file can sign as the log.", err=True)
    click.echo(key.text)
    return 0


@command.command("prove")
@click.argument("name", metavar="NAME")
@click.option("--study", "origin", required=True, metavar="ORIGIN", help="Origin of the log, as regdocs head says it.")
@click.option("--out", required=True, metavar="FILE", help="Where the note goes, to be sent to an administrator.")
@keys_option
@click.pass_obj
def prove(folder: Path, name: str, origin: str, out: str, keys: str | None) -> int:
    """Show that you hold a key: write a note signed by it, for the log of one study.

    Do this on the machine where the private key is; the log need not be there. An administrator enrols you with it.
    """
    from regdocs.atomic import write_atomic
    from regdocs.versions.people import possession_of

    ring = key_ring_in(None, keys)
    note = possession_of(origin, terminal_signer(ring, [_full_name(ring, name)]))
    write_atomic(folder / out, note.to_bytes())
    click.echo(f"Written to {out}: give it to an administrator of {origin}, who runs regdocs keys enrol.")
    return 0


@command.command("enrol")
@click.argument("person", metavar="PERSON")
@click.option("--name", "name", required=True, metavar="TEXT", help="Printed name, as it stands in signatures.")
@click.option("--role", "roles", required=True, multiple=True, metavar="ROLE", help="A role; repeat for more.")
@click.option("--verified-how", required=True, metavar="TEXT", help="How the person's identity was verified.")
@click.option("--verified-by", required=True, metavar="TEXT", help="Who verified it.")
@possession_option
@also_option
@recording_options
@click.pass_obj
def enrol(  # noqa: PLR0913 - the options of one command
    folder: Path,
    person: str,
    name: str,
    roles: tuple[str, ...],
    verified_how: str,
    verified_by: str,
    possession: str | None,
    also: str | None,
    recording: Recording,
) -> int:
    """Enrol a person with a first key. An administrator signs.

    Without --possession the person's private key has to be in the key folder, and they sign here.
    """
    from regdocs.versions import people
    from regdocs.versions.start import Enrolment

    logbook = logbook_of(folder)
    key, note = _possession(folder, logbook, person, possession, recording)
    if people.person_of(key) != person:
        raise UsageError(f'the key "{key.name}" is not one of "{person}"')
    enrolment = Enrolment(person, name, roles, verified_how, verified_by)
    return _authorised(logbook, recording, also, lambda by: people.enrol(logbook, enrolment, key, note, by))


@command.command("rotate")
@click.argument("person", metavar="PERSON", required=False)
@click.option("--log", "log_key", metavar="KEY", default=None, help="Instead of a person: the log's new key.")
@click.option("--lost", is_flag=True, help="With --log: the old key is lost; an administrator signs the head instead.")
@possession_option
@why_option
@also_option
@recording_options
@click.pass_obj
def rotate(  # noqa: PLR0913 - the options of one command
    folder: Path,
    person: str | None,
    log_key: str | None,
    lost: bool,
    possession: str | None,
    why: str | None,
    also: str | None,
    recording: Recording,
) -> int:
    """Give an enrolled person a further key. The old one stays good until it is revoked.

    With --log KEY the log gets a new key instead; KEY was made with keys new --log. The head after it is signed by both
    (with --lost by an administrator instead of the old one) and kept in audit/heads/. Tell everybody who has a trust
    file.
    """
    from regdocs.versions import people

    logbook = logbook_of(folder)
    if (person is None) == (log_key is None):
        raise UsageError("name a person, or with --log the new key of the log")
    if log_key is not None:
        if why is None:
            raise UsageError("say with --why why the log gets a new key")
        administrators = _administrators(logbook, recording, also)
        return rotate_log(logbook, log_key, why, administrators, recording, lost=lost)
    if lost:
        raise UsageError(
            "--lost goes with --log: a person who lost a key gets a further one, and the old one is revoked"
        )
    assert person is not None
    key, note = _possession(folder, logbook, person, possession, recording)
    return _authorised(logbook, recording, also, lambda by: people.add_key(logbook, key, note, by, why))


@command.command("revoke")
@click.argument("key", metavar="KEY")
@click.option("--since", type=int, default=None, metavar="N", help="Signatures from entry N on are faults too.")
@click.option("--why", required=True, metavar="TEXT", help="The reason, in your words.")
@also_option
@recording_options
@click.pass_obj
def revoke(folder: Path, key: str, since: int | None, why: str, also: str | None, recording: Recording) -> int:
    """Revoke a key of a person, from now on or since an entry."""
    from regdocs.versions import people

    logbook = logbook_of(folder)
    return _authorised(logbook, recording, also, lambda by: people.revoke(logbook, key, by, why, since))


@command.command("role")
@click.argument("person", metavar="PERSON")
@click.argument("roles", metavar="ROLE...", nargs=-1, required=True)
@why_option
@also_option
@recording_options
@click.pass_obj
def role(
    folder: Path, person: str, roles: tuple[str, ...], why: str | None, also: str | None, recording: Recording
) -> int:
    """Give a person exactly these roles from now on."""
    from regdocs.versions import people

    logbook = logbook_of(folder)
    return _authorised(logbook, recording, also, lambda by: people.give_roles(logbook, person, roles, by, why))


def _full_name(ring: "KeyRing", name: str) -> str:
    """Return the name of a key: as given, or of a person the newest one."""
    mine = [] if "/" in name else ring.of_person(name)
    return mine[0] if mine else name


def _possession(
    folder: Path, logbook: "Logbook", person: str, file: str | None, recording: Recording
) -> tuple["Key", str]:
    """Return the new key and its proof: from the note given, or made here by the private key of that person."""
    from regdocs.versions.people import key_in, possession_of

    if file is not None:
        return key_in(read_given(folder / file, MAX_NOTE_BYTES), logbook.origin)
    ring = key_ring_for(logbook, recording)
    taken = [name for name in logbook.people.keys if name.rpartition("/")[0] == person]
    fresh = [name for name in ring.of_person(person) if name not in taken]
    name = f"{person}/k{len(taken) + 1}" if ring.demonstration or not fresh else fresh[0]
    note = possession_of(logbook.origin, terminal_signer(ring, [name]))
    return key_in(note.to_bytes(), logbook.origin)


def _administrators(logbook: "Logbook", recording: Recording, also: str | None) -> list["Actor"]:
    first = actor_of(logbook, recording, role="administrator", suited=("administrator",))
    others = [also] if also else []
    more = [actor_of(logbook, recording, suited=("administrator",), person=one) for one in others]
    return [first, *more]


def _authorised(
    logbook: "Logbook", recording: Recording, also: str | None, entry_by: "Callable[[str], dict[str, Json]]"
) -> int:
    """Show the act, let the administrators sign it, and record it."""
    from regdocs.versions.people import authorised

    administrators = _administrators(logbook, recording, also)
    entry = entry_by(administrators[0].person)
    records = authorised(logbook, entry, administrators)
    say_json(entry)
    record(logbook, recording, records)
    return 0
