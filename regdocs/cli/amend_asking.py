"""Asks at the terminal for what is still `TODO` in amendment.yaml, and writes each answer as it is given."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.say import harmless

if TYPE_CHECKING:
    from regdocs.finding import Finding

_TODO = re.compile(r'"TODO:[^"]*"')
_PLAIN = re.compile(r"true|false|yes|no|unknown|[0-9]{1,6}|\[[a-z, -]*\]")


def complete_at_terminal(place: Path) -> None:
    """Ask for each open value of a declaration, in its order; an empty answer leaves it open.

    Without a terminal nothing is asked.
    """
    from regdocs.amendment.declared import load_declaration, open_findings

    if not sys.stdin.isatty() or not click.confirm(f"Answer what is open in {place.name} now?", default=False):
        return
    for finding in open_findings(load_declaration(place.read_bytes())):
        _ask(place, finding)


def _ask(place: Path, finding: "Finding") -> None:
    from regdocs.atomic import write_atomic

    lines = place.read_text(encoding="utf-8").split("\n")
    number = finding.position.line - 1
    if not _TODO.search(lines[number]):
        return  # written by hand in another form: for an editor
    answer = click.prompt(harmless(finding.message.partition(": ")[2]), default="", show_default=False).strip()
    if answer:
        lines[number] = _TODO.sub(lambda _: _as_yaml(answer), lines[number], count=1)
        write_atomic(place, "\n".join(lines).encode("utf-8"))


def _as_yaml(answer: str) -> str:
    """Return an answer as YAML: a number, a word for yes or no or a list of words as it stands, else a text."""
    return answer if _PLAIN.fullmatch(answer) else json.dumps(answer, ensure_ascii=False)
