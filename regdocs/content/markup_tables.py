"""The table elements of the markup → Table. Knows the grid of a table; what stands in a cell is read by the caller."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from regdocs.content.choices import ALIGNS, TABLE_ROLES
from regdocs.content.markup_inlines import Place, read_inlines
from regdocs.content.markup_reading import TAGS, Reading
from regdocs.content.markup_xml import Element
from regdocs.content.model import Block, Cell, Inlines, Row, Table

WIDEST_SHARE = 1000
MOST_SPANNED = 200

CellReader: TypeAlias = Callable[[Element, Reading, str], tuple[Block, ...]]
"""Reads what stands in a cell; the text is the id for the one paragraph of bare inlines."""


def read_table(element: Element, reading: Reading, read_cell: CellReader) -> Table:
    """Return the table. A row that does not fill the columns, or a span that leaves its group, is reported."""
    reading.allow(element, *TAGS, "role", "columns")
    parts = reading.parts(element, ("caption", "thead", "tbody"))
    columns = _columns(element, reading)
    if "tbody" not in parts:
        reading.report(element, "<table> has no <tbody>")
    caption = parts.get("caption")
    return Table(
        **reading.tags(element),
        columns=columns,
        head=_rows(parts.get("thead"), reading, read_cell, len(columns)),
        rows=_rows(parts.get("tbody"), reading, read_cell, len(columns)),
        caption=_caption(caption, reading) if caption else (),
        role=reading.choice(element, "role", TABLE_ROLES, "grid"),
    )


def _columns(element: Element, reading: Reading) -> tuple[int, ...]:
    shares = reading.required(element, "columns").split()
    return tuple(reading.whole_number(element, "columns", share, 1, WIDEST_SHARE) for share in shares)


def _caption(element: Element, reading: Reading) -> Inlines:
    reading.allow(element)
    return read_inlines(element, reading, Place.TEXT)


def _rows(group: Element | None, reading: Reading, read_cell: CellReader, width: int) -> tuple[Row, ...]:
    if group is None:
        return ()
    reading.allow(group)
    elements = []
    for child in reading.only_elements(group):
        if child.tag == "tr":
            elements.append(child)
        else:
            reading.report_unknown(child, ("tr",), f"<{group.tag}>")
    if not elements:
        reading.report(group, f"<{group.tag}> has no row")
    rows = tuple(_row(child, reading, read_cell, width) for child in elements)
    if width:  # missing columns are told once, at the table
        _report_gaps(elements, rows, reading, width)
    return rows


def _row(element: Element, reading: Reading, read_cell: CellReader, width: int) -> Row:
    reading.allow(element, *TAGS, "section")
    tags = reading.tags(element)
    cells: list[Cell] = []
    for child in reading.only_elements(element):
        if child.tag in ("th", "td"):
            cells.append(_cell(child, reading, read_cell, f"{tags['id']}.{len(cells) + 1}"))
        else:
            reading.report_unknown(child, ("th", "td"), "<tr>")
    row = Row(**tags, cells=tuple(cells), section=reading.yes(element, "section"))
    return _across(row, element, width)


def _across(row: Row, element: Element, width: int) -> Row:
    """Let the only cell of a section row take the whole width, unless its span is written."""
    only = element.elements[0] if len(row.cells) == 1 and element.elements else None
    if not row.section or only is None or "colspan" in only.attributes:
        return row
    return replace(row, cells=(replace(row.cells[0], colspan=max(width, 1)),))


def _cell(element: Element, reading: Reading, read_cell: CellReader, bare_id: str) -> Cell:
    reading.allow(element, "colspan", "rowspan", "align", "shade")
    return Cell(
        blocks=read_cell(element, reading, bare_id),
        header=element.tag == "th",
        colspan=reading.whole(element, "colspan", 1, MOST_SPANNED, 1),
        rowspan=reading.whole(element, "rowspan", 1, MOST_SPANNED, 1),
        align=reading.choice(element, "align", ALIGNS, "start"),
        shade=reading.yes(element, "shade"),
    )


def _report_gaps(elements: list[Element], rows: tuple[Row, ...], reading: Reading, width: int) -> None:
    """Report rows that are too short or too long once cells that reach down from above are counted.

    Formats mend such a row each in its own way, so a value could stand under the wrong head.
    """
    reaching = [0] * width
    for element, row in zip(elements, rows, strict=True):
        free = [column for column in range(width) if reaching[column] == 0]
        reaching = [max(rows_left - 1, 0) for rows_left in reaching]
        needed = sum(cell.colspan for cell in row.cells)
        if needed != len(free):
            reading.report(element, f'row "{row.id}" fills {needed} columns, expected {len(free)} of {width}')
            return
        for cell in row.cells:
            taken, free = free[: cell.colspan], free[cell.colspan :]
            if taken[-1] - taken[0] >= cell.colspan:
                reading.report(element, f'in row "{row.id}" a cell would be split by one that reaches down from above')
            for column in taken:
                reaching[column] = cell.rowspan - 1
    if any(reaching):
        reading.report(elements[-1], "a rowspan reaches beyond the last row")
