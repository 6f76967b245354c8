"""A document as PDF, set by WeasyPrint, declared as PDF/UA-1.

Knows how to start WeasyPrint safely and keep it from reading anything but what it is handed. Does not know how the
page is marked up (`paper`). WeasyPrint is imported only when a PDF is asked for; before that the libraries and fonts
are looked for, because without a font it would bring the process down.
"""

import gc
import io
import os
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from mimetypes import guess_type
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from regdocs.content.identity import Identity
from regdocs.content.model import Document
from regdocs.content.query import walk_tagged
from regdocs.errors import EnvironmentLacks, RegdocsError
from regdocs.render.environment import pdf_environment
from regdocs.render.fonts import FontSet
from regdocs.render.html_comb import picture_at
from regdocs.render.paper import paper_html

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint.document import Document as LaidOut
    from weasyprint.urls import URLFetcher


@dataclass(frozen=True, slots=True)
class PdfProfile:
    """What a PDF declares itself to be (one variant a file), and whether it has form fields."""

    variant: str
    fillable: bool = False


# What each declares is written by WeasyPrint and not validated here. PDF/A forbids the form fields that need viewers
# to draw their appearance, so a fillable file is no PDF/A.
PROFILES: dict[str, PdfProfile] = {
    "accessible": PdfProfile("pdf/ua-1"),
    "submission": PdfProfile("pdf/a-2a"),
    "fillable": PdfProfile("pdf/ua-1", fillable=True),
}


def render_pdf(document: Document, identity: Identity, *, fonts: FontSet, profile: str = "accessible") -> bytes:
    """Return the document as PDF; the same inputs give the same bytes on one tool chain.

    `profile` is a key of `PROFILES`. `regdocs.render.fonts.use_fonts_conf` must have been called with a file that names
    the folders of `fonts`.

    Raises:
        EnvironmentLacks: Pango, WeasyPrint, a font or the font configuration is missing.
    """
    return render_pdf_with_pages(document, identity, fonts=fonts, profile=profile)[0]


def render_pdf_with_pages(
    document: Document, identity: Identity, *, fonts: FontSet, profile: str = "accessible"
) -> tuple[bytes, dict[str, int]]:
    """Return the same PDF, and on which of its pages each block, item, row and footnote begins, counted from one.

    In a redline what is gone has no page. Where a section counts its own pages, these are not the printed numbers.

    Raises:
        EnvironmentLacks: As `render_pdf`.
    """
    weasyprint = load_weasyprint(fonts)
    chosen = PROFILES[profile]
    pages: dict[str, int] = {}
    html = paper_html(document, identity, fillable=chosen.fillable)
    made = write_pdf(
        weasyprint, html, profile=chosen, finisher=lambda laid_out, _: pages.update(_first_pages(laid_out))
    )
    return made, {tagged.id: pages[tagged.id] for tagged in walk_tagged(document) if tagged.id in pages}


def pages_of(document: Document, identity: Identity, *, fonts: FontSet, profile: str = "accessible") -> dict[str, int]:
    """Return on which page of the PDF each block, item, row and footnote begins, as `render_pdf_with_pages`.

    Laying out is nearly all of the work: who needs the PDF too should ask for both at once.

    Raises:
        EnvironmentLacks: As `render_pdf`.
    """
    return render_pdf_with_pages(document, identity, fonts=fonts, profile=profile)[1]


def _first_pages(laid_out: "LaidOut") -> dict[str, int]:
    pages: dict[str, int] = {}
    for number, page in enumerate(laid_out.pages, start=1):
        for name in page.anchors:
            pages.setdefault(name, number)
    return pages


def write_pdf(
    weasyprint: ModuleType,
    html: str,
    served: Mapping[str, bytes] | None = None,
    profile: PdfProfile = PROFILES["accessible"],
    finisher: "Callable[[LaidOut, object], None] | None" = None,
) -> bytes:
    """Return a page of HTML as PDF. Only the addresses in `served` can be read, and combs, which hold their drawing.

    `finisher` sees the laid out pages before they are written.

    Raises:
        RegdocsError: The page asks for another address.
    """
    from weasyprint.urls import FatalURLFetchingError

    try:
        with _calm_collector(), _fixed_font_date():
            page = _page(weasyprint, html, memory_fetcher(served or {}))
            made = page.write_pdf(finisher=finisher, pdf_variant=profile.variant, pdf_forms=profile.fillable)
    except FatalURLFetchingError as error:
        raise RegdocsError(str(error)) from error
    if not isinstance(made, bytes):
        raise RegdocsError("WeasyPrint gave no bytes for a PDF")
    return made


# Elements without an end, which XML wants closed; our values are escaped, so none holds a ">".
_VOID = re.compile(r"<(br|col|img|input|link|meta)\b([^>]*)>")


def _page(weasyprint: ModuleType, html: str, fetcher: "URLFetcher") -> "HTML":
    """Return the page as WeasyPrint holds it after reading.

    Our pages are XML but for elements without an end, and the standard library reads XML in a fiftieth of the time
    that WeasyPrint's reader of any HTML takes, into the same tree. A page that is no XML goes to that reader.
    """
    try:
        root = ElementTree.fromstring(_VOID.sub(r"<\1\2/>", html))
    except ElementTree.ParseError:
        return weasyprint.HTML(string=html, url_fetcher=fetcher)
    return _of_tree(weasyprint, root, fetcher)


def _of_tree(weasyprint: ModuleType, root: ElementTree.Element, fetcher: "URLFetcher") -> "HTML":
    """Return what `weasyprint.HTML` is after reading; it takes no tree itself, so a test compares the two."""
    from cssselect2 import ElementWrapper

    page = weasyprint.HTML.__new__(weasyprint.HTML)
    page.base_url, page.url_fetcher, page.media_type = None, fetcher, "print"
    page.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    page.etree_element = page.wrapper_element.etree_element
    return page


def load_weasyprint(fonts: FontSet) -> ModuleType:
    """Return WeasyPrint, imported only after everything it needs was found.

    Raises:
        EnvironmentLacks: Something is missing; the message names it and its remedy.
    """
    _require_environment()
    _require_fonts_conf(fonts)
    return _imported()


@lru_cache(maxsize=1)
def _require_environment() -> None:
    problems = pdf_environment()
    if problems:
        raise EnvironmentLacks("; ".join(f"{problem.what} ({problem.remedy})" for problem in problems))


def _require_fonts_conf(fonts: FontSet) -> None:
    """Refuse to go on without our own fontconfig file: WeasyPrint without a font cannot even report it."""
    chosen = os.environ.get("FONTCONFIG_FILE")
    if not chosen or not Path(chosen).is_file():
        raise EnvironmentLacks("no font configuration was chosen before making a PDF")
    text = Path(chosen).read_text(encoding="utf-8")
    missing = [str(folder) for folder in fonts.folders if escape(str(folder)) not in text]
    if missing or not all(font.path.is_file() for font in fonts.files):
        raise EnvironmentLacks(f"the font configuration {chosen} does not name the fonts of {fonts.family}")


def _imported() -> ModuleType:
    """Import WeasyPrint without its banner; what it says on failure becomes part of our message."""
    said = io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint
    except (ImportError, OSError) as error:
        raise EnvironmentLacks(f"WeasyPrint cannot be started: {error}") from error
    module: ModuleType = weasyprint
    return module


def memory_fetcher(served: Mapping[str, bytes]) -> "URLFetcher":
    """Return a fetcher that gives out these bytes by address and stops the rendering for any other address."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class MemoryFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Knows a map and nothing else; no protocol handler is ever reached."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            comb = picture_at(url)
            if comb is not None:
                return URLFetcherResponse(url, comb, {"Content-Type": "image/svg+xml"})
            if url not in served:
                raise FatalURLFetchingError(f"a document asked for {url!r}, which is not part of it")
            kind = guess_type(url)[0] or "application/octet-stream"
            return URLFetcherResponse(url, served[url], {"Content-Type": kind})

    return MemoryFetcher()


@contextmanager
def _calm_collector() -> Iterator[None]:
    """Collect garbage rarely while rendering: a big booklet takes a quarter less time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def _fixed_font_date() -> Iterator[None]:
    """Keep the clock out of the embedded fonts.

    fontTools dates every font it cuts to a fixed weight, and takes the date from this variable where there is one.
    """
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
