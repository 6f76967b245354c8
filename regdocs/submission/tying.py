"""Whether a file of a package is what its row of the manifest says: tied to the entry it names, under that path.

Knows entries of the log as they stand there, which may be anybody's. Of each only what is compared is kept, and no more
is put back into all of them together than a package of any study needs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from regdocs.audit.file_list import FileList, NotAFileList
from regdocs.audit.line import NotALine, parse
from regdocs.audit.references import ObjectAbsent, ReferenceFalse, inline_entry
from regdocs.documents.amendment_kinds import amendment_kind_named
from regdocs.documents.kinds import kind_named
from regdocs.submission.history import needed_objects
from regdocs.submission.instructions import INSTRUCTIONS_NAME
from regdocs.submission.manifest import PAPERS, WORKBOOK, XLSX
from regdocs.submission.package_evidence import PackageEvidence

_REDLINE = "redline-from-"
_ENTRIES = ("issue", "printed", "entry", "submission")  # keys of a tie whose value is the number of an entry
_PLACES = {"instructions": INSTRUCTIONS_NAME, WORKBOOK: XLSX}  # papers that lie at one place only
_PRINTED = ("pdf", "docx")
MAX_PUT_BACK = 32 * 1024 * 1024  # bytes of long values, in all entries together

_Document = tuple[str, str | None, str]
_Told = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Said:
    """What an entry says of files.

    Attributes:
        kept: Digests of files that it keeps.
        copy: Of a copy that came back: the document (kind/language/version) and the site.
        external: By digest, what was submitted: document (id/language/version), type and date.
        documents, redlines: By kind, site or part, and language, the versions and dates.
    """

    kept: frozenset[str] = frozenset()
    copy: tuple[Any, Any] | None = None
    external: Mapping[str, frozenset[tuple[str, str, str]]] = field(default_factory=dict)
    documents: Mapping[_Document, frozenset[_Told]] = field(default_factory=dict)
    redlines: Mapping[_Document, frozenset[_Told]] = field(default_factory=dict)


class Ties:
    """The entries that rows name, each read once."""

    def __init__(self, evidence: PackageEvidence) -> None:
        self._evidence = evidence
        self._bare: dict[int, dict[str, Any]] = {}
        self._said: dict[int, _Said] = {}
        self._issued: dict[int, dict[str, str]] = {}
        self._left = MAX_PUT_BACK
        self._papers: set[tuple[str, str]] = set()

    def problem_of(self, row: Mapping[str, Any]) -> str | None:
        """Return why a file is not what its row says, or None. Each row is asked for once."""
        tie, document = row["from"], row["document"]
        if document in PAPERS:
            return self._no_paper(document, row["path"])
        if "path" in tie:
            return self._not_issued(row, tie.get("issue", tie.get("printed")), tie["path"])
        if row["state"] != "stamped" and (kind_named(document) or amendment_kind_named(document)):
            return "the log issues such documents, and it is tied to no issue"
        if "entry" in tie:
            return self._not_kept(row, tie["entry"])
        if "submission" in tie:
            return self._not_submitted(row, tie["submission"])
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

    def said(self, n: int) -> _Said:
        """Return what an entry says of files, its long values put back; nothing of those that are not at hand."""
        if n not in self._said:
            try:
                self._said[n] = _said_in(inline_entry(self.bare(n), self._object))
            except (ObjectAbsent, ReferenceFalse):
                self._said[n] = _said_in(self.bare(n))
        return self._said[n]

    def _object(self, digest: str) -> bytes | None:
        data = self._evidence.object(digest) if self._left > 0 else None
        self._left -= len(data or b"")
        return data if self._left > 0 else None

    # ------------------------------------------------------------------------------------------------------- each tie

    def _no_paper(self, document: str, path: str) -> str | None:
        """Return why a file is no paper of the package: it lies elsewhere, or there is another one of its format."""
        wanted, ending = _PLACES.get(document), path.rpartition(".")[2].lower()
        if wanted is not None and path != wanted:
            return f'the manifest calls it {document}, which is "{wanted}" alone'
        if (document, ending) in self._papers:
            return f"the manifest calls it {document}, and another file too"
        self._papers.add((document, ending))
        return None

    def _not_kept(self, row: Mapping[str, Any], n: int) -> str | None:
        said = self.said(n)
        if row["sha256"] not in said.kept:
            return f"entry {n} does not name it"
        if row["state"] != "stamped":
            return None
        own = ("/".join((row["document"], row["language"], row["version"])), row.get("site"))
        return None if own == said.copy else f"entry {n} keeps it as another document, or of another site"

    def _not_submitted(self, row: Mapping[str, Any], n: int) -> str | None:
        told = self.said(n).external.get(row["sha256"])
        if told is None:
            return f"entry {n} does not name it"
        same = any(
            document.split("/")[1:] == [row["language"], row["version"]]
            and (kind, day) == (row["document"], row["date"])
            for document, kind, day in told
        )
        return None if same else f"entry {n} names it as another document"

    def _not_issued(self, row: Mapping[str, Any], n: int, path: str) -> str | None:
        digest = self._files(n).get(path)
        if digest is None or ("issue" in row["from"] and digest != row["sha256"]):
            return f"entry {n} did not issue it under that path"
        ending = path.rpartition(".")[2]
        if "printed" in row["from"] and (ending not in _PRINTED or not row["path"].endswith(f".{ending}")):
            return f'entry {n} issued "{path}", of which no other pages are printed'
        which = _parts(path)
        if (row["document"], row.get("site"), row["language"]) != which:
            return f'entry {n} issued it as "{path}", which is another document, site or language'
        if row["state"] != ("tracked" if path.startswith(_REDLINE) else "clean"):
            return f'entry {n} issued it as "{path}", and the manifest calls it {row["state"]}'
        said = self.said(n)
        told = (said.redlines if path.startswith(_REDLINE) else said.documents).get(which)
        if told and (row["version"], row["date"]) not in told:
            return f"entry {n} issued it in another version or of another date"
        return None

    def _files(self, n: int) -> dict[str, str]:
        """Return what an entry issued, digests by path; {} where it is no issue or its list is not at hand."""
        if n not in self._issued:
            entry = self.bare(n)
            data = self._object(str(entry.get("files"))) if entry.get("do") == "issue" else None
            try:
                self._issued[n] = dict(FileList.parse(data or b"").entries)
            except NotAFileList:
                self._issued[n] = {}
        return self._issued[n]


def _parts(path: str) -> _Document:
    """Return kind, site or part, and language of an issued path."""
    names = path.rpartition(".")[0].split("/")
    names = names[1:] if names[0].startswith(_REDLINE) else names
    kind, language = names[0], names[-1]
    return kind, names[1] if len(names) > 2 else None, language


# ---------------------------------------------------------------------------------------------------- what entries say


def _said_in(entry: Mapping[str, Any]) -> _Said:
    kept = [entry.get("file"), *_listed(entry.get("response"))]
    is_copy = entry.get("do") == "receive"
    return _Said(
        kept=frozenset(_texts(one.get("object") for one in kept if isinstance(one, dict))),
        copy=(entry.get("document"), entry.get("site")) if is_copy else None,
        external=_external(_listed(entry.get("external"))),
        documents=_told([*_listed(entry.get("documents")), *_listed(entry.get("companions"))]),
        redlines=_told(_listed(entry.get("redlines"))),
    )


def _listed(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(values: Iterable[Any]) -> Iterator[str]:
    yield from (one for one in values if isinstance(one, str))


def _external(listed: list[dict[str, Any]]) -> dict[str, frozenset[tuple[str, str, str]]]:
    found: dict[str, set[tuple[str, str, str]]] = {}
    for one in listed:
        digest, *told = (str(one.get(key)) for key in ("sha256", "document", "type", "date"))
        found.setdefault(digest, set()).add((told[0], told[1], told[2]))
    return {digest: frozenset(told) for digest, told in found.items()}


def _told(listed: list[dict[str, Any]]) -> dict[_Document, frozenset[_Told]]:
    found: dict[_Document, set[_Told]] = {}
    for one in listed:
        place = one.get("site", one.get("part"))
        which = (str(one.get("kind")), None if place is None else str(place), str(one.get("language")))
        found.setdefault(which, set()).add((str(one.get("version")), str(one.get("date"))))
    return {which: frozenset(told) for which, told in found.items()}
