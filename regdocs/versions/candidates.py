"""Candidates: an amendment's documents and redlines for review, outside the log, in a folder made anew each time.

Every page says CANDIDATE. Nothing here is recorded, signed or final; what may still be open prints as open.
"""

from collections.abc import Mapping
from pathlib import Path

from regdocs.audit import not_for_use
from regdocs.build.manifest import USE
from regdocs.build.output import refuse_output
from regdocs.build.writers import Print
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.content.identity import Draft, Identity, Revision
from regdocs.content.model import Document
from regdocs.content.query import values
from regdocs.versions.folders import CLEAN
from regdocs.versions.made_anew import replace_folder
from regdocs.versions.papers import with_pages
from regdocs.versions.preparation import Amended, Prepared
from regdocs.versions.printed import Printer, prints_with

FOLDER = "candidate"
MARKER = "candidate.json"
FORMAT = "regdocs.candidate/v1"
MARK = "CANDIDATE – not approved – not for use"


def lay_candidates(prepared: Prepared, out: Path, author: str, printer: Printer) -> tuple[str, ...]:
    """Print what an amendment would issue into a folder, which is replaced as a whole, and return the paths in it.

    Args:
        prepared: The amendment, from `prepare_candidate`.
        out: The folder.
        author: Whose changes the redlines show.
        printer: How documents are printed.

    Raises:
        Refusal: The folder is not one of ours; a document cannot be printed.
        CannotWrite: The system refuses.
    """
    refuse_output(out, prepared.logbook.study, MARKER)
    printed = printer.print_with_pages(prints_of_candidates(prepared, author))
    papers = prints_of_papers(with_pages(prepared, printed, f"{CLEAN}/"))
    files = {path: one.data for path, one in printed.items()} | printer.print(papers)
    marked = files | {not_for_use.FILE: not_for_use.TEXT}
    replace_folder(out, marked, MARKER, _marker(prepared, files))
    return tuple(files)


def prints_of_candidates(prepared: Prepared, author: str) -> dict[str, Print]:
    """Return what is printed first, by path: changed documents and redlines."""
    templates = prepared.inputs.templates
    prints: dict[str, Print] = {}
    for one in prepared.documents:
        own = prepared.proposed[one.stem]
        if own.since is None:
            identity = _identity(prepared, own.version, own.date, one.composed.document)
            prints |= prints_with(one.composed.document, identity, f"{CLEAN}/{one.stem}", one.kind.formats, templates)
    for redline in _amended(prepared).redlines.made:
        own = prepared.proposed[redline.document.stem]
        revision = Revision(author=author, date=f"{own.date}T00:00:00Z")
        identity = _identity(prepared, own.version, own.date, redline.tree, revision)
        prints |= prints_with(redline.tree, identity, redline.stem, redline.formats, templates)
    return prints


def prints_of_papers(prepared: Prepared) -> dict[str, Print]:
    """Return what is printed then, by path: the documents that go with the amendment, which name pages."""
    prints: dict[str, Print] = {}
    for companion in _amended(prepared).companions:
        tree = companion.composed.document
        identity = _identity(prepared, prepared.asked.version, prepared.protocol.date.value, tree)
        prints |= prints_with(
            tree, identity, f"{CLEAN}/{companion.stem}", companion.kind.formats, prepared.inputs.templates
        )
    return prints


def _amended(prepared: Prepared) -> Amended:
    assert prepared.amended is not None, "a candidate is one of an amendment"
    return prepared.amended


def _identity(
    prepared: Prepared, version: str, date: str | None, tree: Document, revision: Revision | None = None
) -> Identity:
    count = len({value.paths for value in values(tree) if value.state != "known"})
    mark = f"{MARK} – {count} {'item' if count == 1 else 'items'} to complete" if count else MARK
    return Identity(
        version=version,
        date=date,
        protocol_version=prepared.asked.version,
        draft=Draft(mark=mark),
        revision=revision,
    )


def _marker(prepared: Prepared, files: Mapping[str, bytes]) -> bytes:
    listed = [{"path": path, "sha256": sha256_hex(data)} for path, data in files.items()]
    said = {"format": FORMAT, "version": prepared.asked.version, "files": listed, "use": USE}
    return canonical_json(said) + b"\n"
