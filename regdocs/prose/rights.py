"""WRD-002: words by which somebody gives up a right, or by which others are freed of liability."""

import re
from collections.abc import Iterator

from regdocs.prose.passages import Facts, Hit, Line, Prose, hit
from regdocs.prose.phrases import pattern, patterns, says

_TOLD = "reads as if a legal right were given up, or somebody freed of liability"
_KEEPS = ("exculpatory_waiver", "exculpatory_release")  # phrases that "does not" turns into their opposite
_DENIES = ("exculpatory_promise", "exculpatory_disclaimer")  # phrases with a "not" of their own


def exculpatory(text: Prose, _: Facts) -> Iterator[Hit]:
    """Yield each sentence that takes a legal right or frees somebody of liability; "you do not give up" does not."""
    for line in text.lines:
        found = _found(line)
        if found is not None:
            yield hit(line, found.span(), _TOLD)


def gives_up(line: Line) -> bool:
    """Tell whether a sentence takes a legal right or frees somebody of liability."""
    return _found(line) is not None


def _found(line: Line) -> re.Match[str] | None:
    taken = (found for name in _KEEPS for one in patterns(name) for found in one.finditer(line.text))
    kept = next((found for found in taken if not _kept(line.text, found)), None)
    if kept is not None or says("exculpatory_frees", line.text):
        return kept
    either = (pattern(name).search(line.text) for name in _DENIES)
    return next((found for found in either if found is not None and not says("exculpatory_keeps", found[0])), None)


def _kept(text: str, found: re.Match[str]) -> bool:
    """Tell whether the clause around a phrase says that nothing is taken: "nothing in this form releases anyone"."""
    begun = max(text.rfind(mark, 0, found.start()) for mark in (";", ":", " but ", " and you "))
    return says("exculpatory_not", text[max(0, begun) : found.end()])
