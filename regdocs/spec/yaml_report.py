"""The list of findings on one YAML text, in the order of the text.

Knows the lines of the text, for the excerpts; does not know what is looked for.
"""

from regdocs.finding import Finding
from regdocs.source import Position
from regdocs.spec.yaml_rules import MORE, YamlRule

MAX_FINDINGS = 50
_EXCERPT_LENGTH = 160


class Report:
    """Gathers findings. `whole` turns False when a part of the text could not become part of the tree."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._lines = [line.removesuffix("\r") for line in text.split("\n")]
        self._findings: list[Finding] = []
        self.whole = True

    @property
    def lines(self) -> list[str]:
        """The lines of the text, without line ends."""
        return self._lines

    def add(self, rule: YamlRule, message: str, position: Position, *, hint: str | None = None) -> None:
        """Note one finding; `hint` stands instead of the rule's own."""
        self._findings.append(self._finding(rule, message, position, hint))

    def broken(self, rule: YamlRule, message: str, position: Position, *, hint: str | None = None) -> None:
        """Note one finding after which the tree is not whole."""
        self.whole = False
        self.add(rule, message, position, hint=hint)

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings by place, each once; after `MAX_FINDINGS` one that counts the rest."""
        ordered = sorted(dict.fromkeys(self._findings), key=lambda finding: finding.position)
        rest = ordered[MAX_FINDINGS:]
        if not rest:
            return tuple(ordered)
        more = self._finding(MORE, f"{len(rest)} more findings in this file are not shown", rest[0].position, None)
        return (*ordered[:MAX_FINDINGS], more)

    def excerpt(self, position: Position) -> str | None:
        """Return the line of that place; of a very long line the part around it."""
        if not 1 <= position.line <= len(self._lines):
            return None
        line = self._lines[position.line - 1]
        if len(line) <= _EXCERPT_LENGTH:
            return line
        start = max(0, min(position.column - 1 - _EXCERPT_LENGTH // 2, len(line) - _EXCERPT_LENGTH))
        end = start + _EXCERPT_LENGTH
        return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")

    def _finding(self, rule: YamlRule, message: str, position: Position, hint: str | None) -> Finding:
        return Finding(
            rule.id,
            rule.severity,
            message,
            self._file,
            position,
            hint or rule.hint,
            rule.source,
            self.excerpt(position),
        )
