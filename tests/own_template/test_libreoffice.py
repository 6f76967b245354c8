"""A template that LibreOffice saved is filled, and LibreOffice prints the filled file with all its words."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from regdocs.content.query import headings, plain_text
from regdocs.own_template.fields import Source
from regdocs.own_template.fill import fill
from regdocs.render.docx.bookmarks import block_ids
from tests.own_template.conftest import REFERENCE
from tests.own_template.institution import new_template, saved

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")), reason="soffice or pdftotext is not installed"
    ),
]


def office(folder: Path, name: str, ending: str, out: str) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(folder / out),
        str(folder / name),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / out / f"{Path(name).stem}.{ending.partition(':')[0]}"


def test_a_template_that_libreoffice_saved_is_filled_and_printed(source: Source, tmp_path: Path) -> None:
    word = new_template()
    for heading in (one for one in headings(source.document) if one.level == 1):
        word.add_paragraph(f"{{{{ {heading.id} }}}}")
    word.add_paragraph("{{ consent.facts }}")
    (tmp_path / "own.docx").write_bytes(saved(word))
    template = office(tmp_path, "own.docx", "docx:MS Word 2007 XML", "office").read_bytes()
    filled = fill(template, "own.docx", source, REFERENCE)
    assert filled.findings == () and filled.data is not None
    (tmp_path / "filled.docx").write_bytes(filled.data)
    pdf = office(tmp_path, "filled.docx", "pdf", "printed")
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    printed = re.sub(r"\s", "", text)
    assert all(re.sub(r"\s", "", plain_text(one.inlines)) in printed for one in headings(source.document))
    pages = text.rstrip("\f").split("\f")
    assert all("DRAFT" in page and "Version draft" in page for page in pages)
    again = office(tmp_path, "filled.docx", "docx:MS Word 2007 XML", "again").read_bytes()
    assert set(block_ids(again)) <= set(block_ids(filled.data))
