"""`regdocs keys list` and `trust`: what the log says of people and keys, told to us and to others."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regdocs.cli.recording import key_folder, key_ring_in, keys_option, logbook_of
from regdocs.cli.say import harmless, say_json
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.versions.logbook import Logbook


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@keys_option
@click.pass_obj
def list_(folder: Path, as_json: bool, keys: str | None) -> int:
    """List who is enrolled in the study's log, with roles and keys, and which private keys are here."""
    from regdocs.versions.logbook import open_logbook

    ring, study = key_ring_in(None, keys), study_at(folder)
    logbook = open_logbook(study) if study else None
    enrolled = _enrolled(logbook) if logbook else []
    if as_json:
        say_json({"enrolled": enrolled, "here": list(ring.names())})
        return 0
    for one in enrolled:
        click.echo(f"{one['person']}: {harmless(str(one['name']))} ({', '.join(one['roles'])})")
        for key in one["keys"]:
            state = f"revoked in entry {key['revoked']}" if key["revoked"] is not None else "good"
            click.echo(f"  {key['key']}  {state}")
    click.echo(f"Private keys in {key_folder(keys)}: {', '.join(ring.names()) or 'none'}")
    return 0


@click.command("trust")
@click.option("--out", default=None, metavar="FILE", help="Write to FILE instead of the screen.")
@click.option("--log-only", is_flag=True, help="The log's key alone, not those of persons.")
@click.pass_obj
def trust(folder: Path, out: str | None, log_only: bool) -> int:
    """Write the trust file of this log, for those who verify it. They compare the keys with what the holders say."""
    from regdocs.atomic import write_atomic
    from regdocs.versions.people import trust_text

    text = trust_text(logbook_of(folder), persons=not log_only)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_atomic(folder / out, text.encode("utf-8"))
        click.echo(f"Trust file written to {out}.")
    return 0


def study_at(folder: Path) -> Path | None:
    """Return the study we stand in, whose folder is no place for private keys; None outside of one."""
    from regdocs.build.study import find_study

    try:
        return find_study(folder)
    except UsageError:
        return None


def _enrolled(logbook: "Logbook") -> list[dict[str, Any]]:
    people = logbook.people
    return [
        {
            "person": one.person,
            "name": one.name,
            "roles": list(one.roles),
            "keys": [
                {"key": key.key.text, "brought": key.brought, "revoked": key.revoked, "since": key.since}
                for key in people.keys.values()
                if key.person == one.person
            ],
        }
        for one in people.people.values()
    ]
