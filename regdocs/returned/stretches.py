"""Where two texts differ: stretches of words, by letters of the first one."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from regdocs.content.model import Text
from regdocs.content.tokens import tokens_of

_MOST_PAIRS = 4_000_000  # of words; beyond them two texts differ as a whole


class Stretch(NamedTuple):
    """Letters `start` to `end` of the old text read `old` there, and `new` in the new one."""

    start: int
    end: int
    old: str
    new: str

    def told(self) -> str:
        """Return it in words."""
        old, new = self.old.strip(), self.new.strip()
        if not new:
            return f'"{old}" is gone'
        return f'"{old}" is now "{new}"' if old else f'"{new}" was put in'


def stretches(old: str, new: str) -> tuple[Stretch, ...]:
    """Return where the second text differs from the first, in order; white space alone is no difference."""
    before, after = _tokens(old), _tokens(new)
    if len(before) * len(after) > _MOST_PAIRS:
        return () if old == new else (Stretch(0, len(old), old, new),)
    starts = _starts(before)
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        was, now = "".join(before[a:b]), "".join(after[c:d])
        if tag != "equal" and was.strip() != now.strip():
            found.append(Stretch(starts[a], starts[b], was, now))
    return tuple(found)


def narrowed(stretch: Stretch) -> Stretch:
    """Return the stretch without the letters that both sides begin and end with."""
    old, new = stretch.old, stretch.new
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    tail = next((n for n in range(least - head) if old[-1 - n] != new[-1 - n]), least - head)
    return Stretch(stretch.start + head, stretch.end - tail, old[head : len(old) - tail], new[head : len(new) - tail])


def changed_text(text: str, start: int, end: int, changes: Sequence[Stretch]) -> str | None:
    """Return letters `start` to `end` of a text with changes of them made; None where one goes beyond these ends."""
    said = text[start:end]
    for change in sorted(changes, reverse=True):
        one = change if start <= change.start and change.end <= end else narrowed(change)
        if not (start <= one.start and one.end <= end):
            return None
        said = said[: one.start - start] + one.new + said[one.end - start :]
    return " ".join(said.split())


def _tokens(text: str) -> list[str]:
    return [str(token.key[0]) for token in tokens_of((Text(text),))]


def _starts(tokens: list[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts
