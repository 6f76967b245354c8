"""The parts of an institution's Word template: hostile input, read within bounds and made harmless.

What runs (macros, ActiveX, embedded objects, fields that fetch) is refused. What leads out of the file is taken off
where the words can stay without it (hyperlinks, an attached template), else refused. Knows packages; knows no field.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from regdocs.errors import Refusal
from regdocs.render.docx.package import read_parts, write_parts
from regdocs.render.docx.wordml import R, W

MAX_BYTES = 10_000_000
MAX_PARTS = 1_000
MAIN = "word/document.xml"
TYPES, ROOT_RELS, MAIN_RELS = "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STRICT = "http://purl.oclc.org/ooxml/"
_TAKEN = (f"{WORD_TYPE}.document.main+xml", f"{WORD_TYPE}.template.main+xml")
_RUNS = re.compile(r"macroEnabled|vbaProject|vbaData|activeX|oleObject", re.IGNORECASE)
_REFUSED = {
    "vbaProject": "macros",
    "control": "an ActiveX control",
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "aFChunk": "another document inside it",
    "subDocument": "another document inside it",
    "frame": "frames",
    "origin": "a digital signature, which filling it would break",
}
_FETCHING = re.compile(
    r"\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|LINK|IMPORT|DATABASE|RD|MACROBUTTON|AUTOTEXT|EMBED|CONTROL)\b",
    re.IGNORECASE,
)
_STALE = ("thumbnail", "stylesWithEffects")
_SHOWN = 80
_PLAIN: dict[Any, str] = {None: RELS}  # lxml takes None for no prefix


@dataclass(slots=True)
class Package:
    """The parts of a Word file.

    Attributes:
        roots: The XML parts by name.
        others: All other parts (pictures, fonts).
        taken_off: What was taken off, in words.
    """

    roots: dict[str, Element]
    others: dict[str, bytes]
    taken_off: list[str] = field(default_factory=list)

    def to_bytes(self) -> bytes:
        """Return the file; the same parts give the same bytes."""
        written = {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in self.roots.items()
        }
        return write_parts({**self.others, **written})

    def targets(self, kinds: tuple[str, ...]) -> list[str]:
        """Return the parts that the text refers to as one of these kinds ("header"), by their names, sorted."""
        rels = self.roots.get(MAIN_RELS)
        found = [] if rels is None else [target for _, kind, target in relations(rels, MAIN_RELS) if kind in kinds]
        return sorted({name for name in found if name in self.roots})

    def relate(self, kind: str, target: str, content_type: str) -> None:
        """Let the text refer to a part of that kind, and say what the part is."""
        rels = self.roots.setdefault(MAIN_RELS, etree.Element(f"{{{RELS}}}Relationships", nsmap=_PLAIN))
        taken, number = {one.get("Id") for one in rels}, 1
        while f"rIdRegdocs{number}" in taken:
            number += 1
        relative = target.removeprefix("word/") if target.startswith("word/") else f"../{target}"
        link = etree.SubElement(rels, f"{{{RELS}}}Relationship", Id=f"rIdRegdocs{number}")
        link.set("Type", f"{R}/{kind}")
        link.set("Target", relative)
        self.declare(target, content_type)

    def declare(self, part: str, content_type: str) -> None:
        """Say what a part is."""
        types = self.roots[TYPES]
        for one in types.findall(f"{{{CONTENT_TYPES}}}Override"):
            if one.get("PartName") == f"/{part}":
                one.set("ContentType", content_type)
                return
        made = etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName=f"/{part}")
        made.set("ContentType", content_type)


def read_package(data: bytes) -> Package:
    """Return the parts of a template that may be filled.

    Raises:
        Refusal: It is no Word file that can be read, is too large, runs something, or reaches out of itself.
    """
    if len(data) > MAX_BYTES:
        raise Refusal(f"the template has {len(data):,} bytes; at most {MAX_BYTES:,} are read")
    parts = _parts(data)
    roots = {name: _parsed(name, part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    package = Package(roots, {name: part for name, part in parts.items() if name not in roots})
    _demand_word(package)
    for name in sorted(one for one in roots if one.endswith(".rels")):
        _keep_inside(package, name)
    _drop(package)
    for name, root in package.roots.items():
        _demand_no_fetching(name, root)
    for name in package.targets(("settings",)):
        _without(package.roots[name], ("mailMerge", "updateFields"))
    return package


def relations(rels: Element, name: str) -> list[tuple[Element, str, str]]:
    """Return each relationship inside the package: its element, its kind, and the part that it leads to."""
    folder = dirname(dirname(name))
    return [
        (one, kind_of(one), normpath(join(folder, one.get("Target", ""))).lstrip("/"))
        for one in rels.findall(f"{{{RELS}}}Relationship")
        if one.get("TargetMode") != "External"
    ]


def kind_of(relation: Element) -> str:
    """Return the kind of a relationship, the last word of its type."""
    return relation.get("Type", "").rpartition("/")[2]


def parsed(data: bytes | str) -> Element:
    """Return the root of an XML text, read without entities, network and unusual depth; raises as lxml does."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(data.encode("utf-8") if isinstance(data, str) else data, parser)


def _parts(data: bytes) -> dict[str, bytes]:
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Refusal("the template is an old .doc file or protected by a password; save it as .docx without one")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
        if len(names) > MAX_PARTS or len(set(names)) != len(names):
            raise Refusal("the template has too many parts, or two of one name")
        return read_parts(data)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Refusal("the template is no Word file that can be read; save it again from Word as .docx") from error


def _parsed(name: str, data: bytes) -> Element:
    try:
        root = parsed(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal(f"the part {name[:_SHOWN]} of the template cannot be read; save it again from Word") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise Refusal(f"the part {name[:_SHOWN]} of the template declares a document type, which no Word file needs")
    return root


def _demand_word(package: Package) -> None:
    """Refuse what is no Word document, or one that may run something."""
    types, links = package.roots.get(TYPES), package.roots.get(ROOT_RELS)
    if types is None or links is None or MAIN not in package.roots:
        raise Refusal("the template is no Word file that can be read; save it again from Word as .docx")
    declared = {one.get("PartName", ""): one.get("ContentType", "") for one in types if one.get("PartName")}
    every = [one.get("ContentType", "") for one in types]
    if any(map(_RUNS.search, (*every, *package.others, *package.roots))):
        raise Refusal("the template holds macros or embedded objects; save it as .docx without them")
    main = [target for _, kind, target in relations(links, ROOT_RELS) if kind == "officeDocument"]
    if package.roots[MAIN].tag.startswith(f"{{{_STRICT}"):
        raise Refusal('the template is saved as "Strict Open XML"; save it as an ordinary Word document (.docx)')
    if main != [MAIN] or declared.get(f"/{MAIN}") not in _TAKEN or package.roots[MAIN].tag != f"{{{W}}}document":
        raise Refusal(f"the template is no Word document whose text is in {MAIN}; save it again from Word as .docx")
    package.declare(MAIN, _TAKEN[0])  # what was a .dotx is a document when it is filled


def _keep_inside(package: Package, name: str) -> None:
    """Take off what leads out of the file, or refuse it."""
    source = package.roots.get(join(dirname(dirname(name)), name.rpartition("/")[2].removesuffix(".rels")))
    for link in list(package.roots[name]):
        kind, target = kind_of(link), link.get("Target", "")[:_SHOWN]
        if kind in _REFUSED:
            raise Refusal(f"the template holds {_REFUSED[kind]}; take that out and save it again")
        if link.get("TargetMode") != "External":
            continue
        if kind not in ("hyperlink", "attachedTemplate") or source is None:
            raise Refusal(f'the template fetches "{target}" ({kind}) from outside; put what it shows into the file')
        _unlink(source, link.get("Id", ""))
        package.roots[name].remove(link)
        package.taken_off.append(f'the {"link" if kind == "hyperlink" else "attached template"} "{target}"')


def _drop(package: Package) -> None:
    """Leave out parts that say again, of the template, what is no longer so: a small picture, styles for Word 2010."""
    for name in [one for one in package.roots if one.endswith(".rels")]:
        for link, kind, target in relations(package.roots[name], name):
            if kind in _STALE:
                package.roots[name].remove(link)
                package.roots.pop(target, None)
                package.others.pop(target, None)
                for one in package.roots[TYPES].findall(f"{{{CONTENT_TYPES}}}Override"):
                    if one.get("PartName") == f"/{target}":
                        package.roots[TYPES].remove(one)


def _unlink(root: Element, key: str) -> None:
    """Take away what refers to a relationship; the words of a hyperlink stay."""
    for one in [each for each in root.iter() if each.get(f"{{{R}}}id") == key]:
        parent = one.getparent()
        if parent is None:
            continue
        if one.tag == f"{{{W}}}hyperlink":
            place = parent.index(one)
            for child in reversed(list(one)):
                parent.insert(place, child)
        parent.remove(one)


def _demand_no_fetching(name: str, root: Element) -> None:
    """Refuse fields that fetch or run something when the file is opened or brought up to date."""
    instructions, open_one = [one.get(f"{{{W}}}instr", "") for one in root.iter(f"{{{W}}}fldSimple")], ""
    for one in root.iter(f"{{{W}}}instrText", f"{{{W}}}fldChar"):
        if one.tag == f"{{{W}}}instrText":
            open_one += one.text or ""
        else:
            instructions.append(open_one)
            open_one = ""
    for instruction in (*instructions, open_one):
        if _FETCHING.match(instruction):
            told = " ".join(instruction.split())[:_SHOWN]
            raise Refusal(f'the template has a field that fetches or runs something ("{told}", {name}); take it out')


def _without(root: Element, names: tuple[str, ...]) -> None:
    for name in names:
        for one in root.findall(f"{{{W}}}{name}"):
            root.remove(one)
