"""Findings in the formats for programs and for mail, and where they go. Text for the terminal is `say`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from regdocs.finding import Finding
    from regdocs.spec.load import Loaded


def findings_told(form: str, findings: "Sequence[Finding]", loaded: "Loaded", study: Path) -> str:
    """Return findings as "github", "html", "sarif" or else JSON."""
    if form == "github":
        from regdocs.cli.annotations import annotations

        return "".join(f"{line}\n" for line in annotations(findings, _way_to(study)))
    if form == "html":
        from regdocs.cli.findings_page import findings_page

        protocol = loaded.protocol
        title = protocol.identity.titles.short.value if protocol else None
        return findings_page(findings, title, protocol.demonstration if protocol else False)
    if form == "sarif":
        from regdocs.cli.sarif import sarif_log

        return as_json(sarif_log(findings, _way_to(study)))
    return as_json([finding.to_json() for finding in findings])


def as_json(value: object) -> str:
    """Return a value as indented JSON that ends its last line."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def give(told: str | bytes, file: Path | None) -> None:
    """Print what was told, or write it whole and say where."""
    if file is None:
        click.echo(told, nl=False)
        return
    from regdocs.atomic import write_atomic

    write_atomic(file, told.encode("utf-8") if isinstance(told, str) else told)
    click.echo(f"Findings written to {file}.")


def _way_to(study: Path) -> str:
    """Return the way from where we stand to the study, for programs that look from there; "" when it lies elsewhere."""
    here = Path.cwd().resolve()
    way = study.relative_to(here).as_posix() if study.is_relative_to(here) else "."
    return "" if way == "." else way
