"""The words of a Word file as headings and what stands under each, as they read with all changes accepted.

A heading is a paragraph of a style for headings, or a short one that is all bold or all capitals, as institutions write
theirs. Reads the text alone, no notes and no running titles.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regdocs.render.word_file import parts_with_words, text_read

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_HEADING = 14  # words
_STYLES = ("heading", "title", "subtitle")


@dataclass(frozen=True, slots=True)
class WordSection:
    """A heading, "" before the first, and the paragraphs under it, each on a line of its own."""

    heading: str
    text: str


def word_sections(data: bytes) -> tuple[WordSection, ...]:
    """Return the sections of a Word file in their order.

    Raises:
        Refusal: It is no Word file that can be read, or unpacks to too much.
    """
    parts_with_words(data)  # refuses what is not to be read
    sections: list[tuple[str, list[str]]] = [("", [])]
    for heading, words in _paragraphs(data):
        if heading:
            sections.append((words, []))
        else:
            sections[-1][1].append(words)
    return tuple(WordSection(heading, "\n\n".join(lines)) for heading, lines in sections if heading or lines)


def _paragraphs(data: bytes) -> Iterator[tuple[bool, str]]:
    """Yield each paragraph with words: whether it is a heading, and the words."""
    import docx
    from docx.text.paragraph import Paragraph

    document = docx.Document(io.BytesIO(data))
    in_tables = set(document.element.body.iter(f"{_W}tbl"))
    for element in document.element.body.iter(f"{_W}p"):
        words = " ".join(text_read(element).split())
        in_a_frame = next(element.iterancestors(f"{_W}p"), None) is not None  # its words are those of what holds it
        if words and not in_a_frame:
            inside = any(above in in_tables for above in element.iterancestors(f"{_W}tbl"))
            yield not inside and _is_heading(Paragraph(element, document), words), words


def _is_heading(paragraph: "Paragraph", words: str) -> bool:
    style = paragraph.style.name.casefold() if paragraph.style is not None and paragraph.style.name else ""
    if style.startswith(_STYLES):
        return True
    short = len(words.split()) <= _LONGEST_HEADING and words[-1] not in ".;,"
    return short and (words.isupper() or _all_bold(paragraph))


def _all_bold(paragraph: "Paragraph") -> bool:
    runs: list[Any] = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)
