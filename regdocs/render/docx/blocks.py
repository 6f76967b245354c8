"""Blocks as paragraphs: headings, paragraphs, lists, contents; tables and boxes are handed to `tables`.

Knows which style each role takes. Does not know pages, headers or the package.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from regdocs.content.model import (
    Block,
    Box,
    Contents,
    Footnote,
    Heading,
    Inlines,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Revised,
    Signature,
    Table,
    Tags,
    Tick,
)
from regdocs.content.query import plain_text
from regdocs.render.docx.bookmarks import bookmark_name
from regdocs.render.docx.inlines import RunLook, fill_tabs, needs_room, run_properties, write_inlines
from regdocs.render.docx.redlined import whole_mark
from regdocs.render.docx.revisions import GONE, MARKS, MOVES, Mark, tracked
from regdocs.render.docx.story import Frame, ParagraphLook, Story
from regdocs.render.docx.tables import write_box, write_framed, write_signature, write_table
from regdocs.render.docx.wordml import run

_STYLES = {
    "body": "Normal",
    "lead": "Lead",
    "note": "Note",
    "small": "Small",
    "label": "Label",
    "title": "Title",
    "subtitle": "Subtitle",
    "line": "Line",
}
_STEP = 397


def write_blocks(story: Story, blocks: tuple[Block, ...], frame: Frame) -> None:
    """Write blocks one after another; what is signed stays with the signature, and signatures with each other."""
    kept = () if frame.cell else _kept(blocks)
    for n, block in enumerate(blocks):
        inner = frame.speaking(block.language)
        inner = replace(inner, keep=True) if n in kept else inner
        if block.change is None:
            _write_block(story, block, inner)
            continue
        with _changed(story, block, frame):
            _write_block(story, block, inner)


@contextmanager
def _changed(story: Story, tagged: Tags, frame: Frame) -> Iterator[None]:
    """Track what is written inside as what became of this block, item or footnote; nothing where nothing did."""
    if tagged.change is None:
        yield
        return
    move, name = MOVES.get(tagged.change), bookmark_name(tagged.id)
    moves = story.redlined.moves if story.redlined is not None and not (frame.cell or frame.boxed) else ()
    if move is None or tagged.id not in moves:
        with story.changing(MARKS[tagged.change]):
            yield
        return
    story.parts.append(f'<w:{move}RangeStart w:name="{name}"/>')
    with story.changing(move):
        yield
    story.parts.append(f"<w:{move}RangeEnd/>")


def _kept(blocks: tuple[Block, ...]) -> frozenset[int]:
    """Return which blocks stay with the next one: answers, notes and the statement before signatures.

    Each signature says by itself what it attests, but the last one does not stand alone. A tick after it, such as "a
    copy was given", belongs to it.
    """
    last = max((n for n, block in enumerate(blocks) if isinstance(block, Signature)), default=-1)
    kept: set[int] = set()
    for n in range(len(blocks) - 2, -1, -1):
        here, following = blocks[n], blocks[n + 1]
        if isinstance(here, Signature):
            leads = (isinstance(following, Signature) and n + 1 == last) or _is_answer(following)
        elif isinstance(here, List):  # of what is signed; a sentence may stand between it and the signature
            leads = isinstance(following, Signature) or (isinstance(following, Paragraph) and n + 1 in kept)
        elif isinstance(here, Paragraph):
            leads = isinstance(following, Signature) or (_is_answer(here) and n + 1 in kept)
        else:  # of a table the last row stays with the signature, of a form the last answers
            leads = isinstance(here, Table) and _is_signed(blocks[n + 1 : n + 3])
        if leads:
            kept.add(n)
    return frozenset(kept)


def _is_signed(following: tuple[Block, ...]) -> bool:
    """Tell whether a signature follows, at once or under a heading of its own."""
    if isinstance(following[0], Heading):
        following = following[1:]
    return bool(following) and isinstance(following[0], Signature)


def _is_answer(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    return block.role == "note" or any(isinstance(inline, Tick) for inline in block.inlines)


def _write_block(story: Story, block: Block, frame: Frame) -> None:
    match block:
        case Paragraph():
            _write_paragraph(story, block, frame)
        case Table():
            write_table(story, block, frame, write_blocks)
        case Heading():
            _write_heading(story, block, frame)
        case List():
            _write_list(story, block, frame)
        case Box():
            write_box(story, block, frame, write_blocks)
        case Signature():
            write_signature(story, block, frame)
        case PageBreak():
            story.mark(block.id)
            story.break_page()
        case Contents():
            _write_contents(story, block, frame)


def _look(
    style: str, inlines: Inlines, frame: Frame, hanging: int = 0, number: int = 0, keep: bool = False
) -> ParagraphLook:
    return ParagraphLook(
        style,
        keep_next=frame.keep or keep,
        list_number=number,
        level=min(frame.depth - 1, 8) if number else 0,
        tabs=fill_tabs(inlines, frame),
        language=frame.language,
        indent=(frame.indent, hanging) if frame.indent else None,
        align=frame.align,
        roomy=needs_room(inlines, frame),
    )


def _write_paragraph(story: Story, paragraph: Paragraph, frame: Frame) -> None:
    story.mark(paragraph.id)
    content = write_inlines(paragraph.inlines, frame, story.identity)
    look = _look(_style(paragraph.role, frame), paragraph.inlines, frame)
    if paragraph.old_role is not None:
        look = replace(look, was=replace(look, style=_style(paragraph.old_role, frame)))
    story.paragraph(look, content)


def _style(role: str, frame: Frame) -> str:
    if frame.cell and role in ("body", "line", "label", "small"):
        small = frame.cell if role != "small" else "TableSmall"
        if frame.head or role == "label":
            return "TableSmallHead" if small == "TableSmall" else "TableHead"
        return small
    if frame.depth and role == "body":
        return "ListContinue"
    return _STYLES[role]


def _write_heading(story: Story, heading: Heading, frame: Frame) -> None:
    story.mark(heading.id)
    look = _look(f"Heading{heading.level}", heading.inlines, frame, keep=True)
    content = write_inlines(heading.inlines, frame, story.identity)
    if heading.number:
        hang = max(_STEP * heading.level, 160 * (len(heading.number) + 1))
        look = replace(look, indent=(frame.indent + hang, hang))
        content = _numbered(heading.number, heading.old_number, frame) + content
    story.paragraph(look, content)


def _numbered(number: str, old: str | None, frame: Frame) -> str:
    """Return a number or marker of its own, with the tab after it; in a redline the one before it too."""
    properties = run_properties(RunLook(language=frame.language))
    if old is None:
        return run(properties, f"{number}\t")
    return tracked(run(properties, old), "del") + tracked(run(properties, number), "ins") + run(properties, "\t")


def _write_list(story: Story, block: List, frame: Frame) -> None:
    story.mark(block.id)
    level = min(frame.depth, 8)
    number = story.number_list(level) if block.ordered else story.bullets
    longest = max((len(item.marker) for item in block.items if item.marker), default=0)
    # A marker of its own needs room for its characters; 130 twips is a wide digit and its share of the gap.
    hang = max(_STEP, 130 * (longest + 1)) if longest else _STEP
    inner = replace(frame, indent=frame.indent + hang, depth=frame.depth + 1)
    for item in block.items:
        with _changed(story, item, frame):
            _write_item(story, item, inner.speaking(item.language), number, hang)


def _write_item(story: Story, item: ListItem, frame: Frame, number: int, hang: int) -> None:
    story.mark(item.id)
    first = item.blocks[0] if item.blocks else None
    led = isinstance(first, Paragraph)
    inlines = first.inlines if isinstance(first, Paragraph) else ()
    inner = frame.speaking(first.language) if first is not None and led else frame
    if first is not None and led:
        story.mark(first.id)
    style = _item_style(item, number == story.bullets, frame)
    look = _look(style, inlines, inner, hang, number if item.marker is None else 0)
    content = write_inlines(inlines, inner, story.identity)
    if item.marker is not None:
        content = _numbered(item.marker, item.old_marker, frame) + content
    story.paragraph(look, content)
    write_blocks(story, item.blocks[1:] if led else item.blocks, frame)


def _item_style(item: ListItem, bulleted: bool, frame: Frame) -> str:
    if frame.cell:
        return _style("line", frame)
    if item.marker is not None:
        return "ListMarker"
    return "ListBullet" if bulleted else "ListNumber"


def _write_contents(story: Story, contents: Contents, frame: Frame) -> None:
    story.mark(contents.id)
    title = write_inlines(contents.title, frame, story.identity)
    if title:
        look = replace(_look("TOCHeading", contents.title, frame), keep_next=True, change=whole_mark(contents.title))
        story.paragraph(look, title)
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-'
        f'{contents.depth}" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    # The page numbers are Word's to find (F9); a number guessed here could send a reader to the wrong page.
    for heading in story.headings:
        if heading.level <= contents.depth and (words := _entry(story, heading)):
            change: Mark = "" if story.change else MARKS[heading.change]
            look = ParagraphLook(f"TOC{heading.level}", change=change)
            story.paragraph(look, begin + tracked(words, change))
            begin = ""
    story.paragraph(ParagraphLook("Spacer"), begin + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def _entry(story: Story, heading: Heading) -> str:
    """Return a heading as the contents list it; "" where they are of one side and the heading is of the other."""
    mark = MARKS[heading.change]
    if story.change and mark and (story.change in GONE) != (mark in GONE):
        return ""
    pieces = list(_pieces(heading))
    if side := story.change or mark:
        pieces = [("", text) for piece, text in pieces if not piece or (piece in GONE) == (side in GONE)]
    runs = "".join(
        tracked(run("", "".join(text for _, text in same)), piece) for piece, same in groupby(pieces, itemgetter(0))
    )
    if mark in GONE and story.redlined is not None and heading.id in story.redlined.living:
        return runs  # its bookmark is that of another heading
    return f'<w:hyperlink w:anchor="{bookmark_name(heading.id)}" w:history="1">{runs}</w:hyperlink>'


def _pieces(heading: Heading) -> Iterator[tuple[Mark, str]]:
    """Yield number and words of a heading on one line, each piece with what became of it."""
    if heading.number and heading.old_number is not None:
        yield "del", heading.old_number
        yield "ins", heading.number
        yield "", "  "
    elif heading.number:
        yield "", f"{heading.number}  "
    for inline in heading.inlines:
        inner = inline.inlines if isinstance(inline, Revised) else (inline,)
        yield MARKS[inline.change if isinstance(inline, Revised) else None], plain_text(inner).replace("\n", " ")


def write_notice(story: Story, notice: tuple[Block, ...], frame: Frame) -> None:
    """Write what makes the document a draft, framed; the writer lets the document begin on the next page."""
    if notice:
        write_framed(story, "BoxNotice", notice, replace(frame, coloured=False), write_blocks)
        story.take_back_spacer()


def write_footnotes(story: Story, notes: tuple[Footnote, ...], frame: Frame) -> None:
    """Write the notes that stand at the end of a section, under a short gap."""
    for note in notes:
        with _changed(story, note, frame):
            _write_footnote(story, note, frame.speaking(note.language))


def _write_footnote(story: Story, note: Footnote, frame: Frame) -> None:
    story.mark(note.id)
    look = run_properties(RunLook(style="FootnoteReference", language=frame.language))
    mark = run(look, note.mark)
    if note.old_mark is not None:
        mark = tracked(run(look, note.old_mark), "del") + tracked(mark, "ins")
    content = mark + run("", "\t") + write_inlines(note.inlines, frame, story.identity)
    story.paragraph(_look("FootnoteText", note.inlines, frame), content)
