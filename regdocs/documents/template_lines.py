"""From a place in the emitted markup back to the line of the template that wrote it.

Loops, macros and includes move text about, so the text itself cannot say where it came from. The template is run once
more with a mark before each line of its own text; the marks travel with the text and are taken out again. Done only
when something has to be told about the markup, since it doubles the work.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from regdocs.documents.sandbox import Template, sandbox
from regdocs.documents.template import run
from regdocs.source import Position

# Characters for private use: they stand in no font of ours, so no document that could be built holds them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*):([0-9]+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class WrittenAt:
    """Where each stretch of a markup was written.

    Attributes:
        markup: The markup, without marks.
        starts: Offsets into the markup, ascending; from each on, text of the place beside it stands.
        places: Template name and line for each start.
    """

    markup: str
    starts: tuple[int, ...]
    places: tuple[tuple[str, int], ...]

    def place(self, position: Position) -> tuple[str, int] | None:
        """Return template and line that wrote what stands at a position of the markup; None for an empty markup."""
        lines = self.markup.split("\n")
        before = sum(len(line) + 1 for line in lines[: position.line - 1])
        index = bisect_right(self.starts, before + position.column - 1) - 1
        return self.places[index] if index >= 0 else None


def written_at(name: str, templates: Mapping[str, Template], variables: Mapping[str, object]) -> WrittenAt:
    """Run template `name` with marks and return where each stretch of its markup was written.

    Raises:
        TemplateProblem: As `render_template`; the marks make the text longer.
    """
    environment = sandbox(templates)
    environment.add_extension(_Marking)
    return _without_marks(run(environment, name, templates, variables))


def _without_marks(marked: str) -> WrittenAt:
    kept: list[str] = []
    starts: list[int] = []
    places: list[tuple[str, int]] = []
    done = size = 0
    for mark in _MARK.finditer(marked):
        kept.append(marked[done : mark.start()])
        size += len(kept[-1])
        done = mark.end()
        starts.append(size)
        places.append((mark[1], int(mark[2])))
    kept.append(marked[done:])
    return WrittenAt("".join(kept), tuple(starts), tuple(places))


class _Marking(Extension):
    """Puts a mark before each line of a template's own text."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data":
                lines = token.value.split("\n")
                marked = (f"{_OPEN}{stream.name}:{token.lineno + n}{_CLOSE}{line}" for n, line in enumerate(lines))
                yield Token(token.lineno, token.type, "\n".join(marked))
            else:
                yield token
