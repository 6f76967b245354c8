"""The head of the study's log at the foot of pages: in every format when there is one, and no trace of it else."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from regdocs.content.identity import Identity
from regdocs.content.json_form import identity_to_json
from regdocs.content.model import Furniture, PageCount, PageNumber
from regdocs.documents.kinds import KINDS
from regdocs.render.docx.writer import render_docx
from regdocs.render.fonts import FontSet
from regdocs.render.html import render_html
from regdocs.render.identity import with_log_head
from regdocs.render.paper import paper_html
from regdocs.render.pdf import render_pdf
from regdocs.render.text import render_text
from regdocs.shipped import shipped
from tests.render.sample import sample_document, sample_identity, text
from tests.render.test_pdf import pages

HEAD = "log 42 · 7QK4-M2XA-0000-0000-0000-0000-0000-0000"
PLAIN = sample_identity(draft=False)
WITH_HEAD = replace(PLAIN, log_head=HEAD)


def docx_footers(identity: Identity) -> list[str]:
    reference = (shipped("templates") / "reference.docx").read_bytes()
    package = ZipFile(BytesIO(render_docx(sample_document(), identity, reference=reference)))
    return [package.read(name).decode() for name in package.namelist() if name.startswith("word/footer")]


def test_html_text_and_word_print_the_head_in_every_footer() -> None:
    assert HEAD in render_html(sample_document(), WITH_HEAD).decode().split("<footer")[1]
    assert HEAD in render_text(sample_document(), WITH_HEAD).decode()
    assert all(HEAD in footer for footer in docx_footers(WITH_HEAD))


def test_a_pdf_prints_the_head_on_every_page(fonts: FontSet, tmp_path: Path) -> None:
    pdf = tmp_path / "headed.pdf"
    pdf.write_bytes(render_pdf(sample_document(), WITH_HEAD, fonts=fonts))
    sheets = pages(pdf)
    assert len(sheets) > 1
    assert all(
        HEAD.replace(" ", "") in "".join(sheet.split()) for sheet in sheets
    )  # in a narrow foot it takes two lines


def test_without_a_head_nothing_is_printed_of_a_log() -> None:
    assert with_log_head(sample_document(), PLAIN) is not None
    assert "log_head" not in identity_to_json(PLAIN)
    printed = (render_html(sample_document(), PLAIN), render_text(sample_document(), PLAIN))
    assert not any(b"log 4" in one for one in printed)
    assert "log 4" not in paper_html(sample_document(), PLAIN) + "".join(docx_footers(PLAIN))


def test_a_document_without_head_is_given_back_as_it_is() -> None:
    document = sample_document()
    assert with_log_head(document, PLAIN) is document


def test_the_head_stands_where_no_page_is_spoken_of() -> None:
    part = text("Page ", PageNumber(), " of ", PageCount())
    document = replace(sample_document(), furniture=Furniture(footer=(part, (), part)))
    assert HEAD in render_text(document, WITH_HEAD).decode()


def test_only_kinds_that_participants_get_are_without_a_head() -> None:
    facing = {kind.name for kind in KINDS if kind.participant_facing}
    assert {kind.name for kind in KINDS} - facing == {"eligibility", "crf", "schedule", "synopsis", "registry"}
