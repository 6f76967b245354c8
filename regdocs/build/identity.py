"""The identity a build gives a document: version, date, draft mark, head of the log. Content knows none of it."""

from regdocs.build.recorded import Carried
from regdocs.content.identity import Identity
from regdocs.content.model import Document
from regdocs.documents.draft import draft_of
from regdocs.documents.shown import Reader
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol

DRAFT_VERSION = "draft"


def identity_of(
    document: Document, protocol: Protocol, final: bool, recorded: Carried | None = None, after: str | None = None
) -> Identity:
    """Return what the writers print of a document's identity.

    A draft has no version or date of its own yet; from the first release on it says which version it comes `after`.
    With `final` the protocol's are proposed for it, or it carries those that were `recorded` for it. A document in
    which something is open stays a draft, whatever was asked.
    """
    if final and recorded is not None:
        return recorded.identity()
    version = _in_words(protocol.version, protocol)
    draft = draft_of(document, protocol)
    if final and not draft.notice:
        date = _in_words(protocol.date, protocol)
        return Identity(version=version, date=date, protocol_version=version)
    own = DRAFT_VERSION if after is None else f"{DRAFT_VERSION} after {after}"
    return Identity(version=own, protocol_version=version, draft=draft)


def _in_words(known: Known[str], protocol: Protocol) -> str:
    return Reader(protocol.language).show(known).text
