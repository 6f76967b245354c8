"""When a site began to use a version's documents: a fact that somebody records, also where it came too early.

Refused is only what has no form: an unknown version, site or document, no day, an empty record of training. Whether
documents may be used is worked out by `validity`. Source: docs/formats/audit-log.md, "Kinds of entries".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from regdocs.audit.line import Json
from regdocs.canonical import sha256_hex
from regdocs.versions.acting import entry_of, refuse_in_record
from regdocs.versions.actors import NotAllowed
from regdocs.versions.letters import kept_file
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import overseen, require_day
from regdocs.versions.submissions import filed_entries


@dataclass(frozen=True, slots=True)
class Activated:
    """An activation as the person says who records it.

    Attributes:
        version: The recorded version.
        site: The site that uses its documents.
        on: Day from which it does.
        documents: As "kind/language/version"; None for every document of the version for this site.
    """

    version: str
    site: str
    on: str
    documents: tuple[str, ...] | None = None


def activation(
    logbook: Logbook, by: str, said: Activated, trained: bytes | None = None, *, why: str | None = None
) -> tuple[dict[str, Json], dict[str, bytes]]:
    """Return the entry of an activation, and the record of training as an object.

    Raises:
        NotAllowed: The log is of a public record, or site, document or day are none, or the file is empty.
        NotIssued, Refusal: The version has no documents yet, or there is no such version.
    """
    refuse_in_record(logbook, "activate")
    require_day("on", said.on)
    seen = overseen(logbook, logbook.version(said.version))
    seen.require_sites((said.site,))
    if said.documents is not None:
        seen.require_documents(said.documents, (said.site,))
    if trained is not None and not trained:
        raise NotAllowed("the record of training is empty")
    entry = entry_of(
        "activate",
        by,
        version=said.version,
        site=said.site,
        on=said.on,
        documents=None if said.documents is None else list(dict.fromkeys(said.documents)),
        trained=None if trained is None else kept_file(trained),
        why=why,
    )
    return entry, {sha256_hex(trained): trained} if trained else {}


def activations_of(logbook: Logbook) -> Iterator[dict[str, Any]]:
    """Yield the entries of activations, in the order of the log, with long values in their places."""
    return (entry for entry in filed_entries(logbook) if entry["do"] == "activate")
