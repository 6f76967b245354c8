"""Files from outside are read in a process of their own, and one that breaks it or takes too long is refused."""

import io
import os
import zlib

import pikepdf
import pytest

from regdocs.build.workers import Limits
from regdocs.errors import Refusal
from regdocs.versions.read_apart import compared_apart, words_apart
from tests.versions.papers import scanned_pdf, word_file
from tools.example_letters import small_pdf


def in_word(words: str) -> bytes:
    return word_file(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")


def test_words_come_from_another_process_as_from_this_one():
    assert [one.text for one in words_apart(small_pdf("Reference EXB-1"), "pdf").words][:2] == ["Reference", "EXB-1"]


def test_what_takes_longer_than_a_file_may_is_refused():
    with pytest.raises(Refusal, match="takes longer or more memory than a file may"):
        words_apart(scanned_pdf(300), "pdf", limits=Limits(seconds=0.001))


def test_a_reader_that_breaks_down_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("regdocs.versions.read_apart.text_layer", lambda *_, **__: os._exit(11))
    with pytest.raises(Refusal, match="breaks down"):
        words_apart(small_pdf("x"), "pdf")


def test_what_is_no_pdf_is_refused_with_its_own_words():
    with pytest.raises(Refusal, match="no PDF that can be read"):
        words_apart(b"%PDF-1.7", "pdf")


def test_a_page_that_unpacks_to_very_much_is_read_within_the_limits():
    with pikepdf.open(io.BytesIO(small_pdf("x"))) as document:
        document.pages[0].Contents = document.make_stream(b"")
        document.pages[0].Contents.write(zlib.compress(b" " * 60_000_000, 1), filter=pikepdf.Name.FlateDecode)
        out = io.BytesIO()
        document.save(out)
    assert words_apart(out.getvalue(), "pdf").words == ()


@pytest.mark.parametrize(
    ("issued", "received", "kind"),
    [
        (small_pdf("A form with some words"), small_pdf("A form with more words"), "pdf"),
        (in_word("some words"), in_word("more words"), "docx"),
    ],
)
def test_two_files_are_compared_there(issued: bytes, received: bytes, kind: str):
    layer, found = compared_apart(issued, received, kind, stamp_area=False)
    assert found is not None and [(one.was, one.now) for one in found.changes] == [("some", "more")]
    assert "more" in [one.text for one in layer.words]


def test_a_copy_with_hardly_a_word_has_no_text_layer_to_compare():
    issued = small_pdf(*["Many words " * 10] * 5)
    layer, found = compared_apart(issued, scanned_pdf(1), "pdf", stamp_area=True)
    assert found is None and layer.empty == (1,)
    with pytest.raises(Refusal, match="a scan of 2 pages, and what was issued has 1 page"):
        compared_apart(issued, scanned_pdf(2), "pdf", stamp_area=True)
