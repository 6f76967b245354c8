"""Which document a redline is held against: the one last approved, for a body, a site, a kind and a language.

Knows submissions and decisions as the log has them (`submissions`, `decisions`) and the documents that were issued.
Says nothing of whether a form may be used on a day: a base is the text that a body last agreed to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from regdocs.spec.oversight import OversightBody
from regdocs.spec.protocol import Protocol
from regdocs.versions.decisions import decisions_of
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import DECIDE, name_of
from regdocs.versions.submissions import submissions_of

Effect = Literal["makes", "leaves", "ends"]

# What each outcome does to a document as a base, and why. "makes" needs the letter; "ends" does not: in doubt there is
# no base, which is told and can be overridden, and a redline against a text that a body took back is worse than none.
EFFECTS: dict[str, tuple[Effect, str]] = {
    "approved": ("makes", "the body agreed to the text"),
    "no-objection": ("makes", "how a body agrees that lets a text stand instead of approving it"),
    "acknowledged": (
        "leaves",
        "it took note, perhaps unread; against what was approved before more changes show",
    ),
    "not-required": ("leaves", "it did not look at the text"),
    "conditionally-approved": ("leaves", "not agreed until its conditions are met, and then approved"),
    "changes-required": ("leaves", "not agreed; what was agreed before stays"),
    "deferred": ("leaves", "not decided"),
    "suspended": ("leaves", "about use: the text is still the one that it last agreed to"),
    "terminated": ("leaves", "about use, as before"),
    "expired": ("leaves", "about use: a renewal is held against the text that expired"),
    "disapproved": ("ends", "the body does not agree to the text"),
    "withdrawn": ("ends", "the approval, or the submission, was taken back"),
}


@dataclass(frozen=True, slots=True)
class Base:
    """A document as it was submitted to a body or decided on by it, for one site.

    Attributes:
        body, site: For whom; `site` as it was asked for.
        document: The document, as it was issued.
        entry: Number of the entry of the decision, or of the submission.
        state: An outcome, or "submitted".
        day: When it was decided, or submitted.
        reference: The body's; None of a submission.
        letter: Digest of the letter; None of a submission, and of a decision that is only reported.
    """

    body: str
    site: str | None
    document: IssuedDocument
    entry: int
    state: str
    day: str
    reference: str | None = None
    letter: str | None = None

    @property
    def version(self) -> str:
        """Name of the recorded version that issued the document."""
        return self.document.source

    @property
    def document_version(self) -> str:
        """The document's own version."""
        return self.document.version

    @property
    def date(self) -> str:
        """The document's own date."""
        return self.document.date

    @property
    def tree(self) -> str:
        """Digest of its content tree, which the log keeps."""
        return self.document.tree

    @property
    def stem(self) -> str:
        """Its path without ending."""
        return self.document.stem

    @property
    def decision(self) -> int:
        """Number of the entry of the decision."""
        return self.entry

    @property
    def decided(self) -> str:
        """Day of the decision."""
        return self.day

    @property
    def reported(self) -> bool:
        """Whether it is a decision without its letter."""
        return self.state != "submitted" and self.letter is None


def approved_base(logbook: Logbook, *, body: str, site: str | None, kind: str, language: str) -> Base | None:
    """Return the document that the body last agreed to for that site, or None.

    It is the one of the latest decision that makes a base (`EFFECTS`) and came with its letter, unless a later one
    ended it; "later" is by the day of decision, on one day by the order of the log. With `site` None decisions for any
    site count: for a document that is one for all sites.

    Raises:
        ObjectMissing, ObjectDiffers: The letter that it rests on is not in the log's store as it was recorded.
        NotIssued, DoesNotFit: As `documents_of`.
    """
    standing: dict[str, Base] = {}
    for one in _decided(logbook, body, site, kind, language):
        effect, _ = EFFECTS[one.state]
        if effect == "ends" or (effect == "makes" and not one.reported):
            standing.pop(name_of(one.document), None)
        if effect == "makes" and not one.reported:
            standing[name_of(one.document)] = one
    found = next(reversed(standing.values()), None)
    if found is not None and found.letter is not None:
        logbook.object(found.letter)
    return found


def submitted_base(logbook: Logbook, *, body: str, site: str | None, kind: str, language: str) -> Base | None:
    """Return the document that was last submitted to the body for that site, or None. Raises as `documents_of`."""
    return next(reversed(list(_submitted(logbook, body, site, kind, language))), None)


def bases_listed(logbook: Logbook, *, body: str, site: str | None, kind: str, language: str) -> tuple[Base, ...]:
    """Return all that was submitted or decided, by day: what exists where nothing is approved.

    Raises as `documents_of`.
    """
    asked = (logbook, body, site, kind, language)
    return tuple(sorted((*_submitted(*asked), *_decided(*asked)), key=lambda one: (one.day, one.entry)))


def words_of(base: Base) -> str:
    """Return in words what stands in the log: "consent/north/en 1.0, approved on 2026-02-03 by board-north (…)"."""
    what = f"{base.stem} {base.document_version}"
    if base.state == "submitted":
        return f"{what}, submitted on {base.day} to {base.body} (entry {base.entry})"
    without = ", reported without its letter" if base.reported else ""
    return f"{what}, {base.state} on {base.day} by {base.body}, {base.reference} (entry {base.entry}){without}"


def bodies_for(protocol: Protocol, site: str) -> tuple[OversightBody, ...]:
    """Return the bodies that decide on documents at a site; a data safety board is none of them."""
    return tuple(one for one in protocol.oversight if site in one.sites and one.role in DECIDE)


def _submitted(logbook: Logbook, body: str, site: str | None, kind: str, language: str) -> Iterator[Base]:
    entries = sorted(submissions_of(logbook), key=lambda entry: (entry["on"], entry["n"]))
    for entry, document in _about(logbook, entries, body, site, kind, language):
        yield Base(body, site, document, entry["n"], "submitted", entry["on"])


def _decided(logbook: Logbook, body: str, site: str | None, kind: str, language: str) -> Iterator[Base]:
    entries = sorted(decisions_of(logbook), key=lambda entry: (entry["decided"], entry["n"]))
    for entry, document in _about(logbook, entries, body, site, kind, language):
        letter = entry["letter"]["object"] if "letter" in entry else None
        state, day, reference = entry["outcome"], entry["decided"], entry["reference"]
        yield Base(body, site, document, entry["n"], state, day, reference, letter)


def _about(
    logbook: Logbook, entries: list[dict[str, Any]], body: str, site: str | None, kind: str, language: str
) -> Iterator[tuple[dict[str, Any], IssuedDocument]]:
    """Yield the entries of the body and site, each with each document of the kind and language that it names."""
    for entry in entries:
        if entry["body"] == body and (site is None or site in entry["sites"]):
            for name in entry["documents"]:
                if name.split("/")[:2] == [kind, language]:
                    document = _document(logbook, entry, site, name)
                    yield from () if document is None else ((entry, document),)


def _document(logbook: Logbook, entry: dict[str, Any], site: str | None, name: str) -> IssuedDocument | None:
    """Return the document of that name for the site in the entry's version; None when that has none."""
    of = next((one for one in logbook.versions if one.name == entry.get("version") and one.issues), None)
    documents = () if of is None else documents_of(logbook, of)
    return next((one for one in documents if name_of(one) == name and one.site in (None, site)), None)
