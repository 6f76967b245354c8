"""What a person would use without regdocs, on the same documents: python-docx, docxtpl, WeasyPrint by itself, difflib.

Each gets what favours it: no bookmarks, no content controls, no page furniture, no reproducible bytes.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

from regdocs.content.model import (
    Block,
    Box,
    Document,
    Heading,
    Inlines,
    List,
    Paragraph,
    Row,
    Signature,
    Table,
)
from regdocs.content.query import blocks_within, plain_text
from regdocs.render.html_comb import picture_at

_COMB = re.compile(r'<img class="comb" src="([^"]*)"[^>]*>')
_BOX = '<span style="display:inline-block;width:5mm;height:7mm;border:.25mm solid #333"></span>'


def with_inline_block_combs(html: str) -> str:
    """Return a page with a box a character, as a style sheet alone would do it, in place of one drawing a group."""
    return _COMB.sub(lambda found: _BOX * (picture_at(found[1]) or b"").count(b"M"), html)


def weasyprint_alone(weasyprint: ModuleType, html: str) -> bytes:
    """Return the page as PDF/UA-1, with WeasyPrint's and Python's own settings."""
    made: bytes = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    return made


def python_docx(document: Document) -> bytes:
    """Return the document as python-docx makes it: paragraph by paragraph, cell by cell."""
    import docx

    word = docx.Document()
    for section in document.sections:
        for block in section.blocks:
            _add(word, block)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _add(word: Any, block: Block) -> None:
    if isinstance(block, Heading):
        word.add_heading(_words(block.inlines), level=block.level)
    elif isinstance(block, Paragraph):
        word.add_paragraph(_words(block.inlines))
    elif isinstance(block, Table):
        _add_table(word, block)
    elif isinstance(block, List):
        for item in block.items:
            word.add_paragraph(" ".join(_texts(item.blocks)), style="List Bullet")
    elif isinstance(block, Box):
        for inner in block.blocks:
            _add(word, inner)
    elif isinstance(block, Signature):
        word.add_paragraph(_words(block.statement))


def _add_table(word: Any, block: Table) -> None:
    rows: tuple[Row, ...] = (*block.head, *block.rows)
    if not rows:
        return
    table = word.add_table(rows=len(rows), cols=len(block.columns), style="Table Grid")
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            if column < len(block.columns):
                table.cell(number, column).text = "\n".join(_texts(cell.blocks))
            column += cell.colspan


def docxtpl_template() -> bytes:
    """Return a Word file that prints a list of paragraphs, as a person would write it for docxtpl."""
    import docx

    word = docx.Document()
    for line in ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
        word.add_paragraph(line)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def docxtpl(document: Document, template: bytes) -> bytes:
    """Return the document's words by docxtpl, each as a paragraph; tables are left out, which favours it."""
    from docxtpl import DocxTemplate

    made = DocxTemplate(BytesIO(template))
    made.render({"lines": [line for section in document.sections for line in _texts(section.blocks)]}, autoescape=True)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks_within(blocks):
        if isinstance(block, Heading | Paragraph):
            yield _words(block.inlines)


def _words(inlines: Inlines) -> str:
    return " ".join(plain_text(inlines).split())


def paragraph_differences(before: bytes, after: bytes) -> list[list[tuple[str, int, int, int, int]]]:
    """Return how the words of two Word files differ, paragraph by paragraph; tables count by their paragraphs."""
    old, new = _paragraphs(before), _paragraphs(after)
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            words = " ".join(old[a:b]).split(" "), " ".join(new[c:d]).split(" ")
            found.append(SequenceMatcher(None, *words, autojunk=False).get_opcodes())
    return found


def _paragraphs(word: bytes) -> list[str]:
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(BytesIO(word)).element.body
    return ["".join(text.text or "" for text in one.iter(qn("w:t"))) for one in body.iter(qn("w:p"))]


_ENGINE = """
import sys
from pathlib import Path
from python_redlines import DocxodusEngine
before, after = (Path(name).read_bytes() for name in sys.argv[1:3])
made, *_ = DocxodusEngine().run_redline("Office", before, after)
Path(sys.argv[3]).write_bytes(made)
"""


def engine_command(before: Path, after: Path, made: Path) -> list[str] | None:
    """Return the command by which python-redlines makes a redline of two Word files, or None where it is not here."""
    if find_spec("python_redlines") is None or find_spec("python_redlines_docxodus") is None:
        return None
    return [sys.executable, "-c", _ENGINE, str(before), str(after), str(made)]
