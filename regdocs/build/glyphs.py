"""Finds characters that no font at hand can show; in a PDF there would be nothing in their place.

Knows documents and fonts; the place of a finding is that of the protocol value that holds the character.
"""

from regdocs.content.model import Document, Identity
from regdocs.content.query import characters, values
from regdocs.documents.draft import draft_of
from regdocs.errors import EnvironmentLacks
from regdocs.finding import Finding, Severity
from regdocs.render.fonts import FontSet, find_fonts, missing_characters
from regdocs.spec.load import Loaded
from regdocs.spec.protocol import Protocol

GLYPH_RULE = "FONT-001"


def unprintable(loaded: Loaded, documents: list[tuple[str, Document]]) -> list[Finding]:
    """Return a finding for each protocol value, or template, that holds characters our fonts lack; each once."""
    try:
        fonts = find_fonts()
    except EnvironmentLacks:
        return []  # `build` says that the fonts are missing, and makes no PDF
    found = {finding: None for stem, document in documents for finding in _in_document(loaded, stem, document, fonts)}
    return list(found)


def _in_document(loaded: Loaded, stem: str, document: Document, fonts: FontSet) -> list[Finding]:
    assert loaded.protocol is not None  # what cannot be loaded is never composed
    missing = set(missing_characters(characters(document, _identity(document, loaded.protocol)), fonts))
    if not missing:
        return []
    found, elsewhere = [], set(missing)
    for value in values(document):
        held = missing & set(value.text)
        if held:
            elsewhere -= held
            found.append(_finding(loaded, value.paths[0], f'"{value.paths[0]}"', held))
    if elsewhere:
        found.append(_finding(loaded, "", f'the template of "{stem}"', elsewhere))
    return found


def _identity(document: Document, protocol: Protocol) -> Identity:
    return Identity(version="draft", draft=draft_of(document, protocol))


def _finding(loaded: Loaded, path: str, where: str, missing: set[str]) -> Finding:
    named = ", ".join(f"{character!r} (U+{ord(character):04X})" for character in sorted(missing))
    return Finding(
        rule=GLYPH_RULE,
        severity=Severity.ERROR,
        message=f"{where} holds characters that no font at hand can show: {named}",
        file=loaded.file,
        position=loaded.place(path),
        hint="write them in another way; a PDF would show nothing in their place",
    )
