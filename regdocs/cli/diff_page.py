"""What changed as one HTML page: by kind of element, words that came and went marked; prints well, also without colour.

What such a page may hold is said in `page`.
"""

from collections.abc import Iterable, Iterator

from regdocs.amendment.change import Change
from regdocs.amendment.impact import Touched
from regdocs.amendment.words import Piece, difference, text_of
from regdocs.cli.diff_words import OTHER, about, alike, grouped, in_all, moved, sides, touches
from regdocs.cli.page import INVENTED, page, words
from regdocs.versions.differences import Differences

_STYLE = """\
body{font:11pt/1.45 "Source Sans 3","Segoe UI",Arial,sans-serif;color:#1a1a1a;max-width:54rem;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:1.75rem 0 .5rem;border-bottom:2px solid #444}
h3{font-size:1rem;margin:0}p{margin:.15rem 0}ol{list-style:none;margin:0;padding:0}
li{border-left:.4rem solid #777;padding:.2rem 0 .2rem .7rem;margin:0 0 1rem}
li.added{border-color:#1a6b2f}li.removed{border-color:#a40000}li.changed{border-color:#b36b00}
li.moved,li.renamed{border-color:#1f5f8b}
.kind{font-size:.8rem;font-weight:normal;border:1px solid #777;border-radius:.7rem;padding:0 .5rem;margin-left:.35rem}
.place{font-family:"DejaVu Sans Mono",Consolas,monospace;font-size:.8rem;color:#444;overflow-wrap:anywhere}
.words{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f6f6;margin:.3rem 0;padding:.35rem .6rem}
ins{color:#0b4f1f;background:#dcf3e1;text-decoration:underline}
del{color:#7d0000;background:#fbe1e1;text-decoration:line-through}del+ins{margin-left:.2em}
.touches{font-size:.88rem;color:#333}.note{border:1px solid #b36b00;padding:.25rem .5rem;margin:.4rem 0}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;
border-bottom:1px solid #ccc}.mark{font-weight:bold;border:2px solid;padding:.25rem .5rem}
@media print{body{max-width:none;margin:0;padding:0;font-size:9.5pt}h2,h3{break-after:avoid}tr{break-inside:avoid}
.words{background:none;border:1px solid #999}}@page{margin:18mm}
"""


def diff_page(found: Differences) -> str:
    """Return the page; its own words are English."""
    title = f"What changed: {sides(found)}"
    parts = [
        INVENTED if found.new_form.get("demonstration") is True else "",
        f"<h1>{words(title)}</h1>\n<p>{words('Nothing changed.' if found.nothing else in_all(found))}</p>\n",
        *(f'<p class="note">{words(note)}</p>\n' for note in found.notes),
        *(_group(group, changes, found) for group, changes in grouped(found.changes)),
        *_other(found),
        *_documents(found),
    ]
    return page(title, "".join(parts), _STYLE)


def _group(group: str, changes: Iterable[Change], found: Differences) -> str:
    items = "".join(_item(one, found.impact.by_path[one.path]) for one in changes)
    return f"<h2>{words(group)}</h2>\n<ol>\n{items}</ol>\n"


def _item(change: Change, touched: Touched) -> str:
    told = "".join(f'<p class="touches">{what}: {words(which)}</p>\n' for what, which in touches(touched))
    return (
        f'<li class="{change.kind}">\n<h3>{words(change.label)} <span class="kind">{change.kind}</span></h3>\n'
        f'<p class="place">{words(change.path)}</p>\n<div class="words">{_said(change)}</div>\n{told}</li>\n'
    )


def _said(change: Change) -> str:
    if change.kind == "moved":
        return words(moved(change))
    if change.kind == "added":
        return _piece(Piece("inserted", text_of(change.new)))
    if change.kind == "removed":
        return _piece(Piece("deleted", text_of(change.old)))
    return _difference(text_of(change.old), text_of(change.new))


def _difference(old: str, new: str) -> str:
    pieces = difference(old, new)
    if all(piece.kind == "kept" for piece in pieces):
        return "Only white space, or how it is written, differs."
    return "".join(map(_piece, pieces))


def _piece(piece: Piece) -> str:
    tag = {"kept": None, "deleted": "del", "inserted": "ins"}[piece.kind]
    return f"<{tag}>{words(piece.text)}</{tag}>" if tag else words(piece.text)


def _other(found: Differences) -> Iterator[str]:
    listed = alike(one for one in found.documents if one.other)
    if listed:
        yield f"<h2>{words(OTHER)}</h2>\n"
    for stems, blocks in listed:
        yield f'<p class="place">{words(", ".join(stems))}</p>\n<ol>\n'
        for one in blocks:
            yield f'<li>\n<h3>{words(one.section or one.block)}</h3>\n<p class="place">{words(one.block)}</p>\n'
            yield f'<div class="words">{_difference(one.old or "", one.new or "")}</div>\n</li>\n'
        yield "</ol>\n"


def _documents(found: Differences) -> Iterator[str]:
    if not found.documents:
        return
    yield "<h2>Documents</h2>\n<table>\n<tr><th>Document</th><th>What differs</th></tr>\n"
    for one in found.documents:
        told = about(one) if one.differs else "not touched"
        yield f"<tr><td>{words(one.stem)}</td><td>{words(told)}</td></tr>\n"
    yield "</table>\n"
