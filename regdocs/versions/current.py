"""The folder of forms that a site may use: filled with what is valid there on a day, emptied of everything else.

The only writer of `current/<site>/`. Files are those that were issued, from the log's store or printed from the kept
trees, held against the digests that bodies decided on. Documents that a body stamped are not known here yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from regdocs.audit.line import Json
from regdocs.build.output import refuse_output
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.errors import Refusal
from regdocs.versions.checkout import restored
from regdocs.versions.issued import IssuedDocument, IssuedFile
from regdocs.versions.logbook import Logbook
from regdocs.versions.made_anew import replace_folder
from regdocs.versions.printed import Printer
from regdocs.versions.validity import FormState, forms_at, why_not

FOLDER, MARKER, WORDS = "current", "current.json", "READ-ME.txt"
FORMAT = "regdocs.current/v1"
_PREFERRED = ("pdf", "docx", "html", "txt")


@dataclass(frozen=True, slots=True)
class Current:
    """What was laid down.

    Attributes:
        names: The file of each valid document, by its path as it was issued.
        states: Every document that the site uses that day, valid or not.
    """

    names: dict[str, str]
    states: tuple[FormState, ...]


def fill_current(logbook: Logbook, site: str, day: str, out: Path, printer: Printer) -> Current:
    """Put the documents that may be used at a site on a day into a folder, in place of all that was there.

    Raises:
        Refusal: No recorded version has the site; the folder is not one of ours; a document cannot be made, or with
            another tool chain comes out with other bytes than were issued.
        ObjectMissing, ObjectDiffers: As `restored`.
        CannotWrite: The system refuses; the old folder still stands.
    """
    states = forms_at(logbook, site, day)
    refuse_output(out, logbook.study, MARKER, own=FOLDER)
    valid = [one for one in states if one.valid]
    names = {_file_of(one.document).path: _name_of(one.document) for one in valid}
    files = {names[path]: data for path, data in _data(logbook, valid, printer).items()}
    files[WORDS] = _words(site, day, states).encode("utf-8")
    replace_folder(out, files, MARKER, _marker(logbook, site, day, valid, files))
    return Current(names, states)


def _data(logbook: Logbook, valid: Iterable[FormState], printer: Printer) -> dict[str, bytes]:
    """Return the bytes of each document by its path, each as it was issued."""
    by_version: dict[str, dict[str, str]] = {}
    for one in valid:
        assert one.in_use is not None, "what is valid is in use"
        file = _file_of(one.document)
        by_version.setdefault(one.in_use.version, {})[file.path] = file.sha256
    found: dict[str, bytes] = {}
    for version, issued in by_version.items():
        for laid in restored(logbook, version, printer, issued):
            if sha256_hex(laid.data) != issued[laid.path]:
                words = "comes out with other bytes than were decided on, because this machine has another tool chain"
                raise Refusal(f'"{laid.path}" {words}; use the machine or the lock file of version {laid.source}')
            found[laid.path] = laid.data
    return found


def _file_of(document: IssuedDocument) -> IssuedFile:
    """Return the file for use: the PDF where there is one, which nobody edits by mistake."""
    endings = {one.path.rpartition(".")[2]: one for one in document.files}
    return next(endings[one] for one in _PREFERRED if one in endings)


def _name_of(document: IssuedDocument) -> str:
    ending = _file_of(document).path.rpartition(".")[2]
    return f"{document.kind}-{document.language}-v{document.version}-{document.date}.{ending}"


def _words(site: str, day: str, states: Iterable[FormState]) -> str:
    listed = tuple(states)
    lines = [f"Forms that may be used at {site} on {day}, worked out of the log. Another day may have others.", ""]
    lines += [f"  {_name_of(one.document)}" for one in listed if one.valid] or ["  none"]
    refused = [one for one in listed if not one.valid]
    lines += ["", "In use there and NOT to be used:", ""] if refused else []
    for one in refused:
        lines.append(f"  {one.document.kind}, {one.document.language}, version {one.document.version}")
        lines += [f"    {reason}" for reason in why_not(one)]
    return "\r\n".join((*lines, ""))  # so that Notepad shows lines


def _marker(logbook: Logbook, site: str, day: str, valid: Iterable[FormState], files: dict[str, bytes]) -> bytes:
    forms: list[Json] = []
    for one in valid:
        name = _name_of(one.document)
        entries: list[Json] = [*one.entries]
        forms.append({"file": name, "sha256": sha256_hex(files[name]), "entries": entries})
    said: dict[str, Json] = {"format": FORMAT, "site": site, "on": day, "forms": forms}
    said |= {"origin": logbook.origin, "head": logbook.head.size}
    return canonical_json(said) + b"\n"
