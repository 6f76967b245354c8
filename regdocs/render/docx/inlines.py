"""Inlines as runs: words, values, places to write and to tick, slots of the identity, page fields.

Knows how each inline looks inside a paragraph. Does not know blocks, nor which paragraph it is in.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from regdocs.content.identity import Identity
from regdocs.content.model import (
    Blank,
    Comb,
    FootnoteRef,
    IdentitySlot,
    Inline,
    Inlines,
    LineBreak,
    PageCount,
    PageNumber,
    Revised,
    Styled,
    Text,
    Tick,
    Value,
)
from regdocs.render.docx.revisions import MARKS, tracked
from regdocs.render.docx.story import Frame, right_to_left
from regdocs.render.docx.wordml import escape, run
from regdocs.render.identity import slot_is_open, slot_text
from regdocs.render.telephone import unbroken

# A low line of Calibri at 11 points: 0.498 em. Side by side they join; underlined spaces are not drawn at a line's end.
_LOW_LINE_MM = 1.93
_LEAST_FILL_MM = 16
_BOX_FONTS = '<w:rFonts w:hint="eastAsia" w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
_CHECKBOX = (
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
)
_WRITTEN_ON = frozenset((Blank, Comb))
# Word proofs text in a language of a country; a plain language has none.
_PROOFED = {"en": "en-US", "vi": "vi-VN"}


@dataclass(frozen=True, slots=True)
class RunLook:
    """The properties of a run."""

    style: str = ""
    bold: bool = False
    italic: bool = False
    raised: str = ""
    language: str | None = None


@lru_cache(maxsize=1_000)
def run_properties(look: RunLook) -> str:
    """Return `w:rPr`, its children in the order the schema wants."""
    parts = [f'<w:rStyle w:val="{look.style}"/>'] if look.style else []
    parts += ["<w:b/><w:bCs/>"] if look.bold else []
    parts += ["<w:i/><w:iCs/>"] if look.italic else []
    parts += [f'<w:vertAlign w:val="{look.raised}"/>'] if look.raised else []
    if look.language is not None:
        parts += ["<w:rtl/>"] if right_to_left(look.language) else []
        parts.append(language_xml(look.language))
    return f"<w:rPr>{''.join(parts)}</w:rPr>" if parts else ""


def language_xml(language: str) -> str:
    """Return `w:lang` for a BCP 47 tag."""
    tag = escape(_PROOFED.get(language, language))
    return f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="{tag}"/>'


def write_inlines(inlines: Inlines, frame: Frame, identity: Identity) -> str:
    """Return the runs of these inlines."""
    look = _plain(frame.language)
    runs = [_inline(inline, look, frame, identity) for inline in inlines]
    if Blank in map(type, inlines):
        for n, (here, following) in enumerate(pairwise(inlines)):
            if isinstance(here, Blank) and here.width_mm == 0 and not isinstance(following, LineBreak):
                runs[n] = _least_fill(frame) + runs[n]
    return "".join(runs)


@lru_cache(maxsize=100)
def _plain(language: str | None) -> RunLook:
    return RunLook(language=language)


def _inline(inline: Inline, look: RunLook, frame: Frame, identity: Identity) -> str:
    if isinstance(inline, Text):  # before the match, which takes as long as the rest; most inlines are text
        return run(run_properties(look), unbroken(inline.text))
    match inline:
        case Value(text, _, state):
            return run(run_properties(_valued(look, state, frame)), unbroken(text))
        case Styled(style, inlines):
            styled = _styled(look, style)
            return "".join([_inline(inner, styled, frame, identity) for inner in inlines])
        case LineBreak():
            return "<w:r><w:br/></w:r>"
        case Revised(change, inlines):
            words = "".join([_inline(inner, look, frame, identity) for inner in inlines])
            return tracked(words, MARKS[change])
        case FootnoteRef(_, mark):
            return run(run_properties(replace(look, style="FootnoteReference")), mark)
        case IdentitySlot():
            marked = _valued(look, "todo", frame) if slot_is_open(identity, inline.field) else look
            return run(run_properties(marked), slot_text(identity, inline.field))
        case _:
            return _place(inline, look, frame)


def _place(inline: "Place", look: RunLook, frame: Frame) -> str:
    match inline:
        case Blank():
            return _blank(inline, frame)
        case Tick(label):
            return _tick(label)
        case Comb(_, pattern):
            return _comb(pattern, _comb_size(pattern, frame))
        case PageNumber():
            return _field("PAGE", look)
        case PageCount():
            return _page_count(look, frame.own_pages)


Place: TypeAlias = Blank | Tick | Comb | PageNumber | PageCount


def _valued(look: RunLook, state: str, frame: Frame) -> RunLook:
    if state == "known" or not frame.coloured:
        return look
    return replace(look, style="Todo" if state == "todo" else "Assumed")


@lru_cache(maxsize=1_000)
def _styled(look: RunLook, style: str) -> RunLook:
    match style:
        case "strong":
            return replace(look, bold=True)
        case "emphasis":
            return replace(look, italic=True)
        case "superscript" | "subscript":
            return replace(look, raised=style)
        case "small":
            return replace(look, style="SmallWords")
        case _:
            return replace(look, style="Verbatim")


def _blank(blank: Blank, frame: Frame) -> str:
    if blank.width_mm == 0:
        return "<w:r><w:tab/></w:r>"
    widest = int((frame.width - frame.indent) / 56.7 / _LOW_LINE_MM)
    line = "_" * max(1, min(round(blank.width_mm / _LOW_LINE_MM), widest))
    return f"<w:r><w:rPr><w:noProof/></w:rPr><w:t>{line}</w:t></w:r>"


def _least_fill(frame: Frame) -> str:
    """Return the part of a filling line that words behind it leave in any case; they go on below when they are long."""
    return _blank(Blank("", min(_LEAST_FILL_MM, round((frame.width - frame.indent) / 56.7 / 2))), frame)


def needs_room(inlines: Inlines, frame: Frame) -> bool:
    """Tell whether a hand writes between the words; one line in a cell has the height of its row."""
    if _WRITTEN_ON.isdisjoint(map(type, inlines)):
        return False
    return not frame.cell or any(isinstance(inline, LineBreak) for inline in inlines)


def fill_tabs(inlines: Inlines, frame: Frame) -> str:
    """Return the tab stops, with a line before them, on which blanks of no width end; "" when there is none."""
    if Blank not in map(type, inlines):
        return ""
    count = sum(isinstance(inline, Blank) and inline.width_mm == 0 for inline in inlines)
    if not count:
        return ""
    room = frame.width - frame.indent
    stops = [frame.indent + room * n // count for n in range(1, count + 1)]
    return "".join([f'<w:tab w:val="right" w:leader="underscore" w:pos="{stop}"/>' for stop in stops])


@lru_cache(maxsize=1_000)
def _tick(label: str) -> str:
    # Word limits the name of a control to 64 characters; it is what a screen reader says.
    name = escape(label[:64])
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{name}"/>{_CHECKBOX}</w:sdtPr><w:sdtContent><w:r><w:rPr>{_BOX_FONTS}</w:rPr>'
        "<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _comb_size(pattern: str, frame: Frame) -> int:
    # In half points. A box is about as wide as its letters are high; a date must not break in a narrow cell.
    fitting = (frame.width - frame.indent) // (12 * max(1, len(pattern)))
    return max(14, min(24, fitting))


@lru_cache(maxsize=1_000)
def _comb(pattern: str, size: int) -> str:
    # Neighbours with the same border are drawn as one box, so a narrow space stands between them.
    gap = '<w:r><w:rPr><w:noProof/><w:sz w:val="6"/></w:rPr><w:t xml:space="preserve">\u00a0</w:t></w:r>'
    return gap.join([_comb_character(character, size) for character in pattern])


def _comb_character(character: str, size: int) -> str:
    # What a letter of a date stands for is said in the box; a box for any digit or any letter is empty.
    shown = "\u2002" if character in "nA" else escape(character)
    if not character.isalnum():
        inner = "<w:noBreakHyphen/>" if character == "-" else f'<w:t xml:space="preserve">{escape(character)}</w:t>'
        return f"<w:r><w:rPr><w:noProof/></w:rPr>{inner}</w:r>"
    return (
        f'<w:r><w:rPr><w:noProof/><w:color w:val="9AA3AD"/><w:sz w:val="{size}"/>'
        '<w:bdr w:val="single" w:sz="6" w:space="0" w:color="595959"/></w:rPr>'
        f'<w:t xml:space="preserve">\u00a0{shown}\u00a0</w:t></w:r>'
    )


def _page_count(look: RunLook, own_pages: str) -> str:
    if not own_pages:
        return _field("NUMPAGES", look)
    # Word counts a section by itself; programs that do not know that field show what stands in it: the last page.
    return _field("SECTIONPAGES", look, _field(f"PAGEREF {own_pages}", look))


def _field(code: str, look: RunLook, shown: str = "") -> str:
    # The cached value is a placeholder that every program replaces as it lays the page out.
    properties = run_properties(look)
    ends = [f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    instruction = f'<w:r>{properties}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    shown = shown or f"<w:r>{properties}<w:t>1</w:t></w:r>"
    return f"{ends[0]}{instruction}{ends[1]}{shown}{ends[2]}"
