"""A run of inlines as tokens, and back: words, spaces, marks, and whatever is no text as one piece.

Knows what a reader takes for one word: a number with its decimals, a telephone number, an emoji with all its parts, a
letter with its accents. Does not know what tokens are compared for.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from regdocs.content.choices import Style
from regdocs.content.model import Inline, Inlines, Revised, Styled, Text, Value

# Accents, joiners, variation selectors, skin tones and tags belong to the character before them.
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_MARKS += "\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_DIGITS = r"\(?\d+(?:\)\d*)?"
_WORD = f"\\w[\\w{_MARKS}]*"
_TOKEN = re.compile(
    r"\s+"
    rf"|(?=\+?(?:[ ()-]?\d){{7}})\+?{_DIGITS}(?:[ -]{_DIGITS})+(?!\w)"  # a telephone number in its groups
    f"|{_WORD}(?:[.,:/'’-]{_WORD})*"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    f"|[^\\w\\s][{_MARKS}]*(?:(?<=\u200d)[^\\w\\s][{_MARKS}]*)*"
)


class Token(NamedTuple):
    """A piece of a run.

    Attributes:
        key: What is printed and how; tokens with the same key look alike.
        inline: The piece by itself, without its styles.
        place: Which inline of the run it was cut from.
        styles: The styles around it, the outermost first.
    """

    key: tuple[object, ...]
    inline: Inline
    place: int
    styles: tuple[Style, ...]

    @property
    def is_space(self) -> bool:
        """Whether it is white space alone."""
        return is_space(self.key)

    @property
    def is_word(self) -> bool:
        """Whether it says something: a word, or what is no text."""
        text = self.key[0]
        return not isinstance(text, str) or text[0].isalnum() or any(map(str.isalnum, text))


Tokens: TypeAlias = Sequence[Token]


def is_space(key: tuple[object, ...]) -> bool:
    """Tell whether a key is that of white space alone."""
    return isinstance(key[0], str) and key[0].isspace()


def tokens_of(inlines: Inlines) -> list[Token]:
    """Return the tokens of a run in order; what prints nothing has none."""
    found: list[Token] = []
    for place, (inline, styles) in enumerate(_leaves(inlines, ())):
        found.extend(_cut(inline, place, styles))
    return found


def run_of(tokens: Tokens) -> Inlines:
    """Return the tokens as a run of as few inlines as can be."""
    return tuple(_joined(tokens, 0))


def _leaves(inlines: Inlines, styles: tuple[Style, ...]) -> Iterator[tuple[Inline, tuple[Style, ...]]]:
    for inline in inlines:
        if isinstance(inline, Styled):
            yield from _leaves(inline.inlines, (*styles, inline.style))
        elif isinstance(inline, Revised):
            raise ValueError("a redline is made of two clean trees")
        else:
            yield inline, styles


def _cut(inline: Inline, place: int, styles: tuple[Style, ...]) -> Iterator[Token]:
    if isinstance(inline, Text):
        for text in _TOKEN.findall(inline.text):
            yield Token((text, styles, "known"), Text(text), place, styles)
    elif isinstance(inline, Value):
        for text in _TOKEN.findall(inline.text):
            yield Token((text, styles, inline.state), Value(text, inline.paths, inline.state), place, styles)
    else:
        yield Token((inline, styles), inline, place, styles)


def _joined(tokens: Tokens, depth: int) -> Iterator[Inline]:
    for style, same in groupby(tokens, lambda one: one.styles[depth] if len(one.styles) > depth else None):
        if style is not None:
            yield Styled(style, tuple(_joined(list(same), depth + 1)))
            continue
        for _, pieces in groupby(same, lambda one: one.place):
            yield _whole([piece.inline for piece in pieces])


def _whole(pieces: list[Inline]) -> Inline:
    """Return the pieces of one inline as one again."""
    first = pieces[0]
    if isinstance(first, Text):
        return Text("".join(piece.text for piece in pieces if isinstance(piece, Text)))
    if isinstance(first, Value):
        return Value("".join(piece.text for piece in pieces if isinstance(piece, Value)), first.paths, first.state)
    return first
