"""Documents of recorded versions as the log says them: which there are, whose files they are, what each carries.

Knows entries of the kind `issue` and their lists of files; renders nothing and writes nothing. A document that an
amendment did not touch stands with the files and the identity of the version that issued it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from regdocs.audit.file_list import FileList
from regdocs.audit.footer import footer_text
from regdocs.audit.issues import TREE
from regdocs.audit.tree import root_of
from regdocs.build.recorded import Carried, Recorded
from regdocs.documents.amendment_kinds import amendment_kind_named
from regdocs.documents.kind import Format
from regdocs.documents.kinds import kind_named
from regdocs.errors import Refusal
from regdocs.versions.logbook import Issue, Logbook, Version
from regdocs.versions.snapshot import TOOLCHAIN, files_of, recorded_inputs


class NotIssued(Refusal):
    """The version has no documents yet: something came between its two appends."""


class DoesNotFit(Refusal):
    """What the log says of a version's documents does not fit together; `regdocs verify` says more."""


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """A file of a document: its path, digest of its bytes, digest of its tree, and whether the bytes are kept."""

    path: str
    sha256: str
    tree: str
    kept: bool


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A document of a recorded version.

    Attributes:
        kind, site, language: Which document it is; `site` is None where there is none.
        version, date: Its own.
        since: The earlier version that issued it, or None: this one did.
        source: Name of the version that issued it.
        files: Its files, one a format.
        head: Size of the head that its pages may show, or None.
        toolchain: Digest of the tool chain it was made with.
    """

    kind: str
    site: str | None
    language: str
    version: str
    date: str
    since: str | None
    source: str
    files: tuple[IssuedFile, ...]
    head: int | None
    toolchain: str | None

    @property
    def stem(self) -> str:
        """Its path without ending."""
        return stem_of(self.kind, self.site, self.language)

    @property
    def tree(self) -> str:
        """Digest of its content tree."""
        return self.files[0].tree


def stem_of(kind: str, site: str | None, language: str) -> str:
    """Return the path of a document without its ending ("consent/north/en")."""
    return "/".join((kind, language) if site is None else (kind, site, language))


def documents_of(logbook: Logbook, version: Version) -> tuple[IssuedDocument, ...]:
    """Return the documents of a version, in the order in which they were issued; unchanged ones among them.

    Raises:
        NotIssued: It has no documents yet.
        DoesNotFit: What the log says of them does not fit together.
    """
    if not version.issues:
        raise NotIssued(f'version {version.name} has no documents yet; "regdocs amend --resume" completes it')
    known = logbook.worked_out.get(("documents", version.n))
    if known is None:
        known = logbook.worked_out["documents", version.n] = _read_documents(logbook, version)
    found: tuple[IssuedDocument, ...] = known
    return found


def _read_documents(logbook: Logbook, version: Version) -> tuple[IssuedDocument, ...]:
    listed = logbook.whole_entry(version.issues[-1].n)["documents"]
    by_source = {one.name: Source.of(logbook, one) for one in logbook.versions if one.issues and one.n <= version.n}
    return tuple(_document(one, version, by_source) for one in listed)


def carried_by(logbook: Logbook, version: Version) -> dict[str, Carried]:
    """Return what each document of a version carries, by stem. Raises as `documents_of`."""
    heads: dict[int, str] = {}
    return {one.stem: _carried(logbook, one, heads) for one in documents_of(logbook, version)}


def recorded(logbook: Logbook, version: Version) -> Recorded:
    """Return a recorded version as a build is told of it. Raises as `documents_of`, and as `files_of`."""
    listed = recorded_inputs(files_of(logbook, version.inputs))
    return Recorded(version.name, carried_by(logbook, version), listed)


def shows_head(kind: str) -> bool:
    """Tell whether pages of this kind show the head of the log: not those that participants get."""
    found = kind_named(kind) or amendment_kind_named(kind)
    return found is not None and not found.participant_facing


def head_words(logbook: Logbook, size: int) -> str:
    """Return the head of that size as pages show it.

    Raises:
        Refusal: The log has not so many entries.
    """
    if not 1 <= size <= len(logbook.leaves):
        raise Refusal(f"a head of size {size} is named, and the log has {len(logbook.leaves)} entries")
    return footer_text(size, root_of(logbook.leaves[:size]))


@dataclass(frozen=True, slots=True)
class Source:
    """What one version issued: path → digest and the issue it comes from; and the tool chain of its inputs."""

    files: Mapping[str, tuple[str, Issue]]
    heads: Mapping[int, int | None]
    toolchains: Mapping[int, str | None]

    @classmethod
    def of(cls, logbook: Logbook, version: Version) -> "Source":
        """Return what a version issued, in all its issues."""
        files: dict[str, tuple[str, Issue]] = {}
        heads: dict[int, int | None] = {}
        tools: dict[int, str | None] = {}
        usual = files_of(logbook, version.inputs).digest_of(TOOLCHAIN)
        for issue in version.issues:
            entry = logbook.whole_entry(issue.n)
            heads[issue.n], tools[issue.n] = _size(entry.get("head")), entry.get("toolchain") or usual
            files |= {path: (digest, issue) for path, digest in FileList.parse(logbook.object(issue.files)).entries}
        return cls(files, heads, tools)


def _size(head: Any) -> int | None:
    return head if type(head) is int else None


def _document(listed: Mapping[str, Any], version: Version, sources: Mapping[str, Source]) -> IssuedDocument:
    try:
        since = listed.get("since")
        source = sources[since or version.name]
        demand_texts(listed)
        stem = stem_of(listed["kind"], listed.get("site"), listed["language"])
        files = tuple(file_of(f"{stem}.{form}", source) for form in listed["formats"])
        issue = source.files[files[0].path][1].n
        return IssuedDocument(
            kind=listed["kind"],
            site=listed.get("site"),
            language=listed["language"],
            version=listed["version"],
            date=listed["date"],
            since=since,
            source=since or version.name,
            files=files,
            head=source.heads[issue],
            toolchain=source.toolchains[issue],
        )
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        words = f'what version {version.name} says of its documents does not fit; run "regdocs verify"'
        raise DoesNotFit(words) from error


def demand_texts(listed: Mapping[str, Any], *more: str) -> None:
    """Raise TypeError unless each part is a text, `more` among them where they are, and each format is printed."""
    texts = [listed[key] for key in ("kind", "language", "version", "date")]
    texts += [listed.get(key, "") for key in ("site", *more)]
    if not all(isinstance(one, str) for one in (*texts, *listed["formats"])):
        raise TypeError("a document is described by texts")
    if not set(listed["formats"]) <= set(get_args(Format)):
        raise TypeError("a format that is not printed")


def file_of(path: str, source: Source) -> IssuedFile:
    """Return a file that a version issued. Raises KeyError when it did not issue one of that path."""
    digest, issue = source.files[path]
    return IssuedFile(path, digest, source.files[path + TREE][0], issue.kept == "bytes")


def _carried(logbook: Logbook, one: IssuedDocument, heads: dict[int, str]) -> Carried:
    head = None
    if one.head is not None and shows_head(one.kind):
        if one.head not in heads:
            heads[one.head] = head_words(logbook, one.head)
        head = heads[one.head]
    return Carried(one.version, one.date, one.source, head, one.tree)
