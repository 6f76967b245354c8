"""Inlines as plain text: words, places to write as underscores, boxes as "[ ]".

Knows how wide a line of text stands in a fixed-width font. Does not know blocks.
"""

import re
import unicodedata

from regdocs.content.identity import Identity
from regdocs.content.model import (
    Blank,
    Change,
    Comb,
    FootnoteRef,
    IdentitySlot,
    Inline,
    Inlines,
    LineBreak,
    Revised,
    Styled,
    Text,
    Tick,
    Value,
)
from regdocs.render.identity import slot_text

BLANK = "_" * 24
_MM_PER_CHARACTER = 2
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BOXES = re.compile(r"[^\W_]")
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_RAISABLE = frozenset("0123456789+-−()n")


def inlines_text(inlines: Inlines, identity: Identity) -> str:
    """Return the words of a run of inlines; a line break is a new line, a page number is nothing."""
    return "".join(_inline(inline, identity) for inline in inlines)


def _inline(inline: Inline, identity: Identity) -> str:
    match inline:
        case Text(text) | Value(text, _, _):
            return clean(text)
        case Styled(style, inner):
            return _styled(style, inlines_text(inner, identity))
        case LineBreak():
            return "\n"
        case Revised(change, inner):
            return changed_text(inlines_text(inner, identity), change)
        case FootnoteRef(_, mark):
            return f"[{mark}]"
        case IdentitySlot(field):
            return slot_text(identity, field)
        case _:
            return _place(inline)


def changed_text(text: str, change: Change | None) -> str:
    """Return text between the marks of what was deleted, "[-old-]", or inserted, "{+new+}"."""
    if change is None or not text:
        return text
    return f"[-{text}-]" if change in ("deleted", "moved-from") else f"{{+{text}+}}"


def _place(inline: Inline) -> str:
    match inline:
        case Blank(_, width_mm):
            return "_" * max(3, width_mm // _MM_PER_CHARACTER) if width_mm else BLANK
        case Tick():
            return "[ ]"
        case Comb(_, pattern):
            return f"{_BOXES.sub('_', pattern)} ({pattern})"
        case _:
            return ""


def _styled(style: str, text: str) -> str:
    # "10" and a raised "6" must never come out as the number 106.
    if style != "superscript":
        return text
    return text.translate(_RAISED) if text and set(text) <= _RAISABLE else f"^{text}"


def clean(text: str) -> str:
    """Return text with line ends as LF and, U+FFFD for each character nobody can see or encode."""
    return _UNSEEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def display_width(text: str) -> int:
    """Return how many columns a line takes: combining and format characters none, wide East Asian ones two."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
