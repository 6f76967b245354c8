"""What every command that records has in common: who acts, where keys lie, passphrases, and the clock.

Knows options, the environment and the terminal. A person's passphrase is asked at the terminal each time and taken from
nowhere else; the log's key is a machine's and may have its passphrase in a file or behind a descriptor.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regdocs.cli.gathering import gathering
from regdocs.cli.passphrase import asked, machine_passphrase
from regdocs.cli.recorded import recorded
from regdocs.cli.say import harmless
from regdocs.cli.terminal_signer import terminal_signer
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdocs.audit.note import Signer
    from regdocs.versions.acting import Record
    from regdocs.versions.actors import Actor
    from regdocs.versions.key_ring import KeyRing
    from regdocs.versions.logbook import Logbook

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Recording:
    """The options of a command that records, as given.

    Attributes:
        by: Who acts, or None: REGDOCS_BY, else the only person with a key in the key folder.
        keys: The folder of keys, or None: REGDOCS_KEYS, else the user's configuration folder.
        log_passphrase_file, log_passphrase_fd: Where the passphrase of the log's key is, or None: asked if needed.
        without_key: Whether to record what nobody signs in the name of a person none of whose keys is at hand.
    """

    by: str | None = None
    keys: str | None = None
    log_passphrase_file: str | None = None
    log_passphrase_fd: int | None = None
    without_key: bool = False


def recording_options(command: _F) -> _F:
    """Give a command the options `--by`, `--keys`, `--log-passphrase-file` and `--log-passphrase-fd`.

    The function gets them as one argument `recording`.
    """
    return gathering(command, "recording", Recording, _OPTIONS)


def unsigned_options(command: _F) -> _F:
    """Give a command whose entry nobody signs the same options, and `--without-key`."""
    return gathering(command, "recording", Recording, (*_OPTIONS, _without_key))


keys_option = click.option(
    "--keys",
    "keys",
    metavar="DIR",
    default=None,
    help="Folder of private keys; REGDOCS_KEYS, else a folder in your configuration.",
)
_OPTIONS = (
    click.option(
        "--by", "by", metavar="PERSON", default=None, help="Who acts; REGDOCS_BY, else the only person with a key here."
    ),
    keys_option,
    click.option(
        "--log-passphrase-file", metavar="FILE", default=None, help="First line: passphrase of the log's key (only)."
    ),
    click.option(
        "--log-passphrase-fd", metavar="N", type=int, default=None, help="The same, read from an open descriptor."
    ),
)
_without_key = click.option(
    "--without-key", is_flag=True, help="Record in PERSON's name without a key of theirs here: it is your word only."
)
on_option = click.option("--on", "on", metavar="DATE", default=None, help="Day it happened, as 2026-03-01.")
why_option = click.option("--why", "why", metavar="TEXT", default=None, help="The reason, in your words.")


def logbook_of(folder: Path) -> "Logbook":
    """Return the log of the study that `folder` is in.

    Raises:
        Refusal: The study has no log, or it does not hold.
    """
    from regdocs.build.study import find_study
    from regdocs.versions.logbook import no_log_yet, open_logbook

    study = find_study(folder)
    logbook = open_logbook(study)
    if logbook is None:
        raise no_log_yet(study)
    return logbook


def logbook_and_person(folder: Path, recording: Recording) -> "tuple[Logbook, str]":
    """Return the log of the study that `folder` is in, and who acts. Raises as `logbook_of` and `acting_person`."""
    logbook = logbook_of(folder)
    return logbook, acting_person(key_ring_for(logbook, recording), recording, logbook)


def key_folder(given: str | None) -> Path:
    """Return the folder of private keys: the one given, REGDOCS_KEYS, or one in the user's configuration."""
    named = given or os.environ.get("REGDOCS_KEYS")
    if named:
        return Path(named)
    if os.name == "nt":
        home = os.environ.get("APPDATA")
        return (Path(home) if home else Path.home() / "AppData" / "Roaming") / "regdocs" / "keys"
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "regdocs" / "keys"


def key_ring_for(logbook: "Logbook", recording: Recording) -> "KeyRing":
    """Return the keys to act on this log with; it warns when they are a demonstration's.

    Raises:
        Refusal: The key folder lies in the study's folder, from where private keys would travel with it.
    """
    return key_ring_in(logbook.study, recording.keys, logbook.demonstration)


def key_ring_in(study: Path | None, keys: str | None, demonstration: bool = False) -> "KeyRing":
    """Return the keys in the folder given or found (`key_folder`). Raises as `key_ring_for`."""
    from regdocs.versions.key_ring import KeyRing

    folder = key_folder(keys)
    if study is not None and folder.resolve().is_relative_to(study.resolve()):
        raise Refusal(f'"{folder}" lies in the study, which others get; keep private keys in a folder of your own')
    return KeyRing(folder, demonstration)


def acting_person(ring: "KeyRing", recording: Recording, logbook: "Logbook | None" = None) -> str:
    """Return who acts: `--by`, REGDOCS_BY, or the only enrolled person whose key is at hand.

    With a log the person is enrolled, and one of their good keys is at hand, though not unlocked, unless that was
    waived (`Recording.without_key`). Of a demonstration every key is at hand.

    Raises:
        UsageError: Nobody is named, and there is not exactly one such person.
        NotAllowed: The person named is not enrolled, or has no good key.
        NoSuchKey: No good key of theirs is at hand.
    """
    named = recording.by or os.environ.get("REGDOCS_BY") or _only_person(ring, logbook)
    if logbook is not None:
        _require_at_hand(ring, recording, logbook, named)
    return named


def _require_at_hand(ring: "KeyRing", recording: Recording, logbook: "Logbook", person: str) -> None:
    from regdocs.versions.actors import require_enrolled, require_key
    from regdocs.versions.key_ring import NoSuchKey

    if recording.without_key:
        require_enrolled(logbook.people, person)
        return
    try:
        require_key(logbook.people, person, ring.public_of)
    except NoSuchKey as error:
        raise NoSuchKey(f'{error}; "{person}" records where their key is') from error


def _only_person(ring: "KeyRing", logbook: "Logbook | None") -> str:
    enrolled = None if logbook is None else logbook.people.people
    at_hand = list(enrolled or ()) if ring.demonstration else ring.persons()
    persons = [one for one in at_hand if enrolled is None or one in enrolled]
    if len(persons) != 1:
        known = f"it could be {', '.join(persons)}" if persons else f'no enrolled person has a key in "{ring.folder}"'
        raise UsageError(f"say who acts: --by PERSON (or REGDOCS_BY); {known}")
    return persons[0]


def actor_of(
    logbook: "Logbook",
    recording: Recording,
    *,
    role: str | None = None,
    suited: "Sequence[str]" = (),
    person: str | None = None,
) -> "Actor":
    """Return who acts and signs, asking for the passphrase at the terminal.

    Show what is going to be signed first. Raises as `acting_person` and `versions.actors.actor_for`.
    """
    from regdocs.versions.actors import actor_for

    ring = key_ring_for(logbook, recording)
    name = person or acting_person(ring, recording, logbook)
    return actor_for(logbook, name, lambda names: terminal_signer(ring, names), role=role, suited=suited)


def log_signer_of(logbook: "Logbook", recording: Recording) -> "Signer":
    """Return the signer of the log's own key.

    Raises:
        Refusal: The key is not at hand, or its passphrase is not.
    """
    ring = key_ring_for(logbook, recording)
    key = logbook.people.log_key_at(logbook.head.size).key
    return ring.log(key, lambda name: log_passphrase(recording, name))


def record(
    logbook: "Logbook",
    recording: Recording,
    records: "Sequence[Record]",
    *,
    objects: "dict[str, bytes] | None" = None,
    then: "Callable[[], None] | None" = None,
) -> "Logbook":
    """Write the entries with the log's key, say what was recorded and what the head is now, and return the log after.

    `then` is done once they are recorded, before anything is said.

    Raises:
        What `versions.acting.write` raises: nothing was recorded then, unless it is NotConfirmed.
        Untold: It is recorded, and what follows failed.
    """
    from regdocs.versions.acting import write

    signer = log_signer_of(logbook, recording)
    head = write(logbook, records, log_signer=signer, at=lambda: now(logbook.demonstration), objects=objects)
    with recorded(head.size):
        if then is not None:
            then()
        after = logbook_of(logbook.study)
        say_recorded(after, logbook.head.size, head.size)
    return after


def say_recorded(logbook: "Logbook", first: int, size: int) -> None:
    """Say which entries are new, and the head that is worth writing down."""
    from regdocs.audit.footer import footer_text
    from regdocs.versions.facts import flagged
    from regdocs.versions.history import summary

    for entry, flags in flagged(logbook, first):
        click.echo(f"Recorded entry {entry['n']}: {entry['do']} – {harmless(summary(logbook, entry))}")
        for flag in flags:
            click.echo(f"  note: {flag}")
    click.echo(f"Head: {footer_text(size, logbook.head.root)}")
    if logbook.demonstration:
        click.echo("These are demonstration keys: anybody can sign with them.")


def log_passphrase(recording: Recording, name: str) -> str:
    """Return the passphrase of the log's key: from the file or descriptor given, else asked at the terminal.

    Raises:
        Refusal: The file cannot be read, or there is neither and no terminal.
    """
    given = machine_passphrase(recording.log_passphrase_file, recording.log_passphrase_fd)
    if given is not None:
        return given
    words = f'the key "{name}" of the log has a passphrase: give --log-passphrase-file, or work at a terminal'
    return asked(f"Passphrase of the log's key {name}: ", words)


def now(demonstration: bool = False) -> str:
    """Return the moment, in UTC, as entries say it.

    Only for a demonstration the environment may fix it (REGDOCS_NOW), so that an example's log can be made again.
    """
    from datetime import UTC, datetime

    fixed = os.environ.get("REGDOCS_NOW") if demonstration else None
    return fixed or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
