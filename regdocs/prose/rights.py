"""WRD-002: words by which somebody gives up a right, or by which others are freed of liability."""

import re
from collections.abc import Iterator

from regdocs.prose.passages import Facts, Hit, Line, Prose, hit
from regdocs.prose.phrases import pattern, patterns, says

_TOLD = "reads as if a legal right were given up, or somebody freed of liability"
_KEEPS = ("exculpatory_waiver", "exculpatory_release")  # phrases that "does not" turns into their opposite


def exculpatory(text: Prose, _: Facts) -> Iterator[Hit]:
    """Yield each sentence that takes a legal right or frees somebody of liability; "you do not give up" does not."""
    for line in text.lines:
        found = _found(line)
        if found is not None:
            yield hit(line, found.span(), _TOLD)


def _found(line: Line) -> re.Match[str] | None:
    for name in _KEEPS:
        for one in patterns(name):
            for found in one.finditer(line.text):
                if not _kept(line.text, found):
                    return found
    if _frees_nobody(line.text):
        return None
    either = pattern("exculpatory_promise"), pattern("exculpatory_disclaimer")
    return next((found for one in either if (found := one.search(line.text))), None)


def _kept(text: str, found: re.Match[str]) -> bool:
    """Tell whether the clause around a phrase says that nothing is taken: "nothing in this form releases anyone"."""
    begun = max(text.rfind(mark, 0, found.start()) for mark in (";", ":", " but ", " and you "))
    return says("exculpatory_not", text[max(0, begun) : found.end()])


def _frees_nobody(text: str) -> bool:
    """Tell whether a sentence with "not" and "liable" only says that nobody is freed of liability."""
    return says("exculpatory_frees", text)
