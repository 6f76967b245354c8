"""Styles and lists of the template: ours are found in it by their names, and brought along where it has none.

A style of the template that has the name of one of ours ("heading 1", "List Bullet") is taken as the institution made
it. Knows `styles.xml` and `numbering.xml`; knows no block.
"""

from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from regdocs.errors import Refusal
from regdocs.own_template.package import WORD_TYPE, Package, parsed
from regdocs.render.docx.package import read_template
from regdocs.render.docx.wordml import W

_LINKED = ("basedOn", "next", "link")
_USED = tuple(f"{{{W}}}{name}" for name in ("pStyle", "rStyle", "tblStyle"))
_NUMBERING = "word/numbering.xml"
VAL, ID = f"{{{W}}}val", f"{{{W}}}styleId"


class Styles:
    """The styles of a template, and ours, which join it one by one as they are used."""

    def __init__(self, package: Package, reference: bytes) -> None:
        names = package.targets(("styles",))
        if not names:
            raise Refusal("the template has no styles; save it again from Word as .docx")
        self._root = package.roots[names[0]]
        self._ours = {_id(one): one for one in parsed(read_template(reference).parts["word/styles.xml"]).iter(_STYLE)}
        self._theirs = {_key(one): _id(one) for one in self._root.iter(_STYLE)}
        self._taken = {_id(one) for one in self._root.iter(_STYLE)}
        self._names = {_id(one): _key(one)[1] for one in self._root.iter(_STYLE)}
        self._of_ours: dict[str, str] = {}

    def put_into(self, element: Element) -> None:
        """Let what was written in our styles name those of the template."""
        for one in element.iter(*_USED):
            one.set(VAL, self._id_of(one.get(VAL, "")))

    def is_title(self, style: str | None) -> bool:
        """Tell whether a style of the template is one of headings or titles."""
        return self._names.get(style or "", "").startswith(("heading", "title"))

    def _id_of(self, ours: str) -> str:
        style = self._ours.get(ours)
        if style is None:
            return ours
        if ours not in self._of_ours:
            standing = self._theirs.get(_key(style))
            self._of_ours[ours] = self._free(ours) if standing is None else standing
            if standing is None:
                self._bring(style, self._of_ours[ours])
        return self._of_ours[ours]

    def _bring(self, style: Element, name: str) -> None:
        brought = deepcopy(style)
        brought.set(ID, name)
        if brought.get(f"{{{W}}}default") is not None:
            del brought.attrib[f"{{{W}}}default"]
        self._root.append(brought)
        for link in [one for kind in _LINKED for one in brought.findall(f"{{{W}}}{kind}")]:
            link.set(VAL, self._id_of(link.get(VAL, "")))

    def _free(self, name: str) -> str:
        while name in self._taken:
            name = f"Regdocs{name}"
        self._taken.add(name)
        return name


class Lists:
    """The lists of a template: two definitions of ours beside its own, and a number for each list that is written."""

    def __init__(self, package: Package, reference: bytes) -> None:
        self._root = _numbering(package)
        taken = [_number(one, "abstractNumId") for one in self._root.findall(f"{{{W}}}abstractNum")]
        self._definition = max(taken, default=0) + 1
        self.bullets = max((_number(one, "numId") for one in self._root.findall(f"{{{W}}}num")), default=0) + 1
        self.first = self.bullets + 1
        self._ours = _definitions(reference)

    def write(self, starts: list[int]) -> None:
        """Add the definitions, the number of all bulleted lists, and one for each numbered list, by its level."""
        place = next((n for n, one in enumerate(self._root) if one.tag == f"{{{W}}}num"), len(self._root))
        for number, definition in reversed(list(enumerate(self._ours, start=self._definition))):
            definition.set(f"{{{W}}}abstractNumId", str(number))
            self._root.insert(place, definition)
        self._add(self.bullets, self._definition, None)
        for number, level in enumerate(starts, start=self.first):
            self._add(number, self._definition + 1, level)

    def _add(self, number: int, definition: int, level: int | None) -> None:
        made = etree.Element(f"{{{W}}}num")
        made.set(f"{{{W}}}numId", str(number))
        etree.SubElement(made, f"{{{W}}}abstractNumId").set(VAL, str(definition))
        if level is not None:
            override = etree.SubElement(made, f"{{{W}}}lvlOverride")
            override.set(f"{{{W}}}ilvl", str(level))
            etree.SubElement(override, f"{{{W}}}startOverride").set(VAL, "1")
        end = self._root.find(f"{{{W}}}numIdMacAtCleanup")
        self._root.append(made) if end is None else end.addprevious(made)


_STYLE = f"{{{W}}}style"


def _id(style: Element) -> str:
    return style.get(ID, "")


def _key(style: Element) -> tuple[str, str]:
    """Return kind and name of a style; programs write names in capitals or not."""
    name = style.find(f"{{{W}}}name")
    return style.get(f"{{{W}}}type", "paragraph"), "" if name is None else name.get(VAL, "").casefold()


def _numbering(package: Package) -> Element:
    names = package.targets(("numbering",))
    if not names:
        package.roots[_NUMBERING] = etree.Element(f"{{{W}}}numbering", nsmap={"w": W})
        package.relate("numbering", _NUMBERING, f"{WORD_TYPE}.numbering+xml")
        names = [_NUMBERING]
    return package.roots[names[0]]


def _definitions(reference: bytes) -> tuple[Element, Element]:
    """Return our definitions of bulleted and of numbered lists."""
    root = parsed(read_template(reference).parts["word/numbering.xml"])
    kinds: dict[str, Element] = {}
    for definition in root.findall(f"{{{W}}}abstractNum"):
        form = definition.find(f"{{{W}}}lvl/{{{W}}}numFmt")
        kinds.setdefault("" if form is None else form.get(VAL, ""), definition)
    if not {"bullet", "decimal"} <= kinds.keys():
        raise Refusal("reference.docx lacks a bulleted or a numbered list; start from the one of the program")
    return kinds["bullet"], kinds["decimal"]


def _number(element: Element, name: str) -> int:
    text = element.get(f"{{{W}}}{name}", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0
