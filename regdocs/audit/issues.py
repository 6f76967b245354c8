"""Documents that were issued: each path once a version, replacements with their reason, and what lies in `issued/`.

Knows lists of files and folders; not what a document says.
Source: docs/formats/audit-log.md, "Two appends" and "So that two readers agree", Lists of files.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from regdocs.audit.evidence import Evidence
from regdocs.audit.file_list import FileList
from regdocs.audit.kept import Kept
from regdocs.audit.not_for_use import FILE, TEXT
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Notes
from regdocs.canonical import sha256_hex

TREE = ".tree"
_CLEAN = "clean/"
_REDLINE = re.compile(r"redline-from-[^/]+/")
_NOT_FOR_USE = sha256_hex(TEXT)
_LOST = "it was not copied, or was removed"


class Issues:
    """What was issued so far.

    Attributes:
        versions: Names of the versions so far, by entry.
        issued: By version's entry and path, the digest of the newest issue, and what is kept of it; trees included.
    """

    def __init__(self, evidence: Evidence, notes: Notes, kept: Kept) -> None:
        self._evidence, self._notes, self._kept = evidence, notes, kept
        self.versions: dict[int, str] = {}
        self.issued: dict[int, dict[str, tuple[str, str]]] = {}

    def take(self, n: int, entry: dict[str, Any]) -> None:
        """Read an `issue` of a version that is in the log."""
        listed = self._kept.list_of_files(entry["files"], n, "list of issued files")
        if entry["kept"] == "trees":
            self._notes.tell("document bytes not kept", n)
        if listed is None:
            return
        self._in_pairs(n, listed)
        self._once(n, entry, listed)
        for path, digest in listed.entries:
            if path.endswith(TREE) or entry["kept"] == "bytes":
                self._kept.object(digest, n, path)

    def finish(self) -> None:
        """Compare what lies in `issued/` with what the log says."""
        lying = self._evidence.issued()
        if lying and not self.versions:
            message = f'"issued/" holds {len(lying)} files and folders, and no version is recorded'
            self._notes.fault(Verdict.FILE, message, None, "they were put there, or the log's end was cut")
            return
        named = {version: of for of, version in self.versions.items()}
        redlines = {of: set(_ways(filter(is_redline, self.issued.get(of, {})))) for of in named.values()}
        issued = {place_of(path) for one in self.issued.values() for path in one}
        clean = {"", _CLEAN, *_ways(place for place in issued if not is_redline(place))}
        for path in sorted(lying):
            version, slash, within = path.partition("/")
            of = named.get(version) if slash else None
            if of is None or not (within in clean or within in redlines[of]):
                self._judge(path, within, of)
        self._missing(set(lying))

    def _in_pairs(self, n: int, listed: FileList) -> None:
        paths = {path for path, _ in listed.entries}
        for path in sorted(paths):
            partner = path.removesuffix(TREE) if path.endswith(TREE) else path + TREE
            if partner not in paths:
                self._notes.fault(Verdict.ALTERED, f'"{path}" is issued without "{partner}"', n)

    def _once(self, n: int, entry: dict[str, Any], listed: FileList) -> None:
        replaces = self._replaces(entry)
        version, issued = self.versions[entry["of"]], self.issued.setdefault(entry["of"], {})
        for path, digest in listed.entries:
            if path in issued and path.removesuffix(TREE) not in replaces:
                cause = "a second document under the name of one that was issued"
                message = f'"{path}" was issued in version {version} already, and "replaces" does not name it'
                self._notes.fault(Verdict.ALTERED, message, n, cause)
            elif path in issued and not path.endswith(TREE):
                self._notes.tell(f'"{path}" of version {version} is replaced: {replaces[path]}', n)
            issued[path] = digest, entry["kept"]

    def _replaces(self, entry: dict[str, Any]) -> dict[str, str]:
        listed = entry.get("replaces") or []
        found = [item for item in listed if isinstance(item, dict) and isinstance(item.get("path"), str)]
        return {item["path"]: str(item.get("why", "no reason given")) for item in found}

    def _judge(self, path: str, within: str, of: int | None) -> None:
        """Judge something below `issued/` that is no folder on the way to documents of a recorded version."""
        wanted = None if of is None else self._newest(within, of)
        place = f"issued/{path}"
        if wanted is None:
            self._notes.fault(Verdict.FILE, f'"{place}" is there, and no entry names it', None, "it was put there")
        elif self._evidence.issued_digest(path) != wanted:
            message = f'"{place}" is not the document that was issued'
            self._notes.fault(Verdict.FILE, message, None, "it was changed")

    def _missing(self, lying: set[str]) -> None:
        for of, issued in self.issued.items():
            kept = (place_of(path) for path in sorted(issued) if issued[path][1] == "bytes" and not path.endswith(TREE))
            for place in kept:
                folder, path = (f"{self.versions[of]}/{one}" for one in (place.partition("/")[0] + "/", place))
                if folder in lying and path not in lying:
                    self._notes.fault(Verdict.FILE, f'"issued/{path}" is missing', None, _LOST)

    def _newest(self, place: str, of: int) -> str | None:
        """Return the digest of what lies at a place in the folder of the version of this entry."""
        if place == FILE:
            return _NOT_FOR_USE
        path = place if is_redline(place) else place.removeprefix(_CLEAN)
        if path.endswith(TREE) or place_of(path) != place:
            return None
        entries = [of] if is_redline(path) else [entry for entry in reversed(self.versions) if entry <= of]
        found = (self.issued.get(entry, {}).get(path) for entry in entries)
        return next((one[0] for one in found if one is not None), None)


def is_redline(path: str) -> bool:
    """Tell whether a path of an issue is one of a redline: it begins with "redline-from-" and a name, as a folder."""
    return _REDLINE.match(path) is not None


def place_of(path: str) -> str:
    """Return where a path of an issue lies in the folder of its version."""
    return path if is_redline(path) else _CLEAN + path


def _ways(paths: Iterable[str]) -> Iterator[str]:
    """Yield the folders that these paths lead through, each with a / behind it."""
    for path in paths:
        yield from (path[: place + 1] for place, letter in enumerate(path) if letter == "/")
