"""Documents that were issued: each path once a version, replacements with their reason, and what lies in `issued/`.

Knows lists of files and folders; not what a document says.
Source: docs/formats/audit-log.md, "Two appends" and "So that two readers agree", Lists of files.
"""

from typing import Any

from regdocs.audit.evidence import Evidence
from regdocs.audit.file_list import FileList
from regdocs.audit.kept import Kept
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Notes

TREE = ".tree"


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
        for of, version in self.versions.items():
            lying = self._evidence.issued(version)
            if lying is not None:
                self._compare(of, version, lying)

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

    def _compare(self, of: int, version: str, lying: dict[str, str]) -> None:
        issued = self.issued.get(of, {})
        for path, digest in sorted(lying.items()):
            wanted = self._newest(path, of)
            place = f"issued/{version}/clean/{path}"
            if wanted is None:
                self._notes.fault(Verdict.FILE, f'"{place}" is there, and no entry names it', None, "it was put there")
            elif digest != wanted:
                message = f'"{place}" is not the document that was issued'
                self._notes.fault(Verdict.FILE, message, None, "it was changed")
        for path in sorted(issued.keys() - lying.keys()):
            if not path.endswith(TREE) and issued[path][1] == "bytes":
                message = f'"issued/{version}/clean/{path}" is missing'
                self._notes.fault(Verdict.FILE, message, None, "it was not copied, or was removed")

    def _newest(self, path: str, of: int) -> str | None:
        """Return the digest of the document that lies under a path in the folder of the version of this entry."""
        if path.endswith(TREE):
            return None
        found = (self.issued.get(entry, {}).get(path) for entry in reversed(self.versions) if entry <= of)
        return next((one[0] for one in found if one is not None), None)
