"""Words put where a field stands: blocks in place of a paragraph or control, inlines in place of a piece of a run.

Blocks are written by the writers of our own Word files, and then take the template's styles. Knows the template's XML;
what a field says is in `fields.py`.
"""

from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from regdocs.content.model import Block, Heading, Paragraph
from regdocs.content.query import headings
from regdocs.own_template.fields import Field, Source
from regdocs.own_template.looks import PPR, RPR, look_like, look_of, piece_like, style_of, take_style, text_of
from regdocs.own_template.package import Package, parsed
from regdocs.own_template.pages import width_at
from regdocs.own_template.places import CONTENT, MARK, TC, Control, P, R, T
from regdocs.own_template.sheet import Lists, Styles
from regdocs.render.docx.blocks import write_blocks, write_footnotes
from regdocs.render.docx.inlines import write_inlines
from regdocs.render.docx.story import Frame, Story
from regdocs.render.docx.wordml import NAMESPACES, W

_SECT = f"{{{W}}}sectPr"
_SHOWN = tuple(f"{{{W}}}{name}" for name in ("drawing", "pict", "object"))
_BOOKMARKS, _ID = (f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd"), f"{{{W}}}id"
# What a control keeps of itself: no binding to other data, no placeholder, no kind that takes plain text only.
_KEPT = frozenset(f"{{{W}}}{name}" for name in ("rPr", "alias", "tag", "id", "lock"))


class NoRoom(Exception):
    """Blocks stand where only words can."""


@dataclass(slots=True)
class Filling:
    """A template that is being filled.

    Attributes:
        placed: Each field that was placed, by its name, with the parts in which it stands.
    """

    package: Package
    source: Source
    styles: Styles
    lists: Lists
    story: Story
    placed: dict[str, list[str]] = field(default_factory=dict)

    def fill_control(self, control: Control, said: Field) -> None:
        """Put what a field says into a content control, which stays around it.

        Raises:
            NoRoom: It is more than the words that fit there.
        """
        content = control.element.find(CONTENT)
        if content is None:
            content = etree.SubElement(control.element, CONTENT)
        if control.level == "row" or (control.level == "run" and not self._put_into_run(control, content, said)):
            raise NoRoom
        if control.level in ("block", "cell"):
            cell = content.find(TC) if control.level == "cell" else None
            self._put_into_block(control, content if cell is None else cell, said)
        self._settle(control.element)
        self._note(said, control.part)

    def fill_marks(self, part: str, paragraph: Element, fields: dict[str, Field]) -> list[str]:
        """Put what fields say in place of their marks in a paragraph; return the names of those that have no room."""
        found = [(one, MARK.findall(one.text or "")) for one in _own_texts(paragraph)]
        names = [name for _, every in found for name in every if name in fields]
        words = "".join(one.text or "" for one, _ in found).strip()
        if len(names) == 1 and MARK.fullmatch(words) and fields[names[0]].inlines is None and not _shows(paragraph):
            self._replace(part, paragraph, fields[names[0]])
            return []
        without_room = [name for name in names if _inline(fields[name]) is None]
        if not without_room:
            for text in [one for one, every in found if any(name in fields for name in every)]:
                self._split(part, text, fields)
        return without_room

    # ------------------------------------------------------------------------------------------------------ controls

    def _put_into_run(self, control: Control, content: Element, said: Field) -> bool:
        """Put words into a control inside a paragraph; blocks only where the control is all there is in it."""
        if _inline(said) is not None:
            runs = self._runs(control.part, control.element, said, look_of(control.element, content))
            content[:] = runs
            return True
        paragraph = next(control.element.iterancestors(P))
        if control.element.getparent() is not paragraph or _words_beside(paragraph, control.element):
            return False
        written = self._blocks(control.part, paragraph, said, style_of(paragraph))
        around = paragraph.getparent()
        assert around is not None
        around.insert(around.index(paragraph), control.element)
        content[:] = written
        _take_away(paragraph)
        return True

    def _put_into_block(self, control: Control, content: Element, said: Field) -> None:
        first = next(content.iter(P), None)
        kept = [one for one in content if one.tag == f"{{{W}}}tcPr"]
        if said.inlines is not None:
            made = etree.Element(P)
            if first is not None and (properties := first.find(PPR)) is not None:
                made.append(deepcopy(properties))
            made.extend(self._runs(control.part, control.element, said, look_of(control.element, content)))
            written = [made]
        else:
            place = content if content.tag == TC else control.element
            written = self._blocks(control.part, place, said, style_of(first))
        content[:] = [*kept, *written]

    def _settle(self, control: Element) -> None:
        properties = control.find(f"{{{W}}}sdtPr")
        if properties is not None:
            for one in [each for each in properties if each.tag not in _KEPT]:
                properties.remove(one)

    # --------------------------------------------------------------------------------------------------------- marks

    def _replace(self, part: str, paragraph: Element, said: Field) -> None:
        written = self._blocks(part, paragraph, said, style_of(paragraph))
        around = paragraph.getparent()
        assert around is not None
        place = around.index(paragraph)
        around[place:place] = written
        _take_away(paragraph)
        self._note(said, part)

    def _split(self, part: str, text: Element, fields: dict[str, Field]) -> None:
        """Cut the run of a text at its marks, and put the words of the fields between the pieces."""
        run = text.getparent()
        assert run is not None
        around, look = run.getparent(), run.find(RPR)
        assert around is not None
        pieces: list[Element] = [piece_like(look)]
        for child in [one for one in run if one.tag != RPR]:
            if child is not text:
                pieces[-1].append(child)
                continue
            for number, words in enumerate(MARK.split(text.text or "")):
                if number % 2 and words in fields:
                    pieces += [*self._runs(part, text, fields[words], look), piece_like(look)]
                    self._note(fields[words], part)
                elif words and not number % 2:
                    pieces[-1].append(text_of(words))
        place = around.index(run)
        around[place : place + 1] = [one for one in pieces if len(one) > (one.find(RPR) is not None)]

    # ------------------------------------------------------------------------------------------------------- writing

    def _blocks(self, part: str, element: Element, said: Field, style: str | None) -> list[Element]:
        """Return the written blocks of a field; paragraphs without a style of ours take that of the place."""
        frame = Frame(width_at(self.package, part, element))
        self.story.parts.clear()
        write_blocks(self.story, said.blocks, frame)
        write_footnotes(self.story, said.notes, frame)
        written = self._written() or [etree.Element(P)]
        if style is not None and not self.styles.is_title(style):
            for one in written:
                take_style(one, style)
        return written

    def _runs(self, part: str, element: Element, said: Field, look: Element | None) -> list[Element]:
        """Return what a field says as runs that look like those of the place, with the bookmarks of its block."""
        self.story.parts.clear()
        frame = Frame(width_at(self.package, part, element))
        if said.inlines is not None:
            content = write_inlines(said.inlines, frame, self.source.identity)
            self.story.parts.append(f"<w:p>{content}</w:p>")
        else:
            write_blocks(self.story, said.blocks, frame)
        runs = [one for paragraph in self._written() for one in paragraph if one.tag != PPR]
        for run in [each for one in runs for each in one.iter(R)]:
            look_like(run, look)
        return runs

    def _written(self) -> list[Element]:
        root = parsed(f"<w:body {NAMESPACES}>{''.join(self.story.parts)}</w:body>")
        self.styles.put_into(root)
        for one in root.iter(*_BOOKMARKS):
            one.set(_ID, f"ours-{one.get(_ID)}")  # numbered anew with those of the template
        return list(root)

    def _note(self, said: Field, part: str) -> None:
        self.placed.setdefault(said.name, []).append(part)


def begin(package: Package, source: Source, reference: bytes) -> Filling:
    """Return the filling of a template with nothing placed yet."""
    lists = Lists(package, reference)
    story = Story(source.identity, headings(source.document), lists.bullets, first_list=lists.first)
    return Filling(package, source, Styles(package, reference), lists, story)


def wrap_bare_marks(root: Element) -> None:
    """Give marks that stand outside of any run, where docxtpl took `{{p }}` or `{{r }}` out, a paragraph or run."""
    for one in list(root.iter()):
        if one.tag != T and one.text and MARK.search(one.text):
            one.insert(0, _wrapped(one.text, in_paragraph=one.tag == P))
            one.text = None
        around = one.getparent()
        if around is not None and one.tail and MARK.search(one.tail):
            around.insert(around.index(one) + 1, _wrapped(one.tail, in_paragraph=around.tag == P))
            one.tail = None


def _wrapped(words: str, in_paragraph: bool) -> Element:
    run = etree.Element(R)
    run.append(text_of(words.strip()))
    if in_paragraph:
        return run
    paragraph = etree.Element(P)
    paragraph.append(run)
    return paragraph


def _inline(said: Field) -> tuple[Block, ...] | None:
    """Return what a field can say inside a paragraph: words, or one paragraph or heading; None for more."""
    if said.inlines is not None:
        return ()
    alone = len(said.blocks) == 1 and isinstance(said.blocks[0], Paragraph | Heading) and not said.notes
    return said.blocks if alone else None


def _own_texts(paragraph: Element) -> list[Element]:
    """Return the texts of a paragraph that do not stand in another one inside it (a text box)."""
    return [one for one in paragraph.iter(T) if next(one.iterancestors(P)) is paragraph]


def _shows(paragraph: Element) -> bool:
    return next(paragraph.iter(*_SHOWN), None) is not None


def _words_beside(paragraph: Element, control: Element) -> bool:
    inside = set(control.iter(T))
    return _shows(paragraph) or any((one.text or "").strip() for one in paragraph.iter(T) if one not in inside)


def _take_away(paragraph: Element) -> None:
    """Remove a paragraph whose words were replaced; one that ends a section stays, empty."""
    properties = paragraph.find(PPR)
    if properties is not None and properties.find(_SECT) is not None:
        for one in [each for each in paragraph if each is not properties]:
            paragraph.remove(one)
        return
    around = paragraph.getparent()
    if around is not None:
        around.remove(paragraph)
