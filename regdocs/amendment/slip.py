"""One thing wrong with a file that people declare things in, by its path; and the finding at its place in the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from regdocs.finding import Finding, Severity
from regdocs.source import START
from regdocs.spec.paths import position_of
from regdocs.spec.tree import Node


@dataclass(frozen=True, slots=True)
class Slip:
    """The rule, the path in the declaration, what was found, the nearest fix, where the rule comes from."""

    rule: str
    path: str
    message: str
    hint: str | None = None
    source: str | None = None

    def finding(
        self, file: str, tree: Node | None, lines: Sequence[str], severity: Severity = Severity.ERROR
    ) -> Finding:
        """Return it as a finding at its place.

        Args:
            tree: The YAML as read; None when it could not be.
            lines: Those of the text.
        """
        position = START if tree is None else position_of(tree, self.path)
        line = lines[position.line - 1] if position.line <= len(lines) else None
        return Finding(self.rule, severity, self.message, file, position, self.hint, self.source, line)


def lines_of(data: bytes) -> tuple[str, ...]:
    """Return the lines of a text that was read as YAML."""
    return tuple(data.decode("utf-8-sig").replace("\r", "").split("\n"))
