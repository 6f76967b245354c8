"""A package put together: which files, under which names, with letter, list and manifest; found again or made anew.

Decides and prints; records nothing and writes nothing. The same contents give the same package: its day, head and
predecessor are then those of the entry that is in the log.
"""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from regdocs.audit.line import Json
from regdocs.canonical import sha256_hex
from regdocs.documents.deviation_list import deviation_list
from regdocs.documents.package_letter import LETTER, PackageFacts
from regdocs.documents.package_letter import contents_list as list_kind
from regdocs.documents.package_letter import cover_letter as letter_kind
from regdocs.errors import Refusal
from regdocs.submission.archive import Part
from regdocs.submission.board_pages import with_board_pages
from regdocs.submission.collecting import collected, filed_items
from regdocs.submission.completeness import lacking, wants_participants, words_for
from regdocs.submission.contents import (
    Addressed,
    addressed,
    items_of,
    outside_items,
)
from regdocs.submission.history import Place, extension, extension_words, places_of
from regdocs.submission.instructions import INSTRUCTIONS, INSTRUCTIONS_NAME
from regdocs.submission.manifest import XLSX, Filed, Said, contents_digest, manifest_json, manifest_xlsx
from regdocs.submission.papers import Papers, deviations_told, enclosed_in, papers_for, reasons_of, subject_of
from regdocs.submission.placing import PlacedItem, demand_limits, placed_items, wanted_items
from regdocs.submission.profile import Profile
from regdocs.versions.acting import entry_of, refuse_in_record
from regdocs.versions.external_files import Outside, PackageKind
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.overseen import overseen, require_day
from regdocs.versions.printed import Printer

NO_SECTION = "This package"
_WITH_DEVIATIONS = ("continuing", "reportable")
_FOR_INFORMATION = ("closure", "reportable")


_Gathered: TypeAlias = tuple[tuple[PlacedItem, ...], tuple[tuple[str, str], ...], Addressed]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    Attributes:
        kind, site: What the package is, and for which site; None for all.
        version: Name of the recorded version; None for the newest that has documents.
        on, by: Its day, and who sends it; of a package that is found again those of its entry count.
        outside: Files that are not made here, groups of participants, what is waived.
    """

    kind: PackageKind
    site: str | None
    version: str | None
    on: str
    by: str
    outside: Outside = field(default_factory=Outside)


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it leaves, but for the log that goes with it.

    Attributes:
        parts: Its files but the manifest.
        addressed: To whom it goes.
        waived: What it goes without, with reasons.
        manifest: Bytes of MANIFEST.json.
        contents: The digest by which it is found again.
        version: Name of the version that it is of.
        place: Where it stands in the log.
        named: Entries that the manifest names for its files.
    """

    parts: tuple[Part, ...]
    manifest: bytes
    contents: str
    version: str
    place: Place
    named: tuple[int, ...]
    addressed: Addressed
    waived: tuple[tuple[str, str], ...]

    def is_recorded(self, logbook: Logbook) -> bool:
        """Tell whether its entry names this very manifest: the same files may have gone with another letter."""
        return self.place.found and logbook.entry(self.place.n)["manifest"] == sha256_hex(self.manifest)

    def entry(self, profile: str, wanted: Wanted) -> dict[str, Json]:
        """Return its entry, to be recorded and signed."""
        return entry_of(
            "package",
            self.place.by,
            profile=profile,
            kind=wanted.kind,
            site=wanted.site,
            manifest=sha256_hex(self.manifest),
            contents=self.contents,
            of=self.place.before["n"] if self.place.before else None,
            on=self.place.on,
        )


def put_together(logbook: Logbook, profile: tuple[Profile, bytes], wanted: Wanted, printer: Printer) -> Package:
    """Return a package of a recorded version.

    Args:
        profile: The profile, with the bytes of its file.

    Raises:
        NotAllowed: The log is of a public record, or the site or the day is none.
        Refusal: Something that such a package has is lacking; a limit of the profile is passed; a file comes out
            otherwise than it was issued; a template cannot be used.
    """
    refuse_in_record(logbook, "package")
    require_day("on", wanted.on)
    version = _version(logbook, wanted)
    placed, waived, to = _placed(logbook, version, profile[0], wanted)
    parts = collected(logbook, profile[0], placed, printer)
    papers = papers_for(logbook, version, printer)
    facts = _facts(logbook, version, profile[0], wanted, (placed, waived, to))
    lists = _lists(logbook, papers, profile[0], facts, wanted)
    told = Part(INSTRUCTIONS_NAME, INSTRUCTIONS)
    filed = [*filed_items(placed, parts), _made(told, "instructions"), *(_made(one, name) for name, one in lists)]
    contents = contents_digest(
        sha256_hex(profile[1]), wanted.kind, wanted.site, ((one.path, one.sha256) for one in filed)
    )
    whole = (*parts.values(), told, *(one for _, one in lists))
    said = (profile[0].name, wanted.kind, wanted.site)
    packages = (
        _with_letter(logbook, profile, wanted, (facts, papers), (placed, whole, filed), (version, contents, place))
        for place in places_of(logbook, contents, said, wanted.on, wanted.by)
    )
    return next(one for one in packages if one.is_recorded(logbook) or not one.place.found)


def _with_letter(
    logbook: Logbook,
    profile: tuple[Profile, bytes],
    wanted: Wanted,
    printing: tuple[PackageFacts, Papers],
    gathered: tuple[tuple[PlacedItem, ...], tuple[Part, ...], list[Filed]],
    known: tuple[Version, str, Place],
) -> Package:
    """Return the package with what depends on its place in the log: letter and manifests."""
    (facts, papers), (placed, parts, filed), (version, contents, place) = printing, gathered, known
    extends = extension(logbook, place)
    facts = replace(
        facts,
        on=place.on,
        sender=_sender(logbook, place.by),
        extends=extension_words(extends, place),
        head=place.words(),
    )
    letter = papers.laid(letter_kind(facts), profile[0], facts.on)
    filed = [*filed, *(_made(one, LETTER) for one in letter)]
    said = Said(
        study=str(logbook.genesis["study"]),
        origin=logbook.origin,
        profile=profile[0].name,
        profile_sha256=sha256_hex(profile[1]),
        kind=wanted.kind,
        site=wanted.site,
        version=version.name,
        on=place.on,
        head=place.head(),
        before=extends,
        waived=facts.waived,
        participants=facts.participants,
    )
    workbook = Part(XLSX, manifest_xlsx(said, filed))
    filed.append(_made(workbook, "manifest"))
    demand_limits(profile[0], ((one.path, one.size) for one in filed))
    named = {one.item.source.entry for one in placed}
    whole = (*parts, *letter, workbook)
    return Package(
        whole,
        manifest_json(said, filed),
        contents,
        version.name,
        place,
        tuple(sorted(one for one in named if one is not None)),
        Addressed(facts.sites, facts.bodies),
        facts.waived,
    )


# --------------------------------------------------------------------------------------------------- what is in it


def _version(logbook: Logbook, wanted: Wanted) -> Version:
    issued = [one for one in logbook.versions if one.issues]
    if not issued:
        raise Refusal('nothing was released yet, so nothing can be packaged; "regdocs release" records a version')
    version = issued[-1] if wanted.version is None else logbook.version(wanted.version)
    if wanted.kind == "amendment" and version.amendment is None:
        raise Refusal(f"version {version.name} is the original protocol, no amendment: use --kind initial")
    if wanted.kind == "initial" and version.amendment is not None and wanted.version is None:
        version = issued[0]
    if wanted.site is not None:
        overseen(logbook, version).require_sites((wanted.site,))
    return version


def _placed(logbook: Logbook, version: Version, profile: Profile, wanted: Wanted) -> _Gathered:
    """Return the files with their places, what was waived, and to whom they go; refuse where more is lacking, named."""
    items = items_of(logbook, version, wanted.kind, wanted.site, wanted.on)
    to = addressed(logbook, version, wanted.kind, wanted.site, items, wanted.outside)
    items += outside_items(logbook, wanted.outside, to.sites)
    missing = lacking(wanted.kind, items, wanted.outside, to.sites)
    refused = [words_for(one.what) for one in missing if one.why is None]
    if refused:
        named = ", ".join(f'--waive "{one.what}=REASON"' for one in missing if one.why is None)
        hint = f"declare it in submission.yaml, or say why it goes without: {named}"
        raise Refusal(f"missing from this package ({wanted.kind}): {'; '.join(refused)}. {hint}")
    study = str(logbook.genesis["study"])
    placed = placed_items(profile, study, wanted_items(profile, wanted.kind, items))
    waived = tuple((words_for(one.what), one.why or "") for one in missing)
    return with_board_pages(logbook, profile, placed), waived, to


def _facts(
    logbook: Logbook,
    version: Version,
    profile: Profile,
    wanted: Wanted,
    gathered: _Gathered,
) -> PackageFacts:
    """Return what the papers print, but for what depends on the package's place in the log."""
    placed, waived, to = gathered
    groups = wanted.outside.groups_at(to.sites) if wants_participants(wanted.kind) else ()
    return PackageFacts(
        subject=subject_of(wanted.kind, version),
        sites=to.sites,
        bodies=to.bodies,
        asks_decision=wanted.kind not in _FOR_INFORMATION,
        decided_before=wanted.kind != "initial",
        reasons=tuple(reasons_of(logbook, version, wanted.kind)),
        enclosed=enclosed_in(profile, placed),
        waived=waived,
        participants=groups,
        phrases=profile.cover_letter.phrases,
    )


def _sender(logbook: Logbook, person: str) -> str:
    found = logbook.people.people.get(person)
    return person if found is None else found.name


# ------------------------------------------------------------------------------------------------------------- papers


def _lists(
    logbook: Logbook, papers: Papers, profile: Profile, facts: PackageFacts, wanted: Wanted
) -> tuple[tuple[str, Part], ...]:
    """Return the lists of a package with what the manifest calls them: of contents, and for some of deviations."""
    kinds = [list_kind(facts)]
    if wanted.kind in _WITH_DEVIATIONS:
        kinds.append(deviation_list(facts.subject, facts.sites, deviations_told(logbook, facts.sites, wanted.on)))
    return tuple((kind.name, part) for kind in kinds for part in papers.laid(kind, profile, papers.identity.date))


def _made(part: Part, what: str) -> Filed:
    digest, size = part.measured()
    return Filed(NO_SECTION, part.path, digest, size, made=what)
