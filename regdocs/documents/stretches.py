"""Tables with a column a visit, cut so that a page holds them: each table has some of the visits and all of the rows.

Knows numbers of columns only.
"""

from dataclasses import dataclass

from regdocs.documents.shown import Name

MOST_VISITS = 20  # with more, a landscape page leaves less than 10 mm for each


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some columns that stand beside each other in one table.

    Attributes:
        suffix: What the ids in it have behind the name of the table; nothing in the first.
        first, end: The columns' places, from `first` up to but without `end`.
        begins: The number of the first column as people count.
        shares: Shares of the width: of the head of the rows, then of each column.
    """

    suffix: Name
    first: int
    end: int
    begins: int
    shares: Name


def stretches_of(columns: int, head: int, each: int) -> tuple[Stretch, ...]:
    """Return the tables that so many columns need, of about the same width; one even for no column.

    `head` and `each` are the shares of the width of the head of the rows and of each column.
    """
    count = max(1, -(-columns // MOST_VISITS))
    ends = [columns * (number + 1) // count for number in range(count)]
    return tuple(
        Stretch(
            suffix=Name(f"._{number + 1}" if number else ""),
            first=first,
            end=end,
            begins=first + 1,
            shares=Name(" ".join(map(str, (head, *[each] * (end - first))))),
        )
        for number, (first, end) in enumerate(zip([0, *ends], ends, strict=False))
    )
