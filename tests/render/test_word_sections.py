"""A Word file as headings and what stands under them, as it reads with all changes accepted."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from regdocs.errors import Refusal
from regdocs.render.word_sections import WordSection, word_sections

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(body: str, folder: Path) -> bytes:
    """A Word file with this body in the place of its own."""
    file = folder / "a.docx"
    docx.Document().save(str(file))
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
            new.writestr(name, text if name == "word/document.xml" else old.read(name))
    return made.getvalue()


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p>{properties}{inside}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_headings_are_those_of_a_style_and_short_lines_in_bold_or_capitals(tmp_path: Path) -> None:
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    lines = (
        paragraph(run("Costs"), style),
        paragraph(run("You pay nothing.")),
        paragraph(run("Your rights", "<w:b/>")),
        paragraph(run("You may stop.")),
        paragraph(run("WHOM TO CALL")),
        paragraph(run("Call us.")),
    )
    found = word_sections(word_file("".join(lines), tmp_path))
    assert found == (
        WordSection("Costs", "You pay nothing."),
        WordSection("Your rights", "You may stop."),
        WordSection("WHOM TO CALL", "Call us."),
    )


@pytest.mark.parametrize(
    "gone",
    [
        f'<w:moveFrom w:id="1">{run("You may stop.")}</w:moveFrom>',
        f'<w:del w:id="1">{run("You may stop.").replace("w:t>", "w:delText>")}</w:del>',
        run("You may stop.", "<w:vanish/>"),
    ],
)
def test_words_that_moved_away_are_deleted_or_hidden_are_not_read(tmp_path: Path, gone: str) -> None:
    found = word_sections(word_file(paragraph(run("Stay. ") + gone), tmp_path))
    assert [one.text for one in found] == ["Stay."]


def test_words_that_were_put_in_are_read(tmp_path: Path) -> None:
    put_in = f'<w:ins w:id="1">{run("You may stop.")}</w:ins>'
    assert [one.text for one in word_sections(word_file(paragraph(put_in), tmp_path))] == ["You may stop."]


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(Refusal):
        word_sections(b"PK\x03\x04 not a package")
