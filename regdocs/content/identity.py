"""A document's identity: version, date and draft mark, which the writer is told beside the tree. It is not content.

Knows which facts make up an identity; does not know the tree's words, where a writer prints an identity
(`IdentitySlot` in the model) or how one is chosen (`build/identity.py`).
"""

from dataclasses import dataclass

from regdocs.content.model import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What makes a document a draft, in words: `mark` for every page, `notice` (blocks) before the first section."""

    mark: str
    notice: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """Who made the tracked changes of a redline, and when: `date` is UTC, "2026-06-12T00:00:00Z"."""

    author: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the writer is told beside the tree. It is not content: a new version number alone changes no tree.

    Attributes:
        version: The document's own version as printed ("2.0"; for a draft "draft").
        date: The document's own date as printed, or None where it has none yet.
        protocol_version: As printed on page one.
        draft: The draft mark, or None for a recorded version.
        log_head: The head of the study's log as a foot of a page shows it, or None: then nothing is printed of it.
        revision: What the tracked changes of a redline say of themselves; None for a clean document.
    """

    version: str
    date: str | None = None
    protocol_version: str | None = None
    draft: Draft | None = None
    log_head: str | None = None
    revision: Revision | None = None
