"""Laying the documents of a recorded version out again from the log's store.

Stored bytes where they are kept; else printed from the stored trees, and which it was is said. With the tool chain that
a document was made with the bytes have to be those that were issued. Nothing of the working copy goes into it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from regdocs.audit import not_for_use
from regdocs.audit.issues import place_of
from regdocs.audit.store import ObjectDiffers
from regdocs.build.manifest import USE
from regdocs.build.output import refuse_output
from regdocs.build.writers import Print
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.content.model import Document
from regdocs.errors import Refusal
from regdocs.versions.issued import IssuedFile
from regdocs.versions.issued_beside import Issued, all_issued, identities_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.made_anew import replace_folder
from regdocs.versions.printed import Printer, prints_with, tree_of
from regdocs.versions.snapshot import demand_inputs, stored_inputs, toolchain_bytes

MARKER = "checkout.json"
FORMAT = "regdocs.checkout/v1"

How = Literal["stored", "rendered", "rendered with another tool chain"]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A file of a recorded version: path, bytes, how they were come by, the version that issued it."""

    path: str
    data: bytes
    how: How
    source: str


def restored(
    logbook: Logbook, name: str, printer: Printer, wanted: Collection[str] | None = None
) -> tuple[LaidOut, ...]:
    """Return the documents of a recorded version, each in each of its formats; with `wanted` only those paths.

    Raises:
        Refusal: There is no such version, it has no documents, its inputs are of another protocol.yaml, or a document
            cannot be printed.
        ObjectMissing, ObjectDiffers: The store lacks what the log names; or, with the recorded tool chain, a printed
            document is not the one that was issued.
    """
    version = logbook.version(name)
    documents = all_issued(logbook, version)
    for source in sorted({name, *(one.source for one in documents)}):
        demand_inputs(logbook, logbook.version(source))
    files = [(one, file) for one in documents for file in one.files if wanted is None or file.path in wanted]
    stored = {file.path: logbook.object(file.sha256) for _, file in files if file.kept}
    printed = _printed(logbook, name, [pair for pair in files if not pair[1].kept], printer)
    here = sha256_hex(toolchain_bytes())
    return tuple(_laid_out(document, file, stored, printed, here) for document, file in files)


def as_issued(logbook: Logbook, name: str, wanted: Mapping[str, str], printer: Printer) -> dict[str, bytes]:
    """Return files of a recorded version that are, byte for byte, those that were issued.

    Args:
        wanted: Paths, each with the digest that was issued.

    Raises:
        Refusal: As `restored`; or a file comes out otherwise, because this machine has another tool chain.
        ObjectMissing, ObjectDiffers: As `restored`.
    """
    found = {}
    for laid in restored(logbook, name, printer, wanted):
        if sha256_hex(laid.data) != wanted[laid.path]:
            words = "comes out with other bytes than were decided on, because this machine has another tool chain"
            raise Refusal(f'"{laid.path}" {words}; use the machine or the lock file of version {laid.source}')
        found[laid.path] = laid.data
    return found


def printed_anew(
    logbook: Logbook, name: str, wanted: Collection[str], printer: Printer, lay: Callable[[Document], Document]
) -> dict[str, bytes]:
    """Return files of a recorded version printed from their kept trees once `lay` has changed those.

    Raises:
        Refusal: There is no such version, its inputs are of another protocol.yaml, or a document cannot be printed.
        ObjectMissing, ObjectDiffers: The store lacks what the log names.
    """
    version = logbook.version(name)
    files = [(one, file) for one in all_issued(logbook, version) for file in one.files if file.path in wanted]
    for source in sorted({name, *(one.source for one, _ in files)}):
        demand_inputs(logbook, logbook.version(source))
    return _printed(logbook, name, files, printer, lay)


def check_out(logbook: Logbook, name: str, out: Path, printer: Printer) -> tuple[LaidOut, ...]:
    """Lay a recorded version out in a folder, which is replaced as a whole, and return what was laid out.

    Raises:
        Refusal: As `restored`; or the folder is not one that we made.
    """
    refuse_output(out, logbook.study, MARKER)
    files = restored(logbook, name, printer)
    laid = {place_of(one.path): one.data for one in files} | {not_for_use.FILE: not_for_use.TEXT}
    replace_folder(out, laid, MARKER, _marker(name, files))
    return files


def _printed(
    logbook: Logbook,
    name: str,
    files: list[tuple[Issued, IssuedFile]],
    printer: Printer,
    lay: Callable[[Document], Document] = lambda tree: tree,
) -> dict[str, bytes]:
    """Print files from their kept trees; in processes with limits, because a log may come from anybody."""
    identities = identities_of(logbook, logbook.version(name)) if files else {}
    templates: dict[str, Mapping[str, bytes]] = {}
    prints: dict[str, Print] = {}
    for one in {document.stem: document for document, _ in files}.values():
        if one.source not in templates:
            templates[one.source] = stored_inputs(logbook, logbook.version(one.source)).templates
        tree = lay(tree_of(logbook.object(one.tree)))
        formats = [file.path.rpartition(".")[2] for document, file in files if document.stem == one.stem]
        prints |= prints_with(tree, identities[one.stem], one.stem, formats, templates[one.source])
    return printer.print(prints, apart=True) if prints else {}


def _laid_out(
    document: Issued, file: IssuedFile, stored: Mapping[str, bytes], printed: Mapping[str, bytes], here: str
) -> LaidOut:
    if file.path in stored:
        return LaidOut(file.path, stored[file.path], "stored", document.source)
    data = printed[file.path]
    if document.toolchain != here:
        return LaidOut(file.path, data, "rendered with another tool chain", document.source)
    if sha256_hex(data) != file.sha256:
        raise ObjectDiffers(
            f'"{file.path}", printed from its kept tree with the recorded tool chain, is not what version '
            f'{document.source} issued; run "regdocs verify --rebuild"'
        )
    return LaidOut(file.path, data, "rendered", document.source)


def _marker(name: str, files: tuple[LaidOut, ...]) -> bytes:
    listed = [
        {"path": place_of(one.path), "sha256": sha256_hex(one.data), "how": one.how, "issued": one.source}
        for one in files
    ]
    return canonical_json({"format": FORMAT, "version": name, "files": listed, "use": USE}) + b"\n"
