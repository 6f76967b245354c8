"""One document in one format: which writer prints it, and what it needs beside the tree.

Knows formats and the machine's part in them (our fontconfig file, the reference DOCX). Heavy writers are imported only
when their format is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from regdocs.atomic import write_atomic
from regdocs.build.order import DEFAULT_PROFILE
from regdocs.content.identity import Identity
from regdocs.content.model import Document

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from regdocs.render.fonts import FontSet


@dataclass(frozen=True, slots=True)
class Print:
    """What is printed: a tree, its identity, a format, a PDF's profile, and the bytes of the reference DOCX."""

    document: Document
    identity: Identity
    format: str
    profile: str | None
    reference: bytes


@dataclass(frozen=True, slots=True)
class Printed:
    """The bytes of one document file, and of a PDF on which of its pages each block begins, counted from one."""

    data: bytes
    pages: Mapping[str, int] = field(default_factory=dict)


def print_document(wanted: Print) -> bytes:
    """Return the bytes of one document file; the same inputs give the same bytes."""
    return print_with_pages(wanted).data


def print_with_pages(wanted: Print) -> Printed:
    """Return the same bytes, and the pages of a PDF: its layout gives both at once."""
    return _pdf(wanted) if wanted.format == "pdf" else Printed(_without_pages(wanted))


def _without_pages(wanted: Print) -> bytes:
    if wanted.format == "docx":
        from regdocs.render.docx.writer import render_docx

        return render_docx(wanted.document, wanted.identity, reference=wanted.reference)
    if wanted.format == "txt":
        from regdocs.render.text import render_text

        return render_text(wanted.document, wanted.identity)
    from regdocs.render.html import render_html

    return render_html(wanted.document, wanted.identity)


def warm_up() -> None:
    """Import what makes PDFs, with our fonts, so that processes forked from this one need not.

    Raises:
        EnvironmentLacks: This machine lacks something; `pdf_environment` says it first.
    """
    from regdocs.render.pdf import load_weasyprint

    load_weasyprint(_fonts())


def page_as_pdf(html: str) -> bytes:
    """Return a page of HTML, which asks for no address, as PDF with our fonts.

    Raises:
        EnvironmentLacks: As `warm_up`.
        RegdocsError: The page asks for an address.
    """
    from regdocs.render.pdf import load_weasyprint, write_pdf

    return write_pdf(load_weasyprint(_fonts()), html)


def _pdf(wanted: Print) -> Printed:
    from regdocs.render.pdf import render_pdf_with_pages

    profile = wanted.profile or DEFAULT_PROFILE
    return Printed(*render_pdf_with_pages(wanted.document, wanted.identity, fonts=_fonts(), profile=profile))


def _fonts() -> "FontSet":
    """Return our fonts, and see that fontconfig knows them and no others."""
    import tempfile

    from regdocs.render.fonts import find_fonts, fonts_conf, use_fonts_conf

    fonts = find_fonts()
    if not _OWN_FONTS:
        _OWN_FONTS.append(tempfile.TemporaryDirectory(prefix="regdocs-fonts-"))
        folder = Path(_OWN_FONTS[0].name)
        write_atomic(folder / "fonts.conf", fonts_conf(fonts.folders, folder / "cache").encode("utf-8"))
        use_fonts_conf(folder / "fonts.conf")
    return fonts


# fontconfig reads its file once a process, so the folder lives as long as the process does.
_OWN_FONTS: list["TemporaryDirectory[str]"] = []
