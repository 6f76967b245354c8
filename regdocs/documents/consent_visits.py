"""The participant's view of the schedule: visit by visit, in plain words, with the blood taken.

Knows encounters, activities and the schedule; procedures one by one are `consent_procedures.py`.
"""

from dataclasses import dataclass

from regdocs.documents.blood import blood, volume_at
from regdocs.documents.consent_words import volume_words
from regdocs.documents.days import planned_day
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import Encounter, ScheduleRow

_MODES = {"visit": "at the site", "telephone": "by telephone", "remote": "from home"}


@dataclass(frozen=True, slots=True)
class Visit:
    """One row of the visit table.

    Attributes:
        day: Planned day with the days on which the visit may take place; None for a visit that nobody planned.
        activities: What happens, in the order of the schedule.
        if_needed: What happens only when it is needed.
        blood: How much blood is taken, None when none is.
        blood_if_needed: Whether blood is taken when something that is done only if needed is done.
    """

    id: Name
    label: Shown
    planned: bool
    day: Shown | None
    mode: Shown
    activities: tuple[Shown, ...]
    if_needed: tuple[Shown, ...]
    blood: Shown | None
    blood_if_needed: bool


@dataclass(frozen=True, slots=True)
class Ongoing:
    """Something that has no single visit: it goes on for a time, or its visits are still open."""

    id: Name
    activity: Shown
    visits: Shown


@dataclass(frozen=True, slots=True)
class Visits:
    """The visits, what goes on between or beside them, and whether blood is taken at all or only when it is needed."""

    visits: tuple[Visit, ...]
    count: Shown
    day_zero: Shown
    throughout: tuple[Ongoing, ...]
    open: tuple[Ongoing, ...]
    any_blood: bool
    any_blood_if_needed: bool


@dataclass(frozen=True, slots=True)
class _Named:
    """A row of the schedule with its activity's name in plain words."""

    name: Known[str]
    row: ScheduleRow


def visits_of(protocol: Protocol, reader: Reader) -> Visits:
    """Return the visit table's content; a row whose activity is not defined is left to the checks."""
    encounters, rows = protocol.encounters, _named_rows(protocol)
    visits = tuple(_visit(protocol, reader, one, rows) for one in encounters)
    return Visits(
        visits=visits,
        count=_count(reader, encounters),
        day_zero=reader.show(protocol.schedule.day_zero),
        throughout=tuple(_ongoing(protocol, reader, one) for one in rows if one.row.throughout),
        open=tuple(
            _ongoing(protocol, reader, one) for one in rows if one.row.at.value is None and not one.row.throughout
        ),
        any_blood=any(blood(procedure) is not None for procedure in protocol.procedures),
        any_blood_if_needed=any(visit.blood_if_needed for visit in visits),
    )


def _named_rows(protocol: Protocol) -> list[_Named]:
    names = {activity.id: activity.lay_name or activity.name for activity in protocol.activities}
    return [_Named(names[row.activity], row) for row in protocol.schedule.rows if row.activity in names]


def _count(reader: Reader, encounters: tuple[Encounter, ...]) -> Shown:
    """Return the number of planned visits; one on a day that is only assumed is itself only assumed."""
    planned = [one for one in encounters if _planned(one)]
    assumed = [one.day for one in planned if one.day is not None and one.day.state == "assumed"]
    return reader.derive(lambda: str(len(planned)), *assumed, also=("/encounters",))


def _planned(encounter: Encounter) -> bool:
    return encounter.kind == "planned"


def _visit(protocol: Protocol, reader: Reader, encounter: Encounter, rows: list[_Named]) -> Visit:
    single = [one for one in rows if not one.row.throughout]
    needed = [one for one in single if encounter.id in one.row.as_needed]
    reader.note("/schedule/rows")
    return Visit(
        id=Name(encounter.id),
        label=reader.show(encounter.label),
        planned=_planned(encounter),
        day=planned_day(encounter, reader),
        mode=reader.show(encounter.mode, _MODES.__getitem__),
        activities=_activities(reader, [one for one in single if encounter.id in (one.row.at.value or ())]),
        if_needed=tuple(reader.show(one.name) for one in needed),
        blood=volume_at(protocol, reader, encounter.id, blood, volume_words),
        blood_if_needed=any(_takes_blood(protocol, one.row) for one in needed),
    )


def _takes_blood(protocol: Protocol, row: ScheduleRow) -> bool:
    done = {name for activity in protocol.activities if activity.id == row.activity for name in activity.procedures}
    return any(procedure.id in done and blood(procedure) is not None for procedure in protocol.procedures)


def _activities(reader: Reader, rows: list[_Named]) -> tuple[Shown, ...]:
    """Return the names of what is done, in the schedule's order; each is marked by itself and none is overlooked."""
    return tuple(reader.show(one.name, beside=(one.row.at,)) for one in rows)


def _ongoing(protocol: Protocol, reader: Reader, one: _Named) -> Ongoing:
    at = one.row.at.value or ()
    labels = [encounter.label for encounter in protocol.encounters if encounter.id in at and _planned(encounter)]
    ends = labels[:1] + labels[1:][-1:]
    visits = reader.derive(lambda: " – ".join(label.present for label in ends) or "–", one.row.at, *ends)
    return Ongoing(Name(one.row.id), reader.show(one.name), visits)
