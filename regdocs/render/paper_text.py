"""Which characters of a document the fonts cannot show, and in which block they stand.

Reads the page that the PDF engine would get, so it sees what is printed and nothing else. Knows no rules: the caller
turns what is found into a finding.
"""

from html.parser import HTMLParser

from regdocs.content.model import Document, Identity
from regdocs.render.fonts import FontSet, missing_characters
from regdocs.render.paper import paper_html


def unprintable(document: Document, identity: Identity, fonts: FontSet) -> tuple[tuple[str, str], ...]:
    """Return pairs of a block's id and its characters that no font shows, in printed order; () when all is well.

    The id is "" for the running titles and marks.
    """
    reader = _PrintedText()
    reader.feed(paper_html(document, identity))
    reader.close()
    found = ((block, missing_characters("".join(parts), fonts)) for block, parts in reader.texts.items())
    return tuple((block, missing) for block, missing in found if missing)


class _PrintedText(HTMLParser):
    """Collects the printed text under the id that was opened last before it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, list[str]] = {}
        self._block = ""
        self._printed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._printed = self._printed or tag == "body"
        self._block = dict(attrs).get("id") or self._block

    def handle_data(self, data: str) -> None:
        if self._printed:
            self.texts.setdefault(self._block, []).append(data)
