"""Cases of rules: a small change to `minimal.yaml`, and everything `check` then says, in one text file.

`=== replace` and `=== with` (as often as needed) change text that stands exactly once; `=== expect` holds the findings.
"""

from dataclasses import dataclass
from pathlib import Path

from regdocs.finding import Finding
from regdocs.rules.check import check_protocol
from regdocs.spec.load import load

HERE = Path(__file__).parent
MINIMAL = (HERE / "minimal.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Case:
    changes: tuple[tuple[str, str], ...]
    expected: str


def read_case(path: Path) -> Case:
    parts = path.read_text(encoding="utf-8").split("=== ")[1:]
    sections = [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]
    texts = [text for name, text in sections if name in ("replace", "with")]
    (expected,) = [text for name, text in sections if name == "expect"]
    return Case(tuple(zip(texts[::2], texts[1::2], strict=True)), expected)


def changed(changes: tuple[tuple[str, str], ...]) -> str:
    text = MINIMAL
    for old, new in changes:
        assert text.count(old) == 1, f"stands {text.count(old)} times, not once: {old!r}"
        text = text.replace(old, new)
    return text


def findings(text: str) -> list[Finding]:
    loaded = load(text.encode("utf-8"))
    return [*loaded.findings, *check_protocol(loaded)]


def told(text: str) -> str:
    """The findings in a form that shows the line they point to, and stays when `minimal.yaml` grows."""
    lines = text.split("\n")
    return "".join(_told(finding, lines) for finding in findings(text))


def _told(finding: Finding, lines: list[str]) -> str:
    line, column = lines[finding.position.line - 1], finding.position.column
    hint = f"  hint: {finding.hint}\n" if finding.hint else ""
    accepted = f"  accepted by {finding.accepted.by}: {finding.accepted.reason}\n" if finding.accepted else ""
    return (
        f"{finding.severity.value}[{finding.rule}] {finding.message}\n"
        f"  at: {line[: column - 1]}>>{line[column - 1 :]}\n{hint}{accepted}"
    )
