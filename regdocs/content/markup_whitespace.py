"""White space in a run of inlines, folded as HTML folds it. Knows inlines only; does not know markup.

A run of spaces and new lines in the template's words is one space, none at the ends of a block or beside a line
break, and one where a word, a value or a style ends and the next begins. A value's own text is never changed:
where it begins or ends with a space, the template's space beside it goes.
"""

import re
from dataclasses import replace

from regdocs.content.model import Inline, Inlines, LineBreak, Styled, Text, Value

_RUN = re.compile(r"[ \t\r\n]+")
_SPACES = (" ", "\t")


def folded(inlines: Inlines) -> Inlines:
    """Return the run with white space folded, adjacent words joined, and empty words and styles gone."""
    forward, _ = _without_space_after_space(inlines, True)
    backward, _ = _without_space_before_end(forward, True)
    return _joined(backward)


def _without_space_after_space(inlines: Inlines, after_space: bool) -> tuple[Inlines, bool]:
    result: list[Inline] = []
    for inline in inlines:
        kept, after_space = _after(inline, after_space)
        result.append(kept)
    return tuple(result), after_space


def _after(inline: Inline, after_space: bool) -> tuple[Inline, bool]:
    """Return the inline as it stands after a space (or not), and whether a space now goes before what follows."""
    if isinstance(inline, Text):
        words = _RUN.sub(" ", inline.text)
        words = words.removeprefix(" ") if after_space else words
        return Text(words), words.endswith(" ") if words else after_space
    if isinstance(inline, Styled):
        inner, after_space = _without_space_after_space(inline.inlines, after_space)
        return replace(inline, inlines=inner), after_space
    if isinstance(inline, Value):
        return inline, inline.text.endswith(_SPACES) if inline.text else after_space
    return inline, isinstance(inline, LineBreak)


def _without_space_before_end(inlines: Inlines, before_end: bool) -> tuple[Inlines, bool]:
    result: list[Inline] = []
    for inline in reversed(inlines):
        kept, before_end = _before(inline, before_end)
        result.append(kept)
    return tuple(reversed(result)), before_end


def _before(inline: Inline, before_end: bool) -> tuple[Inline, bool]:
    """The mirror of `_after`: what follows is the end of the line or a value's own space (or not)."""
    if isinstance(inline, Text):
        words = inline.text.removesuffix(" ") if before_end else inline.text
        return Text(words), before_end and not words
    if isinstance(inline, Styled):
        inner, before_end = _without_space_before_end(inline.inlines, before_end)
        return replace(inline, inlines=inner), before_end
    if isinstance(inline, Value):
        return inline, inline.text.startswith(_SPACES) if inline.text else before_end
    return inline, isinstance(inline, LineBreak)


def _joined(inlines: Inlines) -> Inlines:
    result: list[Inline] = []
    for inline in inlines:
        kept = replace(inline, inlines=_joined(inline.inlines)) if isinstance(inline, Styled) else inline
        before = result[-1] if result else None
        if isinstance(kept, Text) and isinstance(before, Text):
            result[-1] = Text(before.text + kept.text)
        elif kept != Text("") and not (isinstance(kept, Styled) and not kept.inlines):
            result.append(kept)
    return tuple(result)
