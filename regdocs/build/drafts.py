"""Which documents are drafts, and why, and which are not certified: for the manifest, `status`, and a build.

Knows what makes a draft (`documents/draft.py`) and orders; prints and writes nothing.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from regdocs.finding import Finding, Severity

if TYPE_CHECKING:
    from regdocs.build.manifest import Manifest
    from regdocs.build.order import Order
    from regdocs.content.identity import Identity

STILL_DRAFT_RULE = "FINAL-002"
AS_ASKED = "built without --final"
NOT_CERTIFIED = "not certified"  # as `documents/certified.py`, which takes long to load
_TRANSLATIONS = "/translations/"


def why_draft(identity: "Identity") -> str | None:
    """Return in words why a document has a draft mark; None when it has none."""
    if identity.draft is None:
        return None
    from regdocs.documents.draft import open_paths

    paths = open_paths(identity.draft)
    texts = sum(path.startswith(_TRANSLATIONS) for path in paths)
    others = len(paths) - texts
    told = [_counted(texts, "not translated, or changed since it was", "not translated, or changed since they were")]
    told += [_open(others)] if others else []
    return "; ".join(one for one in told if one) or AS_ASKED


def _counted(count: int, one: str, several: str) -> str:
    return "" if not count else f"1 text {one}" if count == 1 else f"{count} texts {several}"


def _open(count: int) -> str:
    return f"{count} {'value' if count == 1 else 'values'} to complete, to confirm or to translate"


def drafts_of(manifest: "Manifest") -> dict[str, str]:
    """Return why each document that is a draft is one, by its path without its ending, in the manifest's order."""
    return {_stem(made.path): made.draft for made in manifest.documents if made.draft is not None}


def not_certified(manifest: "Manifest") -> dict[str, str]:
    """Return in words why each translation that is not certified is none, by its path without its ending."""
    told = {_stem(made.path): made.translation for made in manifest.documents if made.translation is not None}
    return {stem: words for stem, words in told.items() if words.startswith(NOT_CERTIFIED)}


def asked_drafts(order: "Order", manifest: "Manifest") -> dict[str, str]:
    """Return the same of the documents that an order asked for."""
    asked = (
        made
        for made in manifest.documents
        if made.draft is not None
        and not made.stale
        and (not order.only or made.kind in order.only)
        and (not order.sites or made.site in order.sites)
    )
    return {_stem(made.path): made.draft for made in asked if made.draft is not None}


def still_drafts(drafts: Iterable[tuple[str, str]]) -> tuple[Finding, ...]:
    """Return an error for each document that was asked for without a draft mark and has one all the same."""
    hint = "findings under TRN name what its translation lacks; documents in complete languages are built"
    return tuple(
        Finding(STILL_DRAFT_RULE, Severity.ERROR, f'"{stem}" is only a draft: {why}', "protocol.yaml", hint=hint)
        for stem, why in dict.fromkeys(drafts)
    )


def _stem(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/{name.partition('.')[0]}"
