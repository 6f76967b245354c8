"""`regdocs-profile: 1`: how one board wants documents named, sorted and formatted.

The project's own YAML reader and its complaints; then what the profile says that makes no sense. All mistakes at once.
A profile is an example of a day: the board's own page decides.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field

from regdocs.amendment.given import Date
from regdocs.amendment.slip import Slip, lines_of
from regdocs.errors import EnvironmentLacks, UsageError
from regdocs.finding import Finding, Severity, has_errors
from regdocs.spec.complaints import nearest
from regdocs.spec.kinds import Flag, Id, Several, Words
from regdocs.spec.known import Frozen, required
from regdocs.spec.load import load_as
from regdocs.submission.profile_checks import KIND, kind_slips, layout_slips, limit_slips, name_slips
from regdocs.submission.profile_parts import (
    CoverLetter,
    Deliver,
    FileFormat,
    Footer,
    Formats,
    Layout,
    Limits,
    Names,
    Section,
    Source,
    Stamp,
    State,
)
from regdocs.versions.external_files import PackageKind

_SHIPPED = Path(__file__).parent / "profiles"


class Profile(Frozen):
    """The way one board wants a submission."""

    format: Literal[1] = Field(alias="regdocs-profile", description="Version of this format; the file's first key.")
    name: Id = required("Its name, as nih.")
    title: Words = required("The board, in words.")
    about: Words = required("What this is an example of, and what is not known.")
    as_of: Date = required("The day of which it is.")
    sources: Several[Source] = required("Where its rules are from.")
    names: Names = required("How files are called.")
    version: Literal["number", "date", "both"] = Field(
        default="both", description="What tells a version in a name; a field of the other is left empty."
    )
    date: Words = Field(default="%Y-%m-%d", description="How a {date} without a form of its own is written.")
    formats: Formats = Field(default=Formats(), description="In which formats documents are delivered.")
    deliver: Deliver = Field(default=Deliver(), description="Clean, tracked or both, for each kind of package.")
    footer: Footer = required("To whom the footer belongs.")
    stamp: Stamp = required("Where and when the board stamps.")
    layout: Layout = required("The folders.")
    limits: Limits = Field(default=Limits(), description="What the board's system takes.")
    cover_letter: CoverLetter = Field(default=CoverLetter(), description="What the cover letter has to carry.")
    tmf: Flag = Field(default=False, description="Whether the list of contents gives numbers of the TMF model.")

    @property
    def checked(self) -> Literal["read", "partly read", "unverified"]:
        """Whether its sources were read: all, some, or none. Never that the profile is right."""
        read = [source.checked == "read" for source in self.sources]
        return "read" if all(read) else "partly read" if any(read) else "unverified"

    def states_of(self, package: PackageKind) -> tuple[State, ...]:
        """Return in which states a package has its documents; what has no earlier version is clean only."""
        delivered: Literal["clean", "tracked", "both"] = getattr(self.deliver, package)
        return ("clean", "tracked") if delivered == "both" else (delivered,)

    def formats_of(self, document: str, state: State) -> tuple[FileFormat, ...]:
        """Return the formats of a kind of document in a state; a stamped one is as it came back, and has none."""
        if state == "stamped":
            return ()
        own = self.formats.documents.get(document)
        found: tuple[FileFormat, ...] = () if own is None else getattr(own, state)
        return found or self.formats.default

    def section_of(self, document: str) -> Section:
        """Return the section in which a kind of document lies."""
        wanted = self.layout.documents.get(document, self.layout.default)
        return next(section for section in self.layout.sections if section.id == wanted)


def load_profile(data: bytes, file: str) -> tuple[Profile | None, tuple[Finding, ...]]:
    """Read, type and check a profile; None where a finding is an error. Nothing is raised for a bad text, however bad.

    Args:
        file: Its name, as findings show it.
    """
    profile, findings, tree = load_as(Profile, data, file)
    if profile is None:
        return None, findings
    lines = lines_of(data)
    found = [slip.finding(file, tree, lines, _severity(slip)) for slip in _slips(profile)]
    told = (*findings, *sorted(found, key=lambda one: (one.position, one.rule)))
    return (None if has_errors(told) else profile), told


def shipped_profiles() -> dict[str, Path]:
    """Return the profiles that come with the program, by name, "generic" first."""
    found = {place.stem: place for place in sorted(_SHIPPED.glob("*.yaml"))}
    return {name: found[name] for name in sorted(found, key=lambda name: (name != "generic", name))}


def shipped_profile(name: str) -> Profile:
    """Return a profile that comes with the program.

    Raises:
        UsageError: There is none of this name.
        EnvironmentLacks: It is there and cannot be read: the installation is damaged.
    """
    places = shipped_profiles()
    if name not in places:
        guess = nearest(name, places)
        way_out = f'did you mean "{guess}"?' if guess else f"there are {', '.join(places)}"
        raise UsageError(f'there is no profile "{name}"; {way_out}')
    profile, _ = load_profile(places[name].read_bytes(), places[name].name)
    if profile is None:
        raise EnvironmentLacks(f'The profile "{name}" of this installation of regdocs is damaged. Install it again.')
    return profile


def _slips(profile: Profile) -> tuple[Slip, ...]:
    return (
        *name_slips(profile.names, profile.deliver, profile.date),
        *layout_slips(profile.layout),
        *limit_slips(profile.limits),
        *kind_slips(profile.names, profile.formats, profile.layout, profile.stamp),
    )


def _severity(slip: Slip) -> Severity:
    return Severity.WARNING if slip.rule == KIND else Severity.ERROR
