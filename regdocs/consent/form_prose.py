"""A composed form as prose, and from which protocol values its words came.

What is still to be completed becomes blanks of the same length, so that nobody's reminder is read as words of the form,
and a section that waits for its text is not empty. Knows the tree; looks for nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from regdocs.content.model import (
    Block,
    Box,
    Document,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    List,
    Paragraph,
    Revised,
    Signature,
    Styled,
    Table,
    Text,
    Value,
)
from regdocs.content.query import plain_text
from regdocs.prose.passages import Passage, Prose, Role, Section, Span, prose

_BEGINNING = "beginning"  # id of what comes before every heading
_WAITING = "□"  # stands where words are to come: no word, no blank
_BETWEEN = Text("\n\n")  # between cells, so that no sentence goes from one into the next
_OPEN = re.compile(r"\[[A-Z]{2}[^\[\]:]{0,60}: [^\[\]]*\]")
_ASSUMED = re.compile(r"\[[A-Z]{2}[^\[\]:]{0,60}: ")
# Words that are copied: titles, names, ids, criteria, what a registry shows.
_COPIED = re.compile(
    r"/(?:identity|eligibility|organisations|registry|references|abbreviations)/|"
    r"/(?:arms|interventions|products|sites|oversight|encounters|endpoints)/[^/]+/(?:name|label|title|other_names)\b"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """A stretch of a passage that came from the protocol, with its paths."""

    span: Span
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormProse:
    """A form as prose; `origins` by id of the passage, in their order."""

    prose: Prose
    origins: Mapping[str, tuple[Origin, ...]]


@dataclass(slots=True)
class _Kept:
    """The sections so far."""

    sections: list[tuple[str, str, int, list[Passage]]] = field(default_factory=lambda: [(_BEGINNING, "", 0, [])])
    origins: dict[str, tuple[Origin, ...]] = field(default_factory=dict)

    def heading(self, block: Heading) -> None:
        self.sections.append((block.id, plain_text(block.inlines), block.level, []))

    def passage(self, name: str, inlines: Inlines, role: Role) -> None:
        text, origins, verbatim = _read(inlines)
        if text.strip() or role == "signature":
            self.sections[-1][3].append(Passage(name, text, role, verbatim))
            self.origins[name] = origins


def prose_of_form(document: Document) -> FormProse:
    """Return the words of a form, section by section, with the protocol paths they came from."""
    kept = _Kept()
    for section in document.sections:
        _keep(kept, section.blocks, "body")
        for note in section.footnotes:
            kept.passage(note.id, note.inlines, "body")
    sections = (Section(name, heading, level, tuple(found)) for name, heading, level, found in kept.sections)
    return FormProse(prose(sections), kept.origins)


def _keep(kept: _Kept, blocks: Iterable[Block], role: Role) -> None:
    for block in blocks:
        match block:
            case Heading():
                kept.heading(block)
            case Paragraph():
                kept.passage(block.id, block.inlines, "title" if block.role in ("title", "subtitle") else role)
            case List():
                for item in block.items:
                    _keep(kept, item.blocks, role)
            case Box():
                _keep(kept, block.blocks, "staff" if block.role == "office" else role)
            case Table():
                _keep_table(kept, block, role)
            case Signature():
                kept.passage(block.id, (*block.who, Text(". "), *block.statement), "signature")


def _keep_table(kept: _Kept, table: Table, role: Role) -> None:
    """Keep each row as one passage; a table of facts about the form (titles, numbers, names) is no text."""
    kept.passage(f"{table.id}.caption", table.caption, role)
    for row in (*table.head, *table.rows):
        blocks = [block for cell in row.cells for block in cell.blocks]
        if all(isinstance(block, Paragraph) for block in blocks):
            kept.passage(row.id, tuple(_joined(blocks)), "title" if table.role == "facts" else role)
        else:
            _keep(kept, blocks, role)


def _joined(blocks: Iterable[Block]) -> Iterator[Inline]:
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield from (_BETWEEN, *block.inlines) if number else block.inlines


# ------------------------------------------------------------------------------------------------------------ words


def _read(inlines: Inlines) -> tuple[str, tuple[Origin, ...], tuple[Span, ...]]:
    text, origins, verbatim = "", [], []
    for words, value, copied in _words(inlines, False):
        span = (len(text), len(text) + len(words))
        text += words
        if value is not None:
            origins.append(Origin(span, value.paths))
        if copied or (value is not None and any(map(_COPIED.match, value.paths))):
            verbatim.append(span)
    return text, tuple(origins), tuple(verbatim)


def _words(inlines: Inlines, copied: bool) -> Iterator[tuple[str, Value | None, bool]]:
    for inline in inlines:
        yield from _of_inline(inline, copied)


def _of_inline(inline: Inline, copied: bool) -> Iterator[tuple[str, Value | None, bool]]:
    match inline:
        case Text():
            yield inline.text, None, copied
        case Value():
            yield _said(inline), inline, copied
        case Styled():
            yield from _words(inline.inlines, copied or inline.style == "verbatim")
        case Revised(change="inserted"):
            yield from _words(inline.inlines, copied)
        case LineBreak():
            yield "\n", None, copied


def _said(value: Value) -> str:
    """Return the words of a value in their length: without those to come, without the mark of an assumption."""
    if value.state == "assumed":
        marked = _ASSUMED.sub(lambda found: " " * len(found[0]), value.text)
        return f"{marked[:-1]} " if marked.endswith("]") else marked
    if value.state == "todo":
        return _OPEN.sub(lambda found: _WAITING + " " * (len(found[0]) - 1), value.text)
    return value.text
