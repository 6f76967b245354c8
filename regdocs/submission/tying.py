"""Whether a file of a package is what its row of the manifest says: tied to the entry it names, under that path.

Knows entries of the log as they stand there, which may be anybody's; reads each once.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from regdocs.audit.file_list import FileList, NotAFileList
from regdocs.audit.line import NotALine, parse
from regdocs.audit.references import ObjectAbsent, ReferenceFalse, inline_entry
from regdocs.documents.amendment_kinds import amendment_kind_named
from regdocs.documents.kinds import kind_named
from regdocs.submission.history import needed_objects
from regdocs.submission.manifest import PAPERS
from regdocs.submission.package_evidence import PackageEvidence

_REDLINE = "redline-from-"
_ENTRIES = ("issue", "printed", "entry", "submission")  # keys of a tie whose value is the number of an entry


class Ties:
    """The entries that rows name, each read once."""

    def __init__(self, evidence: PackageEvidence) -> None:
        self._evidence = evidence
        self._bare: dict[int, dict[str, Any]] = {}
        self._whole: dict[int, dict[str, Any]] = {}
        self._issued: dict[int, dict[str, str]] = {}

    def problem_of(self, row: Mapping[str, Any]) -> str | None:
        """Return why a file is not what its row says, or None."""
        tie, document = row["from"], row["document"]
        if document in PAPERS:
            return None
        if "path" in tie:
            return self._not_issued(row, tie.get("issue", tie.get("printed")), tie["path"])
        if row["state"] != "stamped" and (kind_named(document) or amendment_kind_named(document)):
            return "the log issues such documents, and it is tied to no issue"
        if "entry" in tie:
            return (
                None
                if row["sha256"] in _kept_in(self.whole(tie["entry"]))
                else f"entry {tie['entry']} does not name it"
            )
        if "submission" in tie:
            named = _external_in(self.whole(tie["submission"]))
            return None if row["sha256"] in named else f"entry {tie['submission']} does not name it"
        return "it is stamped, and no entry keeps it" if row["state"] == "stamped" else None

    def needed(self, rows: Iterable[Mapping[str, Any]]) -> set[str]:
        """Return the objects that a package of these rows has below `log/lists/`."""
        named = {n for row in rows for key, n in row["from"].items() if key in _ENTRIES}
        return {digest for n in named for digest in needed_objects(self.bare(n))}

    def bare(self, n: int) -> dict[str, Any]:
        """Return an entry as it stands in the log; {} where there is none that can be read."""
        if n not in self._bare:
            try:
                self._bare[n] = parse(self._evidence.line(n) or b"")
            except NotALine:
                self._bare[n] = {}
        return self._bare[n]

    def whole(self, n: int) -> dict[str, Any]:
        """Return an entry with its long values; without them where they are not at hand."""
        if n not in self._whole:
            try:
                self._whole[n] = dict(inline_entry(self.bare(n), self._evidence.object))
            except (ObjectAbsent, ReferenceFalse):
                self._whole[n] = self.bare(n)
        return self._whole[n]

    # ----------------------------------------------------------------------------------------------------- issues

    def _not_issued(self, row: Mapping[str, Any], n: int, path: str) -> str | None:
        digest = self._files(n).get(path)
        if digest is None or ("issue" in row["from"] and digest != row["sha256"]):
            return f"entry {n} did not issue it under that path"
        kind, place, language = _parts(path)
        if (row["document"], row.get("site"), row["language"]) != (kind, place, language):
            return f'entry {n} issued it as "{path}", which is another document, site or language'
        if (row["state"] == "tracked") != path.startswith(_REDLINE):
            return f'entry {n} issued it as "{path}", and the manifest calls it {row["state"]}'
        said = self._said_of(n, (kind, place, language), path.startswith(_REDLINE))
        if said and (row["version"], row["date"]) not in said:
            return f"entry {n} issued it in another version or of another date"
        return None

    def _files(self, n: int) -> dict[str, str]:
        """Return what an entry issued, digests by path; {} where it is no issue or its list is not at hand."""
        if n not in self._issued:
            entry = self.bare(n)
            data = self._evidence.object(str(entry.get("files"))) if entry.get("do") == "issue" else None
            try:
                self._issued[n] = dict(FileList.parse(data or b"").entries)
            except NotAFileList:
                self._issued[n] = {}
        return self._issued[n]

    def _said_of(self, n: int, which: tuple[str, str | None, str], redline: bool) -> list[tuple[Any, Any]]:
        """Return versions and dates that an issue gives a document; [] where it does not say or is not at hand."""
        lists = [self.whole(n).get(key) for key in (("redlines",) if redline else ("documents", "companions"))]
        listed = [one for found in lists if isinstance(found, list) for one in found if isinstance(one, dict)]
        return [
            (one.get("version"), one.get("date"))
            for one in listed
            if (one.get("kind"), one.get("site", one.get("part")), one.get("language")) == which
        ]


def _parts(path: str) -> tuple[str, str | None, str]:
    """Return kind, site or part, and language of an issued path."""
    names = path.rpartition(".")[0].split("/")
    names = names[1:] if names[0].startswith(_REDLINE) else names
    kind, language = names[0], names[-1]
    return kind, names[1] if len(names) > 2 else None, language


def _kept_in(entry: Mapping[str, Any]) -> list[Any]:
    response = entry.get("response")
    named = [entry.get("file"), *(response if isinstance(response, list) else [])]
    return [one.get("object") for one in named if isinstance(one, dict)]


def _external_in(entry: Mapping[str, Any]) -> list[Any]:
    external = entry.get("external")
    return [one.get("sha256") for one in external if isinstance(one, dict)] if isinstance(external, list) else []
