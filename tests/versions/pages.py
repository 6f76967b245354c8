"""The words of a page that was written, as a reader sees them."""

import subprocess
from pathlib import Path


def words_of(page: Path) -> str:
    """Return all words of a PDF or DOCX, headers too."""
    if page.suffix == ".pdf":
        return subprocess.run(["pdftotext", page, "-"], capture_output=True, text=True, check=True).stdout
    from docx import Document

    document = Document(str(page))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    header = [one.text for section in document.sections for one in section.header.paragraphs]
    header += [c.text for s in document.sections for t in s.header.tables for r in t.rows for c in r.cells]
    return "\n".join([*cells, *(one.text for one in document.paragraphs), *header])
