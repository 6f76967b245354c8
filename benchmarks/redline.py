"""Measures the tracked-changes version of a consent form beside a general engine and a plain difference, in one run.

Ours is made from two stored trees. The others get the two finished Word files, whose making is not counted for them.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import rivals
from measuring import calls, program, row

from regdocs.build.examine import examine
from regdocs.build.study import read_inputs
from regdocs.content.identity import Identity, Revision
from regdocs.content.json_form import from_json, to_json
from regdocs.content.model import Document
from regdocs.content.redline import redline
from regdocs.render.docx.writer import render_docx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
DOCUMENT = "consent/north/en"
CLEAN = Identity(version="2.0", date="12 June 2026")
TRACKED = replace(CLEAN, revision=Revision("Coordinating office", "2026-06-12T00:00:00Z"))


def main() -> None:
    print("| work | processor time | ratio | aim |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="regdocs-benchmark-") as folder:
        base, reference = document_of("1.0", Path(folder) / "1.0")
        new, _ = document_of("2.0", Path(folder) / "2.0")
        measured(base, new, reference, Path(folder))


def document_of(version: str, study: Path) -> tuple[Document, bytes]:
    """Return the consent form of a version of demo-101, and the template of Word files."""
    from tools.example_versions import files_of, write_files

    shutil.copytree(ROOT / "examples" / "demo-101", study, ignore=shutil.ignore_patterns("out", ".regdocs", "audit"))
    write_files(study, files_of(version))
    inputs = read_inputs(study)
    found = next(one for one in examine(inputs).documents if one.stem == DOCUMENT)
    return found.composed.document, inputs.templates["reference.docx"]


def measured(base: Document, new: Document, reference: bytes, folder: Path) -> None:
    tree, stored = redline(base, new), to_json(base)
    before, after = (render_docx(one, CLEAN, reference=reference) for one in (base, new))
    found = calls(
        {
            "tracked": lambda: render_docx(redline(base, new), TRACKED, reference=reference),
            "merged": lambda: redline(base, new),
            "printed": lambda: render_docx(tree, TRACKED, reference=reference),
            "clean": lambda: render_docx(new, CLEAN, reference=reference),
            "read": lambda: from_json(stored),
            "difflib": lambda: rivals.paragraph_differences(before, after),
        },
        rounds=25,
    )
    ours = found["tracked"]
    row(f"{DOCUMENT} of demo-101, version 2.0 against 1.0: redline DOCX", ours, "", "≤ 15 ms for 11 pages")
    row("– of it, both trees as one", found["merged"])
    row("– of it, that tree as DOCX", found["printed"])
    row("– the new version as clean DOCX", found["clean"], f"redline {ours / found['clean']:.2f}×")
    row("– before it, the stored tree of the base read from JSON", found["read"])
    ratio = f"ours {ours / found['difflib']:.2f}×"
    row("– difflib over both Word files by python-docx: paragraphs and words, no file written", found["difflib"], ratio)
    general_engine(before, after, folder, ours)


def general_engine(before: bytes, after: bytes, folder: Path, ours: float) -> None:
    """A program of its own: its start is part of what it costs."""
    for name, data in (("before", before), ("after", after)):
        (folder / f"{name}.docx").write_bytes(data)
    command = rivals.engine_command(folder / "before.docx", folder / "after.docx", folder / "engine.docx")
    if command is None:
        row("– Docxodus by python-redlines", "not measured: not installed (extra `benchmark`)")
        return
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # the first one unpacks itself
    costs = sorted(partial(program, command, folder)().cpu for _ in range(5))
    row("– both Word files by Docxodus, a program of its own (python-redlines)", costs[2], f"{ours / costs[2]:.3f}×")


if __name__ == "__main__":
    main()
