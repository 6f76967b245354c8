"""The review shows source and translation side by side, and says of which version and whether it is certified."""

from pathlib import Path

import pytest

from regdocs.build.examine import examine
from regdocs.build.study import read_inputs
from regdocs.content.json_form import from_json, to_json
from regdocs.content.model import Document, Table
from regdocs.content.query import plain_text, walk_blocks
from regdocs.documents.certified import words_digest
from regdocs.render.docx.writer import render_docx
from regdocs.render.text_layer import text_layer
from regdocs.translating.review import review_of_works
from regdocs.translating.taking import Change
from regdocs.translating.texts import SourceText, works_of
from regdocs.translating.yaml_changes import with_changes
from tests.build.studies import write_template
from tests.translating.workbooks import FILE, SAID, TEMPLATE, vietnamese_study, work_of


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The small study with everything translated, but for one text; another has changed since."""
    folder = vietnamese_study(tmp_path / "study")
    work = work_of(folder)
    told = {**SAID, "Examplin": "Êxamplin", "EX-1": "EX-1"}
    changes = [Change(one, told[name], name == "EX-1") for one in work.texts if (name := _name(one)) in told]
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_bytes(with_changes(work, [one for one in changes if one.of.name != "consent.sign"]))
    write_template(folder, "consent", TEMPLATE.replace("Your consent", "Your own consent"))
    return folder


def _name(one: SourceText) -> str:
    return one.name if one.part == "text" else one.source


def review(folder: Path) -> Document:
    inputs = read_inputs(folder)
    examined = examine(inputs)
    assert examined.loaded.protocol is not None
    return review_of_works(works_of(inputs, examined, "vi", ()), examined.loaded.protocol, inputs.digest)[0]


def rows(document: Document) -> dict[str, tuple[str, ...]]:
    tables = [block for block in walk_blocks(document) if isinstance(block, Table) and len(block.columns) == 4]
    told = [[_words(cell.blocks) for cell in row.cells] for table in tables for row in table.rows if not row.section]
    return {name: tuple(others) for name, *others in told}


def _words(blocks: object) -> str:
    return " ".join(plain_text(block.inlines) for block in blocks)  # type: ignore[attr-defined]


def test_each_text_stands_beside_its_translation_with_its_state(study: Path) -> None:
    told = rows(review(study))
    assert told["consent.study"] == (
        "You take part in Examplin, number EX-1.",
        "Số EX-1: bạn tham gia Êxamplin.",
        "current",
    )
    assert told["consent.title"][1] == "Chấp thuận" and told["consent.title"][2].startswith("STALE")
    assert told["consent.sign"] == ("Sign here: [Signature: ____ ]", "–", "MISSING")


def test_the_head_says_version_and_that_it_is_not_certified(study: Path) -> None:
    document = review(study)
    start, centre, end = map(plain_text, document.furniture.header)
    assert (start, centre, end) == ("EX-1", "protocol version 1.0", "Translation not certified")
    assert "This translation is not certified. 2 texts are missing, stale or broken" in str(document.sections)


def test_the_head_names_the_certificate_where_there_is_one(study: Path) -> None:
    work = work_of(study)
    assert work.translation is not None
    facts = f"{{by: B, reference: C-17, date: 2026-01-03, version: '1', of: '{words_digest(work.translation)}'}}"
    text = (study / FILE).read_text(encoding="utf-8")
    told = text.replace("certified: false", f"certified: true\ncertificate: {facts}")
    (study / FILE).write_text(told, encoding="utf-8")
    assert plain_text(review(study).furniture.header[2]) == "Translation certified: B, C-17, 2026-01-03"


def test_it_is_a_tree_like_any_other_and_is_printed_as_a_word_file(study: Path) -> None:
    document = review(study)
    assert from_json(to_json(document)) == document
    inputs = read_inputs(study)
    examined = examine(inputs)
    assert examined.loaded.protocol is not None
    works = works_of(inputs, examined, "vi", ())
    made, identity = review_of_works(works, examined.loaded.protocol, inputs.digest)
    data = render_docx(made, identity, reference=inputs.templates["reference.docx"])
    words = " ".join(word.text for word in text_layer(data, "docx").words)
    assert "Số EX-1: bạn tham gia Êxamplin." in words and "MISSING" in words


def test_every_text_has_its_row(study: Path) -> None:
    assert len(rows(review(study))) == len(work_of(study).texts)
