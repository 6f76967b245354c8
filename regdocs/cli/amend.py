"""`regdocs amend`: prepare an amendment for review, record it, complete it, or record an urgent measure."""

from pathlib import Path

import click

from regdocs.cli.amend_options import Ground, Task, ground_options, task_options
from regdocs.cli.recording import Recording, recording_options
from regdocs.cli.recording_versions import Wish, asked, carry_out, complete, prepared_or_told, version_options


@click.command("amend")
@task_options
@ground_options
@version_options
@recording_options
@click.pass_obj
def command(folder: Path, task: Task, ground: Ground, wish: Wish, recording: Recording) -> int:
    """Record what changed since the newest version, step by step, and issue the documents whose words it changes.

    VERSION is what protocol.yaml says. Documents that stay as they are keep their version. What changes and why stands
    in amendment.yaml; --prepare writes a first one. An urgent safety measure is told in a file (--from FILE), or asked.
    """
    task.demand_one(ground)
    if task.resume:
        return complete(folder, recording, wish, ground.against(), track_identity=ground.track_identity)
    if task.urgent:
        from regdocs.cli.amend_urgent import record_urgent

        return record_urgent(folder, ground, recording)
    if task.prepare:
        from regdocs.cli.amend_prepare import prepare_for_review

        return prepare_for_review(folder, ground, task.out, wish, recording)
    return _record(folder, task, ground, wish, recording)


def _record(folder: Path, task: Task, ground: Ground, wish: Wish, recording: Recording) -> int:
    import time
    from dataclasses import replace
    from functools import partial

    from regdocs.build.study import find_study
    from regdocs.cli.amend_words import say_amendment, say_without_base
    from regdocs.versions.amendment_preparation import prepare_amendment

    study = find_study(folder)
    wanted = asked(task.version or "", wish, reason=task.reason, on=task.on)
    declared, against = ground.declaration_in(study, folder), ground.against()
    wanted = replace(wanted, declaration=declared, against=against, track_identity=ground.track_identity)
    prepared = prepared_or_told(partial(prepare_amendment, clock=time.monotonic), study, wanted)
    if prepared is None:
        return 1
    say_amendment(prepared)
    carry_out(prepared, recording, wish)
    say_without_base(prepared)
    return 0
