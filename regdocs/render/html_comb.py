"""Boxes for single characters, drawn as one SVG a group.

One drawing for a whole group costs a quarter less than a box per character when a PDF is made. Knows the pattern of a
comb; does not know where it stands.
"""

from functools import lru_cache
from html import escape
from urllib.parse import quote, unquote_to_bytes

CELL_MM = 5
HEIGHT_MM = 7
GAP_MM = 3

# An address that holds its own picture: nothing is asked for.
_ADDRESS = "data:image/svg+xml,"

# The letters that tell a reader what to write; others ("nnn") only say how many characters there are.
_HINTED = frozenset("dMyHhms")


def comb_svg(label: str, pattern: str) -> str:
    """Return the drawing: a box a letter, other characters between the boxes, the label as its title."""
    return _drawing(pattern, 'class="comb" role="img" ', f"<title>{escape(label)}</title>")


def comb_image(label: str, pattern: str) -> str:
    """Return the same as a picture in an address: the PDF engine reads each pattern once, however often it stands."""
    return f'<img class="comb" src="{_address(pattern)}" alt="{escape(label)}">'


def picture_at(address: str) -> bytes | None:
    """Return the drawing that an address of `comb_image` holds, or None for any other address."""
    return unquote_to_bytes(address.removeprefix(_ADDRESS)) if address.startswith(_ADDRESS) else None


@lru_cache(maxsize=200)
def _address(pattern: str) -> str:
    return _ADDRESS + quote(_drawing(pattern), safe="")


def _drawing(pattern: str, attributes: str = "", title: str = "") -> str:
    boxes: list[str] = []
    hints: list[tuple[float, str]] = []
    between: list[tuple[float, str]] = []
    x = 0.0
    for character in pattern:
        if character.isalpha():
            boxes.append(f"M{x + 0.2:g} .2h{CELL_MM}v{HEIGHT_MM - 0.4:g}h-{CELL_MM}z")
            hints.append((x + CELL_MM / 2 + 0.2, character))
            x += CELL_MM
        else:
            between.append((x + GAP_MM / 2 + 0.2, character))
            x += GAP_MM
    width = f"{x + 0.4:g}"
    return (
        f'<svg {attributes}xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{HEIGHT_MM}mm" '
        f'viewBox="0 0 {width} {HEIGHT_MM}">{title}'
        f'<path d="{"".join(boxes)}" fill="none" stroke="#333" stroke-width=".25"/>'
        + "".join(_character(at, HEIGHT_MM - 0.9, 2.4, "#666", one) for at, one in hints if one in _HINTED)
        + "".join(_character(at, HEIGHT_MM / 2 + 1.2, 3.8, "#333", one) for at, one in between)
        + "</svg>"
    )


def _character(x: float, y: float, size: float, colour: str, character: str) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}" text-anchor="middle" '
        f'font-family="Source Sans 3">{escape(character)}</text>'
    )
