"""Copies as the invented boards send them back: our pages with a stamp in its place, and perhaps with other words."""

import io

import pikepdf


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
