"""`regdocs init`: a new study folder, begun from an example."""

import shutil
from pathlib import Path

import click

from regdocs.errors import Refusal, UsageError

REAL_RECORD = "nct03484741"
_SKIPPED = ("out", "outside", ".regdocs")


@click.command("init")
@click.argument("target", metavar="DIR")
@click.option(
    "--example", default=REAL_RECORD, metavar="NAME", help=f"Example to begin from; {REAL_RECORD} if not given."
)
@click.pass_obj
def command(folder: Path, target: str, example: str) -> int:
    """Begin a study in DIR: its protocol.yaml, and settings that keep its files as they are.

    DIR must be new or empty. A template of your own goes into DIR/templates/<kind>/ and wins over ours.
    """
    study = folder / target
    files = _files_of(example)
    _refuse_full(study)
    _write(study, files)
    click.echo(f"Study begun in {study} from the example {example}.")
    click.echo(
        f'Next: edit {study / "protocol.yaml"}, then "regdocs -C {target} check" and "regdocs -C {target} build".'
    )
    return 0


def _files_of(example: str) -> dict[str, bytes]:
    from regdocs.build.study import PROTOCOL
    from regdocs.shipped import shipped

    if example == REAL_RECORD:
        return {PROTOCOL: shipped(PROTOCOL).read_bytes()}
    names = [REAL_RECORD, *sorted(p.name for p in shipped("examples").iterdir() if (p / PROTOCOL).is_file())]
    if example not in names:
        raise UsageError(f'there is no example "{example}"; the examples are: {", ".join(names)}')
    root = shipped(f"examples/{example}")
    paths = (path for path in sorted(root.rglob("*")) if path.is_file())
    listed = {path.relative_to(root): path for path in paths}
    return {name.as_posix(): path.read_bytes() for name, path in listed.items() if not _is_skipped(name)}


def _is_skipped(name: Path) -> bool:
    """Tell what was built, what outsiders hold, and what the log's writer keeps for itself (`audit/.lock` and such)."""
    return name.parts[0] in _SKIPPED or (name.parts[0] == "audit" and name.name.startswith("."))


def _refuse_full(study: Path) -> None:
    if study.exists() and not study.is_dir():
        raise Refusal(f'"{study}" is a file; name a new folder')
    if study.is_dir() and any(study.iterdir()):
        raise Refusal(f'"{study}" is not empty; name a new or empty folder, so that nothing of yours is overwritten')


_GIT_ATTRIBUTES = """\
# Converted line endings would break the digests by which documents and history are verified.
audit/** -text
# Two people's logs are never merged: one goes on, and the other's facts are recorded there anew.
audit/log.jsonl merge=binary
issued/** -text
protocol.yaml text eol=lf
amendment.yaml text eol=lf
templates/** text eol=lf
*.docx binary
"""

# A path and no address: the editor takes the schema from the study's folder, and asks nobody for another one.
_EDITOR_SETTINGS = """\
{
  "yaml.schemas": {
    "./protocol.schema.json": ["protocol.yaml"]
  },
  "yaml.schemaStore.enable": false
}
"""

_GIT_IGNORE = """\
out/
.out.lock
candidate/
.candidate.lock
.regdocs/
audit/.*
"""


def _write(study: Path, files: dict[str, bytes]) -> None:
    """Write a new folder whole or not at all; into an empty one, protocol.yaml comes last, so it is a study only then.

    An empty folder is filled and not exchanged: the person may stand in it.
    """
    from regdocs.atomic import replace_tree, stage_folder
    from regdocs.build.study import PROTOCOL

    extra = _settings()
    if study.is_dir():
        _fill(study, {**extra, **files})
        return
    staged = stage_folder(study)
    try:
        _fill(staged, {**extra, **files})
        replace_tree(staged, study, marker=PROTOCOL)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _settings() -> dict[str, bytes]:
    """Return what a study needs beside its text: settings of git and of editors, and the schema these name."""
    from regdocs.spec.editor_schema import editor_schema_text

    texts = {
        ".gitattributes": _GIT_ATTRIBUTES,
        ".gitignore": _GIT_IGNORE,
        ".vscode/settings.json": _EDITOR_SETTINGS,
        "protocol.schema.json": editor_schema_text(),
    }
    return {name: text.encode("utf-8") for name, text in texts.items()}


def _fill(folder: Path, files: dict[str, bytes]) -> None:
    from regdocs.atomic import write_atomic
    from regdocs.build.study import PROTOCOL

    for name in sorted(files, key=lambda name: name == PROTOCOL):
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refusal(f'cannot write "{folder / name}": {error.strerror or error}') from error
        write_atomic(folder / name, files[name])
