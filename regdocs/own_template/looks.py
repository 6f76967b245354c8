"""How the words of a place look: the style of its paragraph and the properties of its runs, handed on to what comes.

Knows Word's XML; knows no field.
"""

import re
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from regdocs.own_template.places import P, R, T
from regdocs.own_template.sheet import VAL
from regdocs.render.docx.wordml import W

PPR, RPR, STYLE = (f"{{{W}}}{name}" for name in ("pPr", "rPr", "pStyle"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# The order that the schema wants of the properties of a run.
_ORDER = tuple(
    f"{{{W}}}{name}"
    for name in re.findall(
        r"\w+",
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang",
    )
)


def style_of(paragraph: Element | None) -> str | None:
    """Return the style that a paragraph names, or None."""
    style = None if paragraph is None else paragraph.find(f"{PPR}/{STYLE}")
    return None if style is None else style.get(VAL)


def take_style(paragraph: Element, style: str) -> None:
    """Let a paragraph that names no style name this one."""
    if paragraph.tag != P or paragraph.find(f"{PPR}/{STYLE}") is not None:
        return
    properties = paragraph.find(PPR)
    if properties is None:
        properties = etree.Element(PPR)
        paragraph.insert(0, properties)
    named = etree.Element(STYLE)
    named.set(VAL, style)
    properties.insert(0, named)


def look_of(control: Element, content: Element) -> Element | None:
    """Return how words in a control look: as its first run, unless that is only a placeholder, or as it says itself."""
    if control.find(f"{{{W}}}sdtPr/{{{W}}}showingPlcHdr") is None:
        first = next(content.iter(R), None)
        look = None if first is None else first.find(RPR)
        if look is not None:
            return look
    return control.find(f"{{{W}}}sdtPr/{RPR}")


def look_like(run: Element, look: Element | None) -> None:
    """Give a run the properties of the place; what it says of itself, such as its mark for open values, stays."""
    if look is None:
        return
    own = run.find(RPR)
    named = {} if own is None else {one.tag: one for one in own}
    every = [*named.values(), *(deepcopy(one) for one in look if one.tag not in named)]
    every.sort(key=_rank)
    properties = etree.Element(RPR)
    properties.extend(every)
    if own is not None:
        run.remove(own)
    run.insert(0, properties)


def _rank(element: Element) -> int:
    return _ORDER.index(element.tag) if element.tag in _ORDER else len(_ORDER)


def piece_like(look: Element | None) -> Element:
    """Return an empty run that looks so."""
    run = etree.Element(R)
    if look is not None:
        run.append(deepcopy(look))
    return run


def text_of(words: str) -> Element:
    """Return words as a text of a run, with all their spaces."""
    text = etree.Element(T)
    text.text = words
    text.set(_SPACE, "preserve")
    return text
