"""The folder of forms that a site may use: filled with what is valid there on a day, emptied of everything else.

The only writer of `current/<site>/`. A file is the one that a body sent back, where it did; else the one that was
issued, from the log's store or printed from the kept tree, held against the digest that bodies decided on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from regdocs.audit.line import Json
from regdocs.build.output import refuse_output
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.versions.checkout import as_issued
from regdocs.versions.copies_back import Copy, copy_at
from regdocs.versions.issued import IssuedDocument, IssuedFile
from regdocs.versions.logbook import Logbook
from regdocs.versions.made_anew import replace_folder
from regdocs.versions.overseen import name_of
from regdocs.versions.printed import Printer
from regdocs.versions.stamps import unstamped
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
        why_not: Why each is not laid down, by its name as entries have it; () for what is.
    """

    names: dict[str, str]
    states: tuple[FormState, ...]
    why_not: Mapping[str, tuple[str, ...]]


def fill_current(logbook: Logbook, site: str, day: str, out: Path, printer: Printer) -> Current:
    """Put the documents that may be used at a site on a day into a folder, in place of all that was there.

    Raises:
        Refusal: No recorded version has the site; the folder is not one of ours; a document cannot be made, or with
            another tool chain comes out with other bytes than were issued.
        ObjectMissing, ObjectDiffers: As `restored`.
        CannotWrite: The system refuses; the old folder still stands.
    """
    forms = tuple(_form(logbook, one) for one in forms_at(logbook, site, day))
    refuse_output(out, logbook.study, MARKER, own=FOLDER)
    laid = [one for one in forms if one.laid]
    files = _data(logbook, laid, printer)
    files[WORDS] = _words(logbook, site, day, forms).encode("utf-8")
    replace_folder(out, files, MARKER, _marker(logbook, site, day, laid, files))
    names = {_file_of(one.state.document).path: one.name for one in laid}
    return Current(names, tuple(one.state for one in forms), {name_of(one.state.document): one.why for one in forms})


@dataclass(frozen=True, slots=True)
class _Form:
    """A document that the site uses: the copy that came back for it, and why it is not laid down."""

    state: FormState
    copy: Copy | None
    why: tuple[str, ...]

    @property
    def laid(self) -> bool:
        return not self.why

    @property
    def name(self) -> str:
        document = self.state.document
        ending = self.copy.kind if self.copy else _file_of(document).path.rpartition(".")[2]
        return f"{document.kind}-{document.language}-v{document.version}-{document.date}.{ending}"


def _form(logbook: Logbook, state: FormState) -> _Form:
    return _Form(state, copy_at(logbook, state), why_not(state) or tuple(unstamped(logbook, state)))


def _data(logbook: Logbook, forms: Sequence[_Form], printer: Printer) -> dict[str, bytes]:
    """Return the bytes of each form by its name: as it came back, else as it was issued."""
    by_version: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    found: dict[str, bytes] = {}
    for one in forms:
        assert one.state.in_use is not None, "what is valid is in use"
        file = _file_of(one.state.document)
        if one.copy is not None:
            found[one.name] = logbook.object(one.copy.sha256)
        else:
            by_version.setdefault(one.state.in_use.version, {})[file.path] = file.sha256
            names[file.path] = one.name
    told = printer.over(sum(not _file_of(one.state.document).kept for one in forms if one.copy is None))
    for version, issued in by_version.items():
        laid = as_issued(logbook, version, issued, told)
        found |= {names[path]: data for path, data in laid.items()}
    return found


def _file_of(document: IssuedDocument) -> IssuedFile:
    """Return the file for use: the PDF where there is one, which nobody edits by mistake."""
    endings = {one.path.rpartition(".")[2]: one for one in document.files}
    return next(endings[one] for one in _PREFERRED if one in endings)


def _words(logbook: Logbook, site: str, day: str, forms: Iterable[_Form]) -> str:
    listed = tuple(forms)
    lines = [f"{logbook.genesis['study']}, {logbook.genesis['sponsor']}"]
    lines += [f"Forms that may be used at {site} on {day}, worked out of the log. Another day may have others.", ""]
    for one in (one for one in listed if one.laid):
        lines += [f"  {one.name}", *(f"    {words}" for words in _beside(one))]
    lines += ["  none"] if not any(one.laid for one in listed) else []
    refused = [one for one in listed if not one.laid]
    lines += ["", "In use there and NOT to be used:", ""] if refused else []
    for one in refused:
        document = one.state.document
        lines.append(f"  {document.kind}, {document.language}, version {document.version}")
        lines += [f"    {reason}" for reason in one.why]
    return "\r\n".join((*lines, ""))  # so that Notepad shows lines


def _beside(form: _Form) -> Iterator[str]:
    """Yield what whoever hands the form out has to know: until when it may be used, and what came back for it."""
    ends = sorted(one.expires for one in form.state.bodies if one.expires)
    if ends:
        yield f"not to be used any more from {ends[0]} on"
    if form.copy is not None:
        copy = form.copy
        told = f"; {copy.told}" if copy.told else ""
        yield f"as received from {copy.body} with {copy.reference} on {copy.on}, entry {copy.entry}{told}"


def _marker(logbook: Logbook, site: str, day: str, forms: Iterable[_Form], files: Mapping[str, bytes]) -> bytes:
    listed: list[Json] = []
    for one in forms:
        received = () if one.copy is None else (one.copy.entry,)
        entries: list[Json] = [*sorted({*one.state.entries, *received})]
        told: dict[str, Json] = {"file": one.name, "sha256": sha256_hex(files[one.name]), "entries": entries}
        listed.append(told | (_received(one.copy) if one.copy else {}))
    said: dict[str, Json] = {"format": FORMAT, "site": site, "on": day, "forms": listed, "use": f"at {site} on {day}"}
    said |= {"origin": logbook.origin, "head": logbook.head.size}
    return canonical_json(said) + b"\n"


def _received(copy: Copy) -> dict[str, Json]:
    return {"received": {"entry": copy.entry, "from": copy.body, "with": copy.reference, "on": copy.on}}
