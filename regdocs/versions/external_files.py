"""`submission.yaml`: documents that go to a body and are not made here, each with its type, version, day and digest.

The project's own YAML reader and its complaints; then what the file says by itself and what lies in the study's folder.
Of a file its digest is taken; the file itself is not kept in the log.
"""

import hashlib
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field

from regdocs.amendment.given import Date
from regdocs.amendment.slip import Slip, lines_of
from regdocs.audit.forms import is_digest
from regdocs.audit.line import Json
from regdocs.audit.names import is_signed_text
from regdocs.documents.amendment_kinds import amendment_kind_named
from regdocs.documents.kinds import kind_named
from regdocs.errors import Refusal
from regdocs.finding import Finding, has_errors
from regdocs.spec.kinds import Count, Id, Language, Words
from regdocs.spec.known import Frozen, listed, optional, required
from regdocs.spec.load import load_as

FILE = "submission.yaml"
MAX_BYTES = 1_000_000  # of submission.yaml
MAX_FILE_BYTES = 4 * 1024**3  # of one document; a video may be large, and only its digest is taken
TOLD_WRONGLY, NO_SUCH_FILE = "SUB-001", "SUB-002"

Type = Literal[
    "protocol",
    "investigator-brochure",
    "advertisement",
    "diary",
    "participant-card",
    "questionnaire",
    "letter",
    "video",
    "translation-certificate",
    "curriculum-vitae",
    "insurance",
    "progress-report",
    "final-report",
    "event-report",
    "other",
]
TITLES: dict[str, str] = {
    "protocol": "Protocol",
    "investigator-brochure": "Investigator's brochure",
    "advertisement": "Advertisement",
    "diary": "Diary",
    "participant-card": "Participant card",
    "questionnaire": "Questionnaire",
    "letter": "Letter",
    "video": "Video",
    "translation-certificate": "Certificate of the translation",
    "curriculum-vitae": "Curriculum vitae",
    "insurance": "Insurance",
    "progress-report": "Progress report",
    "final-report": "Final report",
    "event-report": "Report of an event",
}
"""What a document is called that has no title of its own."""

_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,39}")
_BLOCK = 1024 * 1024


class ExternalDocument(Frozen):
    """A document that is not made here."""

    id: Id = required("Its name; with language and version it is named id/language/version.")
    type: Type = required("What it is.")
    title: Words | None = optional("Its title; needed for the type other.")
    version: Words = required("Its version.")
    date: Date = required("Its date.")
    language: Language = required("Its language, as en or vi.")
    tracked: Literal["yes"] | None = optional("yes where it shows changes against an earlier version; else left out.")
    site: Id | None = optional("The site that it is for; left out where it is for all.")
    file: Words | None = optional("Its file inside the study's folder; its digest is taken, the file is not kept.")
    sha256: Words | None = optional("Its digest in lower-case hex: in place of the file, or held against it.")


PackageKind: TypeAlias = Literal["initial", "amendment", "response", "continuing", "closure", "reportable"]


class Waived(Frozen):
    """What a package of a kind has otherwise, and why this one goes without it."""

    kind: PackageKind = required("The kind of package that goes without it; others do not.")
    what: Words = required("What is left out, as the command names it: protocol, tracked protocol, participants …")
    reason: Words = required("Why; it stands in the cover letter.")


class Group(Frozen):
    """A group of participants, and how many are in it when the package goes out."""

    group: Words = required("The group, such as: takes the study tablets.")
    count: Count = required("How many.")
    site: Id | None = optional(
        "The site that they are at; left out where it is for all. Other sites' boards do not see it."
    )


class ExternalDocuments(Frozen):
    """Documents that go to a body beside those of a recorded version, and what a package says besides."""

    format: Literal[1] = Field(alias="regdocs-submission", description="Version of this format; the file's first key.")
    documents: tuple[ExternalDocument, ...] = listed("The documents.")
    participants: tuple[Group, ...] = listed("How many participants are in each group.")
    waived: tuple[Waived, ...] = listed("What a package goes without, each with its reason.")


@dataclass(frozen=True, slots=True)
class External:
    """A document from outside, as an entry names it: "poster/en/1.0", and what is known of it.

    Attributes:
        file: Name of the file that the digest was taken of, or None.
        place: Where that file lies.
        site: The site that it is for, or None.
        tracked: Whether it shows changes.
    """

    document: str
    type: str
    title: str
    date: str
    sha256: str
    file: str | None = None
    place: Path | None = field(default=None, compare=False)
    site: str | None = None
    tracked: bool = False

    def as_entry(self) -> dict[str, Json]:
        """Return it as the entry of a submission has it."""
        told: dict[str, Json] = {"document": self.document, "type": self.type, "title": self.title, "date": self.date}
        return {**told, "sha256": self.sha256, **({} if self.file is None else {"file": self.file})}


@dataclass(frozen=True, slots=True)
class Outside:
    """What a file says.

    Attributes:
        documents: Documents that are not made here.
        participants: Groups of participants, how many are in each, and at which site; None for all.
        waived: Kinds of package, what each goes without, and why.
    """

    documents: tuple[External, ...] = ()
    participants: tuple[tuple[str, int, str | None], ...] = ()
    waived: tuple[tuple[PackageKind, str, str], ...] = ()

    def groups_at(self, sites: Collection[str]) -> tuple[tuple[str, int], ...]:
        """Return the groups that boards of these sites may see: theirs, and those that are for all."""
        return tuple((group, count) for group, count, at in self.participants if at is None or at in sites)

    def waived_in(self, kind: PackageKind) -> dict[str, str]:
        """Return what packages of a kind go without, with the reasons."""
        return {what: why for of, what, why in self.waived if of == kind}


def read_external(place: Path, study: Path) -> tuple[tuple[External, ...], tuple[Finding, ...]]:
    """Return the documents that a file declares; with findings of severity error there are none.

    Raises:
        Refusal: The file is not there, too large, or cannot be read; or it declares no document.
    """
    found, findings = read_outside(place, study)
    if not found.documents and not has_errors(findings):
        raise Refusal(f'"{place.name}" names no document')
    return found.documents, findings


def read_outside(place: Path, study: Path) -> tuple[Outside, tuple[Finding, ...]]:
    """Return all that a file says; with findings of severity error nothing.

    Raises:
        Refusal: The file is not there, too large, or cannot be read.
    """
    data = _read(place)
    declared, findings, tree = load_as(ExternalDocuments, data, place.name)
    if declared is None:
        return Outside(), findings
    lines = lines_of(data)
    names = [_name(one) for one in declared.documents]
    found, told = [], list(findings)
    for number, one in enumerate(declared.documents):
        external, slips = _looked_at(one, number, names[:number], study)
        found += [] if external is None else [external]
        told += [slip.finding(place.name, tree, lines) for slip in slips]
    participants = tuple((one.group, one.count, one.site) for one in declared.participants)
    waived = tuple((one.kind, one.what, one.reason) for one in declared.waived)
    return (Outside() if has_errors(told) else Outside(tuple(found), participants, waived)), tuple(told)


def _looked_at(
    one: ExternalDocument, number: int, before: Collection[str], study: Path
) -> tuple[External | None, tuple[Slip, ...]]:
    """Return a declared document as an entry has it, or what is wrong with it."""
    slips = tuple(
        Slip(TOLD_WRONGLY, f"/documents/{number}/{key}", message, hint) for key, message, hint in _wrong(one, before)
    )
    if slips:
        return None, slips
    try:
        return _external(one, study), ()
    except Refusal as error:
        hint = "give the path of the right file in the study's folder, or its sha256"
        return None, (Slip(NO_SUCH_FILE, f"/documents/{number}/file", str(error), hint),)


def _wrong(one: ExternalDocument, before: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with a document by itself: key, what was found, the nearest fix."""
    if kind_named(one.id) or amendment_kind_named(one.id):
        hint = f'call it otherwise, as "{one.id}-site"; documents that are made here are submitted with their version'
        yield "id", f'"{one.id}" is a kind of document that is made here', hint
    if _name(one) in before:
        yield "id", f'"{_name(one)}" stands here twice', "name each document once"
    if not _VERSION.fullmatch(one.version):
        yield "version", f'"{one.version}" is no version', "letters, digits and . _ + - only, as 1.0, at most 40"
    if one.type == "other" and one.title is None:
        yield "type", 'a document of the type "other" has no title', "add 'title:', so that a reader knows what it is"
    if one.title is not None and not is_signed_text(one.title):
        yield "title", "the title is not one line of at most 200 characters", "shorten it"
    if one.file is not None and not is_signed_text(one.file):
        yield "file", "the path is not one line of at most 200 characters", "give the file a plain name"
    if one.file is None and one.sha256 is None:
        yield "id", "it needs its file or its sha256", "write 'file: …', a path inside the study, or 'sha256: …'"
    if one.sha256 is not None and not is_digest(one.sha256):
        yield "sha256", f'"{one.sha256}" is no SHA-256', "64 digits 0-9 and a-f, as sha256sum prints them"


def _name(one: ExternalDocument) -> str:
    return f"{one.id}/{one.language}/{one.version}"


def _external(one: ExternalDocument, study: Path) -> External:
    said = (_name(one), one.type, one.title or TITLES[one.type], one.date)
    tracked = one.tracked is not None
    if one.file is None:
        assert one.sha256 is not None, "either is given"
        return External(*said, one.sha256, site=one.site, tracked=tracked)
    place, digest = study / one.file, _digest(study, one.file)
    if one.sha256 not in (None, digest):
        raise Refusal(f'"{one.file}" has the digest {digest}, and not the one that is written here: it was changed')
    return External(*said, digest, Path(one.file).name, place, one.site, tracked)


def _digest(study: Path, file: str) -> str:
    """Return the digest of a regular file inside the study.

    Raises:
        Refusal: It lies outside, is none, is empty or too large, or cannot be read.
    """
    try:
        place, home = (study / file).resolve(), study.resolve()
        if not place.is_relative_to(home):
            raise Refusal(f'"{file}" lies outside the folder of the study')
        status = place.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refusal(f'"{file}" is not a file')
        if not 0 < status.st_size <= MAX_FILE_BYTES:
            raise Refusal(f'"{file}" has {status.st_size:,} bytes; from 1 to {MAX_FILE_BYTES:,} are read')
        with place.open("rb") as opened:
            digest = hashlib.sha256()
            while block := opened.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest()
    except OSError as error:
        raise Refusal(f'"{file}" cannot be read: {error.strerror or error}') from error
    except (RuntimeError, ValueError) as error:  # links in a circle; a null character
        raise Refusal(f'"{file!a}" is no path of a file') from error


def _read(place: Path) -> bytes:
    try:
        if not place.is_file():
            raise Refusal(f'there is no file "{place}"')
        if place.stat().st_size > MAX_BYTES:
            raise Refusal(f'"{place}" has more than {MAX_BYTES:,} bytes')
        return place.read_bytes()
    except OSError as error:
        raise Refusal(f'"{place}" cannot be read: {error.strerror or error}') from error
