"""A made-up institution's own templates, as somebody makes them in Word: with python-docx, then touched up as XML."""

import io
import zipfile
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any
from xml.sax.saxutils import quoteattr

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

SECTIONS = (
    ("What the study is about", ("consent.key", "consent.about")),
    ("What will happen", ("consent.visits", "consent.procedures")),
)


def new_template() -> Any:
    """A template with fonts and colours of its own, a header and a footer."""
    word = docx.Document()
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(10.5)
    for level in (1, 2, 3):
        style = word.styles[f"Heading {level}"]
        style.font.name, style.font.color.rgb = "Georgia", RGBColor(0x00, 0x66, 0x44)
    section = word.sections[0]
    section.header.paragraphs[0].text = "Example University Hospital (fictional)"
    section.header.add_paragraph("{{ draft-mark }}")
    section.footer.paragraphs[0].text = "Version {{ version }} of {{ date }}, protocol {{ protocol-version }}"
    return word


def saved(word: Any) -> bytes:
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def control(name: str, inner: str, *, alias: str | None = None, more: str = "") -> Any:
    """A content control around some WordprocessingML."""
    title = f"<w:alias w:val={quoteattr(alias)}/>" if alias is not None else ""
    tag = f"<w:tag w:val={quoteattr(name)}/>" if name else ""
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr>{title}{tag}{more}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def add_control(word: Any, name: str, words: str = "Click here", **options: Any) -> None:
    """A content control that is a paragraph of its own, with its placeholder."""
    made = control(name, f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>", **options)
    word.element.body.insert(len(word.element.body) - 1, made)


def whole_form(headings: Iterable[str], *, elements: str = "") -> bytes:
    """A template that places every part of a form in turn: one in a control, the next in braces."""
    word = new_template()
    word.add_paragraph("{{ document.title }}", style="Title")
    for number, heading in enumerate(headings):
        if number % 2:
            word.add_paragraph(f"{{{{ {heading} }}}}")
        else:
            add_control(word, heading)
    if elements:
        add_control(word, f"element {elements}", "The hospital says this in its own words.")
    return saved(word)


def changed(data: bytes, name: str, change: Callable[[bytes], bytes] | None, *, new_name: str | None = None) -> bytes:
    """The same package with one part changed, taken out (None) or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    before = parts.pop(name, b"")
    if change is not None:
        parts[new_name or name] = change(before)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for one, part in parts.items():
            package.writestr(one, part)
    return stream.getvalue()


def copy_of(element: Any) -> Any:
    return deepcopy(element)
