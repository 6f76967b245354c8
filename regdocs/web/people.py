"""Who holds which keys, with their fingerprints, and between which moments entries were provably written.

The moments are as recorded by `anchor` entries; that the witnesses' signatures hold is for who has their keys to check.
"""

from dataclasses import dataclass
from typing import Any

from regdocs.audit.note import Key
from regdocs.canonical import sha256_hex
from regdocs.versions.logbook import Logbook

_GROUP = 4


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A key as it is compared: whose it is, its text, a fingerprint of the public key, over which entries it holds."""

    holder: str
    name: str
    roles: tuple[str, ...]
    text: str
    fingerprint: str
    brought: int
    revoked: int | None
    since: int | None


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A head that a witness signed or stamped: its entry, kind, size, the moment, the digest of what was kept."""

    entry: int
    kind: str
    size: int
    time: str
    object: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Entries that were provably written after one moment and before another; None where nothing shows it."""

    first: int
    last: int
    after: str | None
    before: str | None


def keys_shown(logbook: Logbook) -> tuple[KeyShown, ...]:
    """Return the keys of the log, then those of persons in the order they came."""
    people = logbook.people
    own = (_shown("the log itself", (), one.key, one.brought) for one in people.log_keys)
    persons = (
        _shown(
            people.people[one.person].name,
            people.people[one.person].roles,
            one.key,
            one.brought,
            one.revoked,
            one.since,
        )
        for one in people.keys.values()
    )
    return (*own, *persons)


def _shown(
    holder: str, roles: tuple[str, ...], key: Key, brought: int, revoked: int | None = None, since: int | None = None
) -> KeyShown:
    digest = sha256_hex(key.public)
    groups = " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
    return KeyShown(holder, key.name, roles, key.text, groups, brought, revoked, since)


def witnessed(logbook: Logbook) -> tuple[Witnessed, ...]:
    """Return the heads that witnesses signed or stamped, in the order of the log."""
    return tuple(_witnessed(one) for one in logbook.entries() if one["do"] == "anchor")


def _witnessed(entry: dict[str, Any]) -> Witnessed:
    return Witnessed(entry["n"], entry["kind"], entry["size"], entry["time"], entry["object"])


def stretches(logbook: Logbook, evidence: tuple[Witnessed, ...]) -> tuple[Stretch, ...]:
    """Return between which moments entries were written, if the witnesses are believed; neighbours alike as one."""
    found: list[Stretch] = []
    for n in range(logbook.head.size):
        after = max((one.time for one in evidence if one.entry < n), default=None)
        before = min((one.time for one in evidence if one.size > n), default=None)
        if found and (found[-1].after, found[-1].before) == (after, before):
            found[-1] = Stretch(found[-1].first, n, after, before)
        else:
            found.append(Stretch(n, n, after, before))
    return tuple(found)
