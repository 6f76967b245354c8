"""XML text → elements with their places. Knows well-formedness and bounds; does not know any element by name.

Only elements, attributes and text come through. A DOCTYPE (and with it every entity of one's own) and processing
instructions are refused, so nothing can be fetched or blown up.
"""

from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from regdocs.content.errors import MarkupError, MarkupProblem
from regdocs.source import START, Position

MAX_BYTES = 20_000_000
MAX_DEPTH = 40
MAX_ELEMENTS = 500_000
EXCERPT = 160
WHITE_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text as written, white space and all, with the place where it begins."""

    text: str
    position: Position

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing but white space (a no-break space is a character, not white space)."""
        return not self.text.strip(WHITE_SPACE)

    @property
    def said_at(self) -> Position:
        """Where the first word stands, after the white space before it."""
        before = self.text[: len(self.text) - len(self.text.lstrip(WHITE_SPACE))]
        lines = before.count("\n")
        if not lines:
            return Position(self.position.line, self.position.column + len(before))
        return Position(self.position.line + lines, len(before) - before.rindex("\n"))


@dataclass(slots=True)
class Element:
    """An element with what stands inside it, in order."""

    tag: str
    attributes: dict[str, str]
    position: Position
    children: "list[Element | Words]" = field(default_factory=list)

    @property
    def elements(self) -> "list[Element]":
        """The elements directly inside."""
        return [child for child in self.children if isinstance(child, Element)]


def parse_xml(markup: str, template: str) -> Element:
    """Return the root element.

    Raises:
        MarkupError: The text is not well-formed, has a DOCTYPE or a processing instruction, or exceeds a bound.
    """
    return _TreeBuilder(markup, template).build()


def excerpt_at(lines: list[str], position: Position) -> str:
    """Return the line at `position`, cut; "" past the end."""
    index = position.line - 1
    return lines[index].strip()[:EXCERPT] if 0 <= index < len(lines) else ""


class _TreeBuilder:
    """Turns expat's events into a tree, keeping count of depth and number."""

    def __init__(self, markup: str, template: str) -> None:
        self._markup = markup
        self._template = template
        self._root: Element | None = None
        self._open: list[Element] = []
        self._count = 0
        self._text: list[str] = []
        self._text_at = START
        self._parser = self._prepared_parser()

    def build(self) -> Element:
        try:
            self._parser.Parse(self._encoded(), True)
        except expat.ExpatError as error:
            self._refuse(f"not well-formed: {expat.ErrorString(error.code)}", Position(error.lineno, error.offset + 1))
        assert self._root is not None  # expat has refused a text without an element
        return self._root

    def _prepared_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        return parser

    def _encoded(self) -> bytes:
        try:
            data = self._markup.encode("utf-8")
        except UnicodeEncodeError as error:
            line = self._markup.count("\n", 0, error.start) + 1
            self._refuse("half of a surrogate pair is not a character", Position(line, 1))
        if len(data) > MAX_BYTES:
            self._refuse(f"the markup has {len(data)} bytes; at most {MAX_BYTES} are read", START)
        return data

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._flush()
        self._count += 1
        if len(self._open) >= MAX_DEPTH:
            self._refuse(f"elements are nested more than {MAX_DEPTH} deep", self._here())
        if self._count > MAX_ELEMENTS:
            self._refuse(f"more than {MAX_ELEMENTS} elements", self._here())
        element = Element(tag, attributes, self._here())
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _tag: str) -> None:
        self._flush()
        self._open.pop()

    def _characters(self, text: str) -> None:
        if not self._text:
            self._text_at = self._here()
        self._text.append(text)

    def _flush(self) -> None:
        if self._text:
            self._open[-1].children.append(Words("".join(self._text), self._text_at))
            self._text.clear()

    def _doctype(self, *_declared: object) -> None:
        self._refuse("a DOCTYPE is not allowed", self._here())

    def _instruction(self, target: str, _data: str) -> None:
        self._refuse(f'a processing instruction ("{target}") is not allowed', self._here())

    def _here(self) -> Position:
        return Position(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)

    def _refuse(self, message: str, position: Position) -> NoReturn:
        excerpt = excerpt_at(self._markup.split("\n"), position)
        raise MarkupError(self._template, (MarkupProblem(position, message, excerpt),))
