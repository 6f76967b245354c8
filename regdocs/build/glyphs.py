"""Finds characters that no font at hand can show; in a PDF there would be nothing in their place.

Knows documents and fonts; the place of a finding is that of the protocol value that holds the character.
"""

from collections.abc import Iterable, Iterator

from regdocs.build.identity import identity_of
from regdocs.build.study import TEMPLATES
from regdocs.content.model import Document
from regdocs.content.query import characters, values
from regdocs.documents.draft import open_items
from regdocs.errors import EnvironmentLacks
from regdocs.finding import Finding, Severity
from regdocs.render.fonts import FontSet, find_fonts, missing_characters
from regdocs.source import START, Position
from regdocs.spec.load import Loaded
from regdocs.spec.protocol import Protocol

GLYPH_RULE = "FONT-001"


def unprintable(loaded: Loaded, documents: Iterable[Document]) -> list[Finding]:
    """Return a finding for each protocol value, or template, that holds characters our fonts lack; each once."""
    try:
        fonts = find_fonts()
    except EnvironmentLacks:
        return []  # `build` says that the fonts are missing, and makes no PDF
    found = (finding for document in documents for finding in _in_document(loaded, document, fonts))
    return list(dict.fromkeys(found))


def _in_document(loaded: Loaded, document: Document, fonts: FontSet) -> Iterator[Finding]:
    assert loaded.protocol is not None  # what cannot be loaded is never composed
    identity = identity_of(document, loaded.protocol, final=False)
    missing = set(missing_characters(characters(document, identity), fonts))
    elsewhere = set(missing)
    for path, text in _texts_of_the_protocol(document, loaded.protocol) if missing else ():
        held = missing & set(text)
        elsewhere -= held
        if held:
            yield _finding(f'"{path}"', held, loaded.file, loaded.place(path))
    if elsewhere:
        kind = document.kind
        yield _finding(f'the template of "{kind}"', elsewhere, f"{TEMPLATES}/{kind}/{kind}.xml", START)


def _texts_of_the_protocol(document: Document, protocol: Protocol) -> Iterator[tuple[str, str]]:
    yield from ((value.paths[0], value.text) for value in values(document))
    yield from ((item.path, item.what) for item in open_items(document, protocol))  # listed on a draft's first pages
    yield from (("/version", known) for known in (protocol.version.value, protocol.version.todo) if known)


def _finding(where: str, missing: set[str], file: str, position: Position) -> Finding:
    named = ", ".join(f"{character!r} (U+{ord(character):04X})" for character in sorted(missing))
    return Finding(
        rule=GLYPH_RULE,
        severity=Severity.ERROR,
        message=f"{where} holds characters that no font at hand can show: {named}",
        file=file,
        position=position,
        hint="write them in another way; a PDF would show nothing in their place",
    )
