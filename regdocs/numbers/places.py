"""From a number in a run of a document to the template, line and column that wrote it.

Knows markup and where it was written; is asked only when a number has to be told to somebody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regdocs.content.markup_inlines import INLINES
from regdocs.content.markup_xml import Element, Words, parse_xml
from regdocs.documents.sandbox import Template
from regdocs.documents.template_lines import WrittenAt
from regdocs.numbers.number import VALUE, numbers_in
from regdocs.numbers.printed import Printed
from regdocs.source import Position

_STYLES = ("strong", "em", "sup", "sub", "small", "q")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a template. `typed` is False where the line does not hold the number: the template counted it."""

    template: str
    position: Position
    line: str
    typed: bool


class Written:
    """The markup of one document, taken apart once, with the lines of the templates that wrote it."""

    def __init__(self, lines: WrittenAt, templates: Mapping[str, Template]) -> None:
        self._lines, self._templates = lines, templates
        self._root = parse_xml(lines.markup, "")
        self._by_id = {one.attributes["id"]: one for one in _all(self._root) if "id" in one.attributes}

    def place(self, number: Printed, nth: int) -> Place | None:
        """Return where the `nth` number of that text in its run was written, from 0; None where nobody can tell."""
        place = self._lines.place(_position(self._element(number.run), number, nth))
        if place is None or place[0] not in self._templates:
            return None
        name, line = place
        text = self._templates[name].text.split("\n")
        said = text[line - 1] if 0 < line <= len(text) else ""
        column = said.find(number.number.text)
        return Place(name, Position(max(line, 1), column + 1 if column >= 0 else 1), said.strip(), column >= 0)

    def _element(self, run: str) -> Element:
        """Return the element whose id the run's name begins with, the furniture, or the whole document."""
        name = run
        while name:
            if name in self._by_id:
                return self._by_id[name]
            name = name.rpartition(".")[0]
        if run.startswith("furniture"):
            return next((one for one in self._root.elements if one.tag == "furniture"), self._root)
        return self._root


def _all(element: Element) -> Iterator[Element]:
    yield element
    for child in element.elements:
        yield from _all(child)


def _position(element: Element, number: Printed, nth: int) -> Position:
    """Return where the number stands in the words of the element, else in an attribute, else the element's place."""
    text, said = number.number.text, _folded(number.words)
    for inner in _all(element):
        words, starts = _words(inner)
        if _folded(words) == said:
            found = [one.start for one in numbers_in(words) if one.text == text]
            return starts[found[min(nth, len(found) - 1)]] if found else inner.position
    inside = (one for one in _all(element) if any(text in value for value in one.attributes.values()))
    return next((one.position for one in inside if one.tag != "value"), element.position)


def _folded(words: str) -> str:
    return " ".join(words.split())


def _words(element: Element) -> tuple[str, list[Position]]:
    """Return the template's words in one run of an element, and where each character of them stands."""
    text: list[str] = []
    starts: list[Position] = []
    for one in _run(element):
        if isinstance(one, Words):
            text.append(one.text)
            starts += _positions(one)
        else:
            text.append("\n" if one.tag == "br" else VALUE)
            starts.append(one.position)
    return "".join(text), starts


def _run(element: Element) -> Iterator[Words | Element]:
    for child in element.children:
        if isinstance(child, Words) or (child.tag in INLINES and child.tag not in _STYLES):
            yield child
        elif child.tag in _STYLES:
            yield from _run(child)


def _positions(words: Words) -> Iterator[Position]:
    line, column = words.position.line, words.position.column
    for character in words.text:
        yield Position(line, column)
        line, column = (line + 1, 1) if character == "\n" else (line, column + 1)
