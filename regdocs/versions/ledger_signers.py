"""Who wrote, reviewed and approved a version: its signatures, with what bodies decided of it beside them.

Taken from the entries; whether each signature holds is said by `regdocs verify`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.version_states import VersionState, states_of

MEANINGS = {
    "authorship": "wrote it",
    "review": "reviewed it",
    "approval": "approved it",
    "responsibility": "took responsibility for it",
    "authorisation": "authorised it",
}
"""Meanings of signatures in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature of a version or of its documents.

    Attributes:
        meaning: One of `MEANINGS`.
        name, role: As the text that was signed says; `role` is None of a signature made elsewhere.
        person: Whose key signed; None of a signature made elsewhere.
        at: When, UTC; the day of one made elsewhere.
        entry, of: Number of its entry, and of the entry that is signed.
        documents: Whether the documents are signed, not the text of the protocol.
        elsewhere: How it was made, where it was made elsewhere and nobody checked it here.
    """

    meaning: str
    name: str
    role: str | None
    person: str | None
    at: str
    entry: int
    of: int
    documents: bool
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Signers:
    """Who signed a version, and what became of it at each body."""

    version: Version
    signed: tuple[Signed, ...]
    states: tuple[VersionState, ...]


def signers_of(logbook: Logbook, name: str) -> Signers:
    """Return who wrote, reviewed and approved a recorded version.

    Raises:
        Refusal: There is no such version.
    """
    version = logbook.version(name)
    issues = {one.n for one in version.issues}
    order = list(MEANINGS)
    found = sorted(_signed(logbook, version, issues), key=lambda one: (order.index(one.meaning), one.entry))
    return Signers(version, tuple(found), states_of(logbook, version))


def _signed(logbook: Logbook, version: Version, issues: set[int]) -> Iterator[Signed]:
    for entry in logbook.entries(version.n):
        if entry.get("of") in {version.n, *issues} and entry["do"] in ("sign", "signed-elsewhere"):
            whole = logbook.whole_entry(entry["n"])
            made = _here(whole, entry["of"] in issues) if entry["do"] == "sign" else _elsewhere(whole, issues)
            yield from (made,) if made.meaning in MEANINGS else ()


def _here(entry: dict[str, Any], documents: bool) -> Signed:
    lines = dict(line.partition(" ")[::2] for line in entry["note"].split("\n\n")[0].split("\n")[2:])
    name = lines.get("name", "?") + (f", for {lines['for']}" if "for" in lines else "")
    meaning, role = lines.get("meaning", "?"), lines.get("role")
    return Signed(meaning, name, role, entry["by"], entry["at"], entry["n"], entry["of"], documents)


def _elsewhere(entry: dict[str, Any], issues: set[int]) -> Signed:
    signer = entry["signer"] if isinstance(entry["signer"], str) else "(sealed)"
    said = (entry["meaning"], signer, None, None, entry["on"], entry["n"], entry["of"], entry["of"] in issues)
    return Signed(*said, elsewhere=entry["kind"])
