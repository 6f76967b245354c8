"""What a person gives to `regdocs verify`: which log, heads, footers, keys, certificates, an earlier state.

Files are named from the folder that `-C` says, as everywhere. What cannot be read is a wrong call; judges no log.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.audit.evidence import Evidence
    from regdocs.audit.state import State
    from regdocs.audit.trust import Trust
    from regdocs.audit.verification import Asked, Head
    from regdocs.submission.sources import Source

MAX_TRUST = 1 << 20
_BESIDE = ("HOW-TO-VERIFY.txt", "MANIFEST.xlsx")  # a package whose manifest was taken away is no study
MANIFEST = "MANIFEST.json"  # as `submission.manifest` calls it, which is loaded for packages only


class Place(NamedTuple):
    """Where a log lies, and the study that it is of; None when only the log's own folder was named.

    Of a package `audit` is the package itself, a zip or a folder, and `package` what is in it.
    """

    audit: Path
    study: Path | None
    package: "Source | None" = None

    def evidence(self) -> "Evidence":
        """Return what is there to be read."""
        from regdocs.audit.evidence import FolderEvidence

        if self.package is None:
            return FolderEvidence(self.study, self.audit)
        from regdocs.submission.package_evidence import PackageEvidence

        return PackageEvidence(self.package)


def place_of(folder: Path, named: str | None) -> Place:
    """Return the log of a folder that was named, or else of the first that has one from the working folder upwards.

    A log that is named itself is the one that is read, whatever its folder is called. A link in the place of a log's
    folder counts as missing.

    Raises:
        UsageError: There is no such folder, or it is a log and has an `audit` in it: nobody knows which is meant.
    """
    if named is None:
        return _above(folder)
    place = folder / named
    if place.is_file() or _is_package(place):
        return _package(place)
    if not place.is_dir():
        raise UsageError(f'there is no folder "{place}"')
    if os.path.lexists(place / "audit") and _is_log(place):
        raise UsageError(f'"{place}" is a log and has an "audit" in it: say which one is meant; move the other away')
    if not _is_log(place):
        study = place.resolve()
        return Place(study / "audit", study)
    return Place(place if place.is_symlink() else place.resolve(), None)


def _is_package(place: Path) -> bool:
    """Tell whether a folder is a package: it has a manifest, or what only packages have, and no protocol."""
    if not any((place / name).is_file() for name in (MANIFEST, *_BESIDE)):
        return False
    from regdocs.build.study import PROTOCOL

    return not (place / PROTOCOL).exists()


def _package(place: Path) -> Place:
    from regdocs.submission.sources import FolderSource, ZipSource

    return Place(place, None, FolderSource(place) if place.is_dir() else ZipSource(place))


def _above(folder: Path) -> Place:
    here = folder.resolve()
    for place in (here, *here.parents):
        if (place / "audit").is_dir():
            return place_of(place, ".")
        if _is_log(place):
            return Place(place, place.parent if place.name == "audit" else None)
    raise UsageError(f'there is no folder "audit" in "{folder}" or above it; name the folder of the study')


def _is_log(place: Path) -> bool:
    return any(os.path.lexists(place / name) for name in ("log.jsonl", "checkpoint"))


# --------------------------------------------------------------------------------------------------- what is given


def asked_of(
    folder: Path,
    place: Place,
    heads: tuple[str, ...],
    footers: tuple[str, ...],
    trust: str | None,
    roots: str | None = None,
) -> "Asked":
    """Return what a verification of the log in this folder is to check against, from files and texts as given.

    Raises:
        UsageError: One of them cannot be read.
    """
    from regdocs.audit.footer import NotAFooter, parse_footer
    from regdocs.audit.verification import Asked

    try:
        read = tuple(parse_footer(text) for text in footers)
    except NotAFooter as error:
        raise UsageError(f"--footer: {error}") from error
    certificates = None if roots is None else _given(folder / roots, MAX_TRUST)
    return Asked(
        None if trust is None else _trust(folder / trust, place),
        tuple(_head(folder / name, place) for name in heads),
        read,
        certificates,
    )


def _head(name: Path, place: Place) -> "Head":
    from regdocs.audit.checkpoint import NotACheckpoint
    from regdocs.audit.heads import read_head
    from regdocs.audit.note import MAX_NOTE, NotANote
    from regdocs.audit.verification import Head

    data = _given(name, MAX_NOTE)
    try:
        head = read_head(data)
    except (NotANote, NotACheckpoint) as error:
        cause = "; its line endings were converted (CR LF)" if b"\r\n" in data else ""
        raise UsageError(f'--head "{name}" is no head of a log: {error}{cause}') from error
    return Head(f'the head "{name}"', head.note, head.checkpoint, inside=_is_inside(name, place))


def _is_inside(name: Path, place: Place) -> bool:
    """Tell whether a file lies in the log's own folder: whoever wrote the log wrote it too."""
    return name.resolve().is_relative_to(place.audit.resolve())


def _trust(name: Path, place: Place) -> "Trust":
    from regdocs.audit.trust import NotATrustFile, trust_in

    try:
        return trust_in(_given(name, MAX_TRUST).decode("utf-8"), _origin(place))
    except (NotATrustFile, UnicodeDecodeError) as error:
        raise UsageError(f'--trust "{name}" cannot be read: {error}') from error


def _origin(place: Place) -> str | None:
    """Return the origin that the log's first line gives, or else its checkpoint."""
    from regdocs.audit.checkpoint import NotACheckpoint
    from regdocs.audit.heads import read_head
    from regdocs.audit.line import NotALine, parse
    from regdocs.audit.note import NotANote

    evidence = place.evidence()
    try:
        origin = parse(next(evidence.lines(), b"").removesuffix(b"\n")).get("origin")
        if isinstance(origin, str):
            return origin
    except NotALine:
        pass  # told by the verification
    try:
        return read_head(evidence.checkpoint() or b"").checkpoint.origin
    except (NotANote, NotACheckpoint):
        return None


def _given(name: Path, limit: int) -> bytes:
    try:
        with open(name, "rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise UsageError(f'"{name}" cannot be read: {error.strerror}') from error
    if len(data) > limit:
        raise UsageError(f'"{name}" has more than {limit:,} bytes, which is not what is read here')
    return data


def state_of(name: Path | None, place: Place) -> "State | None":
    """Return what an earlier verification of this log remembered; None when there is no such file yet.

    Raises:
        UsageError: It cannot be read, or is about another log.
    """
    from regdocs.audit.state import MAX_STATE, NotAState, State

    if name is None or not name.exists():
        return None
    try:
        state = State.parse(_given(name, MAX_STATE))
    except NotAState as error:
        raise UsageError(f'--state "{name}": {error}') from error
    if state.origin != _origin(place):
        raise UsageError(f'--state "{name}" is about another log, "{state.origin}"')
    return state
