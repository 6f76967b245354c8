"""The participant's view of the schedule: visit by visit, in plain words, with the blood taken.

Knows encounters, activities and the schedule; procedures one by one are `consent_procedures.py`.
"""

from dataclasses import dataclass
from functools import partial

from regdocs.documents.blood import blood, volume_at
from regdocs.documents.consent_words import volume_words
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import Activity, Encounter, ScheduleRow, Window

_MODES = {"visit": "at the site", "telephone": "by telephone", "remote": "from home"}


@dataclass(frozen=True, slots=True)
class Visit:
    """One row of the visit table.

    Attributes:
        day: Planned day with the days on which the visit may take place; None for a visit that nobody planned.
        activities: What happens; what is only assumed stands together in one item.
        if_needed: What happens only when it is needed.
        blood: How much blood is taken, None when none is.
    """

    id: Name
    label: Shown
    planned: bool
    day: Shown | None
    mode: Shown
    activities: tuple[Shown, ...]
    if_needed: tuple[Shown, ...]
    blood: Shown | None


@dataclass(frozen=True, slots=True)
class Ongoing:
    """Something that has no single visit: it goes on for a time, or its visits are still open."""

    id: Name
    activity: Shown
    visits: Shown


@dataclass(frozen=True, slots=True)
class Visits:
    """The visits, and what goes on between or beside them."""

    visits: tuple[Visit, ...]
    count: Shown
    day_zero: Shown
    throughout: tuple[Ongoing, ...]
    open: tuple[Ongoing, ...]


def visits_of(protocol: Protocol, reader: Reader) -> Visits:
    """Return the visit table's content."""
    encounters = protocol.encounters
    rows = protocol.schedule.rows
    return Visits(
        visits=tuple(_visit(protocol, reader, one) for one in encounters),
        count=reader.fact(str(sum(map(_planned, encounters))), "/encounters"),
        day_zero=reader.show(protocol.schedule.day_zero),
        throughout=tuple(_ongoing(protocol, reader, row) for row in rows if row.throughout),
        open=tuple(_ongoing(protocol, reader, row) for row in rows if row.at.value is None and not row.throughout),
    )


def _planned(encounter: Encounter) -> bool:
    return encounter.kind == "planned"


def _visit(protocol: Protocol, reader: Reader, encounter: Encounter) -> Visit:
    rows = [row for row in protocol.schedule.rows if not row.throughout]
    here = [row for row in rows if encounter.id in (row.at.value or ())]
    needed = [row for row in rows if encounter.id in row.as_needed]
    reader.fact("", "/schedule/rows")
    return Visit(
        id=Name(encounter.id),
        label=reader.show(encounter.label),
        planned=_planned(encounter),
        day=_day(reader, encounter),
        mode=reader.show(encounter.mode, _MODES.__getitem__),
        activities=_activities(protocol, reader, here),
        if_needed=tuple(reader.show(_lay_name(_activity(protocol, row))) for row in needed),
        blood=volume_at(protocol, reader, encounter.id, blood, volume_words),
    )


def _day(reader: Reader, encounter: Encounter) -> Shown | None:
    day, window = encounter.day, encounter.window
    if day is None:
        return None
    if window is None:
        return reader.show(day, _signed)
    return reader.derive(lambda: _day_with_window(day.present, window.present), day, window)


def _day_with_window(day: int, window: Window) -> str:
    if window.before == 0 and window.after == 0:
        return _signed(day)
    return f"{_signed(day)} ({_signed(day - window.before)} to {_signed(day + window.after)})"


def _signed(day: int) -> str:
    """Return a day with a true minus sign, so that it does not read as a dash or a range."""
    return f"−{-day}" if day < 0 else str(day)


def _activities(protocol: Protocol, reader: Reader, rows: list[ScheduleRow]) -> tuple[Shown, ...]:
    """Return the names of what is done; assumed ones together, so that the mark stands once and not on every line."""
    pairs = [(_lay_name(_activity(protocol, row)), row.at) for row in rows]
    assumed = [pair for pair in pairs if _is_assumed(*pair)]
    certain = [pair for pair in pairs if not _is_assumed(*pair)]
    shown = [reader.derive(partial(_text, name), name, at) for name, at in certain]
    if assumed:
        sources = [source for pair in assumed for source in pair]
        shown.append(reader.derive(lambda: "; ".join(name.present for name, _ in assumed), *sources))
    return tuple(shown)


def _text(name: Known[str]) -> str:
    return name.present


def _is_assumed(name: Known[str], at: Known[tuple[str, ...]]) -> bool:
    return "todo" not in (name.state, at.state) and "assumed" in (name.state, at.state)


def _ongoing(protocol: Protocol, reader: Reader, row: ScheduleRow) -> Ongoing:
    def visits() -> str:
        labels = [
            one.label.value or one.id for one in protocol.encounters if one.id in row.at.present and _planned(one)
        ]
        return f"{labels[0]} – {labels[-1]}" if labels else "–"

    return Ongoing(Name(row.id), reader.show(_lay_name(_activity(protocol, row))), reader.derive(visits, row.at))


def _activity(protocol: Protocol, row: ScheduleRow) -> Activity:
    return next(activity for activity in protocol.activities if activity.id == row.activity)


def _lay_name(activity: Activity) -> Known[str]:
    return activity.lay_name if activity.lay_name is not None else activity.name
