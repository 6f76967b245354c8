"""Blocks as HTML, for a screen and for paper.

Knows the elements each block becomes, its id, language and clause tags. Does not know pages, furniture or style.
"""

from collections.abc import Iterable
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
from regdocs.render.html_inlines import Printing, inlines_html
from regdocs.render.html_tables import table_html

SIGNATURE_WIDTH = 12


def section_html(section: Section, printing: Printing) -> str:
    """Return a section with its footnotes at the end, in order."""
    return (
        f'<section id="{escape(section.id)}" class="{section.orientation}">\n'
        + blocks_html(section.blocks, printing)
        + _footnotes_html(section.footnotes, printing)
        + "</section>\n"
    )


def blocks_html(blocks: Iterable[Block], printing: Printing) -> str:
    """Return the blocks in order."""
    return "".join(block_html(block, printing) for block in blocks)


def block_html(block: Block, printing: Printing) -> str:
    """Return one block as HTML."""
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
    return f' id="{escape(block.id)}"{language}{clauses}'


def _heading_html(heading: Heading, printing: Printing) -> str:
    name = f"h{heading.level}"
    return f"<{name}{tags_html(heading, printing)}>{_heading_words(heading, printing)}</{name}>\n"


def _heading_words(heading: Heading, printing: Printing) -> str:
    number = f'<span class="number">{escape(heading.number)}</span> ' if heading.number else ""
    return number + inlines_html(heading.inlines, printing)


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
    marker = f'<span class="marker">{escape(item.marker)}</span>' if item.marker is not None else ""
    return f"<li{tags_html(item, printing)}>{marker}{blocks_html(item.blocks, printing)}</li>\n"


def _signature_html(block: Signature, printing: Printing) -> str:
    who = f"{block.id}.who"
    statement = f'<p class="statement">{inlines_html(block.statement, printing)}</p>\n' if block.statement else ""
    rows = "".join(_signature_row_html(row, printing) for row in signature_rows(block.lines))
    return (
        f'<div{tags_html(block, printing)} class="signature" role="group" aria-labelledby="{escape(who)}">\n'
        f'<p class="who" id="{escape(who)}">{inlines_html(block.who, printing)}</p>\n{statement}{rows}</div>\n'
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
        f'<div class="place"></div><p class="sign-label">{escape(label)}</p></div>'
        for label, share in row
    )
    return f'<div class="sign-row">{places}</div>\n'


def _contents_html(block: Contents, printing: Printing) -> str:
    title = f"{block.id}.title"
    entries = "".join(
        f'<li class="level-{heading.level}"><a href="#{escape(heading.id)}">'
        f"{_heading_words(heading, printing)}</a></li>\n"
        for heading in printing.headings
        if heading.level <= block.depth
    )
    return (
        f'<nav{tags_html(block, printing)} class="contents" aria-labelledby="{escape(title)}">\n'
        f'<p class="contents-title" id="{escape(title)}">{inlines_html(block.title, printing)}</p>\n'
        f"<ul>\n{entries}</ul></nav>\n"
    )


def _footnotes_html(notes: tuple[Footnote, ...], printing: Printing) -> str:
    if not notes:
        return ""
    lines = "".join(_footnote_html(note, printing) for note in notes)
    return f'<div class="footnotes" role="doc-endnotes">\n{lines}</div>\n'


def _footnote_html(note: Footnote, printing: Printing) -> str:
    mark = f'<sup class="ref">{escape(note.mark)}</sup>'
    return f'<p{tags_html(note, printing)} class="footnote">{mark} {inlines_html(note.inlines, printing)}</p>\n'
