"""Taking back a translator's workbook: says what is taken and what is not, and writes all of it or nothing."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.say import harmless, say_findings
from regdocs.errors import Refusal

if TYPE_CHECKING:
    from regdocs.translating.sheet_reading import Sheet
    from regdocs.translating.taking import Taken
    from regdocs.translating.texts import Work

_MOST_NAMED = 30


def take_back(study: Path, works: "tuple[Work, ...]", file: Path, dry_run: bool, without_rejected: bool) -> int:
    """Take a workbook into the study; exit code 1 when a row of it is not taken.

    Raises:
        Refusal: It cannot be read, or is not of this language.
    """
    from regdocs.translating.taking import take
    from regdocs.translating.yaml_changes import with_changes

    pairs = _matched(works, _sheets(file))
    taken = [take(work, sheet, file.name) for work, sheet in pairs]
    made = {one.work.file: with_changes(one.work, one.changes) for one in taken if one.changes}
    for one in taken:
        _say(one)
    rejected = [finding for one in taken for finding in one.rejected]
    say_findings(rejected)
    if rejected and not without_rejected:
        click.echo("Nothing was written: mend these rows, or leave them out with --without-rejected.")
    elif dry_run:
        click.echo("Nothing was written (--dry-run).")
    else:
        _write(study, made, {one.work.file: one.work.data for one in taken})
        _say_certificates(one for one in taken if one.changes)
    return 1 if rejected else 0


def _sheets(file: Path) -> "tuple[Sheet, ...]":
    from regdocs.translating.sheet_reading import MAX_BYTES, sheets_in

    try:
        if not file.is_file():
            raise Refusal(f'there is no file "{file}"')
        if file.stat().st_size > MAX_BYTES:
            raise Refusal(f'"{file}" has more than {MAX_BYTES:,} bytes')
        return sheets_in(file.read_bytes())
    except OSError as error:
        raise Refusal(f'"{file}" cannot be read: {error.strerror}') from error


def _matched(works: "tuple[Work, ...]", sheets: "tuple[Sheet, ...]") -> "list[tuple[Work, Sheet]]":
    """Return each sheet with what it is about; --kind leaves others out.

    Raises:
        Refusal: A sheet is of another language, or none is of these kinds.
    """
    kinds = {work.kind.name: work for work in works}
    for sheet in sheets:
        if sheet.language != works[0].language:
            raise Refusal(f'sheet "{sheet.name}" is of "{sheet.language}", not of "{works[0].language}"')
    found = [(kinds[sheet.kind], sheet) for sheet in sheets if sheet.kind in kinds]
    for sheet in sheets:
        if sheet.kind not in kinds:
            click.echo(f"Not looked at: sheet {harmless(sheet.name)}, of {harmless(sheet.kind)}")
    if not found:
        raise Refusal(f"no sheet of it is of {', '.join(kinds)}")
    return found


def _say(taken: "Taken") -> None:
    new = [one for one in taken.changes if one.is_new]
    changed = [one for one in taken.changes if not one.is_new]
    click.echo(
        f"{taken.work.kind.name}: {len(new)} new, {len(changed)} changed, {len(taken.rejected)} rejected, "
        f"{taken.lacking} still to be translated"
    )
    _say_names("new", [one.of.name for one in new])
    _say_names("changed", [one.of.name for one in changed])
    _say_names("emptied in the workbook, and kept as it was", taken.kept)


def _say_names(what: str, names: list[str]) -> None:
    for name in names[:_MOST_NAMED]:
        click.echo(f"  {what}: {harmless(name)}")
    if len(names) > _MOST_NAMED:
        click.echo(f"  {what}: {len(names) - _MOST_NAMED} more")


def _write(study: Path, made: dict[str, bytes], before: Mapping[str, bytes | None]) -> None:
    """Write each file whole; were one not to be written, to take the workbook again writes the rest.

    Raises:
        Refusal: Somebody else changed a file since it was read.
    """
    from regdocs.atomic import write_atomic

    for name in made:
        file = study / name
        if (file.read_bytes() if file.exists() else None) != before[name]:
            raise Refusal(f"{name} was changed while the workbook was looked at; take it again")
    for name, data in made.items():
        file = study / name
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, data)
        click.echo(f"Written: {name}")
    if not made:
        click.echo("Nothing was written: the workbook says what the files say.")


def _say_certificates(taken: "Iterable[Taken]") -> None:
    for one in taken:
        if one.work.translation is not None and (one.work.translation.certificate or one.work.translation.review):
            click.echo(f"Its certificate and review were of other words: {one.work.file}")
