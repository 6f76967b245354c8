"""Tables as plain text: "Label: value", aligned columns, or a block a row where a line would be too long.

Knows how cells stand beside each other. The blocks of a cell are printed by the function handed in.
"""

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import TypeAlias

from regdocs.content.identity import Identity
from regdocs.content.model import Block, Cell, Row, Table
from regdocs.render.text_inlines import changed_text, display_width, inlines_text

Print: TypeAlias = Callable[[tuple[Block, ...]], str]
_Texts: TypeAlias = list[str]

# A row wider than this is hard to read in an editor, so it becomes a block of lines.
_WIDEST = 110
_GAP = "  "


def table_text(table: Table, identity: Identity, show: Print) -> str:
    """Return a table; its caption stands above it. Text in a cell is never broken into lines of our own."""
    if table.role == "facts":
        body = _facts(table, show)
    else:
        columns = len(table.columns)
        head = list(_texts(table.head, columns, show))
        rows = [(row.section, texts) for row, texts in zip(table.rows, _texts(table.rows, columns, show), strict=True)]
        body = _aligned(head, rows) or _blocks(head, rows)
    caption = inlines_text(table.caption, identity)
    return "\n\n".join(part for part in (caption, body) if part)


def _texts(rows: tuple[Row, ...], columns: int, show: Print) -> Iterator[_Texts]:
    """Yield the text of each column of each row; a merged cell's text stands in its first column and row."""
    below = [0] * columns
    for row in rows:
        texts = [""] * columns
        column = 0
        for cell in row.cells:
            while column < columns and below[column]:
                column += 1
            if column == columns:
                break
            texts[column] = changed_text(show(cell.blocks), row.change)
            span = range(column, min(column + cell.colspan, columns))
            for taken in span:
                below[taken] = cell.rowspan
            column += len(span)
        below = [max(0, left - 1) for left in below]
        yield texts


def _facts(table: Table, show: Print) -> str:
    facts = [changed_text(_fact(row.cells, show), row.change) for row in (*table.head, *table.rows)]
    # A value of several lines needs air around it to be found.
    return "".join(f"{fact}\n\n" if "\n" in fact else f"{fact}\n" for fact in facts).rstrip("\n")


def _fact(cells: tuple[Cell, ...], show: Print) -> str:
    label, *values = [show(cell.blocks) for cell in cells] or [""]
    value = "\n".join(value for value in values if value)
    return _labelled(label, value) if values else label


def _labelled(label: str, value: str) -> str:
    if not label:
        return value
    colon = "" if label.endswith((":", "?")) else ":"
    # Several lines start at the margin, so that they can be taken as they stand.
    return f"{label}{colon}\n{value}" if "\n" in value else f"{label}{colon} {value}".rstrip(" ")


def _aligned(head: list[_Texts], rows: list[tuple[bool, _Texts]]) -> str:
    """Return the table in columns, or "" when a cell has several lines or a line would be too long."""
    plain = [texts for section, texts in rows if not section]
    columns = [[text for text in column if text] for column in zip_longest(*head, *plain, fillvalue="")]
    if any("\n" in text for column in columns for text in column):
        return ""
    widths = [max(map(display_width, column), default=0) for column in columns]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > _WIDEST:
        return ""
    lines = [_line(texts, widths) for texts in head]
    lines += [_GAP.join("-" * width for width in widths)] if head else []
    return "\n".join([*lines, *(_section(texts) if section else _line(texts, widths) for section, texts in rows)])


def _line(texts: _Texts, widths: list[int]) -> str:
    padded = [text + " " * (width - display_width(text)) for text, width in zip(texts, widths, strict=False)]
    return _GAP.join(padded).rstrip(" ")


def _section(texts: _Texts) -> str:
    return " ".join(text for text in texts if text)


def _blocks(head: list[_Texts], rows: list[tuple[bool, _Texts]]) -> str:
    """Return each row as lines of "column's head: text"; without a head, of the text alone."""
    labels = [" ".join(dict.fromkeys(text for text in column if text)) for column in zip_longest(*head, fillvalue="")]
    blocks = [_section(texts) if section else _block(labels, texts) for section, texts in rows]
    return "\n\n".join(block for block in blocks if block)


def _block(labels: _Texts, texts: _Texts) -> str:
    pairs = zip_longest(labels, texts, fillvalue="")
    return "\n".join(_labelled(label, text) for label, text in pairs if text)
