"""A body's letter as a file: of what kind it is, and whether its words name what it is said to be about.

Only plain text is read; of other files nothing is said. Knows bytes; where they are kept is said by `decisions`.
"""

import re
from collections.abc import Iterable

from regdocs.audit.line import Json
from regdocs.canonical import sha256_hex

_PDF, _ZIP, _WORD = b"%PDF-", b"PK\x03\x04", b"word/document.xml"


def kind_of(letter: bytes) -> str:
    """Return "pdf", "docx" or "text"; "other" of what is none of them."""
    if letter.startswith(_PDF):
        return "pdf"
    if letter.startswith(_ZIP):
        return "docx" if _WORD in letter else "other"
    return "other" if words_of(letter) is None else "text"


def kept_file(data: bytes) -> dict[str, Json]:
    """Return how an entry names a file that is kept: digest, length and kind."""
    return {"object": sha256_hex(data), "bytes": len(data), "kind": kind_of(data)}


def words_of(letter: bytes) -> str | None:
    """Return the words of a letter in plain text, with single spaces between them; None of any other file."""
    try:
        text = letter.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else " ".join(text.split())


def unnamed_in(letter: bytes, expected: Iterable[str]) -> tuple[str, ...] | None:
    """Return which of these texts a letter does not have as words of their own; None when it cannot be read."""
    words = words_of(letter) if kind_of(letter) == "text" else None
    if words is None:
        return None
    return tuple(one for one in dict.fromkeys(expected) if not re.search(rf"(?<!\w){re.escape(one)}(?!\w)", words))
