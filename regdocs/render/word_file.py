"""The words of a Word file: body, notes and comments as they read with all changes accepted, then running titles.

Reads with lxml, without entities and network. The numbers of pages that fields show are left out: each program that
lays pages anew puts in its own. The room for the stamp is the last cell of the table at the top of a header.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from regdocs.errors import Refusal
from regdocs.render.text_layer import Word

MAX_PARTS_BYTES = 64 * 1024 * 1024  # of the parts with words, unpacked
_MAX_RELATIONS = 1_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what stands before it
_LETTERS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "tab": " ", "br": " ", "cr": " ", "p": " "}
_NOT_READ = ("moveFrom", "del")  # what is gone with all changes accepted
_FLOW = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
_RELATIONS, _OF_TEXT = "_rels/.rels", "word/_rels/document.xml.rels"
_WITH_WORDS = ("header", "footer", "footnotes", "endnotes", "comments", "aFChunk", "subDocument")
_HEADER = "word/header"
_RUNNING = re.compile(r"word/(?:header|footer)[^/]*\.xml")
_PAGE_FIELD = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


def words_of_word_file(data: bytes, *, stamp_area: bool) -> Iterator[Word]:
    """Yield the words of a Word file.

    Raises:
        Refusal: It is no Word file that can be read, or unpacks to too much.
    """
    for name, root in parts_with_words(data):
        if name in _FLOW:
            yield from (Word(one, 0) for one in text_read(root).split())
            continue
        cell = _stamp_cell(root) if stamp_area and name.startswith(_HEADER) else None
        if cell is not None:
            yield from (Word(one, 0, stamped=True) for one in text_read(cell).split())
            cell.clear()
        title = " ".join(text_read(root).split())
        yield from (Word(one, 0, margin=title) for one in title.split())


def parts_with_words(data: bytes) -> list[tuple[str, Any]]:
    """Return the parts with words, those of the text first, each with its name."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [one for one in package.infolist() if _is_read(one.filename)]
            if sum(one.file_size for one in names) > MAX_PARTS_BYTES:
                raise Refusal("it unpacks to more than is read")
            if _FLOW[0] not in {one.filename for one in names}:
                raise Refusal("it is no Word file that can be read")
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            _demand_read(package, parser)
            ordered = sorted(names, key=lambda one: (_order(one.filename), one.filename))
            return [(one.filename, etree.fromstring(package.read(one), parser)) for one in ordered]
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        zlib.error,
        ValueError,
        KeyError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise Refusal("it is no Word file that can be read") from error


def _demand_read(package: zipfile.ZipFile, parser: Any) -> None:
    """Refuse a file of which programs show other parts with words than those that are read here."""
    opened = [target for kind, target in _relations(package, _RELATIONS, parser) if kind == "officeDocument"]
    shown = [f"word/{target}" for kind, target in _relations(package, _OF_TEXT, parser) if kind in _WITH_WORDS]
    if opened != [_FLOW[0]]:
        raise Refusal(f"it is no Word file that can be read: its text is not in {_FLOW[0]}")
    for one in shown:
        if not _is_read(one):
            raise Refusal(f"it shows words of a part that is not read: {one[:80]}")


def _relations(package: zipfile.ZipFile, name: str, parser: Any) -> Iterator[tuple[str, str]]:
    """Yield kind and target of each relationship that a part lists; a part need not have any."""
    from lxml import etree

    if name not in package.namelist():
        return
    if package.getinfo(name).file_size > _MAX_RELATIONS:
        raise Refusal("it unpacks to more than is read")
    for one in etree.fromstring(package.read(name), parser):
        yield str(one.get("Type")).rpartition("/")[2], str(one.get("Target")).lstrip("/")


def _is_read(name: str) -> bool:
    return name in _FLOW or _RUNNING.fullmatch(name) is not None


def _order(name: str) -> int:
    return _FLOW.index(name) if name in _FLOW else len(_FLOW)


def _stamp_cell(root: Any) -> Any | None:
    """Return the cell that keeps room for the stamp, or None: the last one of the first row of a table at the top."""
    table = next((one for one in root if one.tag in (f"{_W}tbl", f"{_W}p")), None)
    cells = [] if table is None or table.tag != f"{_W}tbl" else table.findall(f"{_W}tr[1]/{_W}tc")
    return cells[-1] if len(cells) > 1 else None


def text_read(root: Any) -> str:
    """Return the text below an element, without what fields show as numbers of pages."""
    letters: list[str] = []
    fields: list[str] = []  # the instruction of each field that is open
    skipped: set[Any] = set()
    for element in root.iter():
        if element.getparent() in skipped or element.tag == _FALLBACK:
            skipped.add(element)
            continue
        name = element.tag.removeprefix(_W) if isinstance(element.tag, str) else ""
        if name == "fldChar":
            _turn(fields, element.get(f"{_W}fldCharType"))
        elif name in _NOT_READ or (name == "r" and element.find(f"{_W}rPr/{_W}vanish") is not None):
            skipped.add(element)
        elif name == "instrText" and fields:
            fields[-1] += element.text or ""
        elif name == "fldSimple" and _PAGE_FIELD.match(element.get(f"{_W}instr") or ""):
            skipped.add(element)
        elif not any(_PAGE_FIELD.match(one) for one in fields):
            letters.append((element.text or "") if name == "t" else _LETTERS.get(name, ""))
    return "".join(letters)


def _turn(fields: list[str], what: str | None) -> None:
    if what == "begin":
        fields.append("")
    elif what == "end" and fields:
        fields.pop()
