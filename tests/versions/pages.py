"""The words of a page that was written, as a reader sees them."""

import subprocess
from pathlib import Path
from zipfile import ZipFile


def words_of(page: Path) -> str:
    """Return all words of a PDF or DOCX, a paragraph on each line; headers and tables within tables too."""
    if page.suffix == ".pdf":
        return subprocess.run(["pdftotext", page, "-"], capture_output=True, text=True, check=True).stdout
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    with ZipFile(page) as parts:
        texts = [parts.read(name) for name in parts.namelist() if name.startswith("word/") and name.endswith(".xml")]
    paragraphs = (one for text in texts for one in parse_xml(text).iter(qn("w:p")))
    return "\n".join("".join(run.text or "" for run in one.iter(qn("w:t"))) for one in paragraphs)
