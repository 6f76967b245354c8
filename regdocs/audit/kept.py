"""What entries name by digest has to be there: objects, lists of files and what they keep, sealed values.

Knows digests and files; not what is in them, but for lists of files and the version that a data form says.
Source: docs/formats/audit-log.md, "So that two readers agree", Lists of files and Sealed.
"""

from collections.abc import Iterator
from typing import Any

from regdocs.audit.entry import VERSIONS
from regdocs.audit.evidence import Evidence
from regdocs.audit.file_list import FileList, NotAFileList
from regdocs.audit.forms import is_sealed
from regdocs.audit.line import NotALine, parse_value
from regdocs.audit.store import unseal
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Notes
from regdocs.errors import Refusal

# Named so that one knows what a document was made with; they come with the program and are not kept.
NOT_KEPT = ("fonts/", "styles/")
# Which key of a kind names files of its own, with their lengths.
_FILES = {"decision": "letter", "activate": "trained", "receive": "file", "submit": "response"}
_PROTOCOL, _TOOLCHAIN = "protocol.yaml", "toolchain.json"


class Kept:
    """Objects and sealed values that the entries read so far ask for.

    Attributes:
        sealed: Sealed values by digest, and the first entry that has them.
        redacted: Digests of sealed values that somebody is said to have removed.
    """

    def __init__(self, evidence: Evidence, notes: Notes) -> None:
        self._evidence, self._notes = evidence, notes
        self._found: set[str] = set()
        self._told: dict[str, int] = {}
        self.sealed: dict[str, int] = {}
        self.redacted: set[str] = set()

    def object(self, digest: str, n: int, what: str) -> None:
        """Note a fault when this object is missing or has another digest, once for an entry that names it twice.

        One that was found is not read again.
        """
        if digest in self._found or self._told.get(digest) == n or not self._evidence.whole:
            return
        found = self._evidence.object_digest(digest)
        if found == digest:
            self._found.add(digest)
            return
        self._told[digest] = n
        if found is None:
            self._notes.fault(Verdict.FILE, f"the object {digest[:12]}… ({what}) is missing", n, "it was not copied")
        else:
            self._notes.fault(
                Verdict.FILE, f"the object {digest[:12]}… ({what}) has another digest", n, "it was changed"
            )

    def list_of_files(self, digest: str, n: int, what: str) -> FileList | None:
        """Return a list of files that an entry names, or None with the faults noted."""
        self.object(digest, n, what)
        data = self._evidence.object(digest) if digest in self._found else None
        if data is None:
            if digest in self._found:
                self._notes.fault(Verdict.FILE, f"{what} has more than 64 MiB and was not read", n)
            return None
        try:
            return FileList.parse(data)
        except NotAFileList as error:
            self._notes.fault(Verdict.ALTERED, f"{what}: {error}", n)
            return None

    def of_version(self, n: int, entry: dict[str, Any]) -> None:
        """Look for what a version or a snapshot was made from."""
        self.object(entry["data"], n, "data form")
        self.object(entry["spec"], n, "protocol.yaml")
        listed = self.list_of_files(entry["inputs"], n, "list of inputs")
        if problem := listed and problem_of_inputs(listed, entry["spec"]):
            cause = "documents were made from another protocol than the one that is recorded"
            self._notes.fault(Verdict.ALTERED, problem, n, cause)
        for path, digest in listed.entries if listed else ():
            if not path.startswith(NOT_KEPT):
                self.object(digest, n, path)
        if entry["do"] in VERSIONS:
            self._named_alike(n, entry)

    def _named_alike(self, n: int, entry: dict[str, Any]) -> None:
        """Note a fault when the data form, if it is at hand, says another version than the entry."""
        data = self._evidence.object(entry["data"]) if entry["data"] in self._found else None
        try:
            form = None if data is None else parse_value(data)
        except NotALine:
            return  # told where the steps are replayed
        said = form.get("version") if isinstance(form, dict) else None
        if data is not None and said != entry["version"]:
            message = f'the data form says version {said!a}, the entry "{entry["version"]}"'
            self._notes.fault(Verdict.ALTERED, message, n, "a version was recorded under another name than it has")

    def of_fact(self, n: int, entry: dict[str, Any]) -> None:
        """Look for the object of an entry that has one of its own."""
        kind = entry["do"]
        if kind == "anchor":
            self.object(entry["object"], n, kind)
        if kind in ("recovered", "signed-elsewhere"):
            self._sized(entry, n, kind)
        named = entry.get(key) if (key := _FILES.get(kind)) else None
        for one in named if isinstance(named, list) else [named] if named else []:
            self._sized(one, n, str(key))
        if kind == "redact":
            self.redacted.add(entry["sealed"])
        if kind == "snapshot":
            self.of_version(n, entry)

    def _sized(self, named: dict[str, Any], n: int, what: str) -> None:
        """Look for an object of which the length is said too."""
        self.object(named["object"], n, what)
        data = self._evidence.object(named["object"]) if named["object"] in self._found else None
        if data is not None and len(data) != named["bytes"]:
            self._notes.fault(Verdict.ALTERED, f"the object has {len(data)} bytes, not {named['bytes']}", n)

    def sealed_in(self, n: int, entry: dict[str, Any]) -> None:
        """Remember the sealed values of an entry; whether they are there is looked at when all redactions are known."""
        for key, value in entry.items():
            if key != "what":
                for digest in _sealed(value):
                    self.sealed.setdefault(digest, n)

    def finish(self) -> None:
        """Note the sealed values that are missing and that nobody is said to have removed."""
        for digest, n in self.sealed.items():
            data = self._evidence.sealed(digest)
            if data is None and digest not in self.redacted and self._evidence.whole:
                self._notes.fault(Verdict.FILE, f"the sealed value {digest[:12]}… is missing; no entry removed it", n)
            elif data is not None and not _unseals(data, digest):
                self._notes.fault(Verdict.FILE, f"the sealed value {digest[:12]}… has another content", n)


def problem_of_inputs(listed: FileList, spec: str) -> str | None:
    """Return in words why this is no list of inputs of a protocol.yaml with the digest `spec`, or None.

    Source: docs/formats/audit-log.md, "A version".
    """
    found = dict(listed.entries)
    if _PROTOCOL not in found or _TOOLCHAIN not in found:
        return f"the list of inputs does not name {_PROTOCOL} and {_TOOLCHAIN}"
    return None if found[_PROTOCOL] == spec else f"the list of inputs names another {_PROTOCOL} than the entry (spec)"


def _unseals(data: bytes, digest: str) -> bool:
    try:
        unseal(data, digest)
    except Refusal:
        return False
    return True


def _sealed(value: object) -> Iterator[str]:
    if is_sealed(value):  # type: ignore[arg-type]  # it takes any JSON, which this is
        yield value["sealed"]  # type: ignore[index]  # is_sealed has seen that it is an object
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _sealed(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _sealed(inner)
