"""The words that stand in an identity slot, and the head of the log in the footer, the same in every format.

Knows `Identity` only; does not know formats. Where a part is missing a dash is printed, so that an empty place is seen
to be empty; a document that is no draft has no words for `draft`.
"""

from dataclasses import replace

from regdocs.content.identity import Identity
from regdocs.content.model import (
    Document,
    IdentityField,
    Inline,
    Inlines,
    LineBreak,
    PageCount,
    PageNumber,
    Styled,
    Text,
)

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


def with_log_head(document: Document, identity: Identity) -> Document:
    """Return the document with the head of the log on a line of its own in the footer; the same one without a head.

    It stands in the first part that speaks of no page, because a text has no pages and leaves such parts out.
    """
    if identity.log_head is None:
        return document
    footer = list(document.furniture.footer)
    place = next((n for n, part in enumerate(footer) if not _speaks_of_pages(part)), 0)
    before: Inlines = (*footer[place], LineBreak()) if footer[place] else ()
    footer[place] = (*before, Text(identity.log_head))
    start, centre, end = footer
    return replace(document, furniture=replace(document.furniture, footer=(start, centre, end)))


def _speaks_of_pages(inlines: Inlines) -> bool:
    return any(_is_of_pages(inline) for inline in inlines)


def _is_of_pages(inline: Inline) -> bool:
    if isinstance(inline, Styled):
        return _speaks_of_pages(inline.inlines)
    return isinstance(inline, PageNumber | PageCount)
