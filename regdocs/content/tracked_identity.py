"""Tracked identity: a redline whose running titles show the base's version and date too, on request.

Usually they are replaced: a reader wants to know what a page is, not what it was. Knows slots in running titles; what
stood in them is told by the caller. In the body an identity is replaced always.
"""

from collections.abc import Mapping
from dataclasses import replace

from regdocs.content.model import Document, IdentityField, IdentitySlot, Inline, Inlines, Revised, Styled, Text

Words = Mapping[IdentityField, str]


def with_tracked_identity(tree: Document, was: Words, now: Words) -> Document:
    """Return the redline with each slot of its running titles tracked whose words differ; others stay as they are.

    Args:
        tree: The redline.
        was: What the slots of the base say.
        now: What those of the new document say.
    """
    differing = {field: words for field, words in was.items() if now.get(field, words) != words}

    def titled(parts: tuple[Inlines, Inlines, Inlines]) -> tuple[Inlines, Inlines, Inlines]:
        start, centre, end = (_tracked(part, differing) for part in parts)
        return start, centre, end

    furniture = tree.furniture
    running = replace(furniture, header=titled(furniture.header), footer=titled(furniture.footer))
    return replace(tree, furniture=running)


def _tracked(inlines: Inlines, was: Words) -> Inlines:
    return tuple(one for inline in inlines for one in _each(inline, was))


def _each(inline: Inline, was: Words) -> Inlines:
    if isinstance(inline, Styled):
        return (replace(inline, inlines=_tracked(inline.inlines, was)),)
    if isinstance(inline, IdentitySlot) and inline.field in was:
        return Revised("deleted", (Text(was[inline.field]),)), Revised("inserted", (inline,))
    return (inline,)
