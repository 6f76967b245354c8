"""A body's letter as a file: of what kind it is, and whether its words name what it is said to be about.

Plain text is read here; PDF and Word files in a process with limits. Knows bytes; where they are kept is said by
`decisions`.
"""

import unicodedata
from collections.abc import Callable, Mapping

from regdocs.audit.line import Json
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal
from regdocs.render.text_layer import LINE_END

_PDF, _ZIP, _WORD = b"%PDF-", b"PK\x03\x04", b"word/document.xml"
NO_TEXT, UNREAD, WORDS = "no-text", "unread", "words"


def kind_of(letter: bytes) -> str:
    """Return "pdf", "docx" or "text"; "other" of what is none of them."""
    if letter.startswith(_PDF):
        return "pdf"
    if letter.startswith(_ZIP):
        return "docx" if _WORD in letter else "other"
    return "other" if _plain(letter) is None else "text"


def kept_file(data: bytes) -> dict[str, Json]:
    """Return how an entry names a file that is kept: digest, length and kind."""
    return {"object": sha256_hex(data), "bytes": len(data), "kind": kind_of(data)}


def kept_letter(letter: bytes, expected: Mapping[str, Callable[[str], bool]]) -> dict[str, Json]:
    """Return how an entry names a letter, with whether its words were read and what they do not name.

    Args:
        letter: The file.
        expected: What it should name ("version 2.0"), each with what tells whether words name it (`letter_names`).
    """
    words = words_of(letter)
    if words is None:
        return {**kept_file(letter), "read": UNREAD}
    if not words:
        return {**kept_file(letter), "read": NO_TEXT}
    unnamed: list[Json] = [what for what, named in expected.items() if not named(words)]
    return {**kept_file(letter), "read": WORDS, **({"unnamed": unnamed} if unnamed else {})}


def letter_flags(letter: Mapping[str, Json]) -> tuple[str, ...]:
    """Return what a reader should be told of a letter, as its entry has it."""
    if letter.get("read") == NO_TEXT:
        return ("the letter has no text layer, so nobody searched it for reference, version and date: a person has to",)
    if letter.get("read") == UNREAD:
        return ("the letter could not be read, so nobody searched it for reference, version and date: a person has to",)
    unnamed = letter.get("unnamed")
    return (f"the letter does not name: {', '.join(map(str, unnamed))}",) if isinstance(unnamed, list) else ()


def words_of(letter: bytes) -> str | None:
    """Return the words of a letter with single spaces between them, "" of a scan; None of what cannot be read."""
    from regdocs.versions.read_apart import words_apart  # which brings the processes, for files that need them

    kind = kind_of(letter)
    if kind == "text":
        return _plain(letter)
    try:
        words = words_apart(letter, kind).words if kind != "other" else None
    except Refusal:
        return None
    if words is None:
        return None
    return unicodedata.normalize("NFC", " ".join(one.text for one in words).replace(LINE_END, "-"))


def _plain(letter: bytes) -> str | None:
    try:
        text = letter.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else " ".join(text.split())
