"""The rows of the schedule: one an activity, with a mark for each visit, and the footnotes with their marks.

Knows which marks stand where, and their signs; what a sign means says the template's legend.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from string import ascii_lowercase

from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import Encounter, ScheduleRow
from regdocs.units import plural

DONE, AS_NEEDED, GOES_ON = "X", "(X)", "→"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in one cell.

    Attributes:
        sign: What is printed, with its path; None for an empty cell.
        as_needed: Whether it says that something is done only when needed.
        goes_on: Whether it says that something goes on until the next visit.
    """

    sign: Shown | None
    as_needed: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a footnote, and the footnote's id."""

    note: Name
    mark: Name


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote with its mark."""

    id: Name
    mark: Name
    text: Shown


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity and its visits.

    Attributes:
        id: The row's id.
        name: The activity.
        marks: Its footnotes, in the order of their marks.
        assumed: At how many visits, where it is only assumed at which; None otherwise.
        open: What is missing, where the visits are still to be completed; there are no cells then.
        cells: One a column.
    """

    id: Name
    name: Shown
    marks: tuple[NoteMark, ...]
    assumed: Shown | None
    open: Shown | None
    cells: tuple[Mark, ...]


def activity_rows(protocol: Protocol, columns: tuple[Encounter, ...], reader: Reader) -> tuple[ActivityRow, ...]:
    """Return the rows in the order of the protocol; a row whose activity is not defined is left to the checks."""
    names = {activity.id: activity.name for activity in protocol.activities}
    marks = _marks(protocol)
    return tuple(
        _row(row, names[row.activity], columns, marks, reader)
        for row in protocol.schedule.rows
        if row.activity in names
    )


def notes_of(protocol: Protocol, reader: Reader) -> tuple[Note, ...]:
    """Return the footnotes in the order of their marks."""
    texts = {note.id: note.text for note in protocol.schedule.footnotes}
    return tuple(Note(Name(note), mark, reader.show(texts[note])) for note, mark in _marks(protocol).items())


def _marks(protocol: Protocol) -> dict[str, Name]:
    """Return the mark of each footnote: a, b, c in the order of first use; one that no row uses comes last."""
    known = [note.id for note in protocol.schedule.footnotes]
    used = [note for row in protocol.schedule.rows for note in row.footnotes if note in known]
    return dict(zip(dict.fromkeys((*used, *known)), _letters(), strict=False))


def _letters() -> Iterator[Name]:
    """Give a to z, then aa, ab and so on without end."""
    return (Name("".join(letters)) for length in count(1) for letters in product(ascii_lowercase, repeat=length))


def _row(
    row: ScheduleRow, name: Known[str], columns: tuple[Encounter, ...], marks: dict[str, Name], reader: Reader
) -> ActivityRow:
    path = row.at.path.removesuffix("/at")
    reader.note(f"{path}/as_needed", f"{path}/throughout", f"{path}/footnotes")
    used = [(note, mark) for note, mark in marks.items() if note in row.footnotes]
    visits = reader.show(row.at, lambda at: plural(len(at), "visit"))
    return ActivityRow(
        id=Name(row.id),
        name=reader.show(name),
        marks=tuple(NoteMark(Name(note), mark) for note, mark in used),
        assumed=visits if visits.state == "assumed" else None,
        open=visits if visits.state == "todo" else None,
        cells=_cells(row, columns, reader) if visits.state != "todo" else (),
    )


def _cells(row: ScheduleRow, columns: tuple[Encounter, ...], reader: Reader) -> tuple[Mark, ...]:
    planned = [place for place, one in enumerate(columns) if one.kind == "planned" and one.id in row.at.present]
    lasting = range(planned[0], planned[-1]) if row.throughout and planned else range(0)
    return tuple(_mark(row, one, place in lasting, reader) for place, one in enumerate(columns))


def _mark(row: ScheduleRow, encounter: Encounter, goes_on: bool, reader: Reader) -> Mark:
    """Return one cell's mark; that its row is only assumed says the head of the row, once."""
    as_needed = encounter.id in row.as_needed
    done = AS_NEEDED if as_needed else DONE if encounter.id in row.at.present else ""
    sign = f"{done} {GOES_ON}".strip() if goes_on else done
    path = f"{row.at.path.removesuffix('/at')}/as_needed" if as_needed else row.at.path
    return Mark(reader.fact(sign, path) if sign else None, as_needed, goes_on)
