"""Words of files from outside: in order, with their pages, and those in the place of the stamp marked."""

import io
import zipfile
from typing import Any

import pikepdf
import pytest

from regdocs.errors import Refusal
from regdocs.render import pdf_words
from regdocs.render import text_layer as module
from regdocs.render import word_file as word_file_words
from regdocs.render.text_layer import LINE_END, text_layer
from tests.versions.papers import WORDML, relations, scanned_pdf, word_file
from tools.example_letters import small_pdf
from tools.example_stamps import stamped


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
    monkeypatch.setattr(word_file_words, "MAX_PARTS_BYTES", 10_000)
    with pytest.raises(Refusal, match="more than is read"):
        text_layer(word_file("<w:p><w:r><w:t>" + "a " * 10_000 + "</w:t></w:r></w:p>"), "docx")


def test_entities_of_a_word_file_are_not_followed():
    data = word_file("<w:p><w:r><w:t>a</w:t></w:r></w:p>")
    evil = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]>'
    evil += WORDML.format("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("_rels/.rels", relations(officeDocument="word/document.xml"))
        package.writestr("word/document.xml", evil)
    assert texts(out.getvalue(), "docx") == [] and texts(data, "docx") == ["a"]


def test_a_locked_pdf_is_refused():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf("secret"))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(Refusal, match="locked by a password"):
        text_layer(out.getvalue(), "pdf")


# ------------------------------------------------------------------------------------------------------ odd and hostile


def saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def with_content(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(small_pdf("x"))) as document:
        document.pages[0].Contents = document.make_stream(content)
        return saved(document)


def test_a_hyphen_at_the_end_of_a_line_joins_the_word_and_is_marked():
    lines = b"BT /F1 11 Tf 16 TL 50 700 Td (a placebo-) Tj T* (controlled study) Tj ET"
    assert texts(with_content(lines), "pdf") == ["a", f"placebo{LINE_END}controlled", "study"]


def test_lines_in_the_head_and_foot_of_a_page_are_told_with_digits_left_out():
    lines = b"BT /F1 9 Tf 50 810 Td (Consent form 2.0) Tj 0 -400 Td (Some text) Tj 0 -380 Td (Page 12 of 20) Tj ET"
    found = text_layer(with_content(lines), "pdf").words
    assert [(one.text, one.margin) for one in found if one.text in ("Consent", "Some", "12")] == [
        ("Consent", "Consent form #.#"),
        ("Some", ""),
        ("12", "Page # of #"),
    ]


def test_a_page_that_somebody_turned_reads_as_before():
    with pikepdf.open(io.BytesIO(small_pdf("One line", "and another"))) as document:
        document.pages[0].rotate(90, relative=False)
        turned = saved(document)
    assert texts(turned, "pdf") == texts(small_pdf("One line", "and another"), "pdf")


def test_comments_and_stamps_laid_over_a_page_are_told_with_their_place():
    with pikepdf.open(io.BytesIO(small_pdf("A form"))) as document:
        notes = (
            ("FreeText", "Write 6 mg", [100, 300, 200, 320]),
            ("StrikeOut", None, [100, 300, 200, 320]),
            ("Stamp", "APPROVED", [470, 780, 560, 820]),
            ("Link", "x", [0, 0, 10, 10]),
        )
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(annotation(*one)) for one in notes])
        found = text_layer(saved(document), "pdf", stamp_area=True)
    assert [(one.page, one.text, one.stamped) for one in found.notes] == [
        (1, "Write 6 mg", False),
        (1, "[strikeout]", False),
        (1, "APPROVED", True),
    ]


def annotation(kind: str, words: str | None, place: list[int]) -> pikepdf.Dictionary:
    more: dict[str, Any] = {} if words is None else {"Contents": pikepdf.String(words)}
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=pikepdf.Array(place), **more
    )


def test_the_cell_for_the_stamp_in_a_header_is_the_stamp_and_only_there():
    row = "<w:tc><w:p><w:r><w:t>A study</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>APPROVED</w:t></w:r></w:p></w:tc>"
    table = f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"
    data = word_file("<w:p/>", header1=table, footer1=table)
    found = text_layer(data, "docx", stamp_area=True).words
    assert [(one.text, one.stamped, one.margin) for one in found] == [
        ("A", False, "A study APPROVED"),
        ("study", False, "A study APPROVED"),
        ("APPROVED", False, "A study APPROVED"),
        ("APPROVED", True, ""),
        ("A", False, "A study"),
        ("study", False, "A study"),
    ]
    assert not any(one.stamped for one in text_layer(data, "docx").words)


def test_footnotes_are_read_and_numbers_of_pages_and_repeated_boxes_are_not():
    field = "".join(f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate"))
    field = field.replace("</w:r><w:r>", "</w:r><w:r><w:instrText> NUMPAGES </w:instrText></w:r><w:r>", 1)
    field += '<w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    simple = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>'
    body = "<w:p><w:r><w:t>re</w:t><w:noBreakHyphen/><w:t>sign</w:t></w:r> "
    body += f"{field}{simple}<w:r><w:t> now</w:t></w:r></w:p>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body += f'<x:AlternateContent xmlns:x="{mc}"><x:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></x:Choice>'
    body += "<x:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></x:Fallback></x:AlternateContent>"
    data = word_file(body, footnotes="<w:p><w:r><w:t>A note</w:t></w:r></w:p>")
    assert texts(data, "docx") == ["re\u2011sign", "now", "box", "A", "note"]


def test_a_word_file_with_a_damaged_part_or_without_a_text_is_refused():
    data = bytearray(word_file("<w:p><w:r><w:t>" + "many words " * 500 + "</w:t></w:r></w:p>"))
    data[80:90] = b"\xff" * 10
    for spoilt in (bytes(data), word_file("").replace(b"word/document.xml", b"word/dokument.xml")):
        with pytest.raises(Refusal, match="no Word file that can be read"):
            text_layer(spoilt, "docx")


def test_more_letters_on_a_page_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf_words, "MAX_WORDS", 1)
    with pytest.raises(Refusal, match="letters, which is more than is read"):
        text_layer(small_pdf("A form with more words than that"), "pdf")


def test_more_words_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MAX_WORDS", 3)
    with pytest.raises(Refusal, match="more than 3 words"):
        text_layer(small_pdf("A form with more words than that"), "pdf")


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ({"_rels/.rels": relations(officeDocument="word/real.xml")}, "its text is not in word/document.xml"),
        ({"_rels/.rels": "<Relationships/>"}, "its text is not in word/document.xml"),
        ({"word/_rels/document.xml.rels": relations(aFChunk="other.html")}, "a part that is not read: word/other.html"),
        ({"word/_rels/document.xml.rels": relations(footnotes="notes2.xml")}, "a part that is not read: word/notes2"),
    ],
)
def test_a_word_file_that_shows_other_parts_than_are_read_is_refused(listed: dict[str, str], words: str):
    out = io.BytesIO()
    parts = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": WORDML.format("<w:p><w:r><w:t>10 mg</w:t></w:r></w:p>"),
        "word/real.xml": WORDML.format("<w:p><w:r><w:t>99 mg</w:t></w:r></w:p>"),
    }
    with zipfile.ZipFile(out, "w") as package:
        for name, text in (parts | listed).items():
            package.writestr(name, text)
    with pytest.raises(Refusal, match=words):
        text_layer(out.getvalue(), "docx")


def test_a_comment_in_a_word_file_is_read_with_its_words():
    data = word_file("<w:p><w:r><w:t>a</w:t></w:r></w:p>", comments="<w:p><w:r><w:t>not so</w:t></w:r></w:p>")
    assert texts(data, "docx") == ["a", "not", "so"]


def test_a_field_that_is_laid_over_a_page_is_told_with_its_value():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf("Take 10 mg"))) as document:
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="dose",
                V="Take 20 mg",
                Rect=[40, 700, 300, 800],
            )
        )
        document.pages[0].Annots = pikepdf.Array([field])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        document.save(out)
    assert [one.text for one in text_layer(out.getvalue(), "pdf").notes] == ["Take 20 mg"]


def test_more_notes_over_a_page_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf_words, "_MAX_NOTES", 0)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf("x"))) as document:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="no")
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
        document.save(out)
    with pytest.raises(Refusal, match="more than is read"):
        text_layer(out.getvalue(), "pdf")
