"""`regdocs package`: the folder and the zip that go to a body, recorded in the log and proved by it."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.gathering import gathering
from regdocs.cli.given import read_given
from regdocs.cli.participants_asked import asked_groups, count_of
from regdocs.cli.recording import (
    Recording,
    acting_person,
    actor_of,
    key_ring_for,
    logbook_of,
    now,
    record,
    recording_options,
)
from regdocs.cli.recording_versions import jobs_option, printer
from regdocs.cli.say import harmless, say_findings, say_summary
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.submission.packaging import Package, Wanted
    from regdocs.submission.profile import Profile
    from regdocs.versions.external_files import Outside, PackageKind
    from regdocs.versions.logbook import Logbook

_KINDS = ("initial", "amendment", "response", "continuing", "closure", "reportable")
_MAX_PROFILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Given:
    """The command's own options, as given."""

    kind: "PackageKind"
    site: str | None
    version: str | None
    out: str | None
    on: str | None
    profile_file: str | None
    submission: str | None
    waive: tuple[str, ...]
    participants: tuple[str, ...]
    proofs_only: bool
    force: bool


_OPTIONS = (
    click.option("--kind", type=click.Choice(_KINDS), required=True, help="What the package is."),
    click.option("--site", default=None, metavar="ID", help="Only for this site, with what is for all."),
    click.option("--version", default=None, metavar="NAME", help="The recorded version; the newest if not given."),
    click.option("--out", default=None, metavar="DIR", help="Where folder and zip go; packages/ if not given."),
    click.option("--on", default=None, metavar="DATE", help="Day of the package; today if not given."),
    click.option(
        "--profile", "profile_file", default=None, metavar="FILE", help="A profile of your own, in its place."
    ),
    click.option("--submission", default=None, metavar="FILE", help="What comes from outside, else submission.yaml."),
    click.option("--waive", multiple=True, metavar="WHAT=REASON", help="Go without WHAT, and say why."),
    click.option("--participants", multiple=True, metavar="GROUP=COUNT", help="How many participants are in a group."),
    click.option(
        "--proofs-only", is_flag=True, help="Leave the log out: only the entries it rests on, each with its proof."
    ),
    click.option("--force", is_flag=True, help="Write over a package that lies there."),
)


@click.command("package")
@click.argument("profile", required=False, metavar="[PROFILE]")
@partial(gathering, name="given", kind=Given, options=_OPTIONS)
@jobs_option
@recording_options
@click.pass_obj
def command(folder: Path, profile: str | None, given: Given, jobs: int | None, recording: Recording) -> int:
    """Put together what goes to a body, as PROFILE wants it, from a recorded version: a folder and a zip.

    An entry with the digest of its manifest is recorded and signed. The same package again records nothing and gives
    the same bytes. "regdocs profiles" lists profiles; "regdocs verify PACKAGE.zip" checks a package.
    """
    from regdocs.submission.laying import FOLDER, free_places

    chosen = _profile(folder, profile, given)
    logbook = logbook_of(folder)
    outside = _outside(folder, logbook, given)
    if chosen is None or outside is None or not _is_recorded(logbook):
        return 1
    wanted = _wanted(logbook, given, outside, recording)
    from regdocs.submission.packaging import put_together

    package = put_together(logbook, chosen, wanted, printer(jobs))
    proofs = "proofs" if given.proofs_only else None
    name = "-".join(filter(None, (chosen[0].name, given.kind, package.version, given.site, proofs)))
    places = free_places(folder / given.out if given.out else logbook.study / FOLDER, name, force=given.force)
    after = logbook if package.place.found else _recorded(logbook, package, chosen[0].name, wanted, recording)
    _lay(after, package, places, proofs_only=given.proofs_only)
    return 0


def _profile(folder: Path, name: str | None, given: Given) -> "tuple[Profile, bytes] | None":
    """Return the profile with its bytes; None where it has mistakes, which are told."""
    from regdocs.submission.profile import load_profile, shipped_profile, shipped_profiles

    if (name is None) == (given.profile_file is None):
        raise UsageError('say PROFILE, one that "regdocs profiles" lists, or --profile FILE')
    if name is not None:
        return shipped_profile(name), shipped_profiles()[name].read_bytes()
    data = read_given(folder / str(given.profile_file), _MAX_PROFILE)
    found, findings = load_profile(data, str(given.profile_file))
    say_findings(findings)
    say_summary(findings)
    return None if found is None else (found, data)


def _outside(folder: Path, logbook: "Logbook", given: Given) -> "Outside | None":
    """Return what comes from outside: of the file, and of the options; None where the file has mistakes."""
    from regdocs.finding import has_errors
    from regdocs.submission.completeness import lacks_participants
    from regdocs.versions.external_files import FILE, Outside, read_outside

    place = folder / given.submission if given.submission else logbook.study / FILE
    found, findings = read_outside(place, logbook.study) if given.submission or place.exists() else (Outside(), ())
    say_findings(findings)
    if has_errors(findings):
        return None
    groups = tuple(
        (group, count_of(count), None) for group, count in (_pair(one, last=True) for one in given.participants)
    )
    waived = (*found.waived, *((given.kind, *_pair(one)) for one in given.waive))
    known = replace(found, waived=waived, participants=groups or found.participants)
    return (
        replace(known, participants=tuple(asked_groups()))
        if lacks_participants(given.kind, given.site, known)
        else known
    )


def _pair(text: str, last: bool = False) -> tuple[str, str]:
    """Return what stands before and after "="; the first one, or the last."""
    what, equals, said = text.rpartition("=") if last else text.partition("=")
    if not (what.strip() and equals and said.strip()):
        raise UsageError(f'"{text}" has to be WHAT=REASON or GROUP=COUNT')
    return what.strip(), said.strip()


def _is_recorded(logbook: "Logbook") -> bool:
    """Tell whether a version is recorded; else say what is open, so that there is none."""
    if any(one.issues for one in logbook.versions):
        return True
    from regdocs.build.examine import examine
    from regdocs.build.study import read_inputs
    from regdocs.finding import has_errors
    from regdocs.versions.preparation import open_in

    examined = examine(read_inputs(logbook.study))
    found = examined.findings if has_errors(examined.findings) else tuple(open_in(examined))
    say_findings(found)
    say_summary(found)
    what = "a draft is never packaged, and no version of this study is recorded"
    hint = "" if logbook.is_record else '; complete what is open, then "regdocs release" records one'
    raise Refusal(f"{what}{hint}")


def _wanted(logbook: "Logbook", given: Given, outside: "Outside", recording: Recording) -> "Wanted":
    from regdocs.submission.packaging import Wanted

    by = acting_person(key_ring_for(logbook, recording), recording, logbook)
    return Wanted(given.kind, given.site, given.version, given.on or now(logbook.demonstration)[:10], by, outside)


def _recorded(
    logbook: "Logbook", package: "Package", profile: str, wanted: "Wanted", recording: Recording
) -> "Logbook":
    """Record the package with its maker's signature, and return the log after."""
    from regdocs.versions.acting import signature

    actor = actor_of(logbook, recording)
    entries = [package.entry(profile, wanted), signature(None, "authorship", actor)]
    return record(logbook, recording, entries)


def _lay(logbook: "Logbook", package: "Package", places: tuple[Path, Path], *, proofs_only: bool) -> None:
    from regdocs.submission.archive import Part
    from regdocs.submission.history import WITH_SIGNATURE, log_parts
    from regdocs.submission.laying import lay_package
    from regdocs.submission.manifest import JSON
    from regdocs.submission.proofs import proof_parts

    n = package.place.n
    if logbook.head.size == n + WITH_SIGNATURE:
        logbook.folder.keep_head()  # also where recording was interrupted before that
    if proofs_only:
        along = proof_parts(logbook, n, package.named, package.version)
    else:
        along = log_parts(logbook, n, package.named)
    lay_package(*places, (*package.parts, Part(JSON, package.manifest), *along))
    _tell(logbook, package)
    log = "proofs in place of the log" if proofs_only else "the log"
    again = "is the one of" if package.place.found else "is recorded as"
    click.echo(f"The package {again} entry {n}, {package.place.on}: {len(package.parts)} files and {log}.")
    click.echo(harmless(f"It lies in {places[0]} and, to be sent, in {places[1]}"))


def _tell(logbook: "Logbook", package: "Package") -> None:
    """Say to whom it goes, what it goes without, and what its bodies did with that version before."""
    from regdocs.versions.overseen import sites_of
    from regdocs.versions.version_states import states_of

    version, to = logbook.version(package.version), package.addressed
    click.echo(harmless(f"It goes to {', '.join(to.bodies)}, for {', '.join(to.sites)}."))
    left = [one for one in sites_of(logbook, version) if one not in to.sites]
    if left:
        click.echo(harmless(f"  note: it is not for {', '.join(left)}; --site makes a package for one site"))
    for what, why in package.waived:
        click.echo(harmless(f"  note: it goes without: {what} ({why})"))
    for state in states_of(logbook, version):
        if state.body in to.bodies and state.state != "submitted":
            click.echo(harmless(f"  note: decided before: {state.words}"))
