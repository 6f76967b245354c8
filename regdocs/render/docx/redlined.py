"""What a redline's tree as a whole says to the writer: which ids live on, and which moves Word can show as moves.

Knows the marks of the tree; looked at only where a document has some.
"""

from collections.abc import Iterator
from functools import cached_property

from regdocs.content.model import Box, Document, Inlines, Revised, Signature, Table, Tags
from regdocs.content.query import tagged_within, walk_changes
from regdocs.render.docx.revisions import MARKS, Mark

_GONE = ("deleted", "moved-from")


class Redlined:
    """A document as a redline; each answer is found when it is first asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def living(self) -> frozenset[str]:
        """The ids that the new document has: their bookmarks are not for what is deleted."""
        return frozenset(tagged.id for tagged, change in walk_changes(self._document) if change not in _GONE)

    @cached_property
    def moves(self) -> frozenset[str]:
        """The ids of what has moved and is paragraphs alone, in its old place and in its new one."""
        both = [frozenset(self._moved(change)) for change in ("moved-from", "moved-to")]
        return both[0] & both[1]

    def _moved(self, change: str) -> Iterator[str]:
        for tagged, _ in walk_changes(self._document):
            if tagged.change == change and not any(map(_is_framed, tagged_within(tagged))):
                yield tagged.id


def _is_framed(tagged: Tags) -> bool:
    return isinstance(tagged, Table | Box | Signature)


def whole_mark(inlines: Inlines) -> Mark:
    """Return what became of a paragraph that is there for these words alone: that of the words, where all share it."""
    changes = {inline.change if isinstance(inline, Revised) else None for inline in inlines}
    return MARKS[changes.pop()] if len(changes) == 1 else ""
