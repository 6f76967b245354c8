"""Candidates: an amendment's documents and redlines for review, outside the log, in a folder made anew each time.

Every page says CANDIDATE. Nothing here is recorded, signed or final; what may still be open prints as open.
"""

from collections.abc import Mapping
from pathlib import Path

from regdocs.build.output import refuse_output
from regdocs.build.writers import Print
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.content.identity import Draft, Identity, Revision
from regdocs.content.model import Document
from regdocs.content.query import values
from regdocs.versions.folders import CLEAN
from regdocs.versions.made_anew import replace_folder
from regdocs.versions.preparation import Prepared
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
    files = printer.print(prints_of_candidates(prepared, author))
    replace_folder(out, files, MARKER, _marker(prepared, files))
    return tuple(files)


def prints_of_candidates(prepared: Prepared, author: str) -> dict[str, Print]:
    """Return what is printed, by path: changed documents, redlines, documents of the amendment."""
    amended = prepared.amended
    assert amended is not None, "a candidate is one of an amendment"
    templates = prepared.inputs.templates
    prints: dict[str, Print] = {}
    for one in prepared.documents:
        own = prepared.proposed[one.stem]
        if own.since is None:
            identity = _identity(prepared, own.version, own.date, one.composed.document)
            prints |= prints_with(one.composed.document, identity, f"{CLEAN}/{one.stem}", one.kind.formats, templates)
    for redline in amended.redlines.made:
        own = prepared.proposed[redline.document.stem]
        revision = Revision(author=author, date=f"{own.date}T00:00:00Z")
        identity = _identity(prepared, own.version, own.date, redline.tree, revision)
        prints |= prints_with(redline.tree, identity, redline.stem, redline.formats, templates)
    for companion in amended.companions:
        tree = companion.composed.document
        identity = _identity(prepared, prepared.asked.version, prepared.protocol.date.value, tree)
        prints |= prints_with(tree, identity, f"{CLEAN}/{companion.stem}", companion.kind.formats, templates)
    return prints


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
    said = {"format": FORMAT, "version": prepared.asked.version, "files": listed, "use": "not for use"}
    return canonical_json(said) + b"\n"
