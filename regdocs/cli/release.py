"""`regdocs release`: record the original protocol and issue its documents."""

from pathlib import Path

import click

from regdocs.cli.recording import Recording, on_option, recording_options
from regdocs.cli.recording_versions import Wish, asked, carry_out, complete, demand, prepared_or_told, version_options


@click.command("release")
@click.argument("version", required=False, metavar="VERSION")
@click.option("--resume", is_flag=True, help="Complete the newest version, which was recorded without its documents.")
@on_option
@version_options
@recording_options
@click.pass_obj
def command(folder: Path, version: str | None, resume: bool, on: str | None, wish: Wish, recording: Recording) -> int:
    """Record the original protocol as VERSION, as protocol.yaml says it, and issue its documents.

    Refused while anything is to be completed or only assumed, in a demonstration too. What comes later is recorded
    with "regdocs amend". If it is interrupted, "regdocs release --resume" completes it.
    """
    from regdocs.build.study import find_study
    from regdocs.versions.preparation import prepare_release

    demand(resume != (version is not None), "say either VERSION or --resume")
    if resume:
        demand(on is None, "--resume takes the day from what was recorded")
        return complete(folder, recording, wish)
    prepared = prepared_or_told(prepare_release, find_study(folder), asked(version or "", wish, on=on))
    if prepared is None:
        return 1
    carry_out(prepared, recording, wish)
    return 0
