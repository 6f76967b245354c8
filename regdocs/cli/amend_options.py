"""The options of `regdocs amend` that belong together: the task, and what it rests on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from regdocs.cli.gathering import gathering
from regdocs.cli.recording import on_option
from regdocs.errors import UsageError

if TYPE_CHECKING:
    from regdocs.versions.redlines import Against

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, one of the first four; and reason, day and folder, as given."""

    prepare: bool = False
    version: str | None = None
    urgent: bool = False
    resume: bool = False
    reason: str | None = None
    on: str | None = None
    out: str | None = None

    def demand_one(self, ground: "Ground") -> None:
        """Refuse a call that asks for nothing, for two things, or for what does not go with the one.

        Raises:
            UsageError: It does.
        """
        tasks = {
            "--prepare": (self.prepare, ("--out", "--from", "--against", "--track-identity")),
            "--record": (self.version is not None, ("--reason", "--on", "--from", "--against", "--track-identity")),
            "--urgent-safety": (self.urgent, ("--from",)),
            "--resume": (self.resume, ("--against", "--track-identity")),
        }
        asked = [name for name, (is_asked, _) in tasks.items() if is_asked]
        if len(asked) != 1:
            raise UsageError("say one of --prepare, --record VERSION, --urgent-safety and --resume")
        given = {"--reason": self.reason, "--on": self.on, "--out": self.out}
        given |= {"--from": ground.source, "--against": ground.base}
        given["--track-identity"] = "" if ground.track_identity else None
        for option, value in given.items():
            if value is not None and option not in tasks[asked[0]][1]:
                raise UsageError(f"{option} does not go with {asked[0]}")


@dataclass(frozen=True, slots=True)
class Ground:
    """What an amendment rests on, as given.

    Attributes:
        source: The file with its declaration; None: amendment.yaml of the study.
        base: The version that redlines compare with, in place of approved ones.
        because: Why that one.
        track_identity: Whether running titles of redlines show the base's version and date too.
    """

    source: str | None = None
    base: str | None = None
    because: str | None = None
    track_identity: bool = False

    def against(self) -> "tuple[Against, ...]":
        """Return the base that a person asks for.

        Raises:
            UsageError: Only one of version and reason is given.
        """
        from regdocs.versions.redlines import Against

        if (self.base is None) != (self.because is None):
            raise UsageError("--against VERSION goes with --because TEXT")
        return (Against(self.base, self.because),) if self.base is not None and self.because is not None else ()

    def declaration_in(self, study: Path, folder: Path) -> bytes | None:
        """Return the declaration in the file named, or in amendment.yaml; None where that one is not there yet.

        Raises:
            UsageError: The file named is not there.
            Refusal: As `amending.read_declaration`.
        """
        from regdocs.amendment.declared import FILE
        from regdocs.versions.amending import read_declaration

        found = read_declaration(folder / self.source if self.source is not None else study / FILE)
        if self.source is not None and found is None:
            raise UsageError(f'there is no file "{self.source}"')
        return found


def task_options(command: _F) -> _F:
    """Give a command the options that say what is to be done, as one argument `task`."""
    return gathering(command, "task", Task, _TASK)


def ground_options(command: _F) -> _F:
    """Give a command the options `--from`, `--against` and `--because`, as one argument `ground`."""
    return gathering(command, "ground", Ground, _GROUND)


_TASK = (
    click.option("--prepare", is_flag=True, help="Make candidates and redlines for review, outside the log."),
    click.option("--record", "version", default=None, metavar="VERSION", help="Record the working copy as VERSION."),
    click.option("--urgent-safety", "urgent", is_flag=True, help="Record a measure against a hazard, taken at once."),
    click.option("--resume", is_flag=True, help="Complete the newest version, recorded without its documents."),
    click.option("--reason", default=None, metavar="TEXT", help="Why, in the log; the declared summary if not given."),
    on_option,
    click.option("--out", default=None, metavar="DIR", help="With --prepare: the folder, else candidate/VERSION."),
)
_GROUND = (
    click.option(
        "--from", "source", default=None, metavar="FILE", help="What people declare; amendment.yaml if not given."
    ),
    click.option(
        "--against", "base", default=None, metavar="VERSION", help="Redlines against this version, approved or not."
    ),
    click.option("--because", default=None, metavar="TEXT", help="With --against: why; it stands on every redline."),
    click.option("--track-identity", is_flag=True, help="Redlines track version and date in running titles too."),
)
