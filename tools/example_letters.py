"""Letters of the invented boards, as pages that stand for scans. Each says that it is invented."""


def small_pdf(*lines: str) -> bytes:
    """Return a page that stands for a scanned letter, and says that it is invented."""
    told = (*lines, "FICTIONAL DEMONSTRATION - NOT A REAL LETTER")
    text = " T* ".join(f"({line}) Tj" for line in told).encode("ascii")
    content = b"BT /F1 11 Tf 16 TL 50 780 Td " + text + b" ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )
    return _assembled(objects)


def training_page(site: str, version: str, on: str) -> bytes:
    """Return a page that stands for a site's record of training."""
    return small_pdf(f"Record of training, DEMO-101, site {site}", f"Version {version}: the team was trained on {on}.")


def _assembled(objects: tuple[bytes, ...]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer
