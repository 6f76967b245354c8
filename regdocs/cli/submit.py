"""`regdocs submit`: record that a version's documents were submitted to a body."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.filing import body_option, documents_in, listed
from regdocs.cli.gathering import gathering
from regdocs.cli.recording import (
    Recording,
    logbook_and_person,
    record,
    unsigned_options,
    why_option,
)
from regdocs.cli.say import say_findings, say_summary

if TYPE_CHECKING:
    from regdocs.versions.external_files import External


@dataclass(frozen=True, slots=True)
class Given:
    """The options that say the submission, as given."""

    body: str
    sites: tuple[str, ...]
    on: str
    documents: tuple[str, ...]
    external: str | None


_OPTIONS = (
    body_option,
    click.option(
        "--site", "sites", metavar="ID", multiple=True, help="A site it is for; not given: all of the body's."
    ),
    click.option("--on", "on", metavar="DATE", required=True, help="Day it was submitted, as 2026-03-01."),
    click.option("--documents", metavar="KIND/LANGUAGE/VERSION…", multiple=True, help="What; not given, or all: all."),
    click.option(
        "--external",
        metavar="FILE",
        default=None,
        help="Documents that are not made here, as submission.yaml tells of them: brochure, advertisements, diaries …",
    ),
)


@click.command("submit")
@click.argument("version", metavar="VERSION")
@partial(gathering, name="given", kind=Given, options=_OPTIONS)
@why_option
@unsigned_options
@click.pass_obj
def command(folder: Path, version: str, given: Given, why: str | None, recording: Recording) -> int:
    """Record that documents of a recorded VERSION were submitted to a body, for some of its sites or all.

    With --external the documents go with it that are not made here; of each the digest is recorded, not the file.
    """
    from regdocs.versions.submissions import Submitted, submission

    logbook, by = logbook_and_person(folder, recording)
    external = _external(folder, given.external, logbook.study)
    if external is None:
        return 1
    said = Submitted(version, given.body, given.on, listed(given.sites), documents_in(given.documents), external)
    record(logbook, recording, [submission(logbook, by, said, why=why)])
    return 0


def _external(folder: Path, file: str | None, study: Path) -> "tuple[External, ...] | None":
    """Return the documents that a file tells of; None where it has mistakes, which are told."""
    from regdocs.finding import has_errors
    from regdocs.versions.external_files import read_external

    if file is None:
        return ()
    found, findings = read_external(folder / file, study)
    say_findings(findings)
    if has_errors(findings):
        say_summary(findings)
        return None
    return found
