"""The plain text writer: a content tree as UTF-8 text that a registry editor can paste, field by field.

Knows that pasted text must carry nothing but words: a paragraph is one line however long, line ends inside a value
stay, nothing is in capitals that was not. Tables are laid out by `text_tables`. Does not know paper.
"""

from collections.abc import Iterator

from regdocs.content.identity import Identity
from regdocs.content.model import (
    Block,
    Box,
    Contents,
    Document,
    Footnote,
    Heading,
    Inlines,
    List,
    ListItem,
    PageCount,
    PageNumber,
    Paragraph,
    Section,
    Signature,
    Table,
)
from regdocs.content.query import headings
from regdocs.render.identity import with_log_head
from regdocs.render.text_inlines import BLANK, changed_text, clean, display_width, inlines_text
from regdocs.render.text_tables import table_text

_UNDERLINES = {1: "=", 2: "-"}


def render_text(document: Document, identity: Identity) -> bytes:
    """Return the document as plain text: UTF-8 without a byte order mark, LF, one empty line between blocks.

    The marks and the draft mark stand at the top and at the end; a draft's marks also above every heading of the first
    level, because text has no pages and a part of it may be printed or pasted alone. The draft's notice stands before
    the first section. Parts of header and footer are printed once, those with a page number not at all. Control
    characters and lone surrogates become U+FFFD.
    """
    document = with_log_head(document, identity)
    marks = [inlines_text(mark, identity) for mark in document.furniture.marks]
    marks += [identity.draft.mark] if identity.draft else []
    writer = _Writer(identity, headings(document), tuple(marks) if identity.draft else ())
    chunks = [
        *marks,
        _running(document.furniture.header, identity),
        *writer.blocks(identity.draft.notice if identity.draft else ()),
        *(chunk for section in document.sections for chunk in writer.section(section)),
        _running(document.furniture.footer, identity),
        *reversed(marks),
    ]
    text = "\n\n".join(chunk for chunk in chunks if chunk) + "\n"
    return clean(text).encode("utf-8")


def _running(parts: tuple[Inlines, Inlines, Inlines], identity: Identity) -> str:
    printed = [part for part in parts if not any(isinstance(inline, PageNumber | PageCount) for inline in part)]
    words = [inlines_text(part, identity).replace("\n", " ") for part in printed if part]
    return " | ".join(word for word in words if word)


class _Writer:
    """Prints blocks; holds what they all need and nothing that changes."""

    def __init__(self, identity: Identity, titles: tuple[Heading, ...], marks: tuple[str, ...]) -> None:
        self._identity = identity
        self._titles = titles
        self._marks = marks

    def section(self, section: Section) -> Iterator[str]:
        """Yield the section's blocks, then its footnotes as one chunk."""
        yield from (changed_text(chunk, section.change) for chunk in self.blocks(section.blocks))
        yield "\n".join(self._footnote(note) for note in section.footnotes)

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        """Yield one chunk of text for each block; lines of the role "line" that follow one another stay together."""
        lines: list[str] = []
        for block in blocks:
            if isinstance(block, Paragraph) and block.role == "line":
                lines.append(self._block(block))
                continue
            yield "\n".join(lines)
            lines.clear()
            yield self._block(block)
        yield "\n".join(lines)

    def _block(self, block: Block) -> str:
        return changed_text(self._clean_block(block), block.change)

    def _clean_block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self._words(block.inlines)
            case Heading():
                return self._heading(block)
            case List():
                return self._list(block)
            case Table():
                return table_text(block, self._identity, self._join)
            case Box():
                return self._join(block.blocks)
            case Signature():
                return self._signature(block)
            case Contents():
                return self._contents(block)
            case _:
                return ""

    def _join(self, blocks: tuple[Block, ...]) -> str:
        return "\n\n".join(chunk for chunk in self.blocks(blocks) if chunk)

    def _words(self, inlines: Inlines) -> str:
        return inlines_text(inlines, self._identity)

    def _heading(self, heading: Heading) -> str:
        words = self._title(heading)
        underline = _UNDERLINES.get(heading.level)
        lines = f"{words}\n{underline * display_width(words)}" if underline else words
        return "\n\n".join((*self._marks, lines)) if heading.level == 1 else lines

    def _title(self, heading: Heading) -> str:
        words = self._words(heading.inlines).replace("\n", " ")
        return f"{_both(heading.old_number, heading.number)} {words}" if heading.number else words

    def _list(self, block: List) -> str:
        return "\n".join(self._item(item, n if block.ordered else None) for n, item in enumerate(block.items, start=1))

    def _item(self, item: ListItem, number: int | None) -> str:
        counted = f"{number}." if number is not None else "-"
        marker = _both(item.old_marker, item.marker) if item.marker else counted
        chunks = [chunk for chunk in self.blocks(item.blocks) if chunk]
        body = "\n".join(chunks).split("\n")
        indent = " " * (display_width(marker) + 1)
        lines = enumerate([f"{marker} {body[0]}", *body[1:]])
        text = "\n".join(f"{indent}{line}" if n and line else line for n, line in lines)
        return changed_text(text, item.change)

    def _signature(self, signature: Signature) -> str:
        top = [words for words in (self._words(signature.who), self._words(signature.statement)) if words]
        return "\n".join([*top, *(f"{label}: {BLANK}" for label, _ in signature.lines)])

    def _contents(self, contents: Contents) -> str:
        shown = [title for title in self._titles if title.level <= contents.depth]
        entries = ["  " * (title.level - 1) + self._title(title) for title in shown]
        return "\n".join(line for line in [self._words(contents.title), *entries] if line)

    def _footnote(self, note: Footnote) -> str:
        return changed_text(f"[{_both(note.old_mark, note.mark)}] {self._words(note.inlines)}", note.change)


def _both(old: str | None, new: str) -> str:
    """Return a number or mark, in a redline after the one it had before."""
    return new if old is None else changed_text(old, "deleted") + changed_text(new, "inserted")
