"""Redlines as two programs read them that nobody here wrote: every change accepted is the new document, every change
rejected is its base.

Two hundred random edits stand in a few files, one a section, because starting a program takes longer than reading.
Both programs must find all words in order on both sides. Paragraphs, styles and tables agree too, but for what the
programs themselves are known to do otherwise: LibreOffice 7.4 takes a deletion and an insertion of the same words for a
move, does not delete a row that holds a table, and leaves an empty paragraph before a table; pandoc 3.9 does not know
tracked rows and changed styles, and lets a paragraph out of a cell whose last paragraph was inserted.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from regdocs.content.identity import Identity, Revision
from regdocs.content.model import Document, Paragraph, Text
from regdocs.content.redline import redline
from regdocs.render.docx import render_docx
from tests.content.edits import Author
from tests.render.pandoc_reader import read_by_pandoc, without_styles

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "templates" / "reference.docx").read_bytes()
READER = Path(__file__).parent / "libreoffice_reader.py"
AUTHOR = Revision("Coordinating office & Co.", "2026-06-12T00:00:00Z")
CLEAN = Identity(version="2.0", date="12 June 2026")
FILES, EDITS = 20, 10
AGREEING = 0.97
"""The least share of edits on whose paragraphs, styles and tables a program agrees."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Four:
    """The files of one redline: itself, and both of its sides made clean."""

    redline: Path
    new: Path
    base: Path


def four(folder: Path, name: str, base: Document, new: Document) -> Four:
    files = Four(*(folder / f"{name}-{what}.docx" for what in ("redline", "new", "base")))
    identity = replace(CLEAN, revision=AUTHOR)
    files.redline.write_bytes(render_docx(redline(base, new), identity, reference=REFERENCE))
    files.new.write_bytes(render_docx(new, CLEAN, reference=REFERENCE))
    files.base.write_bytes(render_docx(base, CLEAN, reference=REFERENCE))
    return files


def edits_in_one(seed: int) -> tuple[Document, Document]:
    """Return a document of many sections and the same with each section edited by itself."""
    author = Author(Random(seed), nested=False)
    base = [author.section() for _ in range(EDITS)]
    new = [author.edited_section(section, share) for section, share in zip(base, SHARES, strict=True)]
    old, edited = (
        tuple(
            replace(section, blocks=(Paragraph(id=f"mark.{n}", inlines=(Text(f"Mark {n}"),)), *section.blocks))
            for n, section in enumerate(sections)
        )
        for sections in (base, new)
    )
    whole = author.document()
    return replace(whole, sections=old), replace(whole, sections=edited)


SHARES = (0.02, 0.05, 0.1, 0.1, 0.2, 0.2, 0.3, 0.4, 0.6, 0.9)


@pytest.fixture(scope="module")
def redlines(tmp_path_factory: pytest.TempPathFactory) -> list[Four]:
    folder = tmp_path_factory.mktemp("redlines")
    return [four(folder, str(seed), *edits_in_one(seed)) for seed in range(FILES)]


def by_mark(read: list[Any]) -> list[list[Any]]:
    """Return what was read in pieces, one an edit."""
    pieces: list[list[Any]] = []
    for part in read:
        if (isinstance(part[-1], str) and part[-1].startswith("Mark ")) or (
            isinstance(part, str) and part.startswith("Mark ")
        ):
            pieces.append([])
        pieces[-1].append(part)
    return pieces


def words(read: Any) -> str:
    """Return all words of what was read, without styles and without the ends of paragraphs and cells."""
    if isinstance(read, str):
        return "".join(read.split())
    if len(read) == 2 and all(isinstance(one, str) for one in read):
        return words(read[1])
    return "".join(map(words, read))


def agree(found: list[Any], wanted: list[Any]) -> tuple[int, int]:
    """Return on how many of how many edits both say the same; all of them hold the same words."""
    pairs = list(zip(by_mark(found), by_mark(wanted), strict=True))
    for one, other in pairs:
        assert words(one) == words(other)
    return sum(one == other for one, other in pairs), len(pairs)


# ----------------------------------------------------------------------------------------------------------- pandoc


def test_pandoc_finds_the_new_document_and_its_base(redlines: list[Four]) -> None:
    same = whole = 0
    for files in redlines:
        new, base = (read_by_pandoc(path, "accept") for path in (files.new, files.base))
        pairs = (
            (read_by_pandoc(files.redline, "accept"), new),
            (without_styles(read_by_pandoc(files.redline, "reject")), without_styles(base)),
        )
        for found, wanted in pairs:
            agreeing, count = agree(found, wanted)
            same, whole = same + agreeing, whole + count
    assert whole == 2 * FILES * EDITS
    assert same >= AGREEING * whole, f"{same} of {whole}"


# ------------------------------------------------------------------------------------------------------ LibreOffice


def python_with_uno() -> str | None:
    """Return a Python that can talk to LibreOffice: the system's own, since the package is the system's too."""
    for python in ("/usr/bin/python3", shutil.which("python3"), sys.executable):
        if python and Path(python).exists():
            found = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
            if found.returncode == 0:
                return python
    return None


needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice") or python_with_uno() is None, reason="soffice or its UNO for Python is not installed"
)


def read_by_libreoffice(requests: list[tuple[Path, str]]) -> list[dict[str, Any]]:
    """Return what LibreOffice reads in each file, after every change was accepted or rejected."""
    asked = json.dumps([{"path": str(path), "then": then} for path, then in requests])
    command = [python_with_uno() or "", str(READER)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def said(read: list[Any]) -> list[Any]:
    """Return what was read in the form of the other reader, without paragraphs that say nothing."""
    parts: list[Any] = []
    for part in read:
        if isinstance(part, dict):
            parts.append([[said(cell) for cell in row] for row in part["rows"]])
        elif stripped := " ".join(part[1].replace("\u200d", "").split()):  # it marks empty rows as tracked with it
            parts.append([part[0], stripped])
    return parts


@needs_libreoffice
def test_libreoffice_finds_the_new_document_and_its_base_and_who_changed_what_when(redlines: list[Four]) -> None:
    answers = iter(read_by_libreoffice(list(requests_of(redlines))))
    same = whole = 0
    for _ in redlines:
        accepted, rejected, new, base = (next(answers) for _ in range(4))
        for found, wanted in ((accepted, new), (rejected, base)):
            agreeing, count = agree(said(found["text"]), said(wanted["text"]))
            same, whole = same + agreeing, whole + count
            assert found["left"] == 0
            assert {(one["author"], one["at"]) for one in found["changes"]} == {(AUTHOR.author, AUTHOR.date)}
        assert not new["changes"] and not base["changes"]
    assert same >= AGREEING * whole, f"{same} of {whole}"


def requests_of(redlines: list[Four]) -> Iterator[tuple[Path, str]]:
    for files in redlines:
        yield from ((files.redline, "accept"), (files.redline, "reject"), (files.new, ""), (files.base, ""))
