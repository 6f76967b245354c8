"""A translation side by side with its source, as a document for the person who reviews it.

A content tree like any other, so that the writers print it. It says of which version it is and whether the translation
is certified. Knows texts; not how documents look.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from regdocs.content.identity import Identity
from regdocs.content.model import (
    Blank,
    Block,
    Box,
    Cell,
    Comb,
    Document,
    FootnoteRef,
    Furniture,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    PageCount,
    PageNumber,
    Paragraph,
    Row,
    Section,
    Styled,
    Table,
    Text,
    Tick,
    Value,
)
from regdocs.content.slots import SlotError, fill
from regdocs.documents.certified import certification_words, review_of, words_digest
from regdocs.documents.phrases import phrases
from regdocs.spec.known import TODO, Known
from regdocs.spec.protocol import Protocol
from regdocs.translating.texts import SourceText, State, Work

KIND = "translation-review"
_STATES: tuple[State, ...] = ("current", "stale", "missing", "broken", "as its source")
_TOLD: dict[State, str] = {
    "current": "current",
    "stale": "STALE: the source has changed since; what stands here was its translation",
    "missing": "MISSING",
    "broken": "BROKEN: a slot was lost; the text as the file has it",
    "as its source": "AS ITS SOURCE: nobody decided that",
}
_COLUMNS = (6, 13, 13, 5)


def review_of_works(works: Iterable[Work], protocol: Protocol, inputs_digest: str) -> tuple[Document, Identity]:
    """Return the review as a tree, and its identity: that of the protocol it is made from."""
    listed = list(works)
    version = _words(protocol.version)
    title = f"Review of the translation into {listed[0].language}"
    marks = [phrases(protocol.language).demonstration] if protocol.demonstration else []
    marks.append("Side-by-side review of a translation – not for participants")
    document = Document(
        kind=KIND,
        language="en",
        title=f"{title}, protocol version {version}",
        subject=title,
        furniture=_furniture(protocol, listed, marks, version),
        sections=tuple(_section(work, protocol, inputs_digest) for work in listed),
    )
    return document, Identity(version=version, date=_words(protocol.date), protocol_version=version)


def _furniture(protocol: Protocol, works: list[Work], marks: list[str], version: str) -> Furniture:
    certified = {certification_words(work.translation) for work in works}
    told = certified.pop() if len(certified) == 1 else "certified in part only: see each document"
    number = _words(protocol.identity.protocol_number)
    header = (_text(number), _text(f"protocol version {version}"), _text(f"Translation {told}"))
    pages: Inlines = (Text("Page "), PageNumber(), Text(" of "), PageCount())
    return Furniture(header=header, footer=((), (), pages), marks=tuple(_text(mark) for mark in marks))


def _section(work: Work, protocol: Protocol, inputs_digest: str) -> Section:
    name, title = work.kind.name, f"{work.kind.title}: {work.source_language} – {work.language}"
    blocks: list[Block] = [
        Heading(id=f"{name}.title", level=1, inlines=_text(title)),
        _facts(work, protocol, inputs_digest),
        _certified(work),
    ]
    for part, title in (("text", "Texts of the form"), ("value", "Words of the study, printed in the texts")):
        texts = [one for one in work.texts if one.part == part]
        if texts:
            blocks.append(Heading(id=f"{name}.{part}s.title", level=2, inlines=_text(title)))
            blocks.append(_side_by_side(f"{name}.{part}s", texts, work))
    return Section(id=name, blocks=tuple(blocks), orientation="landscape")


# -------------------------------------------------------------------------------------------------------------- facts


def _facts(work: Work, protocol: Protocol, inputs_digest: str) -> Table:
    one = work.translation
    told = [
        ("Source", f"protocol version {_words(protocol.version)} of {_words(protocol.date)}"),
        ("Digest of all inputs", inputs_digest[:16]),
        ("Translation", work.file if one else f"{work.file} is not there yet"),
        ("Translator", _words(one.translator) if one else "–"),
        ("Date of the translation", _words(one.date) if one else "–"),
        ("Digest of the translation's words", words_digest(one) if one else "–"),
        ("Certificate", certification_words(one)),
        ("Review before this one", _review(work)),
        ("Texts", _counted(work)),
    ]
    name = f"{work.kind.name}.facts"
    rows = tuple(_pair(f"{name}.{n}", label, text) for n, (label, text) in enumerate(told, start=1))
    return Table(id=name, columns=(3, 9), head=(), rows=rows, role="facts")


def _review(work: Work) -> str:
    standing = review_of(work.translation) if work.translation else None
    if standing is None or standing.held == "none":
        return "none recorded"
    return f"{standing.words}; of {standing.held}" if standing.held != "open" else f"not complete: {standing.words}"


def _counted(work: Work) -> str:
    counts = Counter(one.state for one in work.texts)
    return ", ".join(f"{counts[state]} {state}" for state in _STATES if counts[state])


def _certified(work: Work) -> Box:
    name, said = f"{work.kind.name}.certified", f"This translation is {certification_words(work.translation)}."
    lacking = sum(one.state in ("missing", "stale", "broken") for one in work.texts)
    more = (
        f" {lacking} texts are missing, stale or broken: the documents of this language are drafts." if lacking else ""
    )
    return Box(id=name, role="note", blocks=(Paragraph(id=f"{name}.words", inlines=_text(said + more)),))


def _pair(name: str, label: str, text: str) -> Row:
    return Row(id=name, cells=(_cell(f"{name}.1", _text(label), header=True), _cell(f"{name}.2", _text(text))))


# -------------------------------------------------------------------------------------------------------------- texts


def _side_by_side(name: str, texts: list[SourceText], work: Work) -> Table:
    titles = ("Name", f"Source ({work.source_language})", f"Translation ({work.language})", "State")
    heads = tuple(_cell(f"{name}.head.{n}", _text(title), header=True) for n, title in enumerate(titles, start=1))
    told = {one.source: one.text for one in work.texts if one.part == "value" and one.text is not None}
    rows = tuple(_rows(name, texts, work, told))
    return Table(id=name, columns=_COLUMNS, head=(Row(id=f"{name}.head", cells=heads),), rows=rows)


def _rows(name: str, texts: list[SourceText], work: Work, told: dict[str, str]) -> Iterator[Row]:
    where = None
    for number, one in enumerate(texts, start=1):
        row = f"{name}.{number}"
        if one.part == "text" and one.where != where:
            where = one.where
            cell = _cell(
                f"{row}.where.1", _text(where or "Before the first heading"), header=True, columns=len(_COLUMNS)
            )
            yield Row(id=f"{row}.where", cells=(cell,), section=True)
        cells = (
            _cell(f"{row}.1", _text(one.name)),
            _cell(f"{row}.2", _shown(one.inlines), language=work.source_language),
            _cell(f"{row}.3", _translated(one, told), language=work.language),
            _cell(f"{row}.4", _text(_TOLD[one.state])),
        )
        yield Row(id=row, cells=cells)


def _translated(one: SourceText, told: dict[str, str]) -> Inlines:
    """Return the translation as it is printed; of one that cannot be, the text as the file has it."""
    if one.text is None:
        return _text("–")
    if one.part == "value":
        return _text(one.text)
    try:
        return _shown(fill(one.text, one.inlines), told)
    except SlotError:
        return _text(one.text)


def _shown(inlines: Inlines, told: dict[str, str] | None = None) -> Inlines:
    return tuple(_one_shown(inline, told or {}) for inline in inlines)


def _one_shown(inline: Inline, told: dict[str, str]) -> Inline:
    """Return an inline that may stand in a cell of any document: places to write are named, not printed."""
    match inline:
        case Styled():
            return Styled(inline.style, _shown(inline.inlines, told))
        case Value():
            return Text(told.get(inline.text, inline.text))
        case Blank() | Tick() | Comb():
            return Text(f"[{inline.label}: ____ ]" if not isinstance(inline, Tick) else f"[☐ {inline.label}]")
        case FootnoteRef():
            return Styled("superscript", _text(inline.mark))
        case Text() | LineBreak():
            return inline
        case _:
            return Text(_PLACES.get(type(inline).__name__, " "))


_PLACES = {"IdentitySlot": "[version or date]", "PageNumber": "[page]", "PageCount": "[pages]"}


def _cell(name: str, inlines: Inlines, language: str | None = None, header: bool = False, columns: int = 1) -> Cell:
    paragraph = Paragraph(id=name, inlines=inlines, role="small", language=language)
    return Cell(blocks=(paragraph,), header=header, colspan=columns)


def _text(text: str) -> Inlines:
    return (Text(text),)


def _words(known: Known[str]) -> str:
    return known.value if known.value is not None else f"{TODO} {known.todo}"
