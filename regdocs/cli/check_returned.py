"""`regdocs check FILE.docx` and what `adopt` begins with: a Word file that came back, held against the study."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.findings_told import findings_told, give
from regdocs.cli.given import MAX_FILE_BYTES, read_given
from regdocs.cli.say import exit_code, harmless, say_findings, say_summary
from regdocs.cli.telling import LISTS, Telling
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.build.examine import Draftable, Examined
    from regdocs.build.study import Inputs
    from regdocs.finding import Finding
    from regdocs.returned.looking import Returned


def demand_word_file(file: str) -> None:
    """Refuse a name that is not that of a Word file, before the study is composed for it.

    Raises:
        UsageError: The name has another ending.
    """
    if not file.lower().endswith(".docx"):
        raise UsageError(f'"{file}" is not the name of a Word file, which ends with ".docx"')


@dataclass(frozen=True, slots=True)
class Given:
    """The Word file that came back, and which document it is, as given."""

    file: str | None
    named: str | None

    def demand_whole(self) -> None:
        """Refuse a file that is no Word file, and the name of a document without a file."""
        if self.file is not None:
            demand_word_file(self.file)
        if self.file is None and self.named is not None:
            raise UsageError('"--as" says which document FILE.docx is; name the file')


GIVEN = (
    click.argument("file", metavar="[FILE.docx]", required=False),
    click.option("--as", "named", default=None, metavar="NAME", help="Which document FILE is, as consent/north/en."),
)


def check_returned(folder: Path, telling: Telling, given: Given) -> int:
    """Tell how a Word file differs from the document that the study makes now, and return the exit code."""
    from regdocs.build.examine import examine
    from regdocs.build.study import find_study, read_inputs
    from regdocs.finding import Severity, has_errors

    assert given.file is not None  # else there is nothing to check
    study = find_study(folder)
    inputs = read_inputs(study)
    examined, aloud = examine(inputs), telling.chosen == "text"
    if has_errors(examined.findings):
        said, findings = "is not looked at before these errors of the study are mended:", examined.findings
    else:
        stem, findings = findings_of_file(folder / given.file, study, inputs, examined, given.named)
        said = f'is held against "{stem}" as the study makes it now.'
    shown = [f for f in findings if not (telling.quiet and telling.chosen in LISTS and f.severity is Severity.NOTE)]
    if aloud:
        click.echo(f"{harmless(given.file)} {said}")
        say_findings(shown)
        say_summary(findings)
    else:
        give(findings_told(telling.chosen, shown, examined.loaded, study), telling.file(folder))
    return exit_code(findings, telling.strict)


def look_at_file(file: Path, inputs: "Inputs", examined: "Examined", named: str | None) -> "tuple[Draftable, Returned]":
    """Return which document of the study a Word file is, and how it stands to it.

    Raises:
        Refusal: The file cannot be read, or is no document of the study; or the study has none to compare with.
        UsageError: The study has no document of the given name.
    """
    from regdocs.build.study import REFERENCE_DOCX
    from regdocs.returned.looking import look_at
    from regdocs.versions.read_apart import apart

    drafts = {one.stem: one for one in examined.documents if "docx" in one.kind.formats}
    if not drafts:
        raise Refusal('the study has mistakes that keep its documents from being made; "regdocs check" tells them')
    data = read_given(file, MAX_FILE_BYTES)
    trees = {stem: one.composed.document for stem, one in drafts.items()}
    try:
        returned = apart(partial(look_at, data, trees, inputs.templates[REFERENCE_DOCX], named))
    except Refusal as error:
        raise Refusal(f'"{file}": {error}') from error
    return drafts[returned.stem], returned


def findings_of_file(
    file: Path, study: Path, inputs: "Inputs", examined: "Examined", named: str | None
) -> "tuple[str, tuple[Finding, ...]]":
    """Return which document a Word file is, and what is told of it; raises as `look_at_file`."""
    from regdocs.returned.findings import returned_findings

    draftable, returned = look_at_file(file, inputs, examined, named)
    told = returned_findings(draftable.composed.document, returned.comparison, examined.loaded, shown_name(file, study))
    return returned.stem, told


def shown_name(file: Path, study: Path) -> str:
    """Return the name of a file as findings show it: from the study folder where it lies in it."""
    place = file.resolve()
    return place.relative_to(study).as_posix() if place.is_relative_to(study) else file.as_posix()
