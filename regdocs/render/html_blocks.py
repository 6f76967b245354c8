"""Blocks as HTML, for a screen and for paper.

Knows the elements each block becomes, its id, language and clause tags. Does not know pages, furniture or style.
"""

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from regdocs.content.model import (
    Block,
    Box,
    Contents,
    Footnote,
    Heading,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    Table,
    Tags,
)
from regdocs.content.revision import run_of_side
from regdocs.render.html_changes import both_html, change_html, is_gone, on_one_side, told_html
from regdocs.render.html_inlines import Printing, inlines_html
from regdocs.render.html_tables import id_html, table_html

SIGNATURE_WIDTH = 12


def section_html(section: Section, printing: Printing) -> str:
    """Return a section with its footnotes at the end, in order."""
    printing = printing.changing(section.change)
    return (
        f'<section{id_html(section.id, printing)}{change_html(section)} class="{section.orientation}">\n'
        + blocks_html(section.blocks, printing)
        + _footnotes_html(section.footnotes, printing)
        + "</section>\n"
    )


def blocks_html(blocks: Iterable[Block], printing: Printing) -> str:
    """Return the blocks in order."""
    return "".join(block_html(block, printing) for block in blocks)


def block_html(block: Block, printing: Printing) -> str:
    """Return one block as HTML."""
    printing = printing.changing(block.change)
    match block:
        case Heading():
            return _heading_html(block, printing)
        case Paragraph():
            role = "" if block.role == "body" else f' class="{block.role}"'
            return f"<p{tags_html(block, printing)}{role}>{inlines_html(block.inlines, printing)}</p>\n"
        case List():
            return _list_html(block, printing)
        case Table():
            return table_html(block, printing, blocks_html)
        case Box():
            inner = blocks_html(block.blocks, printing)
            return f'<div{tags_html(block, printing)} class="box {block.role}" role="group">\n{inner}</div>\n'
        case Signature():
            return _signature_html(block, printing)
        case PageBreak():
            return f'<div{tags_html(block, printing)} class="page-break"></div>\n'
        case Contents():
            return _contents_html(block, printing)


def tags_html(block: Tags, printing: Printing) -> str:
    """Return the attributes every block carries; clause tags are for readers of the source, not for paper."""
    language = f' lang="{escape(block.language)}"' if block.language else ""
    clauses = f' data-clause="{escape(" ".join(block.clauses))}"' if block.clauses and not printing.paper else ""
    return f"{id_html(block.id, printing)}{language}{clauses}{change_html(block)}"


def _heading_html(heading: Heading, printing: Printing) -> str:
    name = f"h{heading.level}"
    return f"<{name}{tags_html(heading, printing)}>{_heading_words(heading, printing)}</{name}>\n"


def _heading_words(heading: Heading, printing: Printing) -> str:
    return _number_html(heading, printing) + inlines_html(heading.inlines, printing)


def _number_html(heading: Heading, printing: Printing) -> str:
    if not heading.number:
        return ""
    old = escape(heading.old_number) if heading.old_number is not None else None
    return f'<span class="number">{both_html(old, escape(heading.number), printing.change)}</span> '


def _list_html(block: List, printing: Printing) -> str:
    name = "ol" if block.ordered else "ul"
    marked = any(item.marker is not None for item in block.items)
    look = f' class="marked {_hanging(block, printing)}"' if marked else ""
    items = "".join(_item_html(item, printing) for item in block.items)
    return f"<{name}{tags_html(block, printing)}{look}>\n{items}</{name}>\n"


def _hanging(block: List, printing: Printing) -> str:
    longest = max(len(item.marker or "") for item in block.items)
    return printing.measures.hanging(max(7, round(longest * 2.3) + 3))


def _item_html(item: ListItem, printing: Printing) -> str:
    printing = printing.changing(item.change)
    marker = f'<span class="marker">{_marker_html(item, printing)}</span>' if item.marker is not None else ""
    return f"<li{tags_html(item, printing)}>{marker}{blocks_html(item.blocks, printing)}</li>\n"


def _marker_html(item: ListItem, printing: Printing) -> str:
    old = escape(item.old_marker) if item.old_marker is not None else None
    return both_html(old, escape(item.marker or ""), printing.change)


def _signature_html(block: Signature, printing: Printing) -> str:
    who = f"{block.id}.who"
    statement = f'<p class="statement">{inlines_html(block.statement, printing)}</p>\n' if block.statement else ""
    rows = "".join(_signature_row_html(row, printing) for row in signature_rows(block.lines))
    named = "" if is_gone(printing.change) else f' aria-labelledby="{escape(who)}"'
    return (
        f'<div{tags_html(block, printing)} class="signature" role="group"{named}>\n'
        f'<p class="who"{id_html(who, printing)}>{inlines_html(block.who, printing)}</p>\n{statement}{rows}</div>\n'
    )


def signature_rows(lines: tuple[tuple[str, int], ...]) -> tuple[tuple[tuple[str, int], ...], ...]:
    """Return the lines to sign in rows of at most twelve shares, in order."""
    rows: list[list[tuple[str, int]]] = []
    room = 0
    for label, share in lines:
        if not rows or share > room:
            rows.append([])
            room = SIGNATURE_WIDTH
        rows[-1].append((label, share))
        room -= share
    return tuple(tuple(row) for row in rows)


def _signature_row_html(row: tuple[tuple[str, int], ...], printing: Printing) -> str:
    places = "".join(
        f'<div class="sign {printing.measures.share(share, SIGNATURE_WIDTH)}">'
        f'<div class="place"></div><p class="sign-label">{told_html(escape(label), printing.change)}</p></div>'
        for label, share in row
    )
    return f'<div class="sign-row">{places}</div>\n'


def _contents_html(block: Contents, printing: Printing) -> str:
    title = f"{block.id}.title"
    entries = "".join(
        f'<li class="level-{heading.level}">{_entry_html(heading, printing)}</li>\n'
        for heading in printing.headings
        if heading.level <= block.depth and on_one_side(printing.change, heading.change)
    )
    named = "" if is_gone(printing.change) else f' aria-labelledby="{escape(title)}"'
    return (
        f'<nav{tags_html(block, printing)} class="contents"{named}>\n'
        f'<p class="contents-title"{id_html(title, printing)}>{inlines_html(block.title, printing)}</p>\n'
        f"<ul>\n{entries}</ul></nav>\n"
    )


def _entry_html(heading: Heading, printing: Printing) -> str:
    """Return a heading as the contents list it; one that is gone has no page and leads nowhere."""
    if printing.change is not None:  # the contents are of one side, and so are their words
        old = is_gone(printing.change)
        inlines = run_of_side(heading.inlines, "base" if old else "new")
        number = heading.old_number if old and heading.old_number is not None else heading.number
        heading = replace(heading, inlines=inlines, number=number, old_number=None)
    inside = printing.changing(heading.change)
    words = _heading_words(heading, inside)
    return words if is_gone(inside.change) else f'<a href="#{escape(heading.id)}">{words}</a>'


def _footnotes_html(notes: tuple[Footnote, ...], printing: Printing) -> str:
    if not notes:
        return ""
    lines = "".join(_footnote_html(note, printing) for note in notes)
    return f'<div class="footnotes" role="doc-endnotes">\n{lines}</div>\n'


def _footnote_html(note: Footnote, printing: Printing) -> str:
    printing = printing.changing(note.change)
    old = escape(note.old_mark) if note.old_mark is not None else None
    mark = f'<sup class="ref">{both_html(old, escape(note.mark), printing.change)}</sup>'
    return f'<p{tags_html(note, printing)} class="footnote">{mark} {inlines_html(note.inlines, printing)}</p>\n'
