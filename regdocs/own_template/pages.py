"""Pages of a template: how wide the text is where something stands, and which headers and footers each page has.

Knows section properties; knows no field.
"""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from regdocs.own_template.package import MAIN, MAIN_RELS, Package, relations
from regdocs.own_template.places import TC
from regdocs.render.docx.wordml import R, W

_A4, _MARGIN, _CELL_MARGINS = 11906, 1440, 216
_LEAST, _MOST = 600, 31_680
_SECTION = f"{{{W}}}sectPr"


def width_at(package: Package, part: str, element: Element) -> int:
    """Return the width, in twips, that a block has where an element stands."""
    cell = next(element.iterancestors(TC), None)
    text = text_width(package, element if part == MAIN else None)
    if cell is None:
        return text
    size, row = cell.find(f"{{{W}}}tcPr/{{{W}}}tcW"), cell.getparent()
    if size is not None and size.get(f"{{{W}}}type") == "dxa" and (width := _measure(size, "w", 0)):
        return max(_LEAST, min(width - _CELL_MARGINS, text))
    cells = 1 if row is None else max(1, len(row.findall(TC)))
    return max(_LEAST, text // cells - _CELL_MARGINS)


def text_width(package: Package, element: Element | None) -> int:
    """Return the width between the margins of the section that an element stands in; the first one's for None."""
    sections = list(package.roots[MAIN].iter(_SECTION))
    section = sections[0] if sections else None
    if element is not None and sections:
        after = (one for one in sections if _is_after(one, element))
        section = next(after, sections[-1])
    if section is None:
        return _A4 - 2 * _MARGIN
    size, margins = section.find(f"{{{W}}}pgSz"), section.find(f"{{{W}}}pgMar")
    sides = _measure(margins, "left", _MARGIN) + _measure(margins, "right", _MARGIN)
    return max(_LEAST, min(_measure(size, "w", _A4) - sides, _MOST))


def pages_without(package: Package, marked: frozenset[str]) -> tuple[str, ...]:
    """Return in words the kinds of pages on which neither header nor footer is one of these parts."""
    rels = package.roots.get(MAIN_RELS)
    targets = {} if rels is None else {one.get("Id", ""): to for one, _, to in relations(rels, MAIN_RELS)}
    lacking: dict[str, None] = {}
    standing: dict[tuple[str, str], str] = {}
    for number, section in enumerate(package.roots[MAIN].iter(_SECTION), start=1):
        for kind in ("header", "footer"):
            for one in section.findall(f"{{{W}}}{kind}Reference"):
                standing[kind, one.get(f"{{{W}}}type", "default")] = targets.get(one.get(f"{{{R}}}id", ""), "")
        for page in _kinds_of_pages(package, section):
            if not {standing.get((kind, page)) for kind in ("header", "footer")} & marked:
                lacking[f"{_PAGES[page]} of section {number}"] = None
    return tuple(lacking) or (("the pages",) if not standing else ())


_PAGES = {"default": "the pages", "first": "the first page", "even": "the even pages"}


def _kinds_of_pages(package: Package, section: Element) -> Iterator[str]:
    yield "default"
    if _is_on(section.find(f"{{{W}}}titlePg")):
        yield "first"
    settings = (package.roots[name] for name in package.targets(("settings",)))
    if any(_is_on(one.find(f"{{{W}}}evenAndOddHeaders")) for one in settings):
        yield "even"


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(f"{{{W}}}val", "1") not in ("0", "false", "off")


def _is_after(section: Element, element: Element) -> bool:
    """Tell whether a section's properties stand in the same piece of the text as an element, or behind it."""
    return _order(section) >= _order(element)


def _order(element: Element) -> int:
    """Return the place among the pieces of the body in which an element stands."""
    chain = [element, *element.iterancestors()]
    return chain[-2].index(chain[-3]) if len(chain) > 2 else 0


def _measure(element: Element | None, name: str, default: int) -> int:
    text = "" if element is None else element.get(f"{{{W}}}{name}", "")
    return int(text) if text.isdecimal() and len(text) < 9 else default
