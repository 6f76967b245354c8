"""The whole Word file: sections of blocks, their headers and footers, styles, numbering, properties.

Knows which parts a file has. The pieces know how they look.
"""

import re
from dataclasses import replace

from regdocs.content.identity import Identity
from regdocs.content.model import Document, Furniture, Section
from regdocs.content.query import furniture_at, headings
from regdocs.render.docx.blocks import write_blocks, write_footnotes, write_notice
from regdocs.render.docx.bookmarks import PART, PROPERTIES_PART, mapping_properties_xml, mapping_xml
from regdocs.render.docx.inlines import language_xml
from regdocs.render.docx.numbering import read_list_numbers, with_lists
from regdocs.render.docx.package import FONT_TABLE, SETTINGS, assemble, core_properties, read_template
from regdocs.render.docx.pages import Page, furniture_parts, page_of, section_properties
from regdocs.render.docx.redlined import Redlined
from regdocs.render.docx.revisions import MARKS, Mark, paragraph_mark, signed
from regdocs.render.docx.story import Frame, Story
from regdocs.render.docx.style_sheet import CHARACTER_STYLES, PARAGRAPH_STYLES, TABLE_STYLES
from regdocs.render.docx.wordml import DECLARATION, NAMESPACES, W
from regdocs.render.identity import with_log_head

_LANGUAGE = re.compile(r"<w:lang\b[^>]*/>")
# What of a redline the new document does not have, and what its base does not have.
_GONE = (("deleted", "moved-from"), ("inserted", "moved-to"))
_RUN_DEFAULTS = re.compile(r"(<w:rPrDefault>.*?)(</w:rPr>\s*</w:rPrDefault>)", re.DOTALL)


def render_docx(document: Document, identity: Identity, *, reference: bytes) -> bytes:
    """Return the document as a Word file.

    The same arguments give the same bytes. Each block's id is a bookmark (`block_ids` reads them back). A style that
    `reference` lacks prints as Word's "Normal"; `missing_styles` names them beforehand.

    Args:
        document: What is said.
        identity: Version, date and draft mark; the draft's notice stands before the first section.
        reference: The bytes of a `reference.docx`: styles, numbering and theme are taken from it, nothing else.

    Raises:
        Refusal: `reference` is no Word file that can be used.
    """
    document = with_log_head(document, identity)
    template = read_template(reference)
    lists = read_list_numbers(template.parts["word/numbering.xml"])
    redlined = Redlined(document)
    story = Story(identity, headings(document), lists.bullets, first_list=lists.first, redlined=redlined)
    parts = dict(template.parts)
    parts["word/document.xml"] = _body(story, document)
    parts["word/numbering.xml"] = with_lists(parts["word/numbering.xml"], lists, story.starts)
    parts["word/styles.xml"] = _in_language(parts["word/styles.xml"], document.language)
    parts["word/settings.xml"] = f'{DECLARATION}<w:settings xmlns:w="{W}">{SETTINGS}</w:settings>'
    parts["word/fontTable.xml"] = f'{DECLARATION}<w:fonts xmlns:w="{W}">{FONT_TABLE}</w:fonts>'
    parts["docProps/core.xml"] = core_properties(document.title, document.subject, document.language)
    parts |= {PART: mapping_xml(story.ids), PROPERTIES_PART: mapping_properties_xml()}
    for page, furniture in _pages(document, identity).items():
        parts |= furniture_parts(page, furniture, identity)
    return assemble(parts)


def missing_styles(reference: bytes) -> tuple[str, ...]:
    """Return the ids of the styles we use that a `reference.docx` does not have, in our order.

    Raises:
        Refusal: The bytes are no Word file that can be used.
    """
    present = read_template(reference).styles
    used = (*(s.id for s in PARAGRAPH_STYLES), *(s[0] for s in CHARACTER_STYLES), *(s.id for s in TABLE_STYLES))
    return tuple(style for style in used if style not in present)


def _pages(document: Document, identity: Identity) -> dict[Page, Furniture]:
    """Return the pages of the document, each kind once, and what repeats on them."""
    pages = {_notice_page(document): document.furniture} if _has_own_notice(document, identity) else {}
    for n, section in enumerate(document.sections, start=1):
        pages.setdefault(page_of(section, document.furniture, n), furniture_at(document, section))
    return pages


def _has_own_notice(document: Document, identity: Identity) -> bool:
    """Tell whether the notice needs a section: the one after it counts its own pages only."""
    return identity.draft is not None and bool(identity.draft.notice) and document.sections[0].own_pages


def _notice_page(document: Document) -> Page:
    return page_of(replace(document.sections[0], own_pages=False), document.furniture, 0)


def _body(story: Story, document: Document) -> str:
    sections = document.sections
    pages = [page_of(section, document.furniture, n) for n, section in enumerate(sections, start=1)]
    _write_notice(story, document)
    for n, (section, page) in enumerate(zip(sections, pages, strict=True)):
        frame = Frame(page.text_width)
        with story.changing(MARKS[section.change]):
            write_blocks(story, section.blocks, frame)
            write_footnotes(story, section.footnotes, frame)
        if n + 1 == len(sections):
            new, base = (_last(pages, sections, gone) for gone in _GONE)
            _end_section(story, new, True, before=base)
        elif (mark := _end_change(sections[n:])) is not None:
            _end_section(story, page, False, mark)
    body = signed(story.parts, story.identity.revision)
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def _end_change(sections: tuple[Section, ...]) -> Mark | None:
    """Return what became of the end between the first section and the next; None where neither side has it."""
    new, base = (
        sections[0].change not in gone and any(section.change not in gone for section in sections[1:]) for gone in _GONE
    )
    return ("" if base else "ins") if new else "del" if base else None


def _last(pages: list[Page], sections: tuple[Section, ...], gone: tuple[str, str]) -> Page:
    """Return the pages with which one side ends."""
    left = [page for page, section in zip(pages, sections, strict=True) if section.change not in gone]
    return left[-1] if left else pages[-1]


def _write_notice(story: Story, document: Document) -> None:
    draft, page = story.identity.draft, _notice_page(document)
    if draft is None or not draft.notice:
        return
    write_notice(story, draft.notice, Frame(page.text_width))
    if _has_own_notice(document, story.identity):
        _end_section(story, page, last=False)
    else:
        story.break_page()


def _end_section(story: Story, page: Page, last: bool, mark: Mark = "", before: Page | None = None) -> None:
    # A paragraph of one point holds the section's properties: a table cannot, and must not end a document.
    properties = section_properties(page, before)
    inner = f'<w:pPr><w:pStyle w:val="SectionEnd"/>{paragraph_mark(mark)}{"" if last else properties}</w:pPr>'
    # The bookmark stands before the paragraph: in the last, empty one of a file LibreOffice loses it.
    story.parts.append(f"{_end_mark(page)}<w:p>{inner}</w:p>{properties if last else ''}")


def _end_mark(page: Page) -> str:
    """Return the bookmark up to which the pages of a section are counted; its number is beyond those of blocks."""
    if not page.own:
        return ""
    key = 1_000_000 + int(page.own.removeprefix("own_"))
    return f'<w:bookmarkStart w:id="{key}" w:name="{page.own}"/><w:bookmarkEnd w:id="{key}"/>'


def _in_language(styles: str, language: str) -> str:
    def put(found: re.Match[str]) -> str:
        return f"{_LANGUAGE.sub('', found[1])}{language_xml(language)}{found[2]}"

    return _RUN_DEFAULTS.sub(put, styles, count=1)
