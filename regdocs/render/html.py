"""One self-contained page of HTML for a document.

Knows the page: head, draft mark and marks, running titles, sections, style. Does not know how a block is marked up
(`html_blocks`) or how pages of paper are laid out (`paper`). Nothing outside the page is ever asked for, and the page's
own policy forbids it.
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files

from regdocs.content.identity import Identity
from regdocs.content.model import Document, Inline, Inlines, PageCount, PageNumber, Styled
from regdocs.content.query import headings
from regdocs.render.html_blocks import blocks_html, section_html
from regdocs.render.html_changes import changes_css
from regdocs.render.html_inlines import Printing, inlines_html, plain_words, split_lines
from regdocs.render.identity import with_log_head


def render_html(document: Document, identity: Identity) -> bytes:
    """Return the document as one HTML page in UTF-8 that needs nothing else.

    A draft carries its mark at the top, where it stays in sight while scrolling, and on every printed page; the
    notice stands before the first section.
    """
    document = with_log_head(document, identity)
    printing = Printing(identity, paper=False, headings=headings(document))
    body = _body_html(document, printing)
    style = (
        style_sheet("words.css", "screen.css", *changes_css(body))
        + printing.measures.css()
        + _print_margin_css(document, printing)
    )
    return page_html(document, body, style, policy=_policy(style)).encode()


def style_sheet(*names: str) -> str:
    """Return the package's own style sheets of these names, joined."""
    folder = files("regdocs.render") / "style"
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


def page_html(document: Document, body: str, style: str, policy: str | None = None) -> str:
    """Return a whole page around a body. `policy` is the content security policy, or None on paper."""
    security = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n' if policy is not None else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n{security}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(document.title)}</title>\n<meta name="description" content="{escape(document.subject)}">\n'
        f"<style>{style}</style>\n</head>\n{body}</html>\n"
    )


def body_class(document: Document, identity: Identity) -> str:
    """Return the classes of the body: the kind of document, and whether it is a draft."""
    return f"kind-{escape(document.kind)}" + (" draft" if identity.draft else "")


def notice_html(identity: Identity, printing: Printing) -> str:
    """Return the draft's notice as a section of its own, or nothing."""
    if identity.draft is None or not identity.draft.notice:
        return ""
    label = escape(identity.draft.mark)
    return f'<section class="notice" aria-label="{label}">\n{blocks_html(identity.draft.notice, printing)}</section>\n'


def marks_html(document: Document, printing: Printing) -> str:
    """Return the draft mark and the marks of the furniture, one line each."""
    draft = printing.identity.draft
    lines = [f'<p class="draft-mark">{escape(draft.mark)}</p>\n'] if draft else []
    lines += [f'<p class="mark">{inlines_html(mark, printing)}</p>\n' for mark in document.furniture.marks]
    return "".join(lines)


def _body_html(document: Document, printing: Printing) -> str:
    marks = marks_html(document, printing)
    banner = f'<div class="banner" role="note">\n{marks}</div>\n' if marks else ""
    draft = printing.identity.draft
    watermark = f'<div class="watermark" aria-hidden="true">{escape(draft.mark)}</div>\n' if draft else ""
    sections = "".join(section_html(section, printing) for section in document.sections)
    return (
        f'<body class="{body_class(document, printing.identity)}">\n{banner}{watermark}'
        f"{_furniture_html('header', document.furniture.header, printing)}"
        f"<main>\n{notice_html(printing.identity, printing)}{sections}</main>\n"
        f"{_furniture_html('footer', document.furniture.footer, printing)}</body>\n"
    )


def _furniture_html(name: str, parts: tuple[Inlines, Inlines, Inlines], printing: Printing) -> str:
    places = "".join(
        f'<p class="{place}">{words}</p>\n'
        for place, part in zip(("start", "centre", "end"), parts, strict=True)
        if (words := _without_pages(part, printing))
    )
    return f'<{name} class="furniture">\n{places}</{name}>\n' if places else ""


def _without_pages(part: Inlines, printing: Printing) -> str:
    """Return the lines of a part that speak of no page: a screen has none."""
    lines = (line for line in split_lines(part) if not any(_speaks_of_pages(inline) for inline in line))
    return "<br>".join(words for line in lines if (words := inlines_html(line, printing)))


def _speaks_of_pages(inline: Inline) -> bool:
    if isinstance(inline, Styled):
        return any(_speaks_of_pages(inner) for inner in inline.inlines)
    return isinstance(inline, PageNumber | PageCount)


def _print_margin_css(document: Document, printing: Printing) -> str:
    """Return the rules for a browser's own printing: paper, and the marks in the margin of every page."""
    draft, paper = printing.identity.draft, document.furniture.paper
    marks = ([draft.mark] if draft else []) + [plain_words(m, printing.identity) for m in document.furniture.marks]
    words = _css_string("\n".join(marks))
    colour = "#8b0000" if draft else "#1a1a1a"
    style = f"white-space:pre;font:700 9pt sans-serif;color:{colour}"
    margin = f"@top-center{{content:{words};{style}}}" if marks else ""
    return f"@page{{size:{paper};margin:20mm;{margin}}}\n@page landscape{{size:{paper} landscape}}\n"


def _css_string(text: str) -> str:
    """Return `text` as a CSS string in which only letters and digits stand as they are."""
    return '"' + "".join(one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in text) + '"'


def _policy(style: str) -> str:
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
