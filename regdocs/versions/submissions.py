"""What was submitted to a body: a recorded version's documents, for which sites, on which day.

A fact that somebody records, which nobody signs. Refused is only what has no form: a body, a site or a document that
the version does not have. Source: docs/formats/audit-log.md, "Kinds of entries".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from regdocs.audit.line import Json
from regdocs.versions.acting import entry_of, refuse_in_record
from regdocs.versions.actors import NotAllowed
from regdocs.versions.external_files import External
from regdocs.versions.letters import kept_file
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
        documents: As "kind/language/version"; None for every document of the version for these sites, and all of
            `external`.
        external: Documents that are not made here, of which `documents` can choose.
    """

    version: str
    body: str
    on: str
    sites: tuple[str, ...] = ()
    documents: tuple[str, ...] | None = None
    external: tuple[External, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """What a submission is that answers a decision.

    Attributes:
        to: Number of the decision's entry.
        number: Which submission to this body it is, of one amendment or of the original protocol: 2, 3 …
        answers: Each stipulation with its `number`, `text` and `answer`, and `changed` or `unchanged`.
        response: Files of the letter, which are kept.
    """

    to: int
    number: int
    answers: tuple[dict[str, Json], ...]
    response: tuple[bytes, ...] = ()


def submission(
    logbook: Logbook, by: str, said: Submitted, *, why: str | None = None, again: Again | None = None
) -> dict[str, Json]:
    """Return the entry of a submission; the files of an answer are objects that have to be kept with it.

    Raises:
        NotAllowed: The log is of a public record, or body, site, document or day are none.
        NotIssued, Refusal: The version has no documents yet, or there is no such version.
    """
    refuse_in_record(logbook, "submit")
    require_day("on", said.on)
    seen = overseen(logbook, logbook.version(said.version))
    sites = tuple(dict.fromkeys(said.sites)) or seen.bodies.get(said.body, ())
    seen.require(said.body, sites)
    outside = {one.document: one for one in said.external}
    every = (*seen.names(sites), *outside)
    documents = tuple(dict.fromkeys(every if said.documents is None else said.documents))
    seen.require_documents(documents, sites, outside)
    external = [outside[one].as_entry() for one in documents if one in outside]
    if outside and not external:
        raise NotAllowed(f"none of the external documents is chosen: {', '.join(outside)}")
    return entry_of(
        "submit",
        by,
        version=said.version,
        body=said.body,
        sites=list(sites),
        documents=list(documents),
        on=said.on,
        why=why,
        external=list(external) or None,
        to=again.to if again else None,
        submission=again.number if again else None,
        answers=list(again.answers) if again else None,
        response=[kept_file(one) for one in again.response] or None if again else None,
    )


def submissions_before(logbook: Logbook, version: str, body: str) -> int:
    """Return how often a body was submitted the amendment that a recorded version words, or the original protocol."""
    amendment = logbook.version(version).amendment
    same = {one.name for one in logbook.versions if one.amendment == amendment}
    return sum(one["body"] == body and one["version"] in same for one in submissions_of(logbook))


def submissions_of(logbook: Logbook) -> Iterator[dict[str, Any]]:
    """Yield the entries of submissions, in the order of the log, with long values in their places."""
    return (entry for entry in filed_entries(logbook) if entry["do"] == "submit")


def externals_of(logbook: Logbook) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each document from outside that a submission brought, with the submission's entry, in the order of the log.

    Other writers may have said less of it than we do; one without a name is left out.
    """
    for entry in submissions_of(logbook):
        for one in entry.get("external", ()):
            if isinstance(one, dict) and isinstance(one.get("document"), str):
                yield entry, one


def filed_entries(logbook: Logbook) -> tuple[dict[str, Any], ...]:
    """Return submissions, decisions and activations, in the order of the log, with long values in their places."""
    known = logbook.worked_out.get(("filed", logbook.head.size))
    if known is None:
        known = logbook.worked_out["filed", logbook.head.size] = tuple(map(logbook.whole_entry, logbook.filed))
    found: tuple[dict[str, Any], ...] = known
    return found
