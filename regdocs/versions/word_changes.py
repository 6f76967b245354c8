"""Words that differ between a document as it was issued and as it came back.

Words are compared in their order and with every sign, for 10-20 mg is not 1020 mg, and 1 10 mg is not 110 mg. What lies
in the stamp's place, bullets and lines to write on are left out. Ligatures, hyphens at the ends of lines, and known
heads of tables that repeat on another page do not count. Running titles and what is laid over pages are compared by
themselves. In doubt a difference is told: to look at it costs a minute, and to miss it may harm.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from regdocs.audit.line import Json
from regdocs.render.text_layer import LINE_END, TextLayer, Word
from regdocs.versions.running_titles import running_lines, titles_of

_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_LIGATURES = {one: unicodedata.normalize("NFKC", chr(one)) for one in range(0xFB00, 0xFB07)}
_DRAWN = _HYPHENS | _UNSEEN | _LIGATURES
_NO_WORDS = frozenset("•◦▪‣●_")
_BEFORE = 4
_BETWEEN_FIGURES = re.compile(rf"(?<=\d){LINE_END}(?=\d)")  # a figure is not hyphenated, so this hyphen is its own
_MOST_LINE_ENDS = 4  # hyphens at ends of lines in one word of which both readings are tried
ALIKE = 0.5
"""With a smaller share of words that stay, it is another document."""

_Step = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class WordChange:
    """A stretch of words that differs: what was issued ("" for what was put in), what came back ("" for what was
    struck), and where: the page of what came back, and the words before.
    """

    was: str
    now: str
    where: str

    def as_entry(self) -> dict[str, Json]:
        """Return it as the log's entry has it."""
        return {"was": self.was, "now": self.now, "where": self.where}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which words differ, and which share of the words that were issued is there, in whatever order."""

    changes: tuple[WordChange, ...]
    kept: float


def compared_words(issued: TextLayer, received: TextLayer, heads: Collection[str] = ()) -> Comparison:
    """Return the words that differ, in the order of what came back; none where it is another document (`ALIKE`).

    Args:
        heads: The words of each head of a table, with single spaces: it comes again where a page begins elsewhere.
    """
    lines = running_lines(issued, received)
    old, new = _flow(issued, lines), _flow(received, lines)
    keys, others = [*map(_key, old)], [*map(_key, new)]
    kept = (Counter(keys) & Counter(others)).total() / max(1, len(old))
    if kept < ALIKE:
        return Comparison((), kept)
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    changes = (
        *_flow_changes(_steps(matcher, old, new), old, new, frozenset(map(_plain, heads))),
        *_title_changes(issued, received, lines),
        *_laid_over(issued, received),
    )
    return Comparison(changes, kept)


# ---------------------------------------------------------------------------------------------------------- the text


def _flow(layer: TextLayer, lines: frozenset[str]) -> list[Word]:
    """Return the words of the text; one that goes on on the next page is whole."""
    found: list[Word] = []
    for word in layer.words:
        if word.stamped or word.margin in lines or _NO_WORDS.issuperset(word.text):
            continue
        goes_on = found and found[-1].text.endswith(LINE_END)
        found.append(Word(found.pop().text + word.text, word.page) if goes_on else word)
    return found


def _steps(matcher: "SequenceMatcher[str]", old: Sequence[Word], new: Sequence[Word]) -> Iterator[_Step]:
    """Yield the stretches that differ; what lies side by side is one."""
    last: _Step | None = None
    for a, b, c, d in _apart(matcher, old, new):
        if last is not None and (last[1], last[3]) == (a, c):
            last = (last[0], b, last[2], d)
            continue
        if last is not None:
            yield last
        last = (a, b, c, d)
    if last is not None:
        yield last


def _apart(matcher: "SequenceMatcher[str]", old: Sequence[Word], new: Sequence[Word]) -> Iterator[_Step]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield (a, b, c, d)
            continue
        for place, other in zip(range(a, b), range(c, d), strict=True):
            if old[place].text != new[other].text and not _reads_alike(old[place].text, new[other].text):
                yield (place, place + 1, other, other + 1)


def _flow_changes(
    steps: Iterator[_Step], old: Sequence[Word], new: Sequence[Word], heads: frozenset[str]
) -> Iterator[WordChange]:
    for a, b, c, d in steps:
        was, now = _words(old[a:b]), _words(new[c:d])
        if (a == b and _is_head_again(new, c, d, heads)) or (c == d and _is_head_again(old, a, b, heads)):
            continue
        at = new[min(c, len(new) - 1)] if new else None
        page = f"page {at.page}, " if at is not None and at.page else ""
        before = _words(new[max(0, c - _BEFORE) : c])
        yield WordChange(was, now, f"{page}after “{before}”" if before else f"{page}at the beginning")


def _is_head_again(words: Sequence[Word], first: int, end: int, heads: frozenset[str]) -> bool:
    """Tell whether a stretch is the head of a table again, at the top of a page."""
    begins = first > 0 and words[first - 1].page != words[first].page
    return begins and _plain(_words(words[first:end])) in heads


def _words(words: Sequence[Word]) -> str:
    return " ".join(one.text for one in words).replace(LINE_END, "-")


def _key(word: Word) -> str:
    return _plain(word.text).replace(LINE_END, "").replace("-", "")


def _reads_alike(one: str, other: str) -> bool:
    """Tell whether two words can be the same, whichever hyphens at ends of lines belong to them."""
    return not _readings(one).isdisjoint(_readings(other))


def _readings(text: str) -> frozenset[str]:
    parts = _BETWEEN_FIGURES.sub("-", _plain(text)).split(LINE_END)
    if len(parts) - 1 > _MOST_LINE_ENDS:
        return frozenset({"-".join(parts), "".join(parts)})
    joints = product(("", "-"), repeat=len(parts) - 1)
    return frozenset("".join(map("".join, zip(parts, (*joint, ""), strict=True))) for joint in joints)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_DRAWN))


# -------------------------------------------------------------------------------------- running titles and notes


def _title_changes(issued: TextLayer, received: TextLayer, lines: frozenset[str]) -> Iterator[WordChange]:
    old, new = titles_of(issued, lines), titles_of(received, lines)
    gone = [one.text for one in old if one.text not in {other.text for other in new}]
    come = [one.text for one in new if one.text not in {other.text for other in old}]
    if " ".join(gone) == " ".join(come):
        gone, come = [], []  # in other lines
    for place in range(max(len(gone), len(come))):
        was, now = (one[place] if place < len(one) else "" for one in (gone, come))
        yield WordChange(was, now, "running title")
    whole = {one.text for one in old if not one.lacking}
    for one in new:
        if one.lacking and one.text in whole:
            yield WordChange(one.text, "", f"running title, page {', '.join(map(str, one.lacking))}")


def _laid_over(issued: TextLayer, received: TextLayer) -> Iterator[WordChange]:
    """Yield notes over pages that we did not issue, and pages that are pictures now."""
    ours = Counter((one.page, one.text) for one in issued.notes)
    for one in received.notes:
        if not one.stamped and not ours[one.page, one.text]:
            yield WordChange("", one.text, f"page {one.page}, laid over it")
    if len(received.empty) > len(issued.empty):
        for page in received.empty:
            yield WordChange("", "[no text layer]", f"page {page}, whose words nobody compared")
