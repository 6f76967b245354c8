"""Redlines as two programs read them that nobody here wrote: every change accepted is the new document, every change
rejected is its base.

Shown on the documents of DEMO-101 and on two hundred random edits of random documents (LibreOffice: three documents and
fifty edits in `make test`, all in `make full`). The edits stand in a few files, one a section, because starting a
program takes longer than reading. On all edits both programs must find the same words in order. On nearly all they
agree on paragraphs, styles and tables too. What they do otherwise: LibreOffice 7.4 takes a deletion and an insertion of
the same words for a move, and leaves an empty paragraph before a table; pandoc 3.9 knows no tracked rows and changed
styles, and lets a paragraph out of a cell whose last one was inserted. Tables in tables are left out: LibreOffice 7.4
does not delete a row that holds one.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from regdocs.build.examine import examine
from regdocs.build.study import read_inputs
from regdocs.content.identity import Identity, Revision
from regdocs.content.model import Document, Paragraph, Text
from regdocs.content.redline import redline
from regdocs.render.docx import render_docx
from tests.content.edits import Author
from tests.render.pandoc_reader import Read, read_by_pandoc, without_styles
from tools.example_versions import DEMO, VERSIONS, files_of, write_files

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "templates" / "reference.docx").read_bytes()
READER = Path(__file__).parent / "libreoffice_reader.py"
AUTHOR = Revision("Coordinating office & Co.", "2026-06-12T00:00:00Z")
CLEAN = Identity(version="2.0", date="12 June 2026")
FILES, EDITS = 20, 10
SAMPLE = 5
"""Files of which LibreOffice reads the edits in `make test`; asked over its API it takes seconds a file."""
DOCUMENTS = ("consent/south/vi 1", "schedule/en 1", "consent/north/en 2")
"""Documents of DEMO-101 that LibreOffice reads there."""
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


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Four]:
    """The documents of DEMO-101 that its amendments change, by name and version."""
    folder = tmp_path_factory.mktemp("demo")
    versions = [documents_of(folder / version, version) for version in reversed(VERSIONS)]
    return {
        f"{name} {n}": four(folder, f"{name.replace('/', '-')}-{n}", before[name], document)
        for n, (before, after) in enumerate(pairwise(versions), start=1)
        for name, document in after.items()
        if name in before and before[name] != document
    }


@pytest.fixture(scope="module")
def demo(changed: dict[str, Four]) -> dict[str, Four]:
    """Without the booklet of forms, which takes minutes, and parental permission, which says what consent says."""
    return {name: files for name, files in changed.items() if not name.startswith(("crf/", "parental-permission/"))}


def documents_of(study: Path, version: str) -> dict[str, Document]:
    """Return the documents of a version of DEMO-101 that are Word files, by the path they have in a build."""
    left_out = shutil.ignore_patterns("out", ".regdocs", "audit", "issued")
    shutil.copytree(ROOT / "examples" / DEMO, study, ignore=left_out)
    write_files(study, files_of(version))
    made = examine(read_inputs(study)).documents
    return {one.stem: one.composed.document for one in made if "docx" in one.kind.formats}


def by_mark(read: Read) -> list[Read]:
    """Return what was read in pieces, one an edit."""
    pieces: list[Read] = []
    for part in read:
        if str(part[-1]).startswith("Mark "):
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


@dataclass
class Tally:
    """Counts on how many edits a program agrees."""

    same: int = 0
    whole: int = 0

    def count(self, found: Read, wanted: Read) -> None:
        """Count the edits of one file on one side; all of them must hold the same words in order."""
        for one, other in zip(by_mark(found), by_mark(wanted), strict=True):
            assert words(one) == words(other)
            self.same += one == other
            self.whole += 1

    def check(self, files: int = FILES) -> None:
        """Fail unless there were all edits of so many files, and the program agreed on nearly all."""
        assert self.whole == 2 * files * EDITS
        assert self.same >= AGREEING * self.whole, f"{self.same} of {self.whole}"


# ----------------------------------------------------------------------------------------------------------- pandoc


def by_pandoc(files: Four) -> Iterator[tuple[Read, Read]]:
    """Yield what pandoc reads in each side of a redline, and in the document that it should be."""
    yield read_by_pandoc(files.redline, "accept"), read_by_pandoc(files.new, "accept")
    rejected, base = read_by_pandoc(files.redline, "reject"), read_by_pandoc(files.base, "accept")
    yield without_styles(rejected), without_styles(base)


def test_pandoc_finds_the_new_document_and_its_base(redlines: list[Four]) -> None:
    tally = Tally()
    for files in redlines:
        for found, wanted in by_pandoc(files):
            tally.count(found, wanted)
    tally.check()


def test_pandoc_finds_both_versions_of_each_document_of_the_example(demo: dict[str, Four]) -> None:
    assert set(DOCUMENTS) <= set(demo)
    for name, files in demo.items():
        for found, wanted in by_pandoc(files):
            assert found == wanted, name


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


def by_libreoffice(every: list[Four]) -> Iterator[Iterator[tuple[Read, Read]]]:
    """Yield what LibreOffice reads in each side of each redline, and in the document that it should be.

    Each change of a redline is found to have its author and date, and none is left after all were accepted or rejected.
    """
    asked = json.dumps([{"path": str(path), "then": then} for files in every for path, then in requests_of(files)])
    command = [python_with_uno() or "", str(READER)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False, timeout=1800)
    assert done.returncode == 0, done.stderr
    answers = iter(json.loads(done.stdout))
    for _ in every:
        yield sides(*(next(answers) for _ in range(4)))


def requests_of(files: Four) -> tuple[tuple[Path, str], ...]:
    return (files.redline, "accept"), (files.redline, "reject"), (files.new, ""), (files.base, "")


def sides(
    accepted: dict[str, Any], rejected: dict[str, Any], new: dict[str, Any], base: dict[str, Any]
) -> Iterator[tuple[Read, Read]]:
    assert not new["changes"] and not base["changes"]
    for found, wanted in ((accepted, new), (rejected, base)):
        assert {(one["author"], one["at"]) for one in found["changes"]} == {(AUTHOR.author, AUTHOR.date)}
        assert found["left"] == 0
        yield said(found["text"]), said(wanted["text"])


def said(read: list[Any]) -> Read:
    """Return what was read in the form of the other reader, without paragraphs that say nothing."""
    parts: Read = []
    for part in read:
        if isinstance(part, dict):
            parts.append([[said(cell) for cell in row] for row in part["rows"]])
        elif stripped := " ".join(part[1].replace("\u200d", "").split()):  # it marks empty rows as tracked with it
            parts.append([part[0], stripped])
    return parts


@needs_libreoffice
@pytest.mark.parametrize("files", [SAMPLE, pytest.param(FILES, marks=pytest.mark.full)])
def test_libreoffice_finds_the_new_document_and_its_base_and_who_changed_what_when(
    redlines: list[Four], files: int
) -> None:
    tally = Tally()
    for both in by_libreoffice(redlines[:files]):
        for found, wanted in both:
            tally.count(found, wanted)
    tally.check(files)


@needs_libreoffice
@pytest.mark.parametrize("names", [DOCUMENTS, pytest.param(None, marks=pytest.mark.full)], ids=["some", "each"])
def test_libreoffice_finds_both_versions_of_documents_of_the_example(
    demo: dict[str, Four], names: tuple[str, ...] | None
) -> None:
    read = {name: files for name, files in demo.items() if names is None or name in names}
    for name, both in zip(read, by_libreoffice(list(read.values())), strict=True):
        for found, wanted in both:
            assert found == wanted, name


@pytest.mark.full
@needs_libreoffice
def test_both_programs_find_both_versions_of_the_booklet_of_forms(changed: dict[str, Four]) -> None:
    booklets = [files for name, files in changed.items() if name.startswith("crf/")]
    assert booklets
    for files, both in zip(booklets, by_libreoffice(booklets), strict=True):
        assert all(found == wanted for found, wanted in both)
        assert all(found == wanted for found, wanted in by_pandoc(files))
