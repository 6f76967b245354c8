"""How `check` tells what it found: format, file, what counts as failure. Options shared by all that it can look at."""

from dataclasses import dataclass
from pathlib import Path

import click

from regdocs.errors import UsageError

FORMATS = ("text", "json", "github", "sarif", "html")
LISTS = ("text", "github", "html")  # read by people, who may leave notes out
_CHECKLISTS = ("pdf", "docx", "xlsx")
_OF_A_LINE = ("text", "github")


@dataclass(frozen=True, slots=True)
class Telling:
    """What was asked on the command line."""

    form: str | None
    as_json: bool
    out: str | None
    strict: bool
    quiet: bool

    @property
    def chosen(self) -> str:
        """The format."""
        return "json" if self.as_json else self.form or "text"

    def file(self, folder: Path) -> Path | None:
        """Return where it goes; None for the terminal."""
        return folder / self.out if self.out else None

    def demanded(self, *forms: str) -> "Telling":
        """Return itself where this can be told in the chosen format.

        Raises:
            UsageError: Two formats, one that this is not told in, a file where there can be none, or none for one.
        """
        if self.as_json and self.form not in (None, "json"):
            raise UsageError(f'"--json" and "--format {self.form}" ask for two formats; give one of them')
        if self.chosen not in forms:
            wanted = ", ".join(f'"{one}"' for one in forms)
            more = '; a checklist goes with "--consent"' if self.chosen in _CHECKLISTS else ""
            raise UsageError(f'"--format {self.chosen}" is not one of those in which this is told: {wanted}{more}')
        if self.chosen in _CHECKLISTS and self.out is None:
            raise UsageError(f'"--format {self.chosen}" makes a file; say which with "--out FILE.{self.chosen}"')
        if self.chosen in _OF_A_LINE and self.out is not None and self._has_no_file(forms):
            raise UsageError(f'"--out" goes with {self._files(forms)}{self._why()}')
        return self

    def _has_no_file(self, forms: tuple[str, ...]) -> bool:
        return self.chosen == "github" or "sarif" in forms  # a report in words may lie in a file

    def _files(self, forms: tuple[str, ...]) -> str:
        first, *others = (one for one in forms if one not in _OF_A_LINE)
        return ", ".join((f'"--format {first}"', *(f'"{one}"' for one in others)))

    def _why(self) -> str:
        return "; annotations are read from what a step prints" if self.chosen == "github" else ""


TOLD = (
    click.option(
        "--format", "form", type=click.Choice(FORMATS + _CHECKLISTS), default=None, help="How it is told; text if not."
    ),
    click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
    click.option("--out", "out", default=None, metavar="FILE", help="Write it to FILE."),
    click.option("--strict", is_flag=True, help="Exit with 1 for warnings and notes too, unless they are accepted."),
    click.option("--quiet", "-q", is_flag=True, help="Leave out notes: what is open, assumed or not certified."),
)
