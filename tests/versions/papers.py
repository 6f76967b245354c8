"""Papers that come from outside: scans without words, and Word files."""

import io
import zipfile

import pikepdf

WORDML = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:document>'


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


def relations(**targets: str) -> str:
    """A list of relationships: the target of each kind."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    every = "".join(f'<Relationship Id="{kind}" Type="{base}/{kind}" Target="{to}"/>' for kind, to in targets.items())
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{every}</Relationships>'
    )


def word_file(body: str, **parts: str) -> bytes:
    """A Word file with this body, and parts such as `header1`, in WordprocessingML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", relations(officeDocument="word/document.xml"))
        package.writestr("word/document.xml", WORDML.format(body))
        for name, text in parts.items():
            package.writestr(f"word/{name}.xml", WORDML.format(text))
    return out.getvalue()
