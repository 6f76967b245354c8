"""Words of files from outside: in order, with their pages, and those in the place of the stamp marked."""

import io
import zipfile

import pikepdf
import pytest

from regdocs.errors import Refusal
from regdocs.render import text_layer as module
from regdocs.render.text_layer import text_layer
from tests.versions.papers import scanned_pdf
from tools.example_letters import small_pdf
from tools.example_stamps import stamped

BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:document>'


def word_file(body: str, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", BODY.format(body))
        for name, text in parts.items():
            package.writestr(f"word/{name}.xml", BODY.format(text))
    return out.getvalue()


def texts(data: bytes, kind: str) -> list[str]:
    return [one.text for one in text_layer(data, kind).words]


def test_words_of_a_page_come_in_the_order_of_its_text():
    assert texts(small_pdf("Reference EXB-1", "Approved on 2026-02-11."), "pdf")[:5] == [
        "Reference",
        "EXB-1",
        "Approved",
        "on",
        "2026-02-11.",
    ]


def test_words_in_the_place_of_the_stamp_are_marked_only_where_pages_keep_room_for_it():
    page = stamped(small_pdf("A form"), "APPROVED", "EXB-1")
    found = text_layer(page, "pdf", stamp_area=True)
    assert [one.text for one in found.words if one.stamped] == ["APPROVED", "EXB-1"]
    assert not any(one.stamped for one in text_layer(page, "pdf").words)


def test_a_scan_has_no_words_and_says_on_which_pages():
    found = text_layer(scanned_pdf(2), "pdf")
    assert (found.words, found.pages, found.empty) == ((), 2, (1, 2))


def test_words_of_a_word_file_read_as_after_its_changes_with_running_titles_last():
    body = (
        "<w:p><w:r><w:t>You take </w:t></w:r><w:del><w:r><w:delText>pills</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>tab</w:t></w:r><w:r><w:t>lets</w:t></w:r></w:ins></w:p><w:p><w:r><w:t>daily</w:t></w:r></w:p>"
    )
    data = word_file(body, header1="<w:p><w:r><w:t>Version</w:t><w:tab/><w:t>2.0</w:t></w:r></w:p>")
    assert texts(data, "docx") == ["You", "take", "tablets", "daily", "Version", "2.0"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 and nothing", "pdf"),
        (small_pdf("x")[:200], "pdf"),
        (b"PK\x03\x04", "docx"),
        (word_file("<w:p>").replace(b"PK\x05\x06", b"PK\x00\x00"), "docx"),
        (word_file("<w:p></w:q>"), "docx"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, kind: str):
    with pytest.raises(Refusal, match="that can be read"):
        text_layer(data, kind)


def test_more_pages_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MAX_PAGES", 3)
    with pytest.raises(Refusal, match="4 pages; at most 3"):
        text_layer(scanned_pdf(4), "pdf")


def test_a_word_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MAX_PARTS_BYTES", 10_000)
    with pytest.raises(Refusal, match="more than is read"):
        text_layer(word_file("<w:p><w:r><w:t>" + "a " * 10_000 + "</w:t></w:r></w:p>"), "docx")


def test_entities_of_a_word_file_are_not_followed():
    data = word_file("<w:p><w:r><w:t>a</w:t></w:r></w:p>")
    evil = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]>'
    evil += BODY.format("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", evil)
    assert texts(out.getvalue(), "docx") == [] and texts(data, "docx") == ["a"]


def test_a_locked_pdf_is_refused():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf("secret"))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(Refusal, match="locked by a password"):
        text_layer(out.getvalue(), "pdf")
