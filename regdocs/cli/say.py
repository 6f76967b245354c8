"""How findings and counts are told to people: place, rule, what was found, the line, a hint; in colour."""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from regdocs.finding import Finding

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def colour_wanted() -> bool | None:
    """Tell click whether to colour: never with NO_COLOR, else on a terminal only."""
    return False if os.environ.get("NO_COLOR") else None


def on_terminal() -> bool:
    """Tell whether a person watches the progress."""
    return sys.stderr.isatty()


def say_findings(findings: "Iterable[Finding]") -> None:
    """Print each finding with its place, its line and its hint."""
    for finding in findings:
        place = f"{finding.file}:{finding.position.line}:{finding.position.column}"
        accepted = finding.accepted
        word = f"{'accepted ' if accepted else ''}{finding.severity.value}[{finding.rule}]"
        label = click.style(word, fg=None if accepted else _COLOURS[finding.severity], bold=True)
        click.echo(f"{harmless(place)}: {label} {harmless(finding.message)}", color=colour_wanted())
        if finding.excerpt:
            click.echo(f"  {finding.position.line} | {harmless(finding.excerpt[:160])}")
        if finding.hint:
            click.echo(f"  hint: {harmless(finding.hint)}")
        if accepted:
            click.echo(f"  accepted by {harmless(accepted.by)}: {harmless(accepted.reason)}")


def harmless(text: str) -> str:
    """Return a text from a file so that no terminal obeys it: control and direction marks are written as codes."""
    return "".join(one if one.isprintable() or one in "\n\t" else one.encode("unicode_escape").decode() for one in text)


def say_summary(findings: "Iterable[Finding]") -> None:
    """Print how many errors, warnings and notes there are, those that somebody accepted apart."""
    from regdocs.finding import Severity

    every = list(findings)
    listed = [finding for finding in every if finding.accepted is None]
    counts = [(severity, sum(f.severity is severity for f in listed)) for severity in Severity]
    told = ", ".join(f"{count} {severity.value}{'' if count == 1 else 's'}" for severity, count in counts)
    click.echo(told if len(listed) == len(every) else f"{told}, {len(every) - len(listed)} accepted")


def say_json(value: object) -> None:
    """Print a value as indented JSON."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def exit_code(findings: "Iterable[Finding]", strict: bool) -> int:
    """Return 1 for an error finding, or with `strict` for any finding that nobody accepted; else 0."""
    listed = [finding for finding in findings if finding.accepted is None]
    return int(any(f.severity == "error" for f in listed) or (strict and bool(listed)))
