"""Tracked changes: runs, paragraph marks and rows as Word's own revisions, to be accepted or rejected one by one.

While a document is written a change is a bare element (`<w:ins>`); `signed` gives each its number, author and date at
the end, so that a clean document costs nothing. Knows WordprocessingML; does not know the content tree.

ECMA-376 Part 1, 17.13.5.
"""

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from regdocs.content.identity import Revision
from regdocs.content.model import Change
from regdocs.render.docx.wordml import escape
from regdocs.render.identity import MISSING

Mark: TypeAlias = Literal["", "ins", "del", "moveFrom", "moveTo"]

MARKS: dict[Change | None, Mark] = {
    None: "",
    "inserted": "ins",
    "moved-to": "ins",
    "deleted": "del",
    "moved-from": "del",
}
MOVES: dict[Change | None, Mark] = {"moved-to": "moveTo", "moved-from": "moveFrom"}
GONE = ("del", "moveFrom")

# Numbers of revisions are beyond those of bookmarks, which share them.
_FIRST = 2_000_000
_BARE = re.compile(
    r"<w:(ins|del|(?:moveFrom|moveTo)(?:Range(?:Start|End))?|pPrChange|sectPrChange)( w:name=\"[^\"]*\")?(/?)>"
)
_PRESENT = ("<w:ins>", "<w:ins/>", "<w:del>", "<w:del/>", "<w:move", "<w:pPrChange>", "<w:sectPrChange>")
# A control and a link cannot stand inside a revision. Of a control the words are left: LibreOffice keeps its frame when
# the rest is gone, and with it the whole paragraph. Of a link the words inside are tracked.
_CONTROL = re.compile(r"<w:sdt>.*?<w:sdtContent>(.*?)</w:sdtContent></w:sdt>", re.DOTALL)
_LINK_ENDS = re.compile(r"(<w:hyperlink [^>]*>|</w:hyperlink>)")
_WORDS = re.compile(r"<(/?)w:(t|instrText)\b")
_GONE_WORDS = {"t": "delText", "instrText": "delInstrText"}


def tracked(content: str, mark: Mark) -> str:
    """Return the runs of a paragraph as inserted, deleted or moved ones."""
    if not mark or not content:
        return content
    content = _CONTROL.sub(r"\1", content)
    if mark == "del":
        content = _WORDS.sub(lambda found: f"<{found[1]}w:{_GONE_WORDS[found[2]]}", content)
    return "".join(
        part if n % 2 else f"<w:{mark}>{part}</w:{mark}>" for n, part in enumerate(_LINK_ENDS.split(content)) if part
    )


def paragraph_mark(mark: Mark) -> str:
    """Return the properties of a paragraph's end that was inserted, deleted or moved."""
    return f"<w:rPr><w:{mark}/></w:rPr>" if mark else ""


def row_mark(mark: Mark) -> str:
    """Return what a row's properties say when the row was inserted or deleted."""
    return f"<w:{mark}/>" if mark else ""


def signed(parts: list[str], revision: Revision | None) -> str:
    """Return the text of a story with number, author and date at each change; one without changes as it is."""
    body = "".join(parts)
    if not any(name in body for name in _PRESENT):
        return body
    body = "".join(_one_insertion(parts))
    author, date = (revision.author, revision.date) if revision else (MISSING, None)
    who = f' w:author="{escape(author)}"' + (f' w:date="{escape(date)}"' if date else "")
    return _BARE.sub(_Numbers(who), body)


class _Numbers:
    """Numbers revisions in order; the end of a range has the number of its start."""

    def __init__(self, who: str) -> None:
        self._who = who
        self._next = _FIRST
        self._open: dict[str, list[int]] = {}

    def __call__(self, found: re.Match[str]) -> str:
        """Return the element with what it says of itself."""
        kind, name, closed = found[1], found[2] or "", found[3]
        if kind.endswith("RangeEnd"):
            return f'<w:{kind} w:id="{self._open[kind.removesuffix("End")].pop()}"/>'
        number = self._next
        self._next += 1
        if kind.endswith("RangeStart"):
            self._open.setdefault(kind.removesuffix("Start"), []).append(number)
        return f'<w:{kind} w:id="{number}"{self._who}{name}{closed}>'


# --------------------------------------------------------------------------------------------- ends of paragraphs

_PARAGRAPH = re.compile(
    r"<w:p>(?:<w:pPr>(?P<look>.*?)(?:<w:rPr><w:(?P<mark>ins|del)/></w:rPr>)?"
    r"(?:<w:pPrChange><w:pPr(?:/>|>(?P<was>.*?)</w:pPr>)</w:pPrChange>)?</w:pPr>)?(?P<content>.*)</w:p>",
    re.DOTALL,
)
_MARKED = ("<w:rPr><w:ins/></w:rPr>", "<w:rPr><w:del/></w:rPr>")
_ADDED_TO = re.compile(r"</w:ins>(?:</w:hyperlink>)?(?:<w:bookmarkEnd [^>]*/>)*</w:p>$")


def _one_insertion(parts: list[str]) -> Iterator[str]:
    """Yield the parts, with words added to a paragraph and paragraphs added after it as one insertion.

    That is how Word itself writes them: the first end is the new one. LibreOffice takes the others for the same, and
    when they are rejected would join the paragraph with the one after them.
    """
    place = 0
    while place < len(parts):
        after = place + 1
        here = parts[place]
        if "</w:ins>" in here and _ADDED_TO.search(here) and not _is_marked(here):
            while after < len(parts) and _MARKED[0] in parts[after] and parts[after].startswith("<w:p>"):
                after += 1
        yield from _settled(parts[place:after], None) if after > place + 1 else parts[place:after]
        place = after


def _is_marked(part: str) -> bool:
    return any(mark in part for mark in _MARKED)


def settle_end(parts: list[str], start: int, empty: str) -> None:
    """Let the last paragraph of a cell, whose end no program can insert or delete, be neither.

    The ends before it are tracked instead, so that accepting and rejecting leave the right paragraphs. `parts` from
    `start` on is what stands in the cell; `empty` is the look of the paragraph of a cell that says nothing.
    """
    if not parts[-1].startswith("<w:p>") or not _is_marked(parts[-1]):
        return
    first = len(parts)
    while first > start and parts[first - 1].startswith("<w:p>"):
        first -= 1
    parts[first:] = _settled(parts[first:], empty if first == start else None)


def _settled(paragraphs: list[str], empty: str | None) -> Iterator[str]:
    found = [match for one in paragraphs if (match := _PARAGRAPH.fullmatch(one))]
    held: list[re.Match[str]] = []
    for n, one in enumerate(found):
        held.append(one)
        new, old = (_goes_on(found[n:], gone) for gone in ("del", "ins"))
        if new or old:
            mark: Mark = "" if new and old else "ins" if new else "del"
            yield _joined(held, _look(held, "del"), _look(held, "ins"), mark)
            held = []
    yield _joined(held, _look(found, "del", empty), _look(found, "ins", empty))


def _goes_on(found: "list[re.Match[str]]", gone: str) -> bool:
    """Tell whether a side has the first paragraph and another after it, so that it has the end between them."""
    return found[0]["mark"] != gone and any(one["mark"] != gone for one in found[1:])


def _look(found: "list[re.Match[str]]", gone: str, empty: str | None = None) -> str:
    """Return the look of the last paragraph that one side has; of one that it does not have, where there is none."""
    looks = [(one["was"] if gone == "ins" else None) or one["look"] or "" for one in found if one["mark"] != gone]
    return looks[-1] if looks else empty if empty is not None else found[-1]["look"] or ""


def _joined(held: "list[re.Match[str]]", now: str, before: str, mark: Mark = "") -> str:
    change = f"<w:pPrChange><w:pPr>{before}</w:pPr></w:pPrChange>" if now != before else ""
    inner = now + paragraph_mark(mark) + change
    properties = f"<w:pPr>{inner}</w:pPr>" if inner else ""
    return f"<w:p>{properties}{''.join(one['content'] for one in held)}</w:p>"
