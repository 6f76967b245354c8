"""`regdocs audit start`: the beginning of a log, signed by its first administrators."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.given import read_given
from regdocs.cli.recorded import recorded
from regdocs.cli.recording import (
    Recording,
    key_ring_in,
    log_passphrase,
    logbook_of,
    now,
    recording_options,
    say_recorded,
)
from regdocs.cli.terminal_signer import terminal_signer
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.audit.note import Signer
    from regdocs.versions.key_ring import KeyRing
    from regdocs.versions.start import Beginning, Enrolment


@click.command("start")
@click.option("--namespace", metavar="DOMAIN", default=None, help="A domain that the sponsor holds.")
@click.option("--admin", "admins", metavar="KEY", multiple=True, help="Key of a first administrator; repeat for more.")
@click.option("--people", "people", metavar="FILE", default=None, help="YAML: name, roles, verified, for each key.")
@click.option("--name", "name", metavar="TEXT", default=None, help="Printed name of the only --admin.")
@click.option("--role", "roles", metavar="ROLE", multiple=True, help="Roles of the only --admin besides administrator.")
@click.option("--verified-how", metavar="TEXT", default=None, help="How the identity of the only --admin was verified.")
@click.option("--verified-by", metavar="TEXT", default=None, help="Who verified it.")
@click.option("--log-key", metavar="KEY", default=None, help="The log's own key, made with keys new --log.")
@click.option(
    "--study", "study_id", metavar="TEXT", default=None, help="The study's id; from protocol.yaml if not given."
)
@click.option("--sponsor", metavar="TEXT", default=None, help="The sponsor; from protocol.yaml when not given.")
@click.option("--approval", metavar="ROLE", multiple=True, help="A role that may approve; repeat for more.")
@click.option("--four-eyes", is_flag=True, help="Two administrators sign each act of administration.")
@click.option("--demonstration", is_flag=True, help="Keys derived from names: anybody can sign. For examples only.")
@click.option("--nonce", metavar="HEX", default=None, help="32 hex digits, with --demonstration only.")
@click.option("--record", "is_record", is_flag=True, help="Log of a public record: no versions, no signatures.")
@recording_options
@click.pass_obj
def start(  # noqa: PLR0913 - the options of one command
    folder: Path,
    namespace: str | None,
    admins: tuple[str, ...],
    people: str | None,
    name: str | None,
    roles: tuple[str, ...],
    verified_how: str | None,
    verified_by: str | None,
    log_key: str | None,
    study_id: str | None,
    sponsor: str | None,
    approval: tuple[str, ...],
    four_eyes: bool,
    demonstration: bool,
    nonce: str | None,
    is_record: bool,
    recording: Recording,
) -> int:
    """Begin the log of the study: genesis, signed by all first administrators, in one write.

    Of each administrator the log says the printed name, the roles, and how and by whom their identity was verified.
    For one they are options; for several they stand in a YAML file (--people), a list of

    \b
      - key: jane.doe@example.org/k1
        name: Jane Q. Doe, MD
        roles: [administrator, principal-investigator]
        verified: {how: passport seen in person, by: John Roe}
    """
    from regdocs.build.study import find_study
    from regdocs.versions.start import DEFAULT_APPROVAL, Beginning
    from regdocs.versions.start import start as begin

    study = find_study(folder)
    if nonce is not None and not demonstration:
        raise UsageError("a nonce is chosen for a demonstration only; otherwise nobody may foresee it")
    given = (name, roles, verified_how, verified_by)
    named = _people_in(folder / people) if people else _one_person(admins, given)
    wanted = [_found(named, key, people) for key in admins] if admins else list(named.items())
    from_protocol = _from_protocol(study) if study_id is None or sponsor is None else ("", "")
    beginning = Beginning(
        study=study_id or from_protocol[0],
        sponsor=sponsor or from_protocol[1],
        namespace=namespace,
        nonce=nonce or os.urandom(16).hex(),
        four_eyes=four_eyes,
        approval=approval or DEFAULT_APPROVAL,
        demonstration=demonstration,
        record=is_record,
    )
    ring = key_ring_in(study, recording.keys, demonstration)
    signers = [(enrolment, terminal_signer(ring, [key])) for key, enrolment in wanted]
    log_signer = _log_signer(ring, beginning, log_key, recording)
    head = begin(study, beginning, signers, log_signer=log_signer, at=lambda: now(demonstration))
    with recorded(head.size):
        _say_begun(study)
    return 0


def _say_begun(study: Path) -> None:
    logbook = logbook_of(study)
    click.echo(f"Log begun in {logbook.folder.path}: {logbook.origin}")
    say_recorded(logbook, 0, logbook.head.size)
    _say_attributes(study)
    click.echo('Give others a trust file ("regdocs keys trust") and heads ("regdocs head --keep FILE") to hold.')


def _say_attributes(study: Path) -> None:
    """Say what git has to be told of the log; studies begun with `init` have it."""
    file = study / ".gitattributes"
    said = file.read_text(encoding="utf-8", errors="replace").split("\n") if file.is_file() else []
    missing = [line for line in ("audit/** -text", "audit/log.jsonl merge=binary") if line not in said]
    if missing:
        words = " and ".join(f'"{line}"' for line in missing)
        click.echo(f"If the study is kept in git, write {words} into .gitattributes: git changes lines otherwise.")


def _one_person(
    admins: tuple[str, ...], given: tuple[str | None, tuple[str, ...], str | None, str | None]
) -> dict[str, "Enrolment"]:
    from regdocs.versions.start import Enrolment

    name, roles, how, by = given
    if len(admins) != 1 or name is None or how is None or by is None:
        raise UsageError("name one --admin with --name, --verified-how and --verified-by, or several in --people FILE")
    every = tuple(dict.fromkeys(("administrator", *roles)))
    return {admins[0]: Enrolment(admins[0].partition("/")[0], name, every, how, by)}


def _found(named: dict[str, "Enrolment"], key: str, people: str | None) -> tuple[str, "Enrolment"]:
    if key not in named:
        raise UsageError(f'"{people}" says nothing of the key "{key}"')
    return key, named[key]


def _people_in(file: Path) -> dict[str, "Enrolment"]:
    """Return the first administrators by the names of their keys, as a YAML file says them."""
    import yaml

    from regdocs.versions.start import Enrolment

    try:
        listed = yaml.safe_load(read_given(file, 100_000).decode("utf-8"))
        return {
            one["key"]: Enrolment(
                one["key"].partition("/")[0],
                one["name"],
                tuple(one["roles"]),
                one["verified"]["how"],
                one["verified"]["by"],
            )
            for one in listed
        }
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError, AttributeError, RecursionError) as error:
        words = "a list of {key, name, roles: [...], verified: {how, by}}"
        raise UsageError(f'"{file}" has to be {words}: {type(error).__name__} {error}') from error


def _from_protocol(study: Path) -> tuple[str, str]:
    """Return the study's id and its sponsor, as far as protocol.yaml knows them."""
    from regdocs.build.study import PROTOCOL, read_inputs
    from regdocs.spec.load import load

    protocol = load(read_inputs(study).protocol, PROTOCOL).protocol
    if protocol is None:
        raise Refusal('protocol.yaml has mistakes ("regdocs check"); say --study and --sponsor, or mend it first')
    identity = protocol.identity
    numbers = [one.number for one in identity.registry_numbers]
    ids = [str(one.present) for one in (*numbers, identity.protocol_number) if one.state == "known"]
    sponsors = [one.name for one in protocol.organisations if one.role == "sponsor"]
    names = [str(one.present) for one in sponsors if one.state == "known"]
    if not ids or not names:
        raise UsageError("protocol.yaml knows no number of the study, or no sponsor; say --study and --sponsor")
    return ids[0], names[0]


def _log_signer(ring: "KeyRing", beginning: "Beginning", log_key: str | None, recording: Recording) -> "Signer":
    from regdocs.audit.key_files import demonstration_signer
    from regdocs.audit.note import Key

    if ring.demonstration:
        return demonstration_signer(beginning.origin)
    if log_key is None:
        raise UsageError('name the log\'s key with --log-key; "regdocs keys new --log NAME" makes one')
    made = ring.public(log_key)
    return ring.log(Key(beginning.origin, made.kind, made.public), lambda name: log_passphrase(recording, name))
