"""What pandoc makes of Word files with their changes accepted or rejected: paragraphs, and tables as rows of cells.

Knows pandoc's JSON. Paragraphs and rows without words are left out, because pandoc leaves most of them out itself, and
tables whose rows it does not know to be tracked are empty then.
"""

import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pypandoc

Read: TypeAlias = list[Any]
"""Pairs of style and words; for a table, a list of rows, each a list of cells, each the same again."""

_INSIDE = {"Emph", "Strong", "Superscript", "Subscript", "SmallCaps", "Strikeout", "Underline"}


def read_by_pandoc(path: Path, changes: Literal["accept", "reject"]) -> Read:
    """Return the text of a Word file on one side of its tracked changes."""
    command = [pypandoc.get_pandoc_path(), "-f", "docx+styles", f"--track-changes={changes}", "-t", "json", str(path)]
    read = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    titles = [{"t": "Para", "c": one["c"]} for one in read["meta"].values() if one["t"] == "MetaInlines"]
    return [*_parts(titles, "Title"), *_parts(read["blocks"], "")]


def without_styles(read: Read) -> Read:
    """Return the same without the names of styles."""
    return [
        ["", part[1]] if isinstance(part[0], str) else [[*map(without_styles, row)] for row in part] for part in read
    ]


def _parts(blocks: Iterable[Any], style: str) -> Iterator[Any]:
    for block in blocks:
        kind, inside = block["t"], block.get("c")
        if kind in ("Para", "Plain", "Header"):
            words = " ".join(_words(inside[2] if kind == "Header" else inside).split())
            yield from [[f"Heading {inside[0]}" if kind == "Header" else style, words]] if words else []
        elif kind == "Div":
            yield from _parts(inside[1], dict(inside[0][2]).get("custom-style", style))
        elif kind == "Table":
            yield from _parts(inside[1][1], "")
            yield from _table(inside, style)
        else:
            for item in {"BulletList": inside, "OrderedList": inside and inside[-1], "BlockQuote": [inside]}[kind]:
                yield from _parts(item, style)


def _table(inside: Any, style: str) -> Iterator[Any]:
    rows = [*inside[3][1], *(row for body in inside[4] for row in (*body[2], *body[3])), *inside[5][1]]
    cells = [[list(_parts(cell[4], style)) for cell in row[1]] for row in rows]
    if said := [row for row in cells if any(row)]:
        yield said


def _words(inlines: Iterable[Any]) -> str:
    return "".join(map(_word, inlines))


def _word(inline: Any) -> str:
    kind, inside = inline["t"], inline.get("c")
    if kind == "Str":
        return str(inside)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Span", "Link", "Quoted"):
        return _words(inside[1])
    return _words(inside) if kind in _INSIDE else str(inside[1]) if kind == "Code" else ""
