"""Whether each recorded protocol.yaml loads to the data form recorded beside it.

Knows strict YAML and data forms, which `regdocs.audit` does not; the stored text is hostile input, and reading it is
bounded. Source: docs/formats/audit-log.md, "A version".
"""

from collections.abc import Iterable
from typing import NamedTuple

from regdocs.audit.evidence import Evidence
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import VersionFound
from regdocs.build.study import MAX_PROTOCOL_BYTES, PROTOCOL
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal
from regdocs.spec.tree import data_form
from regdocs.spec.yaml_text import parse_yaml
from regdocs.versions.snapshot import data_bytes

CAUSE = "what was recorded as the protocol's content is not what the file says"


class Loaded(NamedTuple):
    """How many versions' protocol.yaml were loaded and compared, and the faults of those that are another."""

    compared: int
    faults: tuple[Fault, ...]


def load_again(evidence: Evidence, versions: Iterable[VersionFound]) -> Loaded:
    """Load each version's `spec` that is at hand, and compare with its `data`.

    An object that is missing or different was told already, by `regdocs.audit.verify`.
    """
    compared, found = 0, []
    for version in versions:
        text = evidence.object(version.spec)
        if text is None or sha256_hex(text) != version.spec:
            continue
        compared += 1
        if digest_of_data(text) != version.data:
            message = f"protocol.yaml of version {version.version} does not load to the data form of its entry"
            found.append(Fault(Verdict.ALTERED, message, version.entry, CAUSE))
    return Loaded(compared, tuple(found))


def digest_of_data(protocol: bytes) -> str | None:
    """Return the digest of the data form that a protocol.yaml loads to; None when it cannot be read."""
    if len(protocol) > MAX_PROTOCOL_BYTES:
        return None
    tree, _ = parse_yaml(protocol, PROTOCOL)
    try:
        return None if tree is None else sha256_hex(data_bytes(data_form(tree)))
    except Refusal:
        return None
