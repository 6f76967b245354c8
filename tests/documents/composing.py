"""Composes documents from the real record's text, whole or changed in one place."""

from pathlib import Path

from regdocs.content.model import Document, Inlines, Paragraph, Row, Table
from regdocs.content.query import plain_text, values, walk_blocks, walk_tagged
from regdocs.documents.compose import compose
from regdocs.documents.kind import Kind, View
from regdocs.documents.template import Template
from regdocs.spec.load import load

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = REPOSITORY / "templates"


def changed(*changes: tuple[str, str]) -> str:
    """Return the real record's text with each first text replaced by the second; each must stand there."""
    text = (REPOSITORY / "protocol.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, f"the real record no longer has {before!r}"
        text = text.replace(before, after, 1)
    return text


def composed(name: str, view: View, text: str) -> Document:
    """Return the document of a protocol's text; the text must load without an error."""
    loaded = load(text.encode("utf-8"))
    assert loaded.protocol is not None, loaded.findings
    paths = sorted(TEMPLATES.rglob("*.xml"))
    templates = {
        path.relative_to(TEMPLATES).as_posix(): Template(path.read_text(encoding="utf-8"), str(path)) for path in paths
    }
    return compose(Kind(name, name, ("pdf",), False, view), loaded.protocol, None, "en", templates).document


def table(document: Document, name: str) -> Table:
    """Return the table with that id."""
    return next(block for block in walk_blocks(document) if isinstance(block, Table) and block.id == name)


def row(found: Table, name: str) -> Row:
    """Return the row with that id, of the head or the body."""
    return next(one for one in (*found.head, *found.rows) if one.id == name)


def cells(found: Row) -> list[str]:
    """Return the words of each cell; its paragraphs in lines of their own."""
    return ["\n".join(_words(block.inlines) for block in _paragraphs(cell.blocks)) for cell in found.cells]


def assert_ids_and_paths(document: Document) -> None:
    """See that every id stands once and that every value says where in the protocol it comes from."""
    ids = [tagged.id for tagged in walk_tagged(document)]
    assert len(ids) == len(set(ids))
    assert all(value.paths and all(path.startswith("/") for path in value.paths) for value in values(document))


def _paragraphs(blocks: tuple[object, ...]) -> list[Paragraph]:
    return [block for block in blocks if isinstance(block, Paragraph)]


def _words(inlines: Inlines) -> str:
    return " ".join(plain_text(inlines).split())


def template_words(name: str) -> str:
    """Return the text of all templates of a kind."""
    folder = TEMPLATES / name
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.xml")))
