"""What changed, told in words on a terminal: by kind of element, with the words that came and went.

Knows how it is laid out; prints nothing. Every text may come from a log, and is made harmless.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

import click

from regdocs.amendment.blocks import BlockChange
from regdocs.amendment.change import Change
from regdocs.amendment.impact import Touched
from regdocs.amendment.labels import GROUPS, group_of
from regdocs.amendment.words import Piece, difference, text_of
from regdocs.cli.say import harmless
from regdocs.units import plural
from regdocs.versions.differences import Differences, DocumentDifference

OTHER = "Changed for another reason: a template, a translation or the program"
_LONGEST_KEPT = 240
_COLOURS = {"added": "green", "removed": "red", "changed": "yellow", "moved": "cyan", "renamed": "cyan"}


def told(found: Differences, colour: bool) -> Iterator[str]:
    """Yield the lines that tell what differs; with colours, or with marks in their place."""
    yield f"{harmless(sides(found))}"
    yield from (f"Note: {harmless(note)}" for note in found.notes)
    if found.nothing:
        yield "Nothing changed."
        return
    for group, changes in grouped(found.changes):
        yield from ("", _heading(group, colour))
        for one in changes:
            yield from _change(one, found.impact.by_path[one.path], colour)
    yield from _other(found, colour)
    yield from _documents(found, colour)


def sides(found: Differences) -> str:
    """Return in words what is compared with what."""
    named = ("the working copy" if name == "working" else f"version {name}" for name in (found.old, found.new))
    return "From {} to {}".format(*named)


def grouped(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """Return the changes under what they stand under, in the order of the language."""
    order = {words: place for place, words in enumerate(GROUPS.values())}
    placed = sorted(changes, key=lambda one: order.get(group_of(one.path), len(order)))
    return [(group, list(ones)) for group, ones in groupby(placed, key=lambda one: group_of(one.path))]


def moved(change: Change) -> str:
    """Return in words where an element stood and where it stands."""
    stood, stands = (f"after {one}" if one is not None else "first" for one in (change.old, change.new))
    return f"stood {stood}, stands {stands}"


def touches(touched: Touched) -> Iterator[tuple[str, str]]:
    """Yield what a change touches: what, and which; documents by kind."""
    listed = (
        ("documents", tuple(dict.fromkeys(stem.split("/")[0] for stem in touched.documents))),
        ("sites", touched.sites),
        ("forms", touched.forms),
        ("registry entries", touched.entries),
    )
    return ((what, ", ".join(which)) for what, which in listed if which)


def about(one: DocumentDifference) -> str:
    """Return in words how a document differs."""
    if one.is_new or one.is_gone:
        return "new" if one.is_new else "not made any more"
    blocks = {block.block: block.section for block in (*one.blocks, *one.other)}
    if not blocks:
        return "other order or layout, the same words"
    sections = ", ".join(dict.fromkeys(filter(None, blocks.values())))
    return plural(len(blocks), "block") + (f" in: {sections}" if sections else "")


def in_all(found: Differences) -> str:
    """Return in words how much changed."""
    differing = sum(one.differs for one in found.documents)
    same = len(found.documents) - differing
    told = f"{plural(len(found.changes), 'change')} of the protocol"
    if not found.documents:
        return f"{told}."
    verb = "differs" if differing == 1 else "differ"
    return f"{told}; {plural(differing, 'document')} {verb}, {same} {'does' if same == 1 else 'do'} not."


# ----------------------------------------------------------------------------------------------------------- changes


def _change(change: Change, touched: Touched, colour: bool) -> Iterator[str]:
    kind = f"{change.kind:<8}"
    yield f"  {click.style(kind, fg=_COLOURS[change.kind]) if colour else kind} {harmless(change.label)}"
    yield f"           {harmless(change.path)}"
    if change.kind == "moved":
        yield f"      {harmless(moved(change))}"
    elif change.kind == "renamed":
        yield f"      id {harmless(f'{change.old} is now {change.new}')}"
    elif change.kind == "changed":
        yield from _difference(text_of(change.old), text_of(change.new), colour, "      ")
    else:
        sign, shown = ("+", change.new) if change.kind == "added" else ("-", change.old)
        yield from (f"      {_coloured(f'{sign} {harmless(one)}', sign, colour)}" for one in text_of(shown).split("\n"))
    yield from (f"      {what}: {harmless(which)}" for what, which in touches(touched))


def _difference(old: str, new: str, colour: bool, indent: str) -> Iterator[str]:
    pieces = difference(old, new)
    if all(piece.kind == "kept" for piece in pieces):
        yield f"{indent}(only white space, or how it is written, differs)"
        return
    text = "".join(_piece(piece, colour) for piece in pieces)
    yield from (f"{indent}{line}" for line in text.split("\n"))


def _piece(piece: Piece, colour: bool) -> str:
    if piece.kind == "kept":
        return harmless(_shortened(piece.text))
    sign = "-" if piece.kind == "deleted" else "+"
    if colour:
        return "\n".join(_coloured(harmless(line), sign, colour) for line in piece.text.split("\n"))
    return f"[-{harmless(piece.text)}-]" if sign == "-" else f"{{+{harmless(piece.text)}+}}"


def _shortened(text: str) -> str:
    """Return what did not change with its middle left out where it is long."""
    if len(text) <= _LONGEST_KEPT:
        return text
    return f"{text[:80].rpartition(' ')[0]} … {text[-80:].partition(' ')[2]}"


def _coloured(text: str, sign: str, colour: bool) -> str:
    if not colour:
        return text
    return click.style(text, fg="red", strikethrough=True) if sign == "-" else click.style(text, fg="green")


def _heading(text: str, colour: bool) -> str:
    return click.style(harmless(text), bold=True) if colour else harmless(text)


# --------------------------------------------------------------------------------------------------------- documents


def _other(found: Differences, colour: bool) -> Iterator[str]:
    documents = [one for one in found.documents if one.other]
    if documents:
        yield from ("", _heading(OTHER, colour))
    for stems, blocks in alike(documents):
        yield f"  {harmless(', '.join(stems))}"
        for block in blocks:
            yield f"    {harmless(block.block)}{harmless(f'  ({block.section})') if block.section else ''}"
            yield from _difference(block.old or "", block.new or "", colour, "      ")


def alike(documents: Iterable[DocumentDifference]) -> list[tuple[tuple[str, ...], tuple[BlockChange, ...]]]:
    """Return blocks that changed for another reason, and the documents in which the same ones did the same."""
    found: dict[tuple[tuple[str, str | None, str | None], ...], tuple[list[str], tuple[BlockChange, ...]]] = {}
    for one in documents:
        same = tuple((block.block, block.old, block.new) for block in one.other)
        found.setdefault(same, ([], one.other))[0].append(one.stem)
    return [(tuple(stems), blocks) for stems, blocks in found.values()]


def _documents(found: Differences, colour: bool) -> Iterator[str]:
    if not found.documents:
        return
    yield from ("", _heading("Documents", colour))
    yield from (f"  {harmless(one.stem)}: {harmless(about(one))}" for one in found.documents if one.differs)
    same = [one.stem for one in found.documents if not one.differs]
    if same:
        yield f"  not touched: {harmless(', '.join(same))}"
    yield from ("", in_all(found))
