"""The words that stand in an identity slot, the same in every format.

Knows `Identity` only; does not know formats. Where a part is missing a dash is printed, so that an empty place is seen
to be empty; a document that is no draft has no words for `draft`.
"""

from regdocs.content.identity import Identity
from regdocs.content.model import IdentityField

MISSING = "–"


def slot_text(identity: Identity, field: IdentityField) -> str:
    """Return what an identity slot prints: "–" for a date or protocol version there is none of."""
    if field == "draft":
        return identity.draft.mark if identity.draft else ""
    if field == "version":
        return identity.version
    found = identity.date if field == "date" else identity.protocol_version
    return found if found is not None else MISSING


def slot_is_open(identity: Identity, field: IdentityField) -> bool:
    """Tell whether a slot prints words that wait for somebody: an open value stands in square brackets."""
    return slot_text(identity, field).startswith("[")
