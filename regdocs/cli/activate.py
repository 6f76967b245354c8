"""`regdocs activate`: record that a site began to use a version's documents."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from regdocs.cli.filing import documents_in, listed
from regdocs.cli.gathering import gathering
from regdocs.cli.given import MAX_FILE_BYTES, read_given
from regdocs.cli.recording import (
    Recording,
    logbook_and_person,
    record,
    unsigned_options,
    why_option,
)
from regdocs.errors import UsageError


@dataclass(frozen=True, slots=True)
class Given:
    """The options that say the activation, as given."""

    site: tuple[str, ...]
    on: str
    documents: tuple[str, ...]
    trained: str | None


_OPTIONS = (
    click.option("--site", metavar="ID", multiple=True, required=True, help="The site; may be repeated."),
    click.option("--on", "on", metavar="DATE", required=True, help="Day from which it uses them, as 2026-03-01."),
    click.option(
        "--documents", metavar="KIND/LANGUAGE/VERSION…", multiple=True, help="Only these; not given, or all: all."
    ),
    click.option("--trained", metavar="FILE", default=None, help="The record of who was trained, which is kept."),
)


@click.command("activate")
@click.argument("version", metavar="VERSION")
@partial(gathering, name="given", kind=Given, options=_OPTIONS)
@why_option
@unsigned_options
@click.pass_obj
def command(folder: Path, version: str, given: Given, why: str | None, recording: Recording) -> int:
    """Record that a site uses the documents of a recorded VERSION from a day on, in place of those it used before.

    Whether it may is worked out of the decisions of its bodies; what came too early is recorded and said.
    """
    from regdocs.versions.activations import Activated, activation

    logbook, by = logbook_and_person(folder, recording)
    trained = None if given.trained is None else read_given(folder / given.trained, MAX_FILE_BYTES)
    sites, documents = listed(given.site), documents_in(given.documents)
    if not sites:
        raise UsageError("an activation names its site")
    said = (Activated(version, site, given.on, documents) for site in sites)
    made = [activation(logbook, by, one, trained, why=why) for one in said]
    record(logbook, recording, [entry for entry, _ in made], objects=made[0][1])
    return 0
