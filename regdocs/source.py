"""Places in a text. Knows lines and columns; does not know what the text means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file. `line` and `column` count from 1, as editors do; a column is a character, not a byte."""

    line: int
    column: int


START = Position(1, 1)
