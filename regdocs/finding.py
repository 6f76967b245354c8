"""A finding: one mistake, slip or open point, told so that a person can mend it.

Knows places and words; does not know who found it or how it is printed (`cli` prints).
"""

from dataclasses import dataclass
from enum import StrEnum

from regdocs.source import START, Position


class Severity(StrEnum):
    """Only an `ERROR` gives exit code 1 and keeps `build` from writing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who said that a finding may stay as it is, and why."""

    reason: str
    by: str
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a file, with its place and a way out.

    Attributes:
        rule: The rule's id, such as "REF-001"; its page is `docs/rules/<rule>.md`.
        severity: How much it matters.
        message: What was found and what was expected; the user's words in quotes.
        file: The file as the person knows it, relative to the study folder, "/" between folders.
        position: Where in the file; the file's start when the whole file is meant.
        hint: The nearest fix, or None.
        source: Where the rule comes from (clause, standard), or None for a rule of our own.
        excerpt: The line of text at that place, or None.
        accepted: Who accepted it and why, or None for a finding that counts. Never set for an error.
    """

    rule: str
    severity: Severity
    message: str
    file: str
    position: Position = START
    hint: str | None = None
    source: str | None = None
    excerpt: str | None = None
    accepted: Acceptance | None = None

    def to_json(self) -> dict[str, object]:
        """Return the finding as `check --json` prints it; only an accepted one has the key "accepted"."""
        told: dict[str, object] = {
            "rule": self.rule,
            "severity": self.severity.value,
            "file": self.file,
            "line": self.position.line,
            "column": self.position.column,
            "message": self.message,
            "hint": self.hint,
            "source": self.source,
        }
        if self.accepted is not None:
            told["accepted"] = {"reason": self.accepted.reason, "by": self.accepted.by, "on": self.accepted.on}
        return told


def has_errors(findings: "list[Finding] | tuple[Finding, ...]") -> bool:
    """Tell whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
