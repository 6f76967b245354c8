"""The first entry: what holds after it, and why it cannot be used. Verifier and writer read it with the same eyes.

Knows one entry whose form was checked. Source: docs/formats/audit-log.md, "So that two readers agree", Genesis.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from regdocs.audit.acts import refused_key
from regdocs.audit.authority import Authority, found


def begin(entry: Mapping[str, Any]) -> tuple[Authority, tuple[str, ...]]:
    """Return who may do what after genesis, and in words why it cannot be used; then nothing may rest on it."""
    authority = found(entry)
    return authority, tuple(_problems(entry, authority))


def _problems(entry: Mapping[str, Any], authority: Authority) -> Iterator[str]:
    keys = [*(one.key for one in authority.keys.values()), *(one.key for one in authority.log_keys)]
    yield from (problem for key in keys if (problem := refused_key(key, authority)))
    if len(authority.people) != len(entry["people"]):
        yield "genesis names a person twice"
    if len(keys) != len(entry["people"]) + 1 or len({key.public for key in keys}) != len(keys):
        yield "genesis names a key twice"
    if any(one.key.name.rpartition("/")[0] != one.person for one in authority.keys.values()):
        yield "a key of genesis does not have the name of its person"
    if authority.log_keys[0].key.name != authority.origin:
        yield "the log's key is not named like the origin"
    if not entry["origin"].endswith(f"/{entry['nonce'][:8]}"):
        yield "the origin does not end in the first 8 digits of the nonce"
