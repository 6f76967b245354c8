"""What a version issued beside its documents: redlines of them, and the documents that go with its amendment.

Knows the keys `redlines` and `companions` of entries of the kind `issue`; renders nothing and writes nothing. Unlike
the documents of the study they belong to the version that issued them and do not stand for later ones.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

from regdocs.audit.file_list import FileList
from regdocs.audit.issues import TREE
from regdocs.build.recorded import Carried
from regdocs.content.identity import Identity, Revision
from regdocs.versions.issued import (
    DoesNotFit,
    IssuedDocument,
    IssuedFile,
    Source,
    carried_by,
    demand_texts,
    documents_of,
    file_of,
    head_words,
    shows_head,
    stem_of,
)
from regdocs.versions.logbook import Logbook, Version

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class IssuedRedline:
    """A tracked-changes version of a document.

    Attributes:
        kind, site, language, version, date: Of the new document.
        base: Name of the recorded version that issued the document it is held against.
        base_version: That document's own version.
        decisions: Entries of the decisions that approved it; () when a person chose another base.
        against: Why another one was chosen, or None.
        author: Whose changes it shows.
        tracks_identity: Whether its running titles show the base's version and date too.
        files: One a format.
        source: Name of the version that issued it.
        head: Size of the head that its pages may show, or None.
        toolchain: Digest of the tool chain it was made with.
    """

    kind: str
    site: str | None
    language: str
    version: str
    date: str
    base: str
    base_version: str | None
    decisions: tuple[int, ...]
    against: str | None
    author: str
    tracks_identity: bool
    files: tuple[IssuedFile, ...]
    source: str
    head: int | None
    toolchain: str | None

    @property
    def stem(self) -> str:
        """Its path without ending ("redline-from-1.0/consent/north/en")."""
        return f"redline-from-{self.base}/{self.document}"

    @property
    def document(self) -> str:
        """The path without ending of the document that it is a redline of."""
        return stem_of(self.kind, self.site, self.language)

    @property
    def tree(self) -> str:
        """Digest of its content tree."""
        return self.files[0].tree


@dataclass(frozen=True, slots=True)
class IssuedCompanion:
    """A document that goes with an amendment; `part` is the site or body it is for, or None. The rest as in others."""

    kind: str
    part: str | None
    language: str
    version: str
    date: str
    files: tuple[IssuedFile, ...]
    source: str
    head: int | None
    toolchain: str | None

    @property
    def stem(self) -> str:
        """Its path without ending ("consent-addendum/north/en")."""
        return stem_of(self.kind, self.part, self.language)

    @property
    def tree(self) -> str:
        """Digest of its content tree."""
        return self.files[0].tree


Issued: TypeAlias = IssuedDocument | IssuedRedline | IssuedCompanion


def redlines_of(logbook: Logbook, version: Version) -> tuple[IssuedRedline, ...]:
    """Return the redlines of a version, in the order in which they were issued; () when there is none.

    Raises:
        DoesNotFit: What the log says of them does not fit together.
    """
    return _listed(logbook, version, "redlines", _redline)


def companions_issued(logbook: Logbook, version: Version) -> tuple[IssuedCompanion, ...]:
    """Return the documents that go with a version's amendment. Raises as `redlines_of`."""
    return _listed(logbook, version, "companions", _companion)


def all_issued(logbook: Logbook, version: Version) -> tuple[Issued, ...]:
    """Return all that stands for a version, its documents first. Raises as `documents_of`."""
    documents = documents_of(logbook, version)
    return (*documents, *redlines_of(logbook, version), *companions_issued(logbook, version))


def files_issued(logbook: Logbook, version: Version) -> tuple[IssuedFile, ...]:
    """Return every file that stands for a version. Raises as `documents_of`."""
    return tuple(file for one in all_issued(logbook, version) for file in one.files)


def unnamed_files(logbook: Logbook, version: Version) -> tuple[str, ...]:
    """Return the paths that a version issued and that are nothing it names, sorted. Raises as `documents_of`."""
    own = {file.path for file in files_issued(logbook, version)}
    issued = (path for issue in version.issues for path, _ in FileList.parse(logbook.object(issue.files)).entries)
    return tuple(sorted({path for path in issued if not path.endswith(TREE)} - own))


def identities_of(logbook: Logbook, version: Version) -> dict[str, Identity]:
    """Return what the pages of each document, redline and companion of a version say of it, by stem.

    Raises as `documents_of`.
    """
    found = {stem: carried.identity() for stem, carried in carried_by(logbook, version).items()}
    redlines, companions = redlines_of(logbook, version), companions_issued(logbook, version)
    found |= {one.stem: _identity(logbook, one) for one in redlines}
    return found | {one.stem: _identity(logbook, one) for one in companions}


def _identity(logbook: Logbook, one: IssuedRedline | IssuedCompanion) -> Identity:
    head = head_words(logbook, one.head) if one.head is not None and shows_head(one.kind) else None
    identity = Carried(one.version, one.date, one.source, head, one.tree).identity()
    if isinstance(one, IssuedCompanion):
        return identity
    return replace(identity, revision=Revision(one.author, f"{one.date}T00:00:00Z"))


def _listed(
    logbook: Logbook,
    version: Version,
    key: str,
    read: Callable[[Mapping[str, Any], Version, Source], _T],
) -> tuple[_T, ...]:
    listed = logbook.whole_entry(version.issues[-1].n).get(key, []) if version.issues else []
    if not listed:
        return ()
    source = Source.of(logbook, version)
    try:
        return tuple(read(one, version, source) for one in listed)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        words = f'what version {version.name} says of its {key} does not fit; run "regdocs verify"'
        raise DoesNotFit(words) from error


def _redline(listed: Mapping[str, Any], version: Version, source: Source) -> IssuedRedline:
    demand_texts(listed, "base", "base_version", "against", "author")
    stem = f"redline-from-{listed['base']}/{stem_of(listed['kind'], listed.get('site'), listed['language'])}"
    files = tuple(file_of(f"{stem}.{form}", source) for form in listed["formats"])
    issue = source.files[files[0].path][1].n
    return IssuedRedline(
        kind=listed["kind"],
        site=listed.get("site"),
        language=listed["language"],
        version=listed["version"],
        date=listed["date"],
        base=listed["base"],
        base_version=listed.get("base_version"),
        decisions=tuple(one for one in listed.get("decisions", ()) if type(one) is int),
        against=listed.get("against"),
        author=listed["author"],
        tracks_identity=listed.get("identity") == "tracked",
        files=files,
        source=version.name,
        head=source.heads[issue],
        toolchain=source.toolchains[issue],
    )


def _companion(listed: Mapping[str, Any], version: Version, source: Source) -> IssuedCompanion:
    demand_texts(listed, "part")
    stem = stem_of(listed["kind"], listed.get("part"), listed["language"])
    files = tuple(file_of(f"{stem}.{form}", source) for form in listed["formats"])
    issue = source.files[files[0].path][1].n
    return IssuedCompanion(
        kind=listed["kind"],
        part=listed.get("part"),
        language=listed["language"],
        version=listed["version"],
        date=listed["date"],
        files=files,
        source=version.name,
        head=source.heads[issue],
        toolchain=source.toolchains[issue],
    )
