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
        issued: By version and path, the digest of the newest issue, trees included.
        order: Versions in the order in which they were first issued.
    """

    def __init__(self, evidence: Evidence, notes: Notes, kept: Kept) -> None:
        self._evidence, self._notes, self._kept = evidence, notes, kept
        self.issued: dict[str, dict[str, str]] = {}
        self.order: list[str] = []

    def take(self, n: int, entry: dict[str, Any], version: str) -> None:
        """Read an `issue` of a version that is in the log."""
        listed = self._kept.list_of_files(entry["files"], n, "list of issued files")
        if version not in self.issued:
            self.issued[version] = {}
            self.order.append(version)
        if entry["kept"] == "trees":
            self._notes.tell("document bytes not kept", n)
        if listed is None:
            return
        self._in_pairs(n, listed)
        self._once(n, entry, version, listed)
        for path, digest in listed.entries:
            if path.endswith(TREE) or entry["kept"] == "bytes":
                self._kept.object(digest, n, path)

    def finish(self) -> None:
        """Compare what lies in `issued/` with what the log says."""
        for number, version in enumerate(self.order):
            lying = self._evidence.issued(version)
            if lying is not None:
                self._compare(version, lying, self.order[:number])

    def _in_pairs(self, n: int, listed: FileList) -> None:
        paths = {path for path, _ in listed.entries}
        for path in sorted(paths):
            partner = path.removesuffix(TREE) if path.endswith(TREE) else path + TREE
            if partner not in paths:
                self._notes.fault(Verdict.ALTERED, f'"{path}" is issued without "{partner}"', n)

    def _once(self, n: int, entry: dict[str, Any], version: str, listed: FileList) -> None:
        replaces = self._replaces(entry)
        issued = self.issued[version]
        for path, digest in listed.entries:
            if path in issued and path.removesuffix(TREE) not in replaces and path not in replaces:
                cause = "a second document under the name of one that was issued"
                message = f'"{path}" was issued in version {version} already, and "replaces" does not name it'
                self._notes.fault(Verdict.ALTERED, message, n, cause)
            elif path in issued and not path.endswith(TREE):
                self._notes.tell(f'"{path}" of version {version} is replaced: {replaces[path]}', n)
            issued[path] = digest

    def _replaces(self, entry: dict[str, Any]) -> dict[str, str]:
        listed = entry.get("replaces") or []
        found = [item for item in listed if isinstance(item, dict) and isinstance(item.get("path"), str)]
        return {item["path"]: str(item.get("why", "no reason given")) for item in found}

    def _compare(self, version: str, lying: dict[str, str], before: list[str]) -> None:
        issued = {path: one for path, one in self.issued[version].items() if not path.endswith(TREE)}
        for path, digest in sorted(lying.items()):
            wanted = issued.get(path) or self._earlier(path, before)
            place = f"issued/{version}/clean/{path}"
            if wanted is None:
                self._notes.fault(Verdict.FILE, f'"{place}" is there, and no entry names it')
            elif digest != wanted:
                self._notes.fault(
                    Verdict.FILE, f'"{place}" is not the document that was issued', None, "it was changed"
                )
        for path in sorted(issued.keys() - lying.keys()):
            self._notes.fault(Verdict.FILE, f'"issued/{version}/clean/{path}" is missing')

    def _earlier(self, path: str, before: list[str]) -> str | None:
        found = (self.issued[version].get(path) for version in reversed(before))
        return next((digest for digest in found if digest is not None and not path.endswith(TREE)), None)
