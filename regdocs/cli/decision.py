"""`regdocs decision`: record what a body decided, with its letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.filing import body_option, documents_in, listed
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

if TYPE_CHECKING:
    from regdocs.versions.decisions import Decided

_MAX_STIPULATIONS = 1_000_000  # bytes of their file


@dataclass(frozen=True, slots=True)
class Given:
    """The options that say the decision, as given."""

    body: str
    reference: str
    outcome: str
    decided: str
    received: str
    sites: tuple[str, ...]
    documents: tuple[str, ...]
    effective: str | None
    expires: str | None
    letter: str | None
    stipulation: tuple[str, ...]
    stipulations: str | None
    classification: str | None
    reconsent: tuple[str, ...]
    version: str | None


_OPTIONS = (
    body_option,
    click.option("--reference", metavar="TEXT", required=True, help="The body's reference, as its letter has it."),
    click.option(
        "--outcome", metavar="WORD", required=True, help="approved, conditionally-approved, … (the page lists)."
    ),
    click.option("--decided", metavar="DATE", required=True, help="Day of the decision, as 2026-03-01."),
    click.option("--received", metavar="DATE", required=True, help="Day on which it was received."),
    click.option(
        "--sites", metavar="ID…", multiple=True, required=True, help="The sites it is for; commas or repeated."
    ),
    click.option(
        "--documents", metavar="KIND/LANGUAGE/VERSION…", multiple=True, required=True, help="What it is about."
    ),
    click.option("--effective", metavar="DATE", default=None, help="Day from which it holds, where it says one."),
    click.option("--expires", metavar="DATE", default=None, help="Day on which it expires, where it says one."),
    click.option("--letter", metavar="FILE", default=None, help="The body's letter, which is kept; without: reported."),
    click.option(
        "--stipulation", metavar="TEXT", multiple=True, help="A stipulation in the body's words; may be repeated."
    ),
    click.option("--stipulations", metavar="FILE", default=None, help="The same from YAML: stipulations: [texts]."),
    click.option(
        "--class", "classification", metavar="TEXT", default=None, help="The body's own class of the amendment."
    ),
    click.option(
        "--reconsent",
        metavar="[SITE=][NEED [by=DATE]:] TEXT",
        multiple=True,
        help="Its determination about consent given before; NEED is required, next-visit or not-required.",
    ),
    click.option(
        "--version", metavar="VERSION", default=None, help="The recorded version; when not given it is found."
    ),
)


@click.command("decision")
@partial(gathering, name="given", kind=Given, options=_OPTIONS)
@why_option
@unsigned_options
@click.pass_obj
def command(folder: Path, given: Given, why: str | None, recording: Recording) -> int:
    """Record what a body decided. It is the body's decision: nobody here signs it.

    Without its letter it is reported, and no base for redlines. What is odd about it (never submitted, effective before
    decided …) is recorded and said.
    """
    from regdocs.versions.decisions import decision

    logbook, by = logbook_and_person(folder, recording)
    letter = None if given.letter is None else read_given(folder / given.letter, MAX_FILE_BYTES)
    entry, objects = decision(logbook, by, _decided(folder, given), letter, why=why)
    record(logbook, recording, [entry], objects=objects)
    return 0


def _decided(folder: Path, given: Given) -> "Decided":
    from regdocs.versions.decisions import Decided
    from regdocs.versions.determination_words import determination_said

    documents = documents_in(given.documents)
    if documents is None:
        raise UsageError("a decision names its documents, each as KIND/LANGUAGE/VERSION")
    return Decided(
        body=given.body,
        reference=given.reference,
        outcome=given.outcome,
        decided=given.decided,
        received=given.received,
        sites=listed(given.sites),
        documents=documents,
        effective=given.effective,
        expires=given.expires,
        stipulations=(*given.stipulation, *_stipulations_in(folder, given.stipulations)),
        classification=given.classification,
        reconsent=tuple(map(determination_said, given.reconsent)),
        version=given.version,
    )


def _stipulations_in(folder: Path, file: str | None) -> Iterator[str]:
    """Yield the texts of a YAML file, a list of them under `stipulations`."""
    from regdocs.spec.tree import data_form
    from regdocs.spec.yaml_text import parse_yaml

    if file is None:
        return
    tree, findings = parse_yaml(read_given(folder / file, _MAX_STIPULATIONS), file)
    form = None if tree is None else data_form(tree)
    found = form.get("stipulations") if isinstance(form, dict) else None
    if not isinstance(found, list) or not found or not all(isinstance(one, str) for one in found):
        reason = f": {findings[0].message}" if findings else ""
        raise UsageError(f'"{file}" has to be YAML with a list of texts under "stipulations"{reason}')
    yield from map(str, found)
