"""`regdocs status`: what is open in the protocol, what is recorded, and whether what was built is still current."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.say import harmless
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.build.manifest import Manifest
    from regdocs.build.study import Inputs
    from regdocs.versions.logbook import Logbook, Version

_MOST_NAMED = 10


@click.command("status")
@click.option("--out", "out", default=None, metavar="DIR", help="Output folder; out/ in the study when not given.")
@click.option("--due", is_flag=True, help="Say what is due instead: expiries, stipulations, notices, re-consents …")
@click.option(
    "--on", "on", metavar="DATE", default=None, help="With --due: the day, as 2026-05-03; today if not given."
)
@click.option("--ics", metavar="FILE", default=None, help="With --due: write what has a day as a calendar (RFC 5545).")
@click.option("--json", "as_json", is_flag=True, help="With --due: for programs.")
@click.pass_obj
def command(folder: Path, out: str | None, due: bool, on: str | None, ics: str | None, as_json: bool) -> int:
    """Say where the study stands, or with --due what is due in it. Nothing in the study is written.

    What is due is worked out of the log; exit code 1 when something is over its day.
    """
    if due:
        from regdocs.cli.status_due import say_due

        if out is not None:
            raise UsageError("--due looks at the log, not at an output folder: leave --out away")
        return say_due(folder, on, ics, as_json)
    if on is not None or ics is not None or as_json:
        raise UsageError("--on, --ics and --json go with --due")
    return _say_state(folder, out)


def _say_state(folder: Path, out: str | None) -> int:
    from regdocs.build.manifest import read_manifest
    from regdocs.build.study import PROTOCOL, find_study, read_inputs

    study = find_study(folder)
    target = study / "out" if out is None else folder / out
    inputs = read_inputs(study)
    click.echo(f"Study: {study}")
    _say_protocol(inputs.protocol, PROTOCOL)
    after = _say_versions(study, inputs) if os.path.lexists(study / "audit" / "log.jsonl") else None
    manifest = read_manifest(target)
    if manifest is None:
        click.echo(f'Documents: none in {target}; "regdocs build" makes them.')
    else:
        _say_documents(manifest, target, inputs, after)
    return 0


def _say_protocol(data: bytes, file: str) -> None:
    from collections import Counter

    from regdocs.build.open_values import open_values
    from regdocs.finding import Severity
    from regdocs.spec.load import load

    loaded = load(data, file)
    if loaded.protocol is None:
        mistakes = sum(finding.severity is Severity.ERROR for finding in loaded.findings)
        click.echo(f'Protocol: {mistakes} mistakes; "regdocs check" lists them.')
        return
    opened = open_values(loaded.protocol)
    todo = sum(value.state == "todo" for value in opened)
    click.echo(f"Protocol: {todo} values to complete, {len(opened) - todo} assumed.")
    parts = Counter(value.path.split("/")[1] for value in opened)
    for part, count in sorted(parts.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"  {part}: {count}")


def _say_versions(study: Path, inputs: "Inputs") -> str | None:
    """Say which versions are recorded and whether the working copy is the newest; return its name."""
    from regdocs.versions.conflict_copies import conflict_copies
    from regdocs.versions.logbook import open_logbook

    for name in conflict_copies(study):
        click.echo(f"A second copy of the log lies beside it: audit/{harmless(name)}. Two logs are never merged:")
        click.echo('  "regdocs verify --against" says where they part; one of them goes on.')
    logbook = open_logbook(study)
    if logbook is None or not logbook.versions:
        click.echo("Versions: none recorded.")
        return None
    click.echo("Versions:")
    for version in logbook.versions:
        _say_version(logbook, version)
    _say_difference(logbook, inputs)
    return logbook.versions[-1].name


def _say_version(logbook: "Logbook", version: "Version") -> None:
    from regdocs.versions.version_states import states_of

    what = "release" if version.amendment is None else f"amendment {version.amendment}"
    when = version.on or version.at
    again = f", submission {version.submission}" if version.submission > 1 else ""
    click.echo(f"  {harmless(version.name)}: {what}{again}, {when}, recorded by {harmless(version.by)}")
    for words in [one.words for one in states_of(logbook, version)] or ["submitted to nobody"]:
        click.echo(f"    {harmless(words)}")
    if not version.issues:
        click.echo('    it has no documents yet; "regdocs amend --resume" completes it')


def _say_difference(logbook: "Logbook", inputs: "Inputs") -> None:
    from regdocs.build.recorded import Recorded, differences, input_digests
    from regdocs.versions.snapshot import files_of, recorded_inputs

    newest = logbook.versions[-1]
    recorded = Recorded(newest.name, {}, recorded_inputs(files_of(logbook, newest.inputs)))
    found = differences(recorded, input_digests(inputs), {})
    if not found:
        click.echo(f"The working copy is version {harmless(newest.name)}.")
        return
    click.echo(f"The working copy differs from version {harmless(newest.name)}:")
    for line in found[:_MOST_NAMED]:
        click.echo(f"  {harmless(line)}")
    if len(found) > _MOST_NAMED:
        click.echo(f"  and {len(found) - _MOST_NAMED} more")


def _say_documents(manifest: "Manifest", out: Path, inputs: "Inputs", after: str | None) -> None:
    from regdocs.build.output import digests_of

    present = digests_of(out, [made.path for made in manifest.documents])
    click.echo(f"Documents: {len(manifest.documents)} in {out} ({_state(manifest)}).")
    _say_drafts(manifest)
    _say_changes(manifest, inputs, after)
    for made in manifest.documents:
        if made.path not in present:
            click.echo(f"  missing: {harmless(made.path)}")
        elif present[made.path] != made.sha256:
            click.echo(f"  changed by hand since it was built: {harmless(made.path)}")
        elif made.stale:
            click.echo(f"  out of date: {harmless(made.path)}")


def _state(manifest: "Manifest") -> str:
    if not manifest.draft:
        return "without draft mark"
    return "some are drafts" if manifest.final else "drafts"


def _say_drafts(manifest: "Manifest") -> None:
    """Name each draft with what is open in it; in one line those that are drafts only because nobody asked for more."""
    from regdocs.build.drafts import AS_ASKED, drafts_of, not_certified

    drafts = drafts_of(manifest)
    for stem, why in drafts.items():
        if why != AS_ASKED:
            click.echo(f"  draft: {harmless(stem)}: {why}")
    others = sum(why == AS_ASKED for why in drafts.values())
    if others:
        click.echo(f"  {others} have nothing open, and are drafts because they were {AS_ASKED}.")
    for stem, words in not_certified(manifest).items():
        click.echo(f"  translation: {harmless(stem)}: {harmless(words)}")


def _say_changes(manifest: "Manifest", inputs: "Inputs", after: str | None) -> None:
    from regdocs.build.run import inputs_digest
    from regdocs.canonical import sha256_hex
    from regdocs.render.environment import pdf_environment

    profiles = tuple({made.profile for made in manifest.documents if made.profile is not None})
    current = inputs_digest(inputs, manifest.final, pdf_environment(), profiles, after)
    if manifest.protocol["sha256"] != sha256_hex(inputs.protocol):
        click.echo('  protocol.yaml has changed since they were built; "regdocs build" brings them up to date.')
        _say_reached(manifest, inputs.protocol)
    elif manifest.inputs is None:
        click.echo('  The last build was asked for a part only; "regdocs build" makes the rest.')
    elif manifest.inputs != current and not (manifest.final and after):  # a recorded version has another digest
        click.echo('  A template or this program has changed since; "regdocs build" brings them up to date.')


def _say_reached(manifest: "Manifest", protocol: bytes) -> None:
    """Say which elements have changed, and which documents read them; no others are made anew for it."""
    from regdocs.build.dependence import changed_elements, reached
    from regdocs.build.study import PROTOCOL
    from regdocs.spec.yaml_text import parse_yaml

    tree, _ = parse_yaml(protocol, PROTOCOL)
    if tree is None:
        return
    changed = changed_elements(manifest.elements, tree)
    for element in sorted(changed):
        click.echo(f"  changed: {harmless(element)}")
    for made in manifest.documents:
        if reached(made.reads, changed):
            click.echo(f"  to be made again: {harmless(made.path)}")
