"""Where fields stand in a template: content controls by tag or title, and marks left by braces. Knows Word's XML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml.etree import _Element as Element

from regdocs.own_template.braces import CLOSE, OPEN
from regdocs.own_template.package import MAIN, Package
from regdocs.own_template.wording import named, nearest
from regdocs.render.docx.wordml import W

TEXT_PARTS = ("header", "footer", "footnotes", "endnotes")
ELEMENTS = "element "
MARK = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
P, R, T, TC, SDT, CONTENT = (f"{{{W}}}{name}" for name in ("p", "r", "t", "tc", "sdt", "sdtContent"))
_BARE = frozenset(
    f"{{{W}}}{name}" for name in ("id", "rPr", "placeholder", "showingPlcHdr", "text", "richText", "lock")
)
_EXCERPT = 60

Level = Literal["block", "run", "cell", "row"]


@dataclass(frozen=True, slots=True)
class Control:
    """A content control: the name it asks for, itself, its part, and where it stands there."""

    name: str
    element: Element
    part: str
    level: Level


def text_parts(package: Package) -> list[str]:
    """Return the names of the parts with words: the text, then headers, footers and notes."""
    return [MAIN, *package.targets(TEXT_PARTS)]


def controls(part: str, root: Element) -> Iterator[Control]:
    """Yield the content controls of a part that have a tag or a title, outer ones first."""
    for element in root.iter(SDT):
        for kind in ("tag", "alias"):
            one = element.find(f"{{{W}}}sdtPr/{{{W}}}{kind}")
            if one is not None and (name := one.get(f"{{{W}}}val", "").strip()):
                yield Control(name, element, part, _level(element))


def unnamed(root: Element) -> int:
    """Return how many places to type in have no name: controls without tag, title and kind, and fields that ask."""
    asking = sum("FILLIN" in (one.text or "") for one in root.iter(f"{{{W}}}instrText"))
    return asking + sum(_is_bare(one.find(f"{{{W}}}sdtPr")) for one in root.iter(SDT))


def _is_bare(properties: Element | None) -> bool:
    return properties is not None and {one.tag for one in properties} <= _BARE


def asks_for_a_field(name: str, known: tuple[str, ...]) -> bool:
    """Tell whether somebody who named a control so meant a field: it looks like one, or is nearly the name of one."""
    if named(name) in known or name.startswith(ELEMENTS):
        return True
    return " " not in name and ("." in name or name.startswith("/") or bool(nearest(name, known)))


def standing(part: str, root: Element, element: Element) -> str:
    """Return in words where something stands: which part, which paragraph, and its words."""
    around = element if element.tag == P else next(element.iterancestors(P), None)
    first = around if around is not None else next(element.iter(P), None)
    if first is None:
        return place_of_part(part)
    number = next(n for n, one in enumerate(root.iter(P), start=1) if one is first)
    words = " ".join(words_of(first).split())[:_EXCERPT]
    return f"{place_of_part(part)}, paragraph {number}" + (f' ("{words}")' if words else "")


def place_of_part(part: str) -> str:
    """Return what people call a part."""
    return "the text" if part == MAIN else part.removeprefix("word/").removesuffix(".xml")


def words_of(element: Element) -> str:
    """Return the words in an element."""
    return "".join(one.text or "" for one in element.iter(T))


def paragraphs_with(root: Element, name: str) -> list[Element]:
    """Return the paragraphs in which a name stands in braces."""
    written = re.compile(rf"[{{%][^{{}}]*(?<![\w.-]){re.escape(name)}(?![\w.-])")
    return [one for one in root.iter(P) if written.search(words_of(one))]


def _level(element: Element) -> Level:
    content = element.find(CONTENT)
    inside = {child.tag for child in content} if content is not None else set()
    if TC in inside:
        return "cell"
    if f"{{{W}}}tr" in inside:
        return "row"
    return "run" if any(one.tag == P for one in element.iterancestors()) else "block"
