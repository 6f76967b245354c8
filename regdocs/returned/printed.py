"""What the study prints now, paragraph by paragraph: its words, its block, and which words the protocol gave.

The document is written as a Word file by our own writer and read as a file from outside is, so that both have the same
paragraphs. Version and date are not content: a mark stands in their place, which any words match.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regdocs.content.identity import Identity
from regdocs.content.model import Document, Inline, Inlines, Styled, Text, Value
from regdocs.content.query import headings, walk_tagged
from regdocs.content.runs import runs
from regdocs.render.docx.bookmarks import bookmark_name
from regdocs.returned.reading import read_returned
from regdocs.returned.returned_file import one_line

ANY_WORDS = "\ue010"  # for private use, so in no document of ours
_IDENTITY = Identity(version=ANY_WORDS, date=ANY_WORDS, protocol_version=ANY_WORDS)
_SUFFIXES = ("", ".who", ".statement", ".caption", ".title")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph, by letters: words of the template, or a value of the protocol."""

    start: int
    end: int
    value: Value | None


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph as the study prints it now.

    Attributes:
        names: The bookmarks that begin in it; a paragraph of a signature may have none.
        block: The id of the innermost block it belongs to; "" where nobody knows.
        run: The name of its run of words, or "" where it has none that was found.
        text: Its words on one line.
        segments: The stretches of the run in the text, in order; a number or marker before them has none.
        heading: Whether it is a heading.
    """

    names: tuple[str, ...]
    block: str
    run: str
    text: str
    segments: tuple[Segment, ...] = ()
    heading: bool = False


def printed_paragraphs(document: Document, reference: bytes) -> tuple[Printed, ...]:
    """Return the paragraphs of a document in their order; `reference` is the study's reference.docx.

    Raises:
        Refusal: As `render_docx`.
    """
    from regdocs.render.docx import render_docx

    ids = {bookmark_name(tagged.id): tagged.id for tagged in walk_tagged(document)}
    titles = {heading.id for heading in headings(document)}
    said, block = runs(document), ""
    found = []
    for paragraph in read_returned(render_docx(document, _IDENTITY, reference=reference)).paragraphs:
        own = [ids[name] for name in paragraph.names if name in ids]
        block = own[-1] if own else block
        run = _run_of(block, said, paragraph.now)
        segments = _segments(said[run], paragraph.now) if run else ()
        found.append(Printed(paragraph.names, block, run, paragraph.now, segments, block in titles))
    return tuple(found)


def _run_of(block: str, said: Mapping[str, Inlines], text: str) -> str:
    """Return the name of the run that a paragraph of a block says; lines to sign have no bookmark of their own."""
    names = (*(f"{block}{suffix}" for suffix in _SUFFIXES), *(f"{block}.line.{n}" for n in range(1, 13)))
    there = [name for name in names if name in said]
    exact = (name for name in there if _bare(_words(said[name])) == _bare(text))
    return next(exact, there[0] if len(there) == 1 else "")


def _bare(text: str) -> str:
    return "".join(one_line((text,)).split())


def _words(inlines: Inlines) -> str:
    return "".join(inline.text for inline in _leaves(inlines) if isinstance(inline, Text | Value))


def _leaves(inlines: Inlines) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, Styled):
            yield from _leaves(inline.inlines)
        else:
            yield inline


def _segments(inlines: Inlines, text: str) -> tuple[Segment, ...]:
    """Return where each inline stands in the text, found piece by piece from the left; what is not found has none."""
    letters = [n for n, letter in enumerate(text) if not letter.isspace()]
    bare, done = _bare(text), 0
    found = []
    for inline in _leaves(inlines):
        words = _bare(inline.text) if isinstance(inline, Text | Value) else ""
        place = bare.find(words, done) if words else -1
        if place < 0:
            continue
        done = place + len(words)
        value = inline if isinstance(inline, Value) else None
        found.append(Segment(letters[place], letters[done - 1] + 1, value))
    return tuple(found)
