"""What a version issues: its changed documents, their redlines, and the documents of the amendment, printed and listed.

Knows which identity each carries and how the entry names them; writes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from regdocs.audit.issues import TREE
from regdocs.audit.line import Json
from regdocs.build.examine import Draftable
from regdocs.build.recorded import Carried
from regdocs.build.writers import Print
from regdocs.canonical import sha256_hex
from regdocs.content.identity import Revision
from regdocs.content.model import Document
from regdocs.versions.amended_rows import Pages
from regdocs.versions.companions import Companion
from regdocs.versions.issued import shows_head
from regdocs.versions.papers import pages_in, with_pages
from regdocs.versions.preparation import Prepared
from regdocs.versions.printed import Printer, prints_with, tree_bytes
from regdocs.versions.redlines import Redline

_Wanted: TypeAlias = tuple[str, Document, tuple[str, ...], Carried, Revision | None]


@dataclass(frozen=True, slots=True)
class Made:
    """What is issued now: bytes by path, the tree of each path, and where blocks of documents begin in their PDFs."""

    files: Mapping[str, bytes]
    trees: Mapping[str, bytes]
    pages: Pages


def make(prepared: Prepared, head: str, author: str, printer: Printer) -> Made:
    """Print what a version issues: what goes with an amendment last, because it names pages of the rest.

    Args:
        prepared: The version.
        head: The head in words, for kinds that show one.
        author: Whose changes redlines show.
        printer: How documents are printed.

    Raises:
        Refusal: A document cannot be made.
    """
    prints, trees = _gathered(_documents(prepared, head, author), prepared.inputs.templates)
    printed = printer.print_with_pages(prints)
    after, more_trees = _gathered(_companions(with_pages(prepared, printed), head), prepared.inputs.templates)
    files = {path: one.data for path, one in printed.items()} | printer.print(after)
    return Made(files, trees | more_trees, pages_in(prepared, printed))


def pages_of(prepared: Prepared, printer: Printer) -> Pages:
    """Return where blocks of the changed documents begin in their PDFs, without anything else being printed.

    Raises:
        Refusal: A document cannot be made.
    """
    documents = (one for one in _documents(prepared, "", "") if one[4] is None)
    prints, _ = _gathered(documents, prepared.inputs.templates)
    pdfs = {path: one for path, one in prints.items() if path.endswith(".pdf")}
    return pages_in(prepared, printer.print_with_pages(pdfs))


def _gathered(wanted: Iterator[_Wanted], templates: Mapping[str, bytes]) -> tuple[dict[str, Print], dict[str, bytes]]:
    """Return what is printed by path, and the tree of each path."""
    prints: dict[str, Print] = {}
    trees: dict[str, bytes] = {}
    for stem, tree, formats, carried, revision in wanted:
        own = prints_with(tree, replace(carried.identity(), revision=revision), stem, formats, templates)
        prints |= own
        trees |= dict.fromkeys((path + TREE for path in own), tree_bytes(tree))
    return prints, trees


def _documents(prepared: Prepared, head: str, author: str) -> Iterator[_Wanted]:
    """Yield the changed documents and their redlines."""
    for one in prepared.documents:
        if prepared.proposed[one.stem].since is None:
            tree = one.composed.document
            yield one.stem, tree, one.kind.formats, _carried(prepared, one.stem, one.kind.name, head, tree), None
    for redline in prepared.amended.redlines.made if prepared.amended else ():
        of = redline.document
        carried = _carried(prepared, of.stem, of.kind.name, head, redline.tree)
        yield redline.stem, redline.tree, redline.formats, carried, revision_of(prepared, redline, author)


def _companions(prepared: Prepared, head: str) -> Iterator[_Wanted]:
    for companion in prepared.amended.companions if prepared.amended else ():
        tree = companion.composed.document
        yield companion.stem, tree, companion.kind.formats, _carried_by(prepared, companion, head), None


def revision_of(prepared: Prepared, redline: Redline, author: str) -> Revision:
    """Return author and date of tracked changes: the date of the new document."""
    return Revision(author=author, date=f"{prepared.proposed[redline.document.stem].date}T00:00:00Z")


def _carried(prepared: Prepared, stem: str, kind: str, head: str, tree: Document) -> Carried:
    own = prepared.proposed[stem]
    shown = head if shows_head(kind) else None
    return Carried(own.version, own.date, prepared.asked.version, shown, sha256_hex(tree_bytes(tree)))


def _carried_by(prepared: Prepared, companion: Companion, head: str) -> Carried:
    date = prepared.protocol.date.present
    shown = head if shows_head(companion.kind.name) else None
    tree = sha256_hex(tree_bytes(companion.composed.document))
    return Carried(prepared.asked.version, date, prepared.asked.version, shown, tree)


# ------------------------------------------------------------------------------------------------- lists of the entry


def listed_documents(prepared: Prepared) -> list[Json]:
    """Return what the entry says of each document of the study, unchanged ones among them."""
    return [_document(prepared, one) for one in prepared.documents]


def listed_redlines(prepared: Prepared, author: str) -> list[Json] | None:
    """Return what the entry says of each redline; None where there is none."""
    made = prepared.amended.redlines.made if prepared.amended else ()
    return [_redline(prepared, one, author) for one in made] or None


def listed_companions(prepared: Prepared) -> list[Json] | None:
    """Return what the entry says of each document of the amendment; None where there is none."""
    return [_companion(prepared, one) for one in prepared.amended.companions] if prepared.amended else None


def _document(prepared: Prepared, one: Draftable) -> dict[str, Json]:
    own = prepared.proposed[one.stem]
    return _without_none(
        {
            "kind": one.kind.name,
            "site": one.site.id if one.site else None,
            "language": one.language,
            "version": own.version,
            "date": own.date,
            "formats": list(one.kind.formats),
            "since": own.since,
        }
    )


def _redline(prepared: Prepared, one: Redline, author: str) -> dict[str, Json]:
    document = one.document
    own = prepared.proposed[document.stem]
    decisions: list[Json] = [*sorted({base.approval.entry for base in one.bases if base.approval is not None})]
    return _without_none(
        {
            "kind": document.kind.name,
            "site": document.site.id if document.site else None,
            "language": document.language,
            "version": own.version,
            "date": own.date,
            "base": one.base.base,
            "base_version": one.base.version,
            "decisions": decisions or None,
            "against": "; ".join(dict.fromkeys(base.against for base in one.bases if base.against)) or None,
            "author": author,
            "identity": "tracked" if prepared.asked.track_identity else None,
            "formats": list(one.formats),
        }
    )


def _companion(prepared: Prepared, one: Companion) -> dict[str, Json]:
    return _without_none(
        {
            "kind": one.kind.name,
            "part": one.part,
            "language": one.language,
            "version": prepared.asked.version,
            "date": prepared.protocol.date.present,
            "formats": list(one.kind.formats),
        }
    )


def _without_none(values: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in values.items() if value is not None}
