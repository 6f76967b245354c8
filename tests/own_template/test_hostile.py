"""Templates that mean harm are refused in words, or made harmless."""

import io
import re
import time
import zipfile

import pytest

from regdocs.errors import Refusal, RegdocsError
from regdocs.own_template.fields import Source
from regdocs.own_template.fill import fill
from tests.own_template.conftest import REFERENCE
from tests.own_template.institution import changed, new_template, saved

TYPES, RELS, TEXT = "[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def good() -> bytes:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    return saved(word)


def related(kind: str, target: str, *, external: bool = False) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(good(), RELS, lambda xml: xml.replace(b"</Relationships>", link.encode()))


def with_field(code: str) -> bytes:
    field = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return changed(good(), TEXT, lambda xml: xml.replace(b"<w:sectPr", field.encode() + b"<w:sectPr", 1))


def instruction(*pieces: str) -> str:
    return "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(TEXT, b"\0" * 50_000_000)
    return stream.getvalue()


def twice() -> bytes:
    stream = io.BytesIO(good())
    with pytest.warns(UserWarning), zipfile.ZipFile(stream, "a") as package:
        package.writestr(TEXT, b"<other/>")
    return stream.getvalue()


ENTITY = b"<!DOCTYPE a [<!ENTITY b 'c'>]>"
MACRO = b"application/vnd.ms-word.document.macroEnabled.main+xml"
MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"", "no Word file"),
        (lambda: b"PK\x03\x04 nonsense", "no Word file"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old .doc"),
        (lambda: b"x" * 10_000_001, "at most"),
        (bomb, "too large"),
        (twice, "two of one name"),
        (lambda: changed(good(), TYPES, lambda xml: xml.replace(MAIN, MACRO)), "macros"),
        (lambda: changed(good(), "word/vbaProject.bin", lambda _: b"code"), "macros"),
        (lambda: related("vbaProject", "code.bin"), "macros"),
        (lambda: related("control", "activeX/x.xml"), "ActiveX"),
        (lambda: related("oleObject", "embeddings/x.bin"), "embedded object"),
        (lambda: related("aFChunk", "other.docx"), "another document"),
        (lambda: related("image", "http://example.org/x.png", external=True), "fetches"),
        (lambda: related("image", "file:///etc/passwd", external=True), "fetches"),
        (lambda: related("oleObject", "http://example.org", external=True), "embedded object"),
        (lambda: with_field(instruction("DDEAUTO cmd")), "fetches or runs"),
        (lambda: with_field(instruction(" INCLUDE", "PICTURE x")), "fetches or runs"),
        (lambda: with_field('<w:fldSimple w:instr=" INCLUDETEXT x "/>'), "fetches or runs"),
        (lambda: changed(good(), TEXT, lambda xml: ENTITY + xml.partition(b"?>")[2]), "document type"),
        (lambda: changed(good(), TEXT, lambda _: b"<w:document>"), "cannot be read"),
        (lambda: changed(good(), TEXT, None), "no Word file"),
        (lambda: changed(good(), "word/styles.xml", lambda _: b"<a" + b"<b>" * 100_000), "cannot be read"),
        (lambda: changed(good(), "_rels/.rels", lambda xml: xml.replace(b"word/doc", b"word/x")), "no Word document"),
    ],
)
def test_what_is_no_harmless_word_file_is_refused(source: Source, make, said: str) -> None:
    with pytest.raises(Refusal, match=re.escape(said)):
        fill(make(), "own.docx", source, REFERENCE)


def test_links_out_are_taken_off_and_their_words_stay(source: Source) -> None:
    link = b'<w:hyperlink r:id="rId99" xmlns:r="%s"><w:r><w:t>our page</w:t></w:r></w:hyperlink>' % OFFICE.encode()
    template = related("hyperlink", "http://example.org/", external=True)
    template = changed(template, TEXT, lambda xml: xml.replace(b"<w:sectPr", b"<w:p>" + link + b"</w:p><w:sectPr", 1))
    filled = fill(template, "own.docx", source, REFERENCE, part=True)
    assert filled.data is not None
    assert [one.rule for one in filled.findings if one.severity == "warning"] == ["OWN-005"]
    with zipfile.ZipFile(io.BytesIO(filled.data)) as package:
        assert b"our page" in package.read(TEXT) and b"rId99" not in package.read(TEXT)
        assert not [name for name in package.namelist() if b"example.org" in package.read(name)]


@pytest.mark.parametrize(
    "braces",
    [
        "{% for a in range(9999999) %}x{% endfor %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{% include 'word/document.xml' %}",
        "{% import 'word/document.xml' as x %}{{ x }}",
        "{{ 'x' * 999999999 }}",
        "{% macro a() %}{{ a() }}{{ a() }}{% endmacro %}{{ a() }}",
        "{% for a in 'xxxxxxxxxx' %}" * 10 + "x" + "{% endfor %}" * 10,
    ],
)
def test_braces_run_in_the_sandbox(source: Source, braces: str) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    word.add_paragraph(braces)
    begun = time.monotonic()
    try:
        filled = fill(saved(word), "own.docx", source, REFERENCE, part=True)
        assert filled.data is None
    except RegdocsError:
        pass
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("braces", ["{%", "{", "{{p x", "{% vm "])
def test_braces_that_nobody_closed_are_refused_before_anybody_looks_for_their_ends(source: Source, braces: str) -> None:
    paragraph = f"<w:p><w:r><w:t>{braces}</w:t></w:r></w:p>".encode()
    template = changed(good(), TEXT, lambda xml: xml.replace(b"<w:sectPr", paragraph * 20_000 + b"<w:sectPr", 1))
    begun = time.monotonic()
    with pytest.raises(Refusal, match="more braces"):
        fill(template, "own.docx", source, REFERENCE)
    assert time.monotonic() - begun < 30


def test_marks_that_a_template_writes_itself_fill_nothing_else(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs }}")
    word.add_paragraph("\ue0f0../../etc/passwd\ue0f1")
    filled = fill(saved(word), "own.docx", source, REFERENCE, part=True)
    assert filled.data is not None


def test_strange_numbers_in_measures_are_no_fault_of_ours(source: Source) -> None:
    def strange(xml: bytes) -> bytes:
        return re.sub(rb'w:(w|left|right)="\d+"', rb'w:\1="-1e99"', xml)

    assert fill(changed(good(), TEXT, strange), "own.docx", source, REFERENCE, part=True).data is not None
