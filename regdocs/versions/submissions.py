"""What was submitted to a body: a recorded version's documents, for which sites, on which day.

A fact that somebody records, which nobody signs. Refused is only what has no form: a body, a site or a document that
the version does not have. Source: docs/formats/audit-log.md, "Kinds of entries".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from regdocs.audit.line import Json
from regdocs.versions.acting import entry_of, refuse_in_record
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import overseen, require_day


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission as the person says who records it.

    Attributes:
        version: The recorded version whose documents were submitted.
        body: Id of the body, in the version's `oversight`.
        on: Day of the submission.
        sites: For which sites; () for those that the body decides for.
        documents: As "kind/language/version"; None for every document of the version for these sites.
    """

    version: str
    body: str
    on: str
    sites: tuple[str, ...] = ()
    documents: tuple[str, ...] | None = None


def submission(logbook: Logbook, by: str, said: Submitted, *, why: str | None = None) -> dict[str, Json]:
    """Return the entry of a submission.

    Raises:
        NotAllowed: The log is of a public record, or body, site, document or day are none.
        NotIssued, Refusal: The version has no documents yet, or there is no such version.
    """
    refuse_in_record(logbook, "submit")
    require_day("on", said.on)
    seen = overseen(logbook, logbook.version(said.version))
    sites = tuple(dict.fromkeys(said.sites)) or seen.bodies.get(said.body, ())
    seen.require(said.body, sites)
    documents = tuple(dict.fromkeys(seen.names(sites) if said.documents is None else said.documents))
    seen.require_documents(documents, sites)
    return entry_of(
        "submit",
        by,
        version=said.version,
        body=said.body,
        sites=list(sites),
        documents=list(documents),
        on=said.on,
        why=why,
    )


def submissions_of(logbook: Logbook) -> Iterator[dict[str, Any]]:
    """Yield the entries of submissions, in the order of the log, with long values in their places."""
    return (entry for entry in filed_entries(logbook) if entry["do"] == "submit")


def filed_entries(logbook: Logbook) -> tuple[dict[str, Any], ...]:
    """Return submissions, decisions and activations, in the order of the log, with long values in their places."""
    known = logbook.worked_out.get(("filed", logbook.head.size))
    if known is None:
        known = logbook.worked_out["filed", logbook.head.size] = tuple(map(logbook.whole_entry, logbook.filed))
    found: tuple[dict[str, Any], ...] = known
    return found
