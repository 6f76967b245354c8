"""Inlines as HTML, for a screen and for paper.

Knows how words, values, boxes and lines to write on are marked up. Does not know blocks, pages or style sheets; widths
that depend on the document are collected in `Measures`, because the page forbids style attributes.
"""

from dataclasses import dataclass, field, replace
from html import escape

from regdocs.content.identity import Identity
from regdocs.content.model import (
    Blank,
    Change,
    Comb,
    FootnoteRef,
    Heading,
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
from regdocs.render.html_changes import is_gone, told_html
from regdocs.render.html_comb import CELL_MM, comb_image, comb_svg
from regdocs.render.identity import slot_is_open, slot_text
from regdocs.render.telephone import unbroken

EMPTY_BOX = "☐"

_STYLES = {
    "strong": ("<strong>", "</strong>"),
    "emphasis": ("<em>", "</em>"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
    "small": ("<small>", "</small>"),
    "verbatim": ('<span class="verbatim">', "</span>"),
}

_EMPTY: dict[type[Inline], str] = {
    LineBreak: "<br>",
    PageNumber: '<span class="page-number"></span>',
    PageCount: '<span class="page-count"></span>',
}


@dataclass(slots=True)
class Measures:
    """The widths a document uses, as style rules with class names. Collected while writing, printed sorted."""

    rules: dict[str, str] = field(default_factory=dict)

    def millimetres(self, width: int) -> str:
        """Return the class of a box that is `width` mm wide."""
        self.rules[f"mm-{width}"] = f"width:{width}mm"
        return f"mm-{width}"

    def share(self, part: int, whole: int) -> str:
        """Return the class of a box that takes `part` of `whole`."""
        hundredths = part * 10_000 // whole
        self.rules[f"sh-{hundredths}"] = f"width:{hundredths / 100:.2f}%"
        return f"sh-{hundredths}"

    def hanging(self, width: int) -> str:
        """Return the class of a list whose markers need `width` mm."""
        self.rules[f"hang-{width}>li"] = f"padding-left:{width}mm"
        return f"hang-{width}"

    def css(self) -> str:
        """Return the rules in the order of their names."""
        return "".join(f".{name}{{{rule}}}\n" for name, rule in sorted(self.rules.items()))


@dataclass(slots=True)
class Fields:
    """Names of the form fields of a fillable PDF, in reading order: "field-0001"."""

    count: int = 0

    def next_name(self) -> str:
        """Return a name that no other field of this printing has."""
        self.count += 1
        return f"field-{self.count:04d}"


@dataclass(frozen=True, slots=True)
class Printing:
    """What is the same for a whole printing: identity, medium, headings for a list of contents, widths used so far.

    With `fields` the places to write on are form fields; without, they are lines and boxes for a pen. In a redline
    `change` is what became of everything that is being printed.
    """

    identity: Identity
    paper: bool
    headings: tuple[Heading, ...] = ()
    measures: Measures = field(default_factory=Measures)
    fields: Fields | None = None
    change: Change | None = None

    def changing(self, change: Change | None) -> "Printing":
        """Return the printing of what is inside a block with this mark; what is gone has no form fields."""
        if change is None:
            return self
        return replace(self, change=change, fields=None if is_gone(change) else self.fields)


def inlines_html(inlines: Inlines, printing: Printing) -> str:
    """Return the inlines as HTML; lines with a blank that fills them are laid out as lines of their own."""
    if any(_fills(inline) for inline in inlines):
        return "".join(_line_html(line, printing) for line in split_lines(inlines))
    return told_html("".join(inline_html(inline, printing) for inline in inlines), printing.change)


def split_lines(inlines: Inlines) -> tuple[Inlines, ...]:
    """Return the runs of inlines between line breaks; at least one run."""
    lines: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, LineBreak):
            lines.append([])
        else:
            lines[-1].append(inline)
    return tuple(tuple(line) for line in lines)


def plain_words(inlines: Inlines, identity: Identity) -> str:
    """Return the words of running titles and marks; a page number, known only to the page, counts as three digits."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text=text) | Value(text=text):
                parts.append(text)
            case Styled(inlines=inner):
                parts.append(plain_words(inner, identity))
            case IdentitySlot(field=which):
                parts.append(slot_text(identity, which))
            case PageNumber() | PageCount():
                parts.append("000")
            case _:
                parts.append(" ")
    return "".join(parts)


def _fills(inline: Inline) -> bool:
    return isinstance(inline, Blank) and inline.width_mm == 0


def _line_html(line: Inlines, printing: Printing) -> str:
    """Return one line: words as they are, and the blanks that share what is left of it."""
    if len(line) == 1 and _fills(line[0]) and printing.paper and printing.fields is None:
        return '<span class="whole-line"></span>'  # nothing to share with: no flexible boxes, which take long
    parts: list[str] = []
    words: list[str] = []
    for inline in line:
        if _fills(inline):
            parts += _words_html(words, printing)
            words = []
            parts.append(inline_html(inline, printing))
        else:
            words.append(inline_html(inline, printing))
    parts += _words_html(words, printing)
    return f'<span class="fill-line">{"".join(parts)}</span>'


def _words_html(words: list[str], printing: Printing) -> list[str]:
    joined = told_html("".join(words).strip(), printing.change)
    return [f'<span class="words">{joined}</span>'] if joined else []


def inline_html(inline: Inline, printing: Printing) -> str:
    """Return one inline as HTML."""
    match inline:
        case Text(text=text):
            return escape(unbroken(text))
        case Value():
            return _value_html(inline, printing)
        case Styled(style=style, inlines=inner):
            before, after = _STYLES[style]
            return before + "".join(inline_html(one, printing) for one in inner) + after
        case Revised(change=change, inlines=inner):
            inside = printing.changing(change)
            return told_html("".join(inline_html(one, inside) for one in inner), change)
        case IdentitySlot(field=which):
            words = escape(slot_text(printing.identity, which))
            return f'<mark class="todo">{words}</mark>' if slot_is_open(printing.identity, which) else words
        case LineBreak() | PageNumber() | PageCount():
            return _EMPTY[type(inline)]
        case FootnoteRef():
            return _footnote_ref_html(inline, printing)
        case Blank() | Tick() | Comb():
            return _writing_place_html(inline, printing)


def _value_html(value: Value, printing: Printing) -> str:
    """Return a value with its paths on a screen, where a reader of the source may look for them; bare on paper."""
    text = escape(unbroken(value.text))
    paths = "" if printing.paper else f' data-path="{escape(" ".join(value.paths))}"'
    if value.state != "known":
        return f'<mark class="{value.state}"{paths}>{text}</mark>'
    return f"<span{paths}>{text}</span>" if paths else text


def _footnote_ref_html(ref: FootnoteRef, printing: Printing) -> str:
    # Links inside table headers break the tag tree of the PDF (notes of WeasyPrint 70), so paper has the mark alone.
    mark = f'<sup class="ref">{escape(ref.mark)}</sup>'
    bare = printing.paper or is_gone(printing.change)
    return mark if bare else f'<a href="#{escape(ref.note)}" role="doc-noteref">{mark}</a>'


def _field_html(inline: Blank | Tick | Comb, name: str, printing: Printing) -> str:
    """Return a form field; its title is what a screen reader says (the PDF's /TU). Never radio buttons: they break
    the validation of signatures later."""
    title = escape(inline.label)
    match inline:
        case Tick():
            return f'<input type="checkbox" class="field-tick" name="{name}" title="{title}">'
        case Comb(pattern=pattern):
            size = printing.measures.millimetres(CELL_MM * len(pattern))
            return f'<input type="text" class="field {size}" name="{name}" title="{title} ({escape(pattern)})">'
        case Blank(width_mm=width):
            size = printing.measures.millimetres(width) if width else "fill"
            return f'<input type="text" class="field blank {size}" name="{name}" title="{title}">'


def _writing_place_html(inline: Blank | Tick | Comb, printing: Printing) -> str:
    if printing.fields is not None:
        return _field_html(inline, printing.fields.next_name(), printing)
    spoken = "" if printing.paper else f' role="img" aria-label="{escape(inline.label)}"'
    match inline:
        case Tick():
            return f'<span class="tick"{spoken}>{EMPTY_BOX}</span>'
        case Comb(label=label, pattern=pattern):
            return comb_image(label, pattern) if printing.paper else comb_svg(label, pattern)
        case Blank(width_mm=width):
            size = printing.measures.millimetres(width) if width else "fill"
            return f'<span class="blank {size}"{spoken}></span>'
