"""Looks at a file that came back: which document it is, and how it stands to it; in a process with limits."""

from collections.abc import Mapping
from dataclasses import dataclass

from regdocs.content.model import Document
from regdocs.returned.comparison import Comparison, compared
from regdocs.returned.printed import printed_paragraphs
from regdocs.returned.reading import read_returned
from regdocs.returned.recognising import recognised


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back: which document of the study it is ("consent/north/en"), and how it stands to it."""

    stem: str
    comparison: Comparison


def look_at(data: bytes, documents: Mapping[str, Document], reference: bytes, named: str | None = None) -> Returned:
    """Return what there is to say of a Word file.

    Args:
        data: The file.
        documents: The documents of the study in Word's format, by name.
        reference: The study's reference.docx.
        named: Which of them the file is, where somebody said so.

    Raises:
        Refusal: It cannot be read, holds more than is read, or is no document of the study.
        UsageError: The study has no document of the given name.
    """
    file = read_returned(data)
    stem = recognised(file, documents, named)
    return Returned(stem, compared(printed_paragraphs(documents[stem], reference), file))
