"""The smallest pieces of WordprocessingML: escaped text, measures, namespaces.

Knows how a string becomes text that Word opens without complaint. Does not know the content tree or any style.
"""

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# XML 1.0 section 2.2: these characters cannot stand in a document, not even as a reference.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[&<>"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_PIECES = re.compile("(\n|\t|\u2011)")
# Word draws its own hyphen that does not break; the character would be looked for in another font.
_PIECE_XML = {"\n": "<w:br/>", "\t": "<w:tab/>", "\u2011": "<w:noBreakHyphen/>"}


def escape(text: str) -> str:
    """Return text for element content or a double-quoted attribute.

    A character that XML cannot carry becomes U+FFFD, so that its place stays visible.
    """
    if _SPECIAL.search(text) is None:
        return text  # most text; one look is cheaper than five
    text = _ILLEGAL.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def run(properties: str, text: str) -> str:
    """Return one run; line ends, tabs and hyphens that do not break are Word's own, all other white space is kept."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = escape(text)
    if "\n" in text or "\t" in text or "\u2011" in text:
        return f"<w:r>{properties}{''.join(map(_piece, _PIECES.split(text)))}</w:r>"
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _piece(text: str) -> str:
    if not text:
        return ""
    return _PIECE_XML.get(text) or f'<w:t xml:space="preserve">{text}</w:t>'


def twips(millimetres: float) -> int:
    """Return twentieths of a point, Word's measure of length."""
    return round(millimetres * 1440 / 25.4)
