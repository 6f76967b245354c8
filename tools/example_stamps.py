"""Copies as the invented boards send them back: our pages with a stamp in its place, and perhaps with other words."""

import io
from dataclasses import replace
from typing import Any

import pikepdf

from regdocs.content.runs import change_runs
from regdocs.versions.issued import documents_of
from regdocs.versions.issued_beside import identities_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.printed import Printer, prints_with, tree_of
from regdocs.versions.snapshot import stored_inputs


def stamped(pdf: bytes, *lines: str) -> bytes:
    """Return the pages with these lines in the place of the stamp, at the upper right of each."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        font = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for page in document.pages:
            _stamp(document, page, font, lines)
        out = io.BytesIO()
        document.save(out, deterministic_id=True, linearize=False)
    return out.getvalue()


def _stamp(document: pikepdf.Pdf, page: pikepdf.Page, font: pikepdf.Object, lines: tuple[str, ...]) -> None:
    box = page.mediabox
    left, top = float(box[2]) - 230, float(box[3]) - 34
    text = " T* ".join(f"({line}) Tj" for line in lines)
    drawn = f"Q q BT /RegdocsStamp 8 Tf 10 TL {left:g} {top:g} Td {text} ET Q".encode("ascii")
    page.add_resource(font, pikepdf.Name.Font, pikepdf.Name.RegdocsStamp)
    page.contents_add(document.make_stream(b"q"), prepend=True)  # so that the page's own turns do not turn the stamp
    page.contents_add(document.make_stream(drawn), prepend=False)


def reworded(book: Logbook, stem: str, words: tuple[str, str], printer: Printer) -> bytes:
    """Return a PDF of the newest version with other words in place of some, as a board would lay it out."""
    version = book.versions[-1]
    document = next(one for one in documents_of(book, version) if one.stem == stem)
    tree = tree_of(book.object(document.tree))
    other = change_runs(tree, lambda name, run: tuple(_said(one, *words) for one in run))
    assert other != tree, "these words stand there"
    identity, templates = identities_of(book, version)[stem], stored_inputs(book, version).templates
    [made] = printer.print(prints_with(other, identity, stem, ("pdf",), templates)).values()
    return made


def _said(inline: Any, old: str, new: str) -> Any:
    text = getattr(inline, "text", None)
    return replace(inline, text=text.replace(old, new)) if isinstance(text, str) and old in text else inline
