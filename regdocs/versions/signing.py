"""Signing an entry, and recording a signature that was given elsewhere.

Knows which roles suffice for which meaning, and what a person is shown before they sign. The texts themselves are made
in `acting`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.audit.entry import ELSEWHERE, VERSIONS
from regdocs.audit.forms import is_day
from regdocs.audit.line import Json
from regdocs.canonical import sha256_hex
from regdocs.versions.acting import Record, entry_of, refuse_in_record, signature
from regdocs.versions.actors import Actor, NotAllowed
from regdocs.versions.logbook import Logbook

# "authorisation" is what an administrator signs with an act, never by itself.
PERSONAL_MEANINGS = ("authorship", "review", "approval", "responsibility")
MAX_FILE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shown:
    """What a signature is about: the entry in full, and of a version or an issue its list of files as it stands."""

    entry: Mapping[str, Json]
    files: str | None


def shown(logbook: Logbook, n: int) -> Shown:
    """Return what a person has to see before they sign entry `n`.

    Raises:
        Refusal: There is no such entry, or its objects are missing.
    """
    return shown_of(logbook.whole_entry(n), logbook.object)


def shown_of(entry: Mapping[str, Any], object_of: Callable[[str], bytes]) -> Shown:
    """Return what a person has to see before they sign an entry, which need not be recorded yet.

    Args:
        entry: The entry with its long values in it.
        object_of: Gives an object by its digest.

    Raises:
        What `object_of` raises.
    """
    listed = entry["files"] if entry["do"] == "issue" else entry["inputs"] if entry["do"] in VERSIONS else None
    return Shown(entry, None if listed is None else object_of(listed).decode("utf-8"))


def suited_roles(logbook: Logbook, meaning: str) -> tuple[str, ...]:
    """Return the roles that suffice for a meaning, or () when any does."""
    return logbook.people.approval if meaning == "approval" else ()


def sign(
    logbook: Logbook,
    n: int,
    meaning: str,
    actor: Actor,
    *,
    for_: str | None = None,
    under: int | None = None,
) -> Record:
    """Return the record of a person's signature of entry `n`.

    Raises:
        NotAllowed: A meaning that is no person's, a delegation that is not recorded before, a signature of a signature,
            or a log of a public record.
        Refusal: There is no such entry.
    """
    refuse_in_record(logbook, "sign")
    if meaning not in PERSONAL_MEANINGS:
        raise NotAllowed(f'"{meaning}" is not a meaning: {", ".join(PERSONAL_MEANINGS)}')
    if logbook.entry(n)["do"] == "sign":
        raise NotAllowed(f"entry {n} is a signature itself; sign the entry that it is of, or record a note")
    if logbook.entry(n)["do"] == "decision" and meaning in ("authorship", "approval"):
        raise NotAllowed(f"entry {n} is somebody else's decision; who read it signs review or responsibility")
    if under is not None:
        logbook.entry(under)
    if meaning == "authorship" and logbook.entry(n)["do"] in VERSIONS and logbook.entry(n)["by"] != actor.person:
        raise NotAllowed(f'the author of entry {n} is "{logbook.entry(n)["by"]}", not "{actor.person}"')
    return signature(n, meaning, actor, for_=for_, under=under)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A signature that was given outside this log, as the person who records it says.

    Attributes:
        kind: One of `ELSEWHERE`.
        signer: Who signed, in free words: the person need not be enrolled.
        meaning: One of `PERSONAL_MEANINGS`.
        signed_on: The day of signing.
    """

    kind: str
    signer: str
    meaning: str
    signed_on: str


def signed_elsewhere(
    logbook: Logbook, n: int, data: bytes, said: Elsewhere, *, by: str, why: str | None = None
) -> tuple[dict[str, Json], dict[str, bytes]]:
    """Return the entry of a signature made elsewhere, and the scan or file as an object.

    It is never checked cryptographically, and every reader says so.

    Raises:
        NotAllowed: A kind or meaning that is unknown, a day of another form, an empty file.
    """
    refuse_in_record(logbook, "signed-elsewhere")
    if said.kind not in ELSEWHERE:
        raise NotAllowed(f'"{said.kind}" is not a kind of signature: {", ".join(ELSEWHERE)}')
    if said.meaning not in PERSONAL_MEANINGS:
        raise NotAllowed(f'"{said.meaning}" is not a meaning: {", ".join(PERSONAL_MEANINGS)}')
    if not is_day(said.signed_on):
        raise NotAllowed(f'"{said.signed_on}" is not a day of the form 2026-03-01')
    if not data or not said.signer.strip():
        raise NotAllowed("a signature made elsewhere needs its file, which is not empty, and the name of who signed")
    logbook.entry(n)
    digest = sha256_hex(data)
    facts: dict[str, Json] = {"kind": said.kind, "signer": said.signer, "meaning": said.meaning, "on": said.signed_on}
    entry = entry_of("signed-elsewhere", by, of=n, object=digest, bytes=len(data), why=why, **facts)
    return entry, {digest: data}
