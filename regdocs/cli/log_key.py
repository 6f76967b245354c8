"""A new key for the log itself: brought by an administrator, under a head that both keys sign."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from regdocs.cli.recorded import recorded
from regdocs.cli.recording import (
    Recording,
    key_ring_for,
    log_passphrase,
    log_signer_of,
    logbook_of,
    now,
    say_recorded,
)
from regdocs.cli.say import say_json
from regdocs.cli.terminal_signer import head_signer

if TYPE_CHECKING:
    from regdocs.versions.actors import Actor
    from regdocs.versions.logbook import Logbook


def rotate_log(
    logbook: "Logbook", log_key: str, why: str, administrators: "Sequence[Actor]", recording: Recording, *, lost: bool
) -> int:
    """Bring a new key of the log; the head after that is signed by the old key too, or by an administrator."""
    from regdocs.audit.append import Rotation
    from regdocs.audit.note import Key
    from regdocs.versions import people
    from regdocs.versions.acting import write

    ring = key_ring_for(logbook, recording)
    stated = ring.public(log_key)
    new_key = Key(logbook.origin, stated.kind, stated.public)
    entry = people.new_log_key(logbook, new_key, administrators[0].person, why)
    records = people.authorised(logbook, entry, administrators)
    old = logbook.people.log_key_at(logbook.head.size).key
    say_json(entry)
    named = administrators[0].signer.key.name
    other = head_signer(ring, named, logbook.origin) if lost else log_signer_of(logbook, recording)
    new_signer = ring.log(new_key, lambda name: log_passphrase(recording, name))
    # A new log key is good for sizes beyond its entry, which this write's own checkpoint already is: both sign it.
    rotation = Rotation(also=(other,), known=(old,))
    head = write(logbook, records, log_signer=new_signer, at=lambda: now(logbook.demonstration), rotation=rotation)
    with recorded(head.size):
        after = logbook_of(logbook.study)
        after.folder.keep_head()
        say_recorded(after, logbook.head.size, after.head.size)
        click.echo("The log has a new key. Tell everybody who has a trust file: regdocs keys trust writes a new one.")
    return 0
