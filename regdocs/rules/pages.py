"""The pages of rules as they lie under `docs/rules/` and travel in the wheel: id, name, severity, text.

Reads files; knows nothing of the functions behind the rules. Some pages are about rules outside this package (the YAML
reader, templates, translations): they are explained in the same way.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from regdocs.shipped import shipped

FOLDER = "docs/rules"
_TITLE = re.compile(r"# (?P<id>[A-Z]+-\d{3}): (?P<name>.+)")
_SEVERITY = re.compile(r"^Severity: (?P<severity>\w+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RulePage:
    """One page: the rule's id, its name, its severity in a word, and the whole text in Markdown."""

    id: str
    name: str
    severity: str
    text: str

    @property
    def summary(self) -> str:
        """What the rule does, as one line of plain text."""
        _, _, rest = self.text.partition("\n## What it does\n")
        return " ".join(rest.partition("\n## ")[0].replace("`", "").split())


def rule_pages() -> tuple[RulePage, ...]:
    """Return every page, in the order of the ids.

    Raises:
        EnvironmentLacks: This installation came without its pages.
    """
    return tuple(_page(path) for path in sorted(shipped(FOLDER).glob("*-[0-9][0-9][0-9].md")))


def _page(path: Path) -> RulePage:
    text = path.read_text(encoding="utf-8")
    title, severity = _TITLE.match(text), _SEVERITY.search(text)
    if title is None or severity is None:  # a test holds every page to its form
        return RulePage(path.stem, path.stem, "", text)
    return RulePage(title["id"], title["name"], severity["severity"], text)
