"""Words that differ between a document as it was issued and as it came back.

Compares words in their order, without what lies in the stamp's place; every sign of a word counts, for 10-20 mg is not
1020 mg. Running titles and hyphens at the ends of lines count too: where pages are laid anew, they show as changes.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from regdocs.audit.line import Json
from regdocs.render.text_layer import TextLayer, Word

# Signs that nobody sees, and letters that a font draws as one; all else is compared as it is printed.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u0002\u200b\ufffe"))
_LIGATURES = {one: unicodedata.normalize("NFKC", chr(one)) for one in range(0xFB00, 0xFB07)}
_BEFORE = 4
ALIKE = 0.5
"""With a smaller share of words that stay, it is another document."""


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
    """Which words differ, and which share of the words that were issued stays."""

    changes: tuple[WordChange, ...]
    kept: float


def compared_words(issued: TextLayer, received: TextLayer) -> Comparison:
    """Return the words that differ, in the order of what came back."""
    old = [one for one in issued.words if not one.stamped]
    new = [one for one in received.words if not one.stamped]
    matcher = SequenceMatcher(None, [*map(_key, old)], [*map(_key, new)], autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    steps = (one for one in matcher.get_opcodes() if one[0] != "equal")
    return Comparison(tuple(_changes(steps, old, new)), kept / max(1, len(old)))


def _changes(
    steps: Iterator[tuple[str, int, int, int, int]], old: Sequence[Word], new: Sequence[Word]
) -> Iterator[WordChange]:
    for _, a, b, c, d in steps:
        was, now = _words(old[a:b]), _words(new[c:d])
        if was != now:
            at = new[min(c, len(new) - 1)] if new else None
            page = f"page {at.page}, " if at is not None and at.page else ""
            before = _words(new[max(0, c - _BEFORE) : c])
            yield WordChange(was, now, f"{page}after “{before}”" if before else f"{page}at the beginning")


def _words(words: Sequence[Word]) -> str:
    return " ".join(one.text for one in words)


def _key(word: Word) -> str:
    return unicodedata.normalize("NFC", word.text.translate(_UNSEEN | _LIGATURES))
