"""The registry text of the real record, and of the real record with something changed, for the tests beside it."""

from pathlib import Path

from regdocs.content.identity import Identity
from regdocs.content.model import Document
from regdocs.documents.compose import Composed, compose
from regdocs.documents.draft import draft_of
from regdocs.documents.kind import Kind
from regdocs.documents.registry import registry_view
from regdocs.documents.template import Template
from regdocs.render.text import render_text
from regdocs.spec.load import load

ROOT = Path(__file__).resolve().parents[2]
RECORD = (ROOT / "protocol.yaml").read_text(encoding="utf-8")
KIND = Kind("registry", "Registry Text", ("pdf", "docx", "html", "txt"), False, registry_view)


def templates() -> dict[str, Template]:
    folder = ROOT / "templates"
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.xml"))]
    return {name: Template((folder / name).read_text(encoding="utf-8"), f"templates/{name}") for name in names}


def composed(*changes: tuple[str, str]) -> Composed:
    """The registry text of the record after each (old, new) change of its text; `old` must stand there."""
    text = RECORD
    for old, new in changes:
        assert old in text, f"not in the record any more: {old}"
        text = text.replace(old, new, 1)
    loaded = load(text.encode())
    assert loaded.protocol is not None, loaded.findings
    return compose(KIND, loaded.protocol, None, "en", templates())


def as_text(document: Document) -> str:
    protocol = load(RECORD.encode()).protocol
    assert protocol is not None
    return render_text(document, Identity(version="draft", draft=draft_of(document, protocol))).decode()


def body(document: Document) -> str:
    """The text without the draft's list of open items."""
    return render_text(document, Identity(version="draft")).decode()


def block_of(text: str, label: str) -> list[str]:
    """The lines under a label up to where their source stands; `[]` when the label does not stand in the text."""
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if line in (label, f"{label}:") or line.startswith(f"{label}: ")]
    found: list[str] = []
    for start in starts:
        first = lines[start].removeprefix(label).removeprefix(":").strip()
        found += [first] if first else []
        for line in lines[start + 1 :]:
            if line.startswith(("Source: ", "To be ", "===", "Entered only")) or line == "Exclusion Criteria:":
                break
            found.append(line)
    return found
