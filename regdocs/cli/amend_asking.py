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
# Questions whose answers are no text: they stand as they are typed, a list in brackets.
_NO_TEXT = ("true or false", "how many", "list of")


def complete_at_terminal(place: Path) -> bool:
    """Ask for each open value of a declaration, in its order; an empty answer leaves it open.

    Return whether anything was answered. Without a terminal nothing is asked.
    """
    from regdocs.amendment.declared import load_declaration, open_findings

    if not sys.stdin.isatty() or not click.confirm(f"Answer what is open in {place.name} now?", default=False):
        return False
    before = place.read_bytes()
    for finding in open_findings(load_declaration(before)):
        _ask(place, finding)
    return place.read_bytes() != before


def _ask(place: Path, finding: "Finding") -> None:
    from regdocs.atomic import write_atomic

    lines = place.read_text(encoding="utf-8").split("\n")
    number = finding.position.line - 1
    if not _TODO.search(lines[number]):
        return  # written by hand in another form: for an editor
    question = finding.message.partition(": ")[2]
    answer = click.prompt(harmless(question), default="", show_default=False).strip()
    if answer:
        lines[number] = _TODO.sub(lambda _: _as_yaml(answer, question), lines[number], count=1)
        write_atomic(place, "\n".join(lines).encode("utf-8"))


def _as_yaml(answer: str, question: str) -> str:
    """Return an answer as YAML: a text in quotes, unless the question asks for something else."""
    plain = re.fullmatch(r"[A-Za-z0-9, .-]+", answer.strip("[]"))
    if plain is None or not question.startswith(_NO_TEXT):
        return json.dumps(answer, ensure_ascii=False)
    return f"[{answer.strip('[]')}]" if question.startswith("list of") else answer
