"""`regdocs translate`: how a translation stands, a workbook for the translator and back, a review side by side."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.say import harmless, say_findings, say_summary
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.build.examine import Examined
    from regdocs.build.study import Inputs
    from regdocs.translating.texts import Work


@click.command("translate")
@click.argument("language", metavar="LANG")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind of document; may be repeated.")
@click.option("--export", "export", default=None, metavar="FILE.xlsx", help="Write a workbook for the translator.")
@click.option("--import", "given", default=None, metavar="FILE.xlsx", help="Take the workbook that came back.")
@click.option("--review", "review", default=None, metavar="FILE.docx", help="Write both languages side by side.")
@click.option("--dry-run", is_flag=True, help="With --import: say what would be taken; write nothing.")
@click.option("--without-rejected", is_flag=True, help="With --import: take the other rows all the same.")
@click.pass_obj
def command(  # noqa: PLR0913 – one argument an option, which is how click hands them over
    folder: Path,
    language: str,
    kinds: tuple[str, ...],
    export: str | None,
    given: str | None,
    review: str | None,
    dry_run: bool,
    without_rejected: bool,
) -> int:
    """Say how the translations into LANG stand, and what is certified; or send them out and take them back.

    --export and --review write a new file and never over one that is there. --import changes translations/LANG/: it
    takes all rows or none, says which are new, changed or not taken and why, and fills in nothing by itself.
    """
    from regdocs.build.study import find_study, read_inputs

    if sum(one is not None for one in (export, given, review)) > 1:
        raise UsageError("--export, --import and --review are three things; give one of them")
    if given is None and (dry_run or without_rejected):
        raise UsageError("--dry-run and --without-rejected go with --import")
    study = find_study(folder)
    inputs = read_inputs(study)
    examined = _examined(inputs)
    if examined is None:
        return 1
    from regdocs.translating.texts import works_of

    works = works_of(inputs, examined, language, kinds)
    if given is not None:
        from regdocs.cli.translate_back import take_back

        return take_back(study, works, folder / given, dry_run, without_rejected)
    if export is not None:
        return _export(works, examined, _new_file(folder / export, ".xlsx"))
    if review is not None:
        return _review(works, examined, inputs, _new_file(folder / review, ".docx"))
    return _say_standing(works)


def _examined(inputs: "Inputs") -> "Examined | None":
    """Return the composed study, or None after saying which errors keep it from being composed."""
    from regdocs.build.examine import examine
    from regdocs.finding import Severity

    examined = examine(inputs)
    if examined.documents:
        return examined
    say_findings(finding for finding in examined.findings if finding.severity is Severity.ERROR)
    say_summary(examined.findings)
    return None


def _new_file(file: Path, ending: str) -> Path:
    """Return where a file is to be written that is not there yet: one that is may hold somebody's work."""
    if file.suffix.lower() != ending:
        raise UsageError(f'"{file.name}" has to end with {ending}')
    if os.path.lexists(file):
        raise Refusal(f'"{file}" is there already, and somebody may have worked in it; give another name')
    return file


def _export(works: "tuple[Work, ...]", examined: "Examined", file: Path) -> int:
    from regdocs.atomic import write_atomic
    from regdocs.translating.sheet import workbook

    protocol = examined.loaded.protocol
    assert protocol is not None
    number, version = protocol.identity.protocol_number.value or "", protocol.version.value or "draft"
    data, left_out = workbook(works, f"{number} version {version}, into {works[0].language}".strip())
    write_atomic(file, data)
    for work in works:
        _say_counts(work)
    for name in left_out:
        click.echo(f"Left out, for it is longer than a cell takes: {harmless(name)}")
    click.echo(f"Written: {file}. Take it back with --import.")
    return 0


def _review(works: "tuple[Work, ...]", examined: "Examined", inputs: "Inputs", file: Path) -> int:
    from regdocs.atomic import write_atomic
    from regdocs.build.study import REFERENCE_DOCX
    from regdocs.build.writers import Print, print_document
    from regdocs.translating.review import review_of_works

    assert examined.loaded.protocol is not None
    document, identity = review_of_works(works, examined.loaded.protocol, inputs.digest)
    write_atomic(file, print_document(Print(document, identity, "docx", None, inputs.templates[REFERENCE_DOCX])))
    for work in works:
        _say_counts(work)
    click.echo(f"Written: {file}.")
    return 0


def _say_standing(works: "tuple[Work, ...]") -> int:
    from regdocs.documents.certified import certification_words, review_of, words_digest

    for work in works:
        _say_counts(work)
        if work.translation is None:
            click.echo(f"  {work.file} is not there yet")
            continue
        review = review_of(work.translation)
        told = {"none": "no review", "these words": "reviewed: ", "other words": "review of other words: "}
        words = f"{told.get(review.held, 'review not complete: ')}{review.words}"
        click.echo(f"  {harmless(certification_words(work.translation))}; {harmless(words)}")
        digest = words_digest(work.translation)
        click.echo(f'  digest of its words, for "of:" under review: and certificate: in its file: "{digest}"')
    return 0


def _say_counts(work: "Work") -> None:
    """Say how many texts of a kind there are, and in which states."""
    from collections import Counter

    counts = Counter(one.state for one in work.texts)
    told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    click.echo(f"{work.kind.name}: {told}")
