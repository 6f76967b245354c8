"""The letter and the list of contents of a package, printed from what is in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from regdocs.build.examine import template_texts
from regdocs.build.study import PROTOCOL, read_inputs
from regdocs.content.identity import Identity
from regdocs.documents.compose import compose
from regdocs.documents.deviation_list import Reported, ToldDeviation
from regdocs.documents.kind import Kind
from regdocs.documents.package_letter import Enclosed
from regdocs.errors import Refusal
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from regdocs.submission.archive import Part
from regdocs.submission.naming import NameFacts, file_name
from regdocs.submission.placing import PlacedItem
from regdocs.submission.profile import Profile
from regdocs.versions.deviations import deviations_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.printed import Printer, prints_with
from regdocs.versions.snapshot import stored_inputs
from regdocs.versions.tmf import TO_BE_CHECKED

SUBJECTS = {
    "initial": "Initial submission",
    "amendment": "Amendment",
    "response": "Response to your stipulations",
    "continuing": "Continuing review",
    "closure": "Closure of the study",
    "reportable": "Report",
}


@dataclass(frozen=True, slots=True)
class Papers:
    """What a package's papers are printed with: number of the study, protocol of the version, templates, a printer."""

    study: str
    protocol: Protocol
    templates: Mapping[str, bytes]
    texts: Mapping[str, object]
    identity: Identity
    printer: Printer

    def printed(self, kind: Kind, profile: Profile) -> dict[str, bytes]:
        """Return the files of a paper by their ending, in the formats that the profile wants.

        Raises:
            TemplateProblem: The template cannot be used.
        """
        made = compose(kind, self.protocol, None, self.protocol.language, self.texts)  # type: ignore[arg-type]
        wanted = [one for one in kind.formats if one in profile.formats_of(kind.name, "clean")] or list(kind.formats)
        prints = prints_with(made.document, self.identity, kind.name, wanted, self.templates)
        return {path.rpartition(".")[2]: data for path, data in self.printer.print(prints).items()}

    def laid(self, kind: Kind, profile: Profile, date: str | None) -> list[Part]:
        """Return the files of a paper at their places. Raises as `printed`."""
        named = NameFacts(
            document=kind.name,
            title=kind.title,
            version=self.identity.version,
            date=date,
            language=self.protocol.language,
            study=self.study,
        )
        folder, printed = profile.section_of(kind.name).folder, self.printed(kind, profile)
        return [Part(f"{folder}/{file_name(profile, named, ending)}", data) for ending, data in printed.items()]


def papers_for(logbook: Logbook, version: Version, printer: Printer) -> Papers:
    """Return what the papers of a package are printed with.

    Raises:
        Refusal: Today's program cannot read the recorded protocol.
    """
    found = load(stored_inputs(logbook, version).protocol, PROTOCOL).protocol
    if found is None:
        raise Refusal(f"this program cannot read the protocol of version {version.name} any more")
    inputs = read_inputs(logbook.study)
    date = found.date.present
    identity = Identity(version=version.name, date=date, protocol_version=version.name)
    return Papers(str(logbook.genesis["study"]), found, inputs.templates, template_texts(inputs)[0], identity, printer)


def deviations_told(logbook: Logbook, sites: Collection[str], day: str) -> Iterator[ToldDeviation]:
    """Yield the deviations at these sites that happened up to a day, in the order in which they happened."""
    listed = [one for one in deviations_of(logbook) if one["site"] in sites and one["on"] <= day]
    for one in sorted(listed, key=lambda one: (one["on"], one["n"])):
        reported = (each for each in one.get("reported", ()) if isinstance(each, dict))
        yield ToldDeviation(
            number=one["number"],
            day=one["on"],
            site=one["site"],
            category=one["category"],
            important=one["important"],
            text=one["text"] if isinstance(one["text"], str) else "(sealed)",
            reported=tuple(Reported(str(each.get("to")), each.get("on"), each.get("due")) for each in reported),
        )


def subject_of(kind: str, version: Version) -> str:
    """Return what is submitted, in words: "Amendment 2, version 3.1"."""
    number = f" {version.amendment}" if kind == "amendment" and version.amendment is not None else ""
    return f"{SUBJECTS[kind]}{number}, version {version.name}"


def reasons_of(logbook: Logbook, version: Version, kind: str) -> Iterator[str]:
    """Yield what was recorded as the reason of an amendment, of each of its wordings; what is sealed stays so."""
    wordings = [one for one in logbook.versions if one.amendment is not None and one.amendment == version.amendment]
    for one in (one for one in wordings if one.n <= version.n) if kind in ("amendment", "response") else ():
        why = logbook.whole_entry(one.n).get("why")
        if isinstance(why, str):
            yield f"Version {one.name}: {why}"


def enclosed_in(profile: Profile, placed: Iterable[PlacedItem]) -> tuple[Enclosed, ...]:
    """Return the files of a package as its papers print them, those of one name with several endings as one."""
    stems: dict[str, list[PlacedItem]] = {}
    for one in placed:
        stems.setdefault(one.path.rpartition(".")[0], []).append(one)
    return tuple(_enclosed(profile, stem.rpartition("/")[2], files) for stem, files in stems.items())


def _enclosed(profile: Profile, stem: str, files: Sequence[PlacedItem]) -> Enclosed:
    one, endings = files[0], sorted(file.item.form for file in files)
    return Enclosed(
        section=one.section.title,
        file=f"{stem}.{endings[0]}" + "".join(f" and .{ending}" for ending in endings[1:]),
        title=one.item.title,
        version=one.item.version,
        date=one.item.date,
        language=one.item.language,
        site=one.item.site,
        state=one.item.state,
        base=one.item.base,
        tmf=one.item.tmf if profile.tmf and one.item.tmf != TO_BE_CHECKED else "",
    )
