"""Documents of a version printed with the identity that they carry, from trees at hand or from kept ones.

Knows trees and what `issued` says of documents; takes nothing from any cache or output folder, and writes nothing.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count as numbered

from regdocs.build.order import DEFAULT_PROFILE
from regdocs.build.printing import USUAL, Progress, print_all
from regdocs.build.recorded import Carried
from regdocs.build.study import REFERENCE_DOCX
from regdocs.build.workers import Limits
from regdocs.build.writers import Print, Printed
from regdocs.canonical import canonical_json
from regdocs.content.errors import ContentFormatError
from regdocs.content.identity import Identity
from regdocs.content.json_form import from_json, to_json
from regdocs.content.model import Document
from regdocs.errors import Refusal


@dataclass(frozen=True, slots=True)
class Printer:
    """How documents are printed: how many at once, who hears of it, a clock that only goes forward, and limits."""

    processes: int = 1
    progress: Progress = lambda path, number, count: None
    clock: Callable[[], float] = lambda: 0.0
    limits: Limits = USUAL

    def over(self, count: int) -> "Printer":
        """Return a printer to be called several times, which tells of them as of one making of so many files."""
        numbers = numbered(1)
        return replace(self, progress=lambda path, number, of: self.progress(path, next(numbers), count))

    def print(self, prints: Mapping[str, Print], *, apart: bool = False) -> dict[str, bytes]:
        """Return the bytes of each file by its path.

        Raises:
            Refusal: One of them could not be made; it is named.
        """
        return {path: one.data for path, one in self.print_with_pages(prints, apart=apart).items()}

    def print_with_pages(self, prints: Mapping[str, Print], *, apart: bool = False) -> dict[str, Printed]:
        """Return each file by its path, with the pages of PDFs.

        Raises:
            Refusal: One of them could not be made; it is named.
        """
        made, failures = print_all(prints, self.processes, self.progress, self.clock, self.limits, apart=apart)
        if failures:
            told = "; ".join(f'"{one.name}": {one.why}' for one in failures)
            raise Refusal(f"documents could not be made: {told}")
        return made


def prints_of(
    document: Document, carried: Carried, stem: str, formats: Iterable[str], templates: Mapping[str, bytes]
) -> dict[str, Print]:
    """Return what is to be printed of one document, by path."""
    return prints_with(document, carried.identity(), stem, formats, templates)


def prints_with(
    document: Document, identity: Identity, stem: str, formats: Iterable[str], templates: Mapping[str, bytes]
) -> dict[str, Print]:
    """Return what is to be printed of one tree with this identity, by path."""
    reference = templates[REFERENCE_DOCX]
    return {
        f"{stem}.{form}": Print(document, identity, form, DEFAULT_PROFILE if form == "pdf" else None, reference)
        for form in formats
    }


def tree_bytes(document: Document) -> bytes:
    """Return the text of a content tree as it is kept; its digest is the tree's."""
    return canonical_json(to_json(document))


def tree_of(data: bytes) -> Document:
    """Return the document whose kept tree this is.

    Raises:
        Refusal: The bytes are no tree that this program reads.
    """
    try:
        return from_json(json.loads(data))
    except (ContentFormatError, ValueError, RecursionError) as error:
        raise Refusal(f"a kept tree cannot be read: {error}") from error
