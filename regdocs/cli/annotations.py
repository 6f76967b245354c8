"""Findings as annotations of GitHub Actions: lines that its runner reads and shows beside the changed text.

Knows the runner's commands and how it escapes; does not print.
"""

from collections.abc import Iterable, Iterator

from regdocs.cli.say import harmless
from regdocs.finding import Finding, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def annotations(findings: Iterable[Finding], folder: str) -> Iterator[str]:
    """Give a line for each finding; `folder` leads from where the runner stands to the study ("" or "studies/one").

    An accepted finding is a notice, whatever its severity.
    """
    for finding in findings:
        level = "notice" if finding.accepted else _LEVELS[finding.severity]
        properties = {
            "file": f"{folder}/{finding.file}" if folder else finding.file,
            "line": str(finding.position.line),
            "col": str(finding.position.column),
            "title": f"{finding.rule} (accepted)" if finding.accepted else finding.rule,
        }
        told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        yield f"::{level} {told}::{_data(_message(finding))}"


def _message(finding: Finding) -> str:
    parts = [finding.message, f"hint: {finding.hint}" if finding.hint else ""]
    if finding.accepted:
        parts.append(f"accepted by {finding.accepted.by}: {finding.accepted.reason}")
    return "\n".join(harmless(part) for part in parts if part)


def _data(text: str) -> str:
    """Return a text so that it stays on one line; the runner undoes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(harmless(text)).replace(":", "%3A").replace(",", "%2C")
