"""Tables as HTML, for a screen and for paper.

Knows column shares, header scopes and sub-heading rows. Does not know what stands in a cell: the writer of blocks is
handed in, because a cell holds blocks and a block may be a table.
"""

from collections.abc import Callable, Iterable
from html import escape

from regdocs.content.model import Block, Cell, Paragraph, Row, Table
from regdocs.render.html_changes import change_html, is_gone
from regdocs.render.html_inlines import Printing, inlines_html

BlocksWriter = Callable[[Iterable[Block], Printing], str]

# From this many columns on, words are set smaller so that a schedule still fits its page.
DENSE_COLUMNS = 9
VERY_DENSE_COLUMNS = 14


def table_html(table: Table, printing: Printing, write: BlocksWriter) -> str:
    """Return a table: caption, column shares, repeated head, one body for each sub-heading."""
    if printing.paper and _only_for_looks(table):
        return _pairs_html(table, printing, write)
    caption = f"<caption>{inlines_html(table.caption, printing)}</caption>\n" if table.caption else ""
    head = "".join(_row_html(row, printing, write, scope="col") for row in table.head)
    thead = f"<thead>\n{head}</thead>\n" if head else ""
    bodies = "".join(_body_html(rows, printing, write) for rows in row_groups(table.rows))
    language = f' lang="{escape(table.language)}"' if table.language else ""
    return (
        f'<table{id_html(table.id, printing)}{language}{change_html(table)} class="{_look(table)}"{_role(table)}>\n'
        f"{caption}{_columns_html(table, printing)}{thead}{bodies}</table>\n"
    )


def id_html(name: str, printing: Printing) -> str:
    """Return the id of a block; what is gone has none, because another block may have it."""
    return "" if is_gone(printing.change) else f' id="{escape(name)}"'


def row_groups(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], ...]:
    """Return the rows in groups, each begun by a sub-heading row; the first group may have none."""
    groups: list[list[Row]] = []
    for row in rows:
        if row.section or not groups:
            groups.append([])
        groups[-1].append(row)
    return tuple(tuple(group) for group in groups)


def _look(table: Table) -> str:
    if len(table.columns) >= VERY_DENSE_COLUMNS:
        return f"{table.role} dense very-dense"
    return f"{table.role} dense" if len(table.columns) >= DENSE_COLUMNS else table.role


def _role(table: Table) -> str:
    return ' role="presentation"' if _only_for_looks(table) else ""


def _only_for_looks(table: Table) -> bool:
    """A plain table without header, span or caption sets words side by side; it should not be read out as a table."""
    cells = [cell for row in table.head + table.rows for cell in row.cells]
    spans = any(cell.header or cell.colspan > 1 or cell.rowspan > 1 for cell in cells)
    return table.role == "plain" and not spans and not table.caption


def _pairs_html(table: Table, printing: Printing, write: BlocksWriter) -> str:
    """Return a table that is there for its looks without table elements: PDF tags know no presentational table."""
    whole = sum(table.columns)
    shares = [printing.measures.share(part, whole) for part in table.columns]
    rows = "".join(
        f'<div class="tr"{id_html(row.id, inside)}{change_html(row)}>'
        + "".join(
            f'<div class="td {share} {cell.align}">{write(cell.blocks, inside)}</div>'
            for share, cell in zip(shares, row.cells, strict=False)
        )
        + "</div>\n"
        for row in table.head + table.rows
        for inside in (printing.changing(row.change),)
    )
    return f'<div{id_html(table.id, printing)}{change_html(table)} class="plain">\n{rows}</div>\n'


def _columns_html(table: Table, printing: Printing) -> str:
    whole = sum(table.columns)
    columns = "".join(f'<col class="{printing.measures.share(part, whole)}">' for part in table.columns)
    return f"<colgroup>{columns}</colgroup>\n"


def _body_html(rows: tuple[Row, ...], printing: Printing, write: BlocksWriter) -> str:
    return "<tbody>\n" + "".join(_row_html(row, printing, write, scope="row") for row in rows) + "</tbody>\n"


def _row_html(row: Row, printing: Printing, write: BlocksWriter, scope: str) -> str:
    printing = printing.changing(row.change)
    language = f' lang="{escape(row.language)}"' if row.language else ""
    clauses = f' data-clause="{escape(" ".join(row.clauses))}"' if row.clauses and not printing.paper else ""
    look = ' class="section"' if row.section else ""
    cells = "".join(_cell_html(cell, printing, write, "rowgroup" if row.section else scope) for cell in row.cells)
    return f"<tr{id_html(row.id, printing)}{language}{clauses}{change_html(row)}{look}>{cells}</tr>\n"


def _cell_html(cell: Cell, printing: Printing, write: BlocksWriter, scope: str) -> str:
    name = "th" if cell.header else "td"
    spans = "".join(
        f' {word}="{count}"' for word, count in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if count > 1
    )
    looks: list[str] = [] if cell.align == "start" else [cell.align]
    looks += ["shade"] if cell.shade else []
    look = f' class="{" ".join(looks)}"' if looks else ""
    named, inner = _inside(cell, printing, write)
    return f"<{name}{named}{_scope(cell, scope)}{spans}{look}>{inner}</{name}>"


def _inside(cell: Cell, printing: Printing, write: BlocksWriter) -> tuple[str, str]:
    """Return the attributes of a cell that come from what stands in it, and what stands in it.

    On paper a cell with one plain paragraph is that paragraph: a box less for each cell of a booklet.
    """
    only = cell.blocks[0] if len(cell.blocks) == 1 else None
    if not printing.paper or not isinstance(only, Paragraph) or only.role not in ("body", "line") or only.change:
        return "", write(cell.blocks, printing)
    language = f' lang="{escape(only.language)}"' if only.language else ""
    return f"{id_html(only.id, printing)}{language}{change_html(only)}", inlines_html(only.inlines, printing)


def _scope(cell: Cell, scope: str) -> str:
    if not cell.header:
        return ""
    if scope == "rowgroup":
        return ' scope="rowgroup"'
    merged = cell.colspan > 1 if scope == "col" else cell.rowspan > 1
    return f' scope="{scope}group"' if merged else f' scope="{scope}"'
