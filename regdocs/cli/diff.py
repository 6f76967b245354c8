"""`regdocs diff`: what changed between recorded versions, or since one, for people and for programs."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.say import colour_wanted
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.versions.differences import Differences

FORMATS = ("text", "json", "html")


@click.command("diff")
@click.argument("old", metavar="[A]", required=False)
@click.argument("new", metavar="[B]", required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default=None, help="How it is told; text if not.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--out", "out", default=None, metavar="FILE", help="Write JSON or HTML to FILE.")
@click.pass_obj
def command(folder: Path, old: str | None, new: str | None, form: str | None, as_json: bool, out: str | None) -> int:
    """Say what changed from A to B: names of recorded versions, or "working" for the working copy.

    A is the last recorded version when not given, B the working copy. Changes of the protocol stand under the kind of
    element, by its id, with the words that came and went. Words of documents that changed for another reason, such as
    a template, stand apart. Nothing is written but FILE.
    """
    import time

    from regdocs.build.study import find_study
    from regdocs.versions.differences import differences

    form = _format(form, as_json, out)
    found = differences(find_study(folder), old, new, time.monotonic)
    if form == "text":
        from regdocs.cli.diff_words import told

        colour = colour_wanted() is None and sys.stdout.isatty()
        click.echo("".join(f"{line}\n" for line in told(found, colour)), nl=False, color=colour or None)
    else:
        _give(_told(form, found), folder / out if out else None)
    return 0


def _format(form: str | None, as_json: bool, out: str | None) -> str:
    if as_json and form not in (None, "json"):
        raise UsageError(f'"--json" and "--format {form}" ask for two formats; give one of them')
    chosen = "json" if as_json else form or "text"
    if out is not None and chosen == "text":
        raise UsageError('"--out" goes with "--format json" or "html"')
    return chosen


def _told(form: str, found: "Differences") -> str:
    if form == "html":
        from regdocs.cli.diff_page import diff_page

        return diff_page(found)
    return json.dumps(as_tree(found), ensure_ascii=False, indent=2) + "\n"


def as_tree(found: "Differences") -> dict[str, object]:
    """Return what differs as a JSON tree."""
    changes = [
        {
            "path": one.path,
            "kind": one.kind,
            "label": one.label,
            "old": one.old,
            "new": one.new,
            "step": dict(one.step),
            "touches": _touched(found, one.path),
        }
        for one in found.changes
    ]
    documents = [
        {
            "document": one.stem,
            "differs": one.differs,
            "new": one.is_new,
            "gone": one.is_gone,
            "blocks": [{"block": b.block, "section": b.section, "old": b.old, "new": b.new} for b in one.blocks],
            "other": [{"block": b.block, "section": b.section, "old": b.old, "new": b.new} for b in one.other],
        }
        for one in found.documents
    ]
    return {
        "old": found.old,
        "new": found.new,
        "changes": changes,
        "documents": documents,
        "notes": list(found.notes),
    }


def _touched(found: "Differences", path: str) -> dict[str, object]:
    touched = found.impact.by_path[path]
    return {
        "documents": {stem: list(sections) for stem, sections in touched.documents.items()},
        "sites": list(touched.sites),
        "forms": list(touched.forms),
        "registry": list(touched.entries),
    }


def _give(text: str, file: Path | None) -> None:
    if file is None:
        click.echo(text, nl=False)
        return
    from regdocs.atomic import write_atomic

    write_atomic(file, text.encode("utf-8"))
    click.echo(f"What changed written to {file}.")
