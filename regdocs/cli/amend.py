"""`regdocs amend`: record an amendment and issue what it changes; or complete a version that was interrupted."""

from pathlib import Path

import click

from regdocs.cli.recording import Recording, on_option, recording_options
from regdocs.cli.recording_versions import Wish, asked, carry_out, complete, demand, prepared_or_told, version_options


@click.command("amend")
@click.option("--record", "version", default=None, metavar="VERSION", help="Record the working copy as this version.")
@click.option("--reason", default=None, metavar="TEXT", help="With --record: why the protocol is amended.")
@click.option("--resume", is_flag=True, help="Complete the newest version, which was recorded without its documents.")
@on_option
@version_options
@recording_options
@click.pass_obj
def command(
    folder: Path,
    version: str | None,
    reason: str | None,
    resume: bool,
    on: str | None,
    wish: Wish,
    recording: Recording,
) -> int:
    """Record what changed since the newest version, step by step, and issue the documents whose words it changes.

    VERSION is what protocol.yaml says. Documents that stay as they are keep their version.
    """
    from regdocs.build.study import find_study
    from regdocs.versions.preparation import prepare_amendment

    demand(resume != (version is not None), "say either --record VERSION or --resume")
    study = find_study(folder)
    if resume:
        demand(reason is None and on is None, "--resume takes reason and day from what was recorded")
        return complete(folder, recording, wish)
    demand(reason is not None and on is not None, "--record needs --reason TEXT and --on DATE")
    prepared = prepared_or_told(prepare_amendment, study, asked(version or "", wish, reason=reason, on=on))
    if prepared is None:
        return 1
    carry_out(prepared, recording, wish)
    return 0
