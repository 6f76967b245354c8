"""What a package says of itself: each file with its document, digest and place in the log, as JSON and as a workbook.

Knows items and names; the form is described in docs/formats/package.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.audit.line import Json
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.documents.deviation_list import DEVIATIONS
from regdocs.documents.package_letter import LETTER, LIST
from regdocs.render.workbook import Cell, Table, day_cell, workbook_of
from regdocs.submission.contents import FromOutside, FromTree, Item

FORMAT = "regdocs.package/v1"
JSON, XLSX = "MANIFEST.json", "MANIFEST.xlsx"
WORKBOOK = "manifest"  # what the manifest calls the workbook
PAPERS = (LETTER, LIST, DEVIATIONS, WORKBOOK, "instructions")
"""What the manifest calls the files that are made for the package alone."""
LOG = "log/"
_COLUMNS = (
    ("Section", 16), ("File", 40), ("Document", 24), ("Version", 9), ("Date", 10), ("Language", 8), ("Site", 9),
    ("State", 9), ("Tracked against", 30), ("TMF Reference Model", 12), ("Digest, SHA-256", 34),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filed:
    """A file with its place in a package: the section's title, its path, digest in hex and length.

    `item` is None for a file that was made for the package; `made` then says what it is.
    """

    section: str
    path: str
    sha256: str
    size: int
    item: Item | None = None
    made: str = ""

    def as_json(self) -> dict[str, Json]:
        """Return it as MANIFEST.json has it."""
        told: dict[str, Json] = {"path": self.path, "sha256": self.sha256, "bytes": self.size, "section": self.section}
        if self.item is None:
            return told | {"document": self.made, "from": {"package": True}}
        one = self.item
        own: dict[str, Json] = {"document": one.document, "title": one.title, "version": one.version, "date": one.date}
        own |= {
            "language": one.language,
            "site": one.site,
            "state": one.state,
            "tmf": one.tmf,
            "base": one.base or None,
        }
        return told | {key: value for key, value in own.items() if value is not None} | {"from": _from(one)}


def _from(item: Item) -> Json:
    """Return which signed entry a file is tied to; what nobody submitted before is tied to the package alone.

    What was printed for a board from an issued tree is tied to the package, and names the issue.
    """
    if isinstance(item.source, FromTree):
        return {"printed": item.source.entry, "path": item.source.path}
    if isinstance(item.source, FromOutside):
        return {"package": True} if item.source.entry is None else {"submission": item.source.entry}
    if item.source.path is None:
        return {"entry": item.source.entry}
    return {"issue": item.source.entry, "path": item.source.path}


@dataclass(frozen=True, slots=True)
class Said:
    """What a manifest says of the whole package.

    Attributes:
        study, origin: Of the log.
        profile, profile_sha256: The profile's name, and the digest of its file.
        kind, site, version, on: What the package is, for which site (None: all), of which version, of which day.
        head: Size and root of the log that it extends.
        before: Entry, day and size of the package that it goes on from, with the proof between the two; None at first.
        waived: What it goes without, with reasons.
        participants: Groups of participants, with how many are in each.
    """

    study: str
    origin: str
    profile: str
    profile_sha256: str
    kind: str
    site: str | None
    version: str
    on: str
    head: Mapping[str, Json]
    before: Mapping[str, Json] | None
    waived: tuple[tuple[str, str], ...] = ()
    participants: tuple[tuple[str, int], ...] = ()


def manifest_json(said: Said, files: Iterable[Filed]) -> bytes:
    """Return MANIFEST.json, which lists every file but itself and the log."""
    listed: list[Json] = [one.as_json() for one in sorted(files, key=lambda one: one.path.encode("utf-8"))]
    told: dict[str, Json] = {
        "format": FORMAT,
        "study": said.study,
        "origin": said.origin,
        "profile": {"name": said.profile, "sha256": said.profile_sha256},
        "kind": said.kind,
        "version": said.version,
        "on": said.on,
        "head": dict(said.head),
        "waived": [{"what": what, "reason": why} for what, why in said.waived],
        "participants": [{"group": group, "count": count} for group, count in said.participants],
        "files": listed,
    }
    told |= {"site": said.site} if said.site is not None else {}
    told |= {"before": dict(said.before)} if said.before is not None else {}
    return canonical_json(told) + b"\n"


def manifest_xlsx(said: Said, files: Iterable[Filed]) -> bytes:
    """Return MANIFEST.xlsx: the same list for people."""
    lines = [_line(one) for one in sorted(files, key=lambda one: one.path.encode("utf-8"))]
    title = f"{said.study}: package of {said.on}, {said.kind}, version {said.version}"
    about = (
        f"Made from the log {said.origin}, which had {said.head['size']} entries.",
        f"The list that the log knows is {JSON}, by its digest; this workbook is for reading.",
        "Numbers of the TMF Reference Model are this program's reading of public transcriptions.",
    )
    table = Table("Contents", title, _COLUMNS, lines)
    return workbook_of(title, f"{said.on}T00:00:00Z", (table,), about, f"{said.study}, {said.on}")


def _line(one: Filed) -> tuple[Cell, ...]:
    item = one.item
    if item is None:
        return (one.section, one.path, one.made, *[None] * 7, one.sha256)
    own = (item.title, item.version, day_cell(item.date), item.language, item.site or "all", item.state, item.base)
    return (one.section, one.path, *own, item.tmf, one.sha256)


def contents_of_manifest(said: Mapping[str, Any]) -> str:
    """Return the digest of `contents_digest` from a manifest that was read: without letter and workbook."""
    rows = [row for row in said["files"] if row.get("document") not in (LETTER, WORKBOOK)]
    files = ((row["path"], row["sha256"]) for row in rows)
    return contents_digest(said["profile"]["sha256"], said["kind"], said.get("site"), files)


def contents_digest(profile_sha256: str, kind: str, site: str | None, files: Iterable[tuple[str, str]]) -> str:
    """Return the digest by which the same package is found again: of profile, kind, site, and files but the letter.

    Args:
        files: Path and digest of each.
    """
    ordered = sorted(files, key=lambda one: one[0].encode("utf-8"))
    listed: list[Json] = [{"path": path, "sha256": digest} for path, digest in ordered]
    told: dict[str, Json] = {"profile": profile_sha256, "kind": kind, "site": site, "files": listed}
    return sha256_hex(canonical_json(told))
