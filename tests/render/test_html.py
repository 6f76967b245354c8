"""The HTML page: structure, escaping, marks, and that it needs nothing from outside."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

from regdocs.content.model import Block, Box, Document, Heading, List, Table
from regdocs.content.query import headings
from regdocs.render.html import render_html
from tests.render.sample import DRAFT_MARK, FICTIONAL, HOSTILE, sample_document, sample_identity


class Page(HTMLParser):
    """Collects the elements with their attributes, and the text of each id's element that holds no other id."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def block_ids(blocks: tuple[Block, ...]) -> list[str]:
    """Return the ids of blocks, items, rows and what they hold."""
    found: list[str] = []
    for block in blocks:
        found.append(block.id)
        match block:
            case Box(blocks=inner):
                found += block_ids(inner)
            case List(items=items):
                for item in items:
                    found += [item.id, *block_ids(item.blocks)]
            case Table(head=head, rows=rows):
                for row in head + rows:
                    found.append(row.id)
                    for cell in row.cells:
                        found += block_ids(cell.blocks)
            case _:
                pass
    return found


def expected_ids(document: Document) -> list[str]:
    sections = document.sections
    notes = [note.id for section in sections for note in section.footnotes]
    return notes + [name for section in sections for name in [section.id, *block_ids(section.blocks)]]


def test_every_block_has_its_id_once(draft_html: str) -> None:
    found = [attributes["id"] for _, attributes in Page(draft_html).elements if "id" in attributes]
    assert len(found) == len(set(found))
    assert set(expected_ids(sample_document())) <= set(found)


def test_headings_keep_level_order_and_number(draft_html: str) -> None:
    body = draft_html.split("<main>")[1].split('class="notice"')[1].split("</section>", 1)[1]
    printed = re.findall(r'<h(\d) id="([^"]+)"', body)
    assert printed == [(str(heading.level), heading.id) for heading in headings(sample_document())]
    assert '<span class="number">2.1</span> Roles of paragraphs</h2>' in draft_html


def test_hostile_words_are_words(draft_html: str) -> None:
    page = Page(draft_html)
    assert page.all("script") == []
    assert HOSTILE in "".join(page.words)
    assert "<title>Sample document &amp; &lt;title&gt;</title>" in draft_html


def test_nothing_outside_the_page_is_asked_for(draft_html: str) -> None:
    page = Page(draft_html)
    assert not [name for name, _ in page.elements if name in {"link", "script", "img", "iframe", "object", "form"}]
    assert not [a for _, a in page.elements if "src" in a or "style" in a or any(key.startswith("on") for key in a)]
    assert all(str(attributes["href"]).startswith("#") for attributes in page.all("a"))
    assert "url(" not in draft_html and "@import" not in draft_html


def test_the_policy_allows_only_the_embedded_style(draft_html: str) -> None:
    policies = [a["content"] for a in Page(draft_html).all("meta") if "http-equiv" in a]
    style = draft_html.split("<style>")[1].split("</style>", maxsplit=1)[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]


def test_a_draft_shows_its_mark_and_notice_before_the_text(draft_html: str) -> None:
    banner = draft_html.index(f'role="note">\n<p class="draft-mark">{DRAFT_MARK}')
    notice = draft_html.index("Items to complete")
    assert banner < draft_html.index(FICTIONAL) < notice < draft_html.index('id="sample.main"')


def test_a_final_document_has_no_draft_mark() -> None:
    final = render_html(sample_document(), sample_identity(draft=False)).decode()
    assert "DRAFT" not in final and "watermark" not in final.split("</style>")[1]
    assert FICTIONAL in final and "14 March 2031" in final and "protocol version 3.1" in final


def test_values_carry_their_paths_and_state(draft_html: str) -> None:
    assert '<span data-path="/enrolment/count /arms">12 participants</span>' in draft_html
    assert '<mark class="todo" data-path="/contacts/0/telephone">[TO BE COMPLETED' in draft_html
    assert '<mark class="assumed" data-path="/encounters">[ASSUMED' in draft_html


def test_header_cells_say_what_they_head(draft_html: str) -> None:
    assert all(attributes.get("scope") for attributes in Page(draft_html).all("th"))
    assert 'scope="colgroup" colspan="3" class="center"' in draft_html
    assert 'scope="rowgroup" colspan="6"' in draft_html
    assert "<caption>Table 1. What is done at each visit</caption>" in draft_html


def test_places_to_write_on_are_named_aloud(draft_html: str) -> None:
    assert 'role="img" aria-label="Reason not done"' in draft_html
    assert 'role="img" aria-label="Not known">☐' in draft_html
    assert "<title>Visit date</title>" in draft_html


def test_language_and_clauses_stand_on_their_block(draft_html: str) -> None:
    assert '<html lang="en">' in draft_html
    assert '<p id="sample.words.vietnamese" lang="vi" data-clause="CR-b2 E6-f">' in draft_html


def test_a_screen_has_no_page_numbers(draft_html: str) -> None:
    body = draft_html.split("</style>")[1]
    assert "Page " not in body and "page-number" not in body
    assert "DEMO-101" in body


def test_landmarks_stand_once_and_in_order(draft_html: str) -> None:
    names = [name for name, _ in Page(draft_html).elements if name in {"header", "main", "nav", "footer"}]
    assert names == ["header", "main", "nav", "footer"]


def test_the_sample_has_headings_of_every_level() -> None:
    assert {heading.level for heading in headings(sample_document()) if isinstance(heading, Heading)} == {1, 2, 3, 4}
