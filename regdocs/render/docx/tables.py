"""Tables, boxes and signatures as WordprocessingML tables.

Knows grids, spans, widths, repeated heads and room to write. The blocks inside a cell are written by the function
handed in, so this module does not know them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from regdocs.content.model import Blank, Block, Box, Cell, Comb, Paragraph, Row, Signature, Table, Tick
from regdocs.render.docx.inlines import write_inlines
from regdocs.render.docx.redlined import whole_mark
from regdocs.render.docx.revisions import MARKS, paragraph_mark, row_mark, settle_end
from regdocs.render.docx.story import Frame, ParagraphLook, Story
from regdocs.render.docx.wordml import run, twips

WriteBlocks: TypeAlias = Callable[[Story, tuple[Block, ...], Frame], None]

_STYLES = {"grid": "RegdocsGrid", "plain": "RegdocsPlain", "form": "RegdocsForm", "facts": "RegdocsFacts"}
_BOXES = {"key": "BoxKey", "warning": "BoxWarning", "note": "BoxNote", "office": "BoxOffice"}
_HEAD_FILL = "E6ECF3"
_SECTION_FILL = "F1F4F8"
_CELL_MARGIN = 85
_BOX_MARGIN = 170
# Below this a hand cannot write in a row.
_WRITING_ROOM = twips(8)
# How many rows of a form go to the next page with its signature.
_WITH_SIGNATURE = 3
# More columns than this do not fit a page at the ordinary size.
_MANY_COLUMNS = 8


def write_table(story: Story, table: Table, frame: Frame, write: WriteBlocks) -> None:
    """Write a table with its caption; the head is repeated on each page and no row is split.

    In a frame that keeps, the last answers of a form, or the last row of another table, stay with the signature below.
    """
    story.mark(table.id)
    if table.caption:
        caption = write_inlines(table.caption, frame, story.identity)
        change = whole_mark(table.caption)
        look = ParagraphLook("Caption", keep_next=True, language=frame.language, change=change)
        story.paragraph(look, caption)
    widths = _widths(table.columns, frame.width - frame.indent)
    small = len(widths) > _MANY_COLUMNS or frame.cell == "TableSmall"
    inner = replace(
        frame,
        cell="TableSmall" if small else "TableText",
        align="start",
        head=False,
        keep=frame.keep and bool(frame.cell),  # beside a signature only the last row is kept, not the whole table
    )
    grid = _Grid(table.role, widths, inner, write)
    signed = frame.keep and not frame.cell
    kept = table.rows[-2:-1]  # a table leaves no last row alone on a page
    if signed:
        kept = table.rows[-_WITH_SIGNATURE:] if table.role == "form" else table.rows[-1:]
    with story.table(frame, _STYLES[table.role], widths, keep=signed):
        for rows, head in ((table.head, True), (table.rows, False)):
            for row, places in zip(rows, _places(rows, len(widths)), strict=True):
                if row.change is None:
                    _write_row(story, grid, row, places, head, row in kept)
                    continue
                with story.changing(MARKS[row.change]):
                    _write_row(story, grid, row, places, head, row in kept)


@dataclass(frozen=True, slots=True)
class _Grid:
    """What all rows of a table share."""

    role: str
    widths: tuple[int, ...]
    frame: Frame
    write: WriteBlocks


def _widths(columns: tuple[int, ...], width: int) -> tuple[int, ...]:
    whole = sum(columns)
    edges = [width * sum(columns[:n]) // whole for n in range(len(columns) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


# A place in a row: a cell with its first column, the columns it takes and whether it goes on below; or, for the
# lower part of a merged cell, None instead of the cell; or, where a row is short, an empty cell.
_Place: TypeAlias = tuple[Cell | None, int, int, bool]
_EMPTY = Cell(blocks=())


def _places(rows: tuple[Row, ...], columns: int) -> "Iterator[list[_Place]]":
    merged: dict[int, tuple[int, int]] = {}
    for row in rows:
        yield _row_places(row, columns, merged)


def _row_places(row: Row, columns: int, merged: dict[int, tuple[int, int]]) -> list[_Place]:
    places: list[_Place] = []
    cells = iter(row.cells)
    column = 0
    while column < columns:
        if column in merged:
            left, span = merged.pop(column)
            cell, last = None, left - 1
        else:
            cell = next(cells, _EMPTY)
            span = min(cell.colspan, columns - column)
            last = cell.rowspan - 1
        if last > 0:
            merged[column] = (last, span)
        places.append((cell, column, span, cell is not None and cell.rowspan > 1))
        column += span
    return places


def _write_row(story: Story, grid: _Grid, row: Row, places: list[_Place], head: bool, kept: bool) -> None:
    story.mark(row.id)
    room = not head and (grid.role == "form" or _is_written_on(row))
    height = f'<w:trHeight w:val="{_WRITING_ROOM}" w:hRule="atLeast"/>' if room else ""
    # Beside a line to write on a label stands in the middle; columns of text begin at the same height.
    middle = room and (grid.role == "form" or all(len(cell.blocks) < 2 for cell in row.cells))
    properties = f"<w:cantSplit/>{height}{'<w:tblHeader/>' if head else ''}{row_mark(story.change)}"
    story.parts.append(f"<w:tr><w:trPr>{properties}</w:trPr>")
    # A head and a sub-heading stay with the row after them.
    keep = grid.frame.keep or head or row.section or kept
    frame = grid.frame.speaking(row.language)
    for cell, column, span, merges in places:
        width = sum(grid.widths[column : column + span])
        merge = '<w:vMerge w:val="restart"/>' if merges else "<w:vMerge/>" if cell is None else ""
        look = _cell_properties(width, span, merge, _fill(cell, row, head, grid.role), middle)
        strong = head or row.section or (cell is not None and cell.header)
        inner = frame.in_cell(width - 2 * _CELL_MARGIN, strong, cell.align if cell else "start", keep)
        _write_cell(story, cell, look, inner, grid.write)
    story.parts.append("</w:tr>")


def _fill(cell: Cell | None, row: Row, head: bool, role: str) -> str:
    if role == "plain":
        return _SECTION_FILL if cell is not None and cell.shade else ""
    if head:
        return _HEAD_FILL
    return _SECTION_FILL if row.section or (cell is not None and cell.shade) else ""


def _cell_properties(width: int, span: int, merge: str, fill: str, middle: bool) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    placed = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merge}{shade}{placed}</w:tcPr>'


def _write_cell(story: Story, cell: Cell | None, properties: str, frame: Frame, write: WriteBlocks) -> None:
    story.parts.append(f"<w:tc>{properties}")
    empty = f'<w:pStyle w:val="{frame.cell}"/>'
    if cell is None or not cell.blocks:
        # What waits for a paragraph of words (a bookmark) is not lost in the empty lower part of a merged cell.
        story.parts.append(f"<w:p><w:pPr>{empty}{paragraph_mark(story.change)}</w:pPr></w:p>")
    else:
        start = len(story.parts)
        write(story, cell.blocks, frame)
        if not story.change:
            settle_end(story.parts, start, empty)
    story.parts.append("</w:tc>")


def _is_written_on(row: Row) -> bool:
    return any(
        isinstance(inline, Blank | Comb | Tick)
        for cell in row.cells
        for block in cell.blocks
        if isinstance(block, Paragraph)
        for inline in block.inlines
    )


def write_box(story: Story, box: Box, frame: Frame, write: WriteBlocks) -> None:
    """Write a box in the style of its role."""
    story.mark(box.id)
    write_framed(story, _BOXES[box.role], box.blocks, frame, write)


def write_framed(story: Story, style: str, blocks: tuple[Block, ...], frame: Frame, write: WriteBlocks) -> None:
    """Write blocks in a frame: a table of one cell, which may hold anything and may go over pages."""
    width = frame.width - frame.indent
    with story.table(frame, style, (width,)):
        row = f'<w:trPr><w:cantSplit w:val="off"/>{row_mark(story.change)}</w:trPr>' if story.change else ""
        story.parts.append(f'<w:tr>{row}<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>')
        start = len(story.parts)
        write(story, blocks, frame.inside(width - 2 * _BOX_MARGIN))
        if not blocks:
            story.spacer()
        if not story.change:
            settle_end(story.parts, start, '<w:pStyle w:val="Spacer"/>')
        story.parts.append("</w:tc></w:tr>")


def write_signature(story: Story, signature: Signature, frame: Frame) -> None:
    """Write who signs, what it attests, and lines with their labels under them; all on one page.

    In a frame that keeps, what follows stays on that page too.
    """
    story.mark(signature.id)
    for style, inlines in (("SignWho", signature.who), ("SignStatement", signature.statement)):
        if inlines:
            content = write_inlines(inlines, frame, story.identity)
            indent = (frame.indent, 0) if frame.indent else None
            change = whole_mark(inlines)
            look = ParagraphLook(style, keep_next=True, language=frame.language, indent=indent, change=change)
            story.paragraph(look, content)
    rows = list(_packed(signature.lines))
    widths = _widths((1,) * 12, frame.width - frame.indent)
    with story.table(frame, "RegdocsPlain", widths, keep=frame.keep):
        for n, row in enumerate(rows, start=1):
            _write_lines(story, row, widths, frame, last=n == len(rows) and not frame.keep)


def _packed(lines: tuple[tuple[str, int], ...]) -> Iterator[list[tuple[str, int]]]:
    row: list[tuple[str, int]] = []
    for label, asked in lines:
        share = max(1, min(asked, 12))
        if row and sum(taken for _, taken in row) + share > 12:
            yield row
            row = []
        row.append((label, share))
    if row:
        yield row


def _write_lines(story: Story, row: list[tuple[str, int]], widths: tuple[int, ...], frame: Frame, last: bool) -> None:
    story.parts.append(f"<w:tr><w:trPr><w:cantSplit/>{row_mark(story.change)}</w:trPr>")
    rest = 12 - sum(share for _, share in row)
    for label, share in [*row, *([("", rest)] if rest else [])]:
        width = sum(widths[:share])
        story.parts.append(f"<w:tc>{_cell_properties(width, share, '', '', False)}")
        if label:
            story.paragraph(ParagraphLook("SignLine", keep_next=True), "")
        story.paragraph(ParagraphLook("SignLabel", keep_next=not last, language=frame.language), run("", label))
        story.parts.append("</w:tc>")
    story.parts.append("</w:tr>")
