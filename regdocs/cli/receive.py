"""`regdocs receive`: keep what a body sent back as the form to use, and say which of our words it changed."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from regdocs.cli.gathering import gathering
from regdocs.cli.given import MAX_FILE_BYTES, read_given
from regdocs.cli.recording import Recording, logbook_and_person, record, unsigned_options
from regdocs.cli.recording_versions import jobs_option, printer


@dataclass(frozen=True, slots=True)
class Given:
    """The options that say what came back, as given."""

    decided: str
    site: str
    language: str
    document: str | None
    on: str


_OPTIONS = (
    click.option(
        "--decision", "decided", metavar="DECISION", required=True, help="Number of its entry, or its reference."
    ),
    click.option("--site", metavar="ID", required=True, help="The site whose form it is."),
    click.option("--language", metavar="TAG", required=True, help="Its language, as vi."),
    click.option("--document", metavar="KIND", default=None, help="Its kind, as consent; where several are possible."),
    click.option("--on", "on", metavar="DATE", required=True, help="Day on which it came, as 2026-03-01."),
)


@click.command("receive")
@click.argument("file", metavar="FILE")
@partial(gathering, name="given", kind=Given, options=_OPTIONS)
@jobs_option
@unsigned_options
@click.pass_obj
def command(folder: Path, file: str, given: Given, jobs: int | None, recording: Recording) -> int:
    """Keep a FILE that a body sent back, such as a stamped copy, as the form to use, and say what it changed.

    Its words are held against those that were issued, but for what lies in the place of the stamp. What the body
    changed has to be answered in the next amendment.yaml.
    """
    from regdocs.versions.receipts import Received, receipt
    from regdocs.versions.responding import decision_named

    logbook, by = logbook_and_person(folder, recording)
    decision = decision_named(logbook, given.decided)["n"]
    said = Received(decision, given.site, given.language, given.on, given.document)
    data = read_given(folder / file, MAX_FILE_BYTES)
    entry, objects = receipt(logbook, by, said, data, printer(jobs))
    record(logbook, recording, [entry], objects=objects)
    return 0
