"""Papers that come from outside: scans without words, and copies that are stamped."""

import io

import pikepdf


def scanned_pdf(pages: int = 1) -> bytes:
    """Pages that are pictures: there is no text in them."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            page = document.add_blank_page(page_size=(595, 842))
            picture = document.make_stream(
                b"\x80" * 100,
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=10,
                Height=10,
                ColorSpace=pikepdf.Name.DeviceGray,
                BitsPerComponent=8,
            )
            page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name.Picture)
            page.contents_add(document.make_stream(b"q 500 0 0 700 40 60 cm /Picture Do Q"))
        document.save(out, deterministic_id=True)
    return out.getvalue()
