"""The making of `templates/reference.docx`: python-docx's own template with our styles and nothing left over.

Only this module knows python-docx. It is run when a style changes (a test says when), never while documents are built:

    python -c "import sys; from regdocs.render.docx.reference import make_reference as m; sys.stdout.buffer.write(m())"
"""

from io import BytesIO
from typing import TYPE_CHECKING, Final

from regdocs.render.docx import style_sheet
from regdocs.render.docx.package import SETTINGS, read_parts, write_parts
from regdocs.render.docx.wordml import W

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

# Parts of python-docx's template that say something about another machine, or that validators refuse.
_DROPPED: Final = ("stylesWithEffects", "customXml", "thumbnail", "extended-properties", "webSettings")
_FIXED_TIME: Final = (1980, 1, 1)


def make_reference() -> bytes:
    """Return the template package; the same bytes each time with the same python-docx and zlib."""
    import docx

    word = docx.Document()
    _drop_parts(word)
    _put_styles(word.styles.element)
    _put_numbering(word.part.numbering_part.element)
    _put_settings(word.settings.element)
    _put_properties(word)
    _show_styles(word)
    stream = BytesIO()
    word.save(stream)
    return write_parts(read_parts(stream.getvalue()))


def _drop_parts(word: "WordDocument") -> None:
    package = word.part.package
    for rels in (package.rels, word.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_DROPPED)]:
            del rels[key]


def _parse(tag: str, inner: str) -> "BaseOxmlElement":
    from docx.oxml import parse_xml

    element: BaseOxmlElement = parse_xml(f'<w:{tag} xmlns:w="{W}">{inner}</w:{tag}>')
    return element


def _put_styles(styles: "BaseOxmlElement") -> None:
    for child in list(styles):
        styles.remove(child)
    defaults = f"<w:rPrDefault><w:rPr>{style_sheet.default_run_xml()}</w:rPr></w:rPrDefault><w:pPrDefault/>"
    styles.append(_parse("docDefaults", defaults))
    styles.extend(list(_parse("styles", style_sheet.styles_xml())))


def _put_numbering(numbering: "BaseOxmlElement") -> None:
    for child in list(numbering):
        numbering.remove(child)
    numbering.extend(list(_parse("numbering", style_sheet.numbering_xml())))


def _put_settings(settings: "BaseOxmlElement") -> None:
    for child in list(settings):
        settings.remove(child)
    settings.extend(list(_parse("settings", SETTINGS)))


def _put_properties(word: "WordDocument") -> None:
    from datetime import datetime

    properties = word.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.title = "Styles of the documents"
    properties.created = properties.modified = datetime(*_FIXED_TIME)


def _show_styles(word: "WordDocument") -> None:
    # Whoever opens the file in Word to change a style sees each one.
    for style in style_sheet.PARAGRAPH_STYLES:
        word.add_paragraph(f"This is the style {style.name}.").style = word.styles[style.name]
