"""A form that somebody edited in LibreOffice: each edit is told, and nothing else."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pypandoc
import pytest

from regdocs.build.examine import Examined
from regdocs.build.identity import identity_of
from regdocs.build.study import REFERENCE_DOCX, read_inputs
from regdocs.content.model import Furniture
from regdocs.content.query import values
from regdocs.finding import Finding
from regdocs.render.docx import render_docx
from regdocs.returned.findings import returned_findings
from regdocs.returned.looking import look_at
from regdocs.returned.printed import printed_paragraphs
from tests.composed import examined as composed
from tests.render.test_redline_oracles import needs_libreoffice, python_with_uno

ROOT = Path(__file__).resolve().parents[2]
EDITOR = Path(__file__).with_name("libreoffice_editor.py")
STEM = "consent/north/en"
STEPS = [
    {"replace": "for 21 weeks, counted", "by": "for 24 weeks, counted"},
    {"delete": "What you have to pay: "},
    {"replace": "help other people later.", "by": "help others later.", "track": True},
    {"delete": "Everyone in the study follows", "track": True},
    {"comment": "you choose freely", "says": "Is this so?"},
    {"after": "Nobody can promise that this study will help you: ", "add": "The board wants this said."},
]

pytestmark = [pytest.mark.slow, needs_libreoffice]


@pytest.fixture(scope="module")
def examined() -> Examined:
    return composed(ROOT / "examples/demo-101")


@pytest.fixture(scope="module")
def files(examined: Examined, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form as it was made, saved by LibreOffice without an edit, and edited there."""
    folder, inputs = tmp_path_factory.mktemp("files"), read_inputs(ROOT / "examples/demo-101")
    (document,) = [one.composed.document for one in examined.documents if one.stem == STEM]
    assert examined.loaded.protocol is not None
    identity = replace(identity_of(document, examined.loaded.protocol, final=True), version="3.1", date="2026-06-10")
    made = folder / "made.docx"
    made.write_bytes(render_docx(document, identity, reference=inputs.templates[REFERENCE_DOCX]))
    asked = [
        {"path": str(made), "to": str(folder / f"{name}.docx"), "steps": steps}
        for name, steps in (("saved", []), ("edited", STEPS))
    ]
    command = [python_with_uno() or "", str(EDITOR)]
    subprocess.run(command, input=json.dumps(asked), text=True, check=True, timeout=300)
    return folder


def told(examined: Examined, file: Path) -> list[Finding]:
    """What is told of a file, of which nobody says which document it is."""
    trees = {one.stem: one.composed.document for one in examined.documents if "docx" in one.kind.formats}
    reference = read_inputs(ROOT / "examples/demo-101").templates[REFERENCE_DOCX]
    returned = look_at(file.read_bytes(), trees, reference)
    assert returned.stem == STEM
    return list(returned_findings(trees[STEM], returned.comparison, examined.loaded, file.name))


@pytest.mark.parametrize("name", ["made", "saved"])
def test_nothing_is_told_of_a_form_that_was_only_saved(examined: Examined, files: Path, name: str) -> None:
    assert told(examined, files / f"{name}.docx") == []


def test_a_number_a_deleted_paragraph_and_a_tracked_change_are_each_told(examined: Examined, files: Path) -> None:
    found = {(one.rule, one.message.split(": ")[0]): one for one in told(examined, files / "edited.docx")}
    assert set(found) == {
        ("RET-001", '"consent.duration.total" changed without a tracked change'),
        ("RET-002", '"consent.key.benefits" has tracked changes'),
        ("RET-003", '"consent.costs.text" is gone, without a tracked change'),
        ("RET-003", '"consent.why.research" is gone'),
        ("RET-004", "a paragraph was added"),
        ("RET-005", 'Board Member says of "you choose freely"'),
        ("RET-006", "element CR-c3 no longer stands"),
        ("RET-006", "element E6-k no longer stands"),
        *((one.rule, one.message.split(": ")[0]) for one in found.values() if one.rule in ("RET-007", "RET-008")),
    } | {key for key in found if key[1] in ("element CR-b1.1 no longer stands", "element E6-b no longer stands")}
    said = {rule: one for (rule, _), one in found.items()}
    assert "/design/participation (protocol.yaml:" in said["RET-007"].message
    assert said["RET-007"].message.endswith('"P21W"), and the file says "24 weeks"')
    assert said["RET-008"].excerpt is not None and "21 weeks" in said["RET-008"].excerpt
    assert '"help others later." put in by Board Member on 20' in said["RET-002"].message
    assert "struck with a tracked change by Board Member" in found["RET-003", '"consent.why.research" is gone'].message


def test_the_edited_file_as_pandoc_writes_it_without_bookmarks_tells_the_same_errors(
    examined: Examined, files: Path
) -> None:
    other = files / "other.docx"
    pypandoc.convert_file(str(files / "edited.docx"), "docx", outputfile=str(other))
    ours = {one.message for one in told(examined, files / "edited.docx") if one.rule in ("RET-006", "RET-007")}
    assert ours <= {one.message for one in told(examined, other)}


def test_every_value_is_found_in_the_paragraph_that_prints_it(examined: Examined) -> None:
    reference = read_inputs(ROOT / "examples/demo-101").templates[REFERENCE_DOCX]
    for one in examined.documents:
        if "docx" not in one.kind.formats or one.kind.name == "crf":
            continue
        document = one.composed.document
        printed = printed_paragraphs(document, reference)
        there = [segment.value for paragraph in printed for segment in paragraph.segments if segment.value]
        sections = tuple(replace(section, running=()) for section in document.sections)
        bare = replace(document, sections=sections, furniture=Furniture())  # heads and feet of pages are not read
        body = [value for value in values(bare) if value.text.strip()]
        assert len(there) == len(body), one.stem
