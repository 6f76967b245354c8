"""The pages under `docs/rules/`, taken apart, and the index made of them.

`python -m tests.rules.pages` writes the index anew after a page was added or its title changed.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "rules"
INDEX = FOLDER / "README.md"
HEADINGS = ("What it does", "Why it matters", "Example")

_TITLE = re.compile(r"# (?P<id>[A-Z]+-\d{3}): (?P<name>.+)")
_INTRODUCTION = """# Rules

What `regdocs check` and `regdocs build` look for. An error keeps the documents from being built, a warning is something
doubtful, a note is something open. Each rule has a page: what it does, why it matters, an example and its mended form.
This list is made from the pages (`python -m tests.rules.pages`).

| Rule | Severity | What it finds |
|---|---|---|
"""


@dataclass(frozen=True)
class Page:
    file: str
    id: str
    name: str
    severity: str
    source: str
    text: str

    def sections(self) -> dict[str, str]:
        parts = self.text.split("\n## ")[1:]
        return {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in parts}

    def block(self, label: str) -> str | None:
        """The text of the fenced block that follows "Found:", "Says:" or "Mended:"."""
        match = re.search(rf"^{label}:\n\n```\w+\n(?P<block>.*?)^```$", self.text, re.MULTILINE | re.DOTALL)
        return match["block"] if match else None


def pages() -> list[Page]:
    return [_page(path) for path in sorted(FOLDER.glob("*.md")) if path != INDEX]


def _page(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    title = _TITLE.match(text)
    assert title, f"{path.name} does not begin with '# ID: name'"
    return Page(path.name, title["id"], title["name"], _line(text, "Severity"), _line(text, "Source"), text)


def _line(text: str, label: str) -> str:
    found = re.search(rf"^{label}: (.+)$", text, re.MULTILINE)
    assert found, f"no line '{label}: …'"
    return found[1]


def index() -> str:
    rows = (f"| [{page.id}]({page.file}) | {page.severity} | {page.name} |\n" for page in pages())
    return _INTRODUCTION + "".join(rows)


if __name__ == "__main__":
    INDEX.write_text(index(), encoding="utf-8")
