"""Packages of the small study: put together, recorded and laid down as the command does it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from regdocs.audit.heads import read_head
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.trust import trust_in
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Asked, Head, Verification
from regdocs.submission.archive import Part
from regdocs.submission.history import log_parts
from regdocs.submission.laying import lay_package
from regdocs.submission.manifest import JSON
from regdocs.submission.packaging import Package, Wanted, put_together
from regdocs.submission.profile import shipped_profile, shipped_profiles
from regdocs.submission.proofs import proof_parts
from regdocs.submission.sources import FolderSource, ZipSource
from regdocs.submission.verifying import verify_package
from regdocs.versions.acting import signature, write
from regdocs.versions.decisions import Decided, decision
from regdocs.versions.external_files import Outside, PackageKind
from regdocs.versions.logbook import Logbook
from regdocs.versions.people import trust_text
from regdocs.versions.submissions import Submitted, submission
from tests.versions.logs import JANE, acting, opened
from tests.versions.logs import recorded as written
from tests.versions.releases import REMEMBERING

SITE, BODY = "example-hospital", "ethics-committee"
APPROVED_AT = "2026-03-12T09:00:00Z"
ON_PAPER = "It is sent on paper."
WAIVED: tuple[tuple[PackageKind, str, str], ...] = (
    ("amendment", "protocol", ON_PAPER),
    ("amendment", "tracked protocol", ON_PAPER),
    ("initial", "protocol", ON_PAPER),
)
OUTSIDE = Outside(participants=(("takes the tablets", 9, None),), waived=WAIVED)
AMENDMENT = Wanted("amendment", None, None, "2026-06-10", JANE, OUTSIDE)
INITIAL = replace(AMENDMENT, kind="initial")
AT = "2026-06-10T09:00:00Z"


def approve(study: Path) -> None:
    """Record that the study's committee approved the first version."""
    book = written(opened(study), submission(opened(study), JANE, Submitted("1.0", BODY, "2026-03-03")), at=APPROVED_AT)
    whole = book.whole_entry(book.head.size - 1)
    said = Decided(
        BODY,
        "EX-1",
        "approved",
        decided="2026-03-10",
        received="2026-03-11",
        sites=tuple(whole["sites"]),
        documents=tuple(whole["documents"]),
        version="1.0",
    )
    entry, objects = decision(book, JANE, said, b"A letter.")
    written(book, entry, at=APPROVED_AT, objects=objects)


def put(study: Path, wanted: Wanted = AMENDMENT, profile: str = "generic") -> Package:
    """A package of the study as it stands, not recorded."""
    chosen = shipped_profile(profile), shipped_profiles()[profile].read_bytes()
    return put_together(opened(study), chosen, wanted, REMEMBERING)


def recorded(
    study: Path, wanted: Wanted = AMENDMENT, *, sign: bool = True, profile: str = "generic", **other: Any
) -> Package:
    """The same, recorded and signed unless it is already; `other` are keys of the entry in place of its own."""
    package = put(study, wanted, profile)
    if package.place.found:
        return package
    book = opened(study)
    entries: list[Any] = [{**package.entry(profile, wanted), **other}]
    entries += [signature(None, "authorship", acting(book, JANE, "principal-investigator"))] if sign else []
    write(book, entries, log_signer=demonstration_signer(book.origin), at=AT)
    opened(study).folder.keep_head()
    return package


def laid(study: Path, out: Path, package: Package, *, proofs_only: bool = False) -> tuple[Path, Path]:
    """Lay a package down, and return its folder and its zip."""
    book, n = opened(study), package.place.n
    along = proof_parts(book, n, package.named, package.version) if proofs_only else log_parts(book, n, package.named)
    parts = (*package.parts, Part(JSON, package.manifest), *along)
    out.mkdir(exist_ok=True)
    lay_package(out / "package", out / "package.zip", parts)
    return out / "package", out / "package.zip"


def outsider(book: Logbook) -> Asked:
    """What somebody outside holds of a log: its keys and its newest head."""
    note = read_head(book.folder.head_note() or b"")
    trust = trust_in(trust_text(book, persons=False), book.origin)
    return Asked(trust=trust, heads=(Head("the head", note.note, note.checkpoint),))


@dataclass(frozen=True)
class Verified:
    """What came of a package: codes and messages of its faults."""

    found: Verification

    @property
    def codes(self) -> set[int]:
        return {int(one.verdict) for one in self.found.faults}

    @property
    def words(self) -> str:
        return "\n".join(one.message for one in self.found.faults)

    @property
    def holds(self) -> bool:
        return self.found.verdict is Verdict.HOLDS


def verified(place: Path, asked: Asked) -> Verified:
    source = FolderSource(place) if place.is_dir() else ZipSource(place)
    return Verified(verify_package(source, asked))
