"""Bookmarks of a filled template: the ids of its blocks, by which it can be read again like a file of our own.

Our writers name and number bookmarks for a file of their own; here they stand beside those of the template.
"""

import re

from lxml import etree
from lxml.etree import _Element as Element

from regdocs.own_template.package import Package, parsed
from regdocs.render.docx.bookmarks import mapping_properties_xml, mapping_xml
from regdocs.render.docx.wordml import R, W

_ITEM = re.compile(r"customXml/item(\d+)\.xml")
_NAMESPACE = "urn:regdocs:block-ids:v1"
_START, _END, _ID, _NAME = (f"{{{W}}}{name}" for name in ("bookmarkStart", "bookmarkEnd", "id", "name"))
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def forget_earlier_ids(package: Package, parts: list[str]) -> None:
    """Take away bookmarks of ours that a template has because it was made of a document of ours."""
    for name in [one for one in package.roots if _ITEM.fullmatch(one)]:
        root = package.roots[name]
        if etree.QName(root).namespace != _NAMESPACE:
            continue
        names = {one.get("bookmark") for one in root}
        for part in parts:
            _without_bookmarks(package.roots[part], names)
        for one in list(root):
            root.remove(one)


def keep_ids(package: Package, parts: list[str], ids: dict[str, str]) -> None:
    """Number the bookmarks anew, and write down which block each of ours is."""
    _number(package, parts)
    taken = {int(found[1]) for one in package.roots if (found := _ITEM.fullmatch(one))}
    earlier = [n for n in sorted(taken) if etree.QName(package.roots[_item(n)]).namespace == _NAMESPACE]
    if earlier:
        package.roots[_item(earlier[0])] = parsed(mapping_xml(ids))
        return
    number = max(taken, default=0) + 1
    properties = f"customXml/itemProps{number}.xml"
    package.roots[_item(number)] = parsed(mapping_xml(ids))
    package.roots[properties] = parsed(mapping_properties_xml())
    package.relate("customXml", _item(number), "application/xml")
    package.declare(properties, _PROPERTIES)
    link = f'<Relationship Id="rId1" Type="{R}/customXmlProps" Target="itemProps{number}.xml"/>'
    rels = f'<Relationships xmlns="{_RELS}">{link}</Relationships>'
    package.roots[f"customXml/_rels/item{number}.xml.rels"] = parsed(rels)


def _item(number: int) -> str:
    return f"customXml/item{number}.xml"


def _without_bookmarks(root: Element, names: set[str | None]) -> None:
    gone = [one for one in root.iter(_START) if one.get(_NAME) in names]
    keys = {one.get(_ID) for one in gone}
    for one in [*gone, *(end for end in root.iter(_END) if end.get(_ID) in keys)]:
        around = one.getparent()
        if around is not None:
            around.remove(one)


def _number(package: Package, parts: list[str]) -> None:
    """Give every bookmark of the file a number of its own."""
    number = 0
    for part in parts:
        given: dict[str, str] = {}
        for one in package.roots[part].iter(_START, _END):
            key = one.get(_ID, "")
            if one.tag == _START:
                given[key] = str(number)
                number += 1
            one.set(_ID, given.get(key, key))
