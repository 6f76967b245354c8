"""`regdocs log`: what the log says: all of it in a table, one entry in full, one element's history, a proof."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.recording import logbook_of
from regdocs.cli.say import harmless, say_json
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.versions.logbook import Logbook


@click.command("log")
@click.argument("words", metavar="[[prove] N]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="For programs: entries as they stand, one list.")
@click.option("--path", "path", metavar="PATH", default=None, help="History of one element, as /eligibility/E02.")
@click.option("--line", "as_line", is_flag=True, help="With N: the line as it stands in the file, which a proof is of.")
@click.option("--out", "out", metavar="FILE", default=None, help="With prove: where the proof goes.")
@click.pass_obj
def command(
    folder: Path, words: tuple[str, ...], as_json: bool, as_line: bool, path: str | None, out: str | None
) -> int:
    """Print the log as a table; with N one entry in full; with --path the history of one element.

    "log prove N --out FILE" writes a proof (C2SP tlog-proof) that entry N is under the newest head. With the line
    itself and the log's key anybody can check it.

    This reads the log and checks its chain and head; "regdocs verify" checks everything.
    """
    logbook = _logbook(folder)
    if words[:1] == ("prove",):
        return _prove(logbook, _number(words[1:]), folder / out if out else None)
    if words and as_line:
        click.echo(logbook.line(_number(words)).decode("utf-8"))
        return 0
    if words:
        return _one(logbook, _number(words), as_json)
    if path is not None:
        return _history(logbook, path, as_json)
    return _table(logbook, as_json)


def _logbook(folder: Path) -> "Logbook":
    """Return the log of the study that `folder` is in, or of a folder that has `audit/` alone."""
    if not (folder / "audit").is_dir():
        return logbook_of(folder)
    from regdocs.versions.logbook import open_logbook

    return open_logbook(folder.resolve()) or logbook_of(folder)


def _number(words: tuple[str, ...]) -> int:
    if len(words) != 1 or not (words[0].isascii() and words[0].isdigit() and len(words[0]) < 16):
        raise UsageError('name one entry by its number, as "regdocs log 41" or "regdocs log prove 41"')
    return int(words[0])


def _table(logbook: "Logbook", as_json: bool) -> int:
    from regdocs.versions.facts import flagged
    from regdocs.versions.history import summary

    if as_json:
        say_json(list(logbook.entries()))
        return 0
    for entry, flags in flagged(logbook):
        day = f" on {entry['on']}" if "on" in entry else ""
        words = f"{entry['n']:>5}  {entry['at']}  {entry['do']:<16}  {summary(logbook, entry)}  – {entry['by']}{day}"
        click.echo(harmless(words))
        for flag in flags:
            click.echo(f"       {flag}")
    click.echo(f"{logbook.head.size} entries of {logbook.origin}")
    return 0


def _one(logbook: "Logbook", n: int, as_json: bool) -> int:
    from regdocs.versions.facts import flagged, sealed_in, unsealed

    if as_json:
        say_json(logbook.entry(n))
        return 0
    entry = logbook.whole_entry(n)
    for key, value in entry.items():
        _say_value(key, value)
    for digest in sorted(sealed_in(entry)):
        click.echo(f"sealed: {harmless(unsealed(logbook, {'sealed': digest}))}")
    for flag in next(flagged(logbook, n))[1]:
        click.echo(f"note: {flag}")
    click.echo(f"leaf: {logbook.leaves[n].hex()}")
    click.echo("This command does not check signatures of persons; regdocs verify does.")
    return 0


def _say_value(key: str, value: object) -> None:
    import json

    if isinstance(value, int) or (isinstance(value, str) and "\n" not in value):
        click.echo(f"{key}: {harmless(str(value))}")
        return
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(f"{key}:")
    for line in text.split("\n"):
        click.echo(f"    {harmless(line)}")


def _history(logbook: "Logbook", path: str, as_json: bool) -> int:
    from regdocs.versions.facts import unsealed
    from regdocs.versions.history import history_of, is_in_a_version

    if not path.startswith("/"):
        raise UsageError(f'"{path}" is not a path such as /eligibility/E02')
    changes = list(history_of(logbook, path))
    if as_json:
        say_json([{"n": one.n, "version": one.version, "on": one.on, "by": one.by, **one.step} for one in changes])
        return 0
    for one in changes:
        day = f", {one.on}" if one.on else ""
        click.echo(f"Version {harmless(one.version)} (entry {one.n}{day}, {one.by})")
        for key, value in one.step.items():
            _say_value(f"  {key}", value)
        if one.why is not None:
            click.echo(f"  why: {harmless(unsealed(logbook, one.why))}")
    if not changes and not is_in_a_version(logbook, path):
        raise Refusal(f'no such element in any version: "{path}"')
    if not changes:
        click.echo(f"No recorded version changed {harmless(path)} since the first one.")
    return 0


def _prove(logbook: "Logbook", n: int, out: Path | None) -> int:
    from regdocs.atomic import write_atomic
    from regdocs.versions.anchoring import proof_of

    proof = proof_of(logbook, n)
    if out is None:
        click.echo(proof.decode("utf-8"), nl=False)
        return 0
    write_atomic(out, proof)
    click.echo(f"Proof of entry {n} written to {out}; give it with the line itself: regdocs log {n} --line")
    return 0
