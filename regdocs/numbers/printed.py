"""The numbers that a document prints, each with the run it stands in and its protocol paths, or none.

Knows content trees; knows neither templates nor what a number means.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.content.model import (
    Blank,
    Comb,
    Document,
    Inline,
    Inlines,
    LineBreak,
    Revised,
    Styled,
    Text,
    Tick,
    Value,
)
from regdocs.content.runs import runs
from regdocs.numbers.number import VALUE, Number, numbers_in

LABEL = ".label"


@dataclass(frozen=True, slots=True)
class Printed:
    """One number in one document.

    Attributes:
        run: Name of the run it stands in ("consent.people.number"); labels have ".label" behind it.
        words: What stands around it: of a number of the template its run with `VALUE` for values, else the value.
        number: The number, by its place in `words`.
        paths: The protocol paths of the value it stands in; () for a number of the template.
        state: Whether that value is known, to be completed or assumed; None for a number of the template.
    """

    run: str
    words: str
    number: Number
    paths: tuple[str, ...] = ()
    state: str | None = None

    @property
    def typed(self) -> bool:
        """Whether it stands in the template's words."""
        return not self.paths

    @property
    def shown(self) -> str:
        """The number among its nearest words, for people."""
        first, last = max(0, self.number.start - 50), self.number.end + 50
        part = self.words[first:last].replace(VALUE, "…").replace("\n", " ").strip()
        return f"{'…' if first else ''}{part}{'…' if last < len(self.words) else ''}"


def printed_numbers(document: Document) -> Iterator[Printed]:
    """Yield every number of a document, in the order of its runs; those of a run's values after its own words."""
    for name, inlines in runs(document).items():
        words = template_words(inlines)
        yield from (Printed(name, words, number) for number in numbers_in(words))
        for inline in _flat(inlines):
            if isinstance(inline, Value):
                for number in numbers_in(inline.text):
                    yield Printed(name, inline.text, number, inline.paths, inline.state)
            elif isinstance(inline, Blank | Tick | Comb):
                yield from (Printed(name + LABEL, inline.label, number) for number in numbers_in(inline.label))


def template_words(inlines: Inlines) -> str:
    """Return the template's words of a run, with `VALUE` where a value or something to fill in stands."""
    return "".join(_words(inline) for inline in inlines)


def _words(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Styled() | Revised():
            return template_words(inline.inlines)
        case LineBreak():
            return "\n"
        case _:
            return VALUE


def _flat(inlines: Inlines) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        if isinstance(inline, Styled | Revised):
            yield from _flat(inline.inlines)
