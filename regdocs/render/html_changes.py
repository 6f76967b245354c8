"""Tracked changes as HTML: words as `<ins>` and `<del>`, a bar beside what changed, no id for what is gone.

Knows which attributes and elements say what became of a block. The bars and strokes are in the style sheet, by
`data-change`: "inserted", "deleted", "moved-from", "moved-to", or "changed" where only words inside did.
"""

from regdocs.content.model import (
    Change,
    Contents,
    Footnote,
    Heading,
    Inlines,
    ListItem,
    Paragraph,
    Revised,
    Section,
    Signature,
    Table,
    Tags,
)

_GONE = ("deleted", "moved-from")


def changes_css(body: str) -> tuple[str, ...]:
    """Return the style sheet of tracked changes where the body has some; a clean page keeps its bytes."""
    return ("changes.css",) if ' data-change="' in body else ()


def is_gone(change: Change | None) -> bool:
    """Tell whether only the base has it."""
    return change in _GONE


def on_one_side(change: Change | None, other: Change | None) -> bool:
    """Tell whether a tree without changes could hold both."""
    return change is None or other is None or is_gone(change) == is_gone(other)


def change_html(tagged: Tags | Section) -> str:
    """Return the attribute that says what became of something, or nothing."""
    change = tagged.change or ("changed" if _is_changed(tagged) else None)
    return f' data-change="{change}"' if change else ""


def told_html(words: str, change: Change | None) -> str:
    """Return words of a block that was inserted, deleted or moved; others as they are."""
    if change is None or not words:
        return words
    return f"<del>{words}</del>" if is_gone(change) else f"<ins>{words}</ins>"


def both_html(old: str | None, new: str, change: Change | None) -> str:
    """Return a number or mark, with the one before it where it was another one."""
    return told_html(new, change) if old is None else f"<del>{old}</del><ins>{new}</ins>"


def _is_changed(tagged: Tags | Section) -> bool:
    match tagged:
        case Paragraph():
            return tagged.old_role is not None or _holds_changes(tagged.inlines)
        case Heading():
            return tagged.old_number is not None or _holds_changes(tagged.inlines)
        case Footnote():
            return tagged.old_mark is not None or _holds_changes(tagged.inlines)
        case ListItem():
            return tagged.old_marker is not None
        case Table():
            return _holds_changes(tagged.caption)
        case Signature():
            return _holds_changes(tagged.who) or _holds_changes(tagged.statement)
        case Contents():
            return _holds_changes(tagged.title)
        case _:
            return False


def _holds_changes(inlines: Inlines) -> bool:
    return Revised in map(type, inlines)
