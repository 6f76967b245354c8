"""Bookmarks: how a block's id survives in a Word file, so that a file that comes back can be matched.

Word allows 40 characters of letters, digits and underscores in a bookmark's name, which is less than an id needs. The
name is made from the id with a digest, and a custom XML part, which Word keeps when it saves, holds the whole id.
"""

import hashlib
import re
import zipfile
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree

from regdocs.render.docx.wordml import DECLARATION, escape

PART = "customXml/item1.xml"
PROPERTIES_PART = "customXml/itemProps1.xml"
_NAMESPACE = "urn:regdocs:block-ids:v1"
_UNSAFE = re.compile("[^A-Za-z0-9]")


@lru_cache(maxsize=20_000)
def bookmark_name(block_id: str) -> str:
    """Return the bookmark of a block: the end of its id for people, twelve digits of SHA-256 to be unique.

    The leading underscore makes it a hidden bookmark, so that Word's list does not fill with thousands of names.
    """
    digest = hashlib.sha256(block_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"_{_UNSAFE.sub('_', block_id[-26:])}_{digest}"


def mapping_xml(ids: dict[str, str]) -> str:
    """Return the part that names the whole id of every bookmark, in the order of the document."""
    rows = "".join(f'<block bookmark="{name}">{escape(block_id)}</block>\n' for name, block_id in ids.items())
    return f'{DECLARATION}<blocks xmlns="{_NAMESPACE}">\n{rows}</blocks>'


def mapping_properties_xml() -> str:
    """Return the companion part Word wants beside a custom XML part; its id is fixed, ours alone."""
    return (
        f'{DECLARATION}<ds:datastoreItem ds:itemID="{{7B1D6C1E-52A4-4E0B-9C3F-0D5E2A6F8B11}}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def block_ids(docx: bytes) -> dict[str, str]:
    """Return the block id of every bookmark name of a file we wrote, also after Word has saved it again.

    Empty when the file carries no such part: it is not one of ours, or a program threw the part away.
    """
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        names = sorted(name for name in archive.namelist() if re.fullmatch(r"customXml/item\d+\.xml", name))
        parts = [archive.read(name) for name in names]
    for part in parts:
        if _NAMESPACE.encode() in part and b"<!DOCTYPE" not in part:
            root = ElementTree.fromstring(part)
            return {block.get("bookmark", ""): block.text or "" for block in root.iter(f"{{{_NAMESPACE}}}block")}
    return {}
