"""`regdocs fill`: an institution's own Word template, filled with the words of a form."""

import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.say import exit_code, harmless, say_findings, say_summary
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.own_template.fields import Source
    from regdocs.own_template.fill import Filled

_SECONDS, _MEMORY = 120, 2 * 2**30


@click.command("fill")
@click.argument("template", required=False, metavar="TEMPLATE.docx")
@click.option("--out", "out", default=None, metavar="FILE", help="Where the filled file goes.")
@click.option(
    "--kind", "kind", default="consent", metavar="KIND", help="The form to take the words of; consent if none."
)
@click.option("--site", "site", default=None, metavar="ID", help="The site, where the study has several.")
@click.option("--language", "language", default=None, metavar="TAG", help="The language; the protocol's if not given.")
@click.option("--fields", "listing", is_flag=True, help="List the fields that a template may have; write nothing.")
@click.option("--part", "part", is_flag=True, help="It is a part of a form: elements it leaves out are only noted.")
@click.option("--force", is_flag=True, help="Write over a file that is no filled template of ours.")
@click.pass_obj
def command(  # noqa: PLR0913 – one argument an option, which is how click hands them over
    folder: Path,
    template: str | None,
    out: str | None,
    kind: str,
    site: str | None,
    language: str | None,
    listing: bool,
    part: bool,
    force: bool,
) -> int:
    """Fill an institution's own Word template with the words of a form, as a draft.

    Its fields are content controls, whose tag or title is the name of a field, or {{ name }} in the text (for these,
    pip install "regdocs[template]"). Unknown fields, elements of consent that it leaves out, and a missing place for
    version, date or draft mark are errors: then nothing is written.
    """
    source, reference = _source(folder, kind, site, language)
    if listing:
        _list(source)
        return 0
    if template is None or out is None:
        raise UsageError('name a template and, with --out, where the filled file goes; "--fields" lists the fields')
    path, target = folder / template, folder / out
    _require_ours(target, path, force)
    filled = _fill_apart(_read(path), template, source, reference, part)
    _say(filled, target, out)
    return exit_code(filled.findings, strict=False)


def _source(folder: Path, kind: str, site: str | None, language: str | None) -> tuple["Source", bytes]:
    """Return what a template is filled from, and the file whose styles are brought along."""
    from regdocs.build.examine import examine
    from regdocs.build.identity import identity_of
    from regdocs.build.one_document import document_asked
    from regdocs.build.study import REFERENCE_DOCX, find_study, read_inputs
    from regdocs.own_template.fields import Source

    study = find_study(folder)
    inputs = read_inputs(study)
    examined = examine(inputs)
    asked = document_asked(examined, kind, site, language)
    protocol, document = examined.loaded.protocol, asked.composed.document
    assert protocol is not None  # what cannot be loaded is never composed
    identity = identity_of(document, protocol, False, after=_newest(study))
    return Source(document, identity, protocol, asked.site), inputs.templates[REFERENCE_DOCX]


def _newest(study: Path) -> str | None:
    """Return the newest recorded version, which drafts come after."""
    if not os.path.lexists(study / "audit" / "log.jsonl"):
        return None
    from regdocs.versions.logbook import open_logbook

    logbook = open_logbook(study)
    return logbook.versions[-1].name if logbook and logbook.versions else None


def _read(path: Path) -> bytes:
    from regdocs.own_template.package import MAX_BYTES

    if not path.is_file():
        raise UsageError(f'there is no file "{path}"')
    if path.stat().st_size > MAX_BYTES:
        raise Refusal(f'"{path}" is larger than {MAX_BYTES:,} bytes, which no template is')
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(f'"{path}" cannot be read: {error.strerror}') from error


def _fill_apart(data: bytes, name: str, source: "Source", reference: bytes, part: bool) -> "Filled":
    """Fill the template in a process with limits, since it came from outside."""
    from regdocs.build.workers import Limits, Task, make_all
    from regdocs.own_template.fill import fill

    task = Task("template", 1, partial(fill, data, name, source, reference, part=part))
    limits = Limits(seconds=_SECONDS, memory_bytes=_MEMORY)
    made, failures = make_all((task,), 1, lambda _: None, time.monotonic, limits)
    if failures:
        raise Refusal(f'"{name}" cannot be filled: it takes longer or more memory than a template may, or breaks down')
    return made["template"]


def _require_ours(target: Path, template: Path, force: bool) -> None:
    """Refuse a place in which no filled template may be put."""
    if not target.parent.is_dir():
        raise Refusal(f'there is no folder "{target.parent}"; make it first')
    if target.is_dir():
        raise Refusal(f'"{target}" is a folder; name a file')
    if target.suffix.lower() != ".docx":
        raise UsageError(f'"{target.name}" has to end in .docx, since it is a Word file')
    if target.exists() and template.exists() and target.samefile(template):
        raise Refusal("the filled file would take the place of the template; give it another name")
    if target.exists() and not force and not _is_ours(target):
        raise Refusal(f'"{target}" is no filled template of ours; give another name, or --force to write over it')


def _is_ours(target: Path) -> bool:
    from zipfile import BadZipFile

    from regdocs.render.docx.bookmarks import block_ids

    try:
        return bool(block_ids(target.read_bytes()))
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return False


def _list(source: "Source") -> None:
    from regdocs.own_template.fields import fields_of

    for field in fields_of(source).values():
        words = field.words if len(field.words) <= 60 else f"{field.words[:59]}…"
        click.echo(harmless(f"{field.name:<48} {field.what:<22} {words}").rstrip())


def _say(filled: "Filled", target: Path, out: str) -> None:
    from regdocs.atomic import write_atomic

    say_findings(filled.findings)
    if filled.findings:
        say_summary(filled.findings)
    if filled.data is None:
        click.echo("Nothing was written: mend the errors above and fill it again.")
        return
    write_atomic(target, filled.data)
    fields = "1 field" if filled.placed == 1 else f"{filled.placed} fields"
    click.echo(harmless(f"{out}: {fields} filled. It is a draft; no version is recorded of it."))
