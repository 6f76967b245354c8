"""The zip package of a Word file: reading a template's parts, adding ours, writing the same bytes each time.

Knows parts, content types, relationships and core properties. Does not know paragraphs or the content tree.
"""

import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from regdocs.errors import Refusal
from regdocs.render.docx.wordml import DECLARATION, escape

_TIME = (1980, 1, 1, 0, 0, 0)
_LIMIT = 20_000_000
# Half the time of zlib's own choice, for files a quarter larger.
_COMPRESSION = 3
_OFFICE = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_OFFICE}.wordprocessingml"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = f"{_RELS}/metadata/core-properties"
_CORE_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TEMPLATE_PARTS = ("word/styles.xml", "word/numbering.xml", "word/theme/theme1.xml")
_PICTURE = re.compile(r"\br:(?:id|embed|link)=")
# Mode 15 lays tables and breaks out as Word has since 2013; without it the title bar says "Compatibility Mode".
# Nothing here makes Word ask before it opens the file, so no updateFields and no attached template.
SETTINGS = (
    '<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)
_TYPES = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/theme/theme1.xml": f"{_OFFICE}.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "customXml/itemProps1.xml": f"{_OFFICE}.customXmlProperties+xml",
}

# Validators want a font table; Word fills in the rest when it saves.
FONT_TABLE = '<w:font w:name="Calibri"><w:family w:val="swiss"/></w:font><w:font w:name="MS Gothic"/>'


@dataclass(frozen=True, slots=True)
class Template:
    """What is taken over from a `reference.docx`: its parts, and the ids of the styles it has."""

    parts: dict[str, str]
    styles: frozenset[str]


@lru_cache(maxsize=4)
def read_template(reference: bytes) -> Template:
    """Return the parts of a template that documents are written into.

    Raises:
        Refusal: The bytes are no Word file, or one without styles or numbering, or with a picture in a list or theme.
    """
    try:
        parts = {name: data.decode("utf-8-sig") for name, data in _wanted(reference).items()}
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refusal(
            "reference.docx is not a Word file that can be read. Save it again from Word as .docx."
        ) from error
    pictures = [name for name, text in parts.items() if _PICTURE.search(text)]
    if pictures:
        raise Refusal(f"reference.docx has a picture in {pictures[0]}, which is not taken over. Take the picture out.")
    missing = [name for name in ("word/styles.xml", "word/numbering.xml") if name not in parts]
    if missing:
        raise Refusal(f"reference.docx lacks {' and '.join(missing)}. Start from the one that comes with the program.")
    styles = frozenset(re.findall(r'w:styleId="([^"]+)"', parts["word/styles.xml"]))
    return Template(parts=parts, styles=styles)


def _wanted(package: bytes) -> dict[str, bytes]:
    return {name: data for name, data in read_parts(package).items() if name in _TEMPLATE_PARTS}


def read_parts(package: bytes) -> dict[str, bytes]:
    """Return every part of a zip package by name, in the order of names.

    Raises:
        Refusal: The parts are larger than any template or document of ours.
    """
    with zipfile.ZipFile(BytesIO(package)) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
        if sum(info.file_size for info in infos) > _LIMIT:
            raise Refusal("The Word file is too large to be read.")
        return {info.filename: archive.read(info) for info in infos}


def write_parts(parts: dict[str, bytes]) -> bytes:
    """Return a zip package with fixed times, order and attributes."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        # Readers that look at the first bytes only expect the content types first.
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name], compresslevel=_COMPRESSION)
    return stream.getvalue()


def assemble(parts: dict[str, str]) -> bytes:
    """Return the Word file of these parts, with content types and relationships made from their names."""
    made = dict(parts)
    word = sorted(name for name in parts if name.startswith("word/") and name != "word/document.xml")
    made["[Content_Types].xml"] = _content_types(sorted(parts))
    made["_rels/.rels"] = _relationships(
        [("rId1", f"{_REL}/officeDocument", "word/document.xml"), ("rId2", _CORE, "docProps/core.xml")]
    )
    links = [(relation_id(name), f"{_REL}/{_relation(name)}", name.removeprefix("word/")) for name in word]
    links.append(("customXml1", f"{_REL}/customXml", "../customXml/item1.xml"))
    made["word/_rels/document.xml.rels"] = _relationships(links)
    made["customXml/_rels/item1.xml.rels"] = _relationships([("rId1", f"{_REL}/customXmlProps", "itemProps1.xml")])
    return write_parts({name: text.encode("utf-8") for name, text in made.items()})


def relation_id(name: str) -> str:
    """Return the relationship id of a part of the main document: "header-portrait" of "word/header-portrait.xml"."""
    return name.rpartition("/")[2].removesuffix(".xml")


def _relation(name: str) -> str:
    return re.sub(r"[-0-9].*", "", relation_id(name))


def _content_types(names: list[str]) -> str:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{_type(name)}"/>' for name in names if _type(name))
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _type(name: str) -> str | None:
    if _relation(name) in ("header", "footer"):
        return f"{_WORD}.{_relation(name)}+xml"
    return _TYPES.get(name)


def _relationships(links: list[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in links)
    return f'{DECLARATION}<Relationships xmlns="{_RELS}">{inner}</Relationships>'


def core_properties(title: str, subject: str, language: str) -> str:
    """Return the file's properties: no person, no machine, one fixed time."""
    time = 'xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z'
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE_NAMESPACE}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>"
        f"<dc:language>{escape(language)}</dc:language><dcterms:created {time}</dcterms:created>"
        f"<dcterms:modified {time}</dcterms:modified></cp:coreProperties>"
    )
