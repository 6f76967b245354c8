"""Words of a template edited at the place that wrote a paragraph, or a paragraph taken out of it.

A template writes many paragraphs and the same words may stand in several; the place comes from running the template
with marks (`documents/template_lines.py`). Where words are not found at that place, nothing is guessed.
"""

import re

from regdocs.documents.template_lines import WrittenAt
from regdocs.returned.sources import TEMPLATES, Draft
from regdocs.returned.words_replaced import pattern_of, replaced, replacements
from regdocs.source import Position

_NEXT = re.compile(r'\sid="')
_OF_WORDS = re.compile(r"\.(?:\d+|text)$")  # what the words of an item or a cell add to its id


def place_of_block(places: WrittenAt, block: str) -> tuple[str, int] | None:
    """Return the file and line that wrote a block; a part without an id of its own is where its element is."""
    name = block
    while True:
        at = places.markup.find(f'id="{name}"')
        if at >= 0:
            before = places.markup[:at]
            line, column = before.count("\n") + 1, at - before.rfind("\n")
            place = places.place(Position(line, column))
            return None if place is None else (f"{TEMPLATES}/{place[0]}", place[1])
        if _OF_WORDS.search(name) is None:
            return None
        name = _OF_WORDS.sub("", name)


def edit_words(draft: Draft, place: tuple[str, int], old: str, new: str) -> bool:
    """Replace words of the template near a place; tell whether they were found there."""
    file, line = place
    source = draft.text(file)
    if source is None:
        return False
    start = _start_of(source, line)
    found = _stretch_at(source, start, old)
    if found is None:
        return False
    text = replaced(source, *found, replacements(old, new), markup=True)
    if text is None:
        return False
    draft.texts[file] = text
    return True


def take_out(draft: Draft, place: tuple[str, int], block: str) -> bool:
    """Take a paragraph or item with this id out of its template; tell whether it stands there whole and by itself."""
    file, line = place
    source = draft.text(file)
    if source is None:
        return False
    name = block if f'id="{block}"' in source else _OF_WORDS.sub("", block)
    element = re.compile(rf'[ \t]*<(p|li) [^>]*\bid="{re.escape(name)}"[^>]*>((?:(?!<p |<li |{{%).)*?)</\1>[ \t]*\n?')
    found = element.search(source, _start_of(source, line))
    if found is None or source.count("\n", 0, found.start()) + 1 != line:
        return False
    draft.texts[file] = source[: found.start()] + source[found.end() :]
    return True


def _start_of(source: str, line: int) -> int:
    return sum(len(one) + 1 for one in source.split("\n")[: line - 1])


def _stretch_at(source: str, start: int, words: str) -> tuple[int, int] | None:
    """Return where words stand at a place: behind the first id there, and before another block begins."""
    from xml.sax.saxutils import escape

    first = _NEXT.search(source, start)
    begin = start if first is None else first.end()
    following = _NEXT.search(source, begin)
    found = re.compile(pattern_of(escape(words))).search(source, begin, following.start() if following else len(source))
    return None if found is None else (found.start(), found.end())
