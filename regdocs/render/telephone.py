"""Telephone numbers in running words: kept on one line, whatever the format.

Knows how a number to call looks when it is written in groups, with "+", with a leading nought, or as three groups of
three, three and four. Does not know formats. The plain text writer has no lines that break and leaves words alone.
"""

import re

_NO_BREAK = str.maketrans({" ": "\u00a0", "-": "\u2011"})
_GROUPS = re.compile(
    r"(?<![\w+.,-])(?:\+\d{1,3}|\(\+?\d{1,4}\)|0\d{1,4}|\(0\d{1,4}\)|\d{3}(?=[ -]\d{3}[ -]\d{4}\b))"
    r"(?:[ -]?\(\d{1,4}\)|[ -]?\d{1,5}){1,6}(?![\w-])"
)
_GROUPED = re.compile(r"\d[ ()-]+\d")
# ITU-T E.164 allows fifteen digits with the country; fewer than seven are a date, a count or an extension.
_FEWEST, _MOST = 7, 15


def unbroken(text: str) -> str:
    """Return text in which spaces and hyphens inside telephone numbers do not let a line end."""
    return _GROUPS.sub(_whole, text) if _GROUPED.search(text) else text


def _whole(found: re.Match[str]) -> str:
    digits = sum(character.isdigit() for character in found[0])
    return found[0].translate(_NO_BREAK) if _FEWEST <= digits <= _MOST else found[0]
