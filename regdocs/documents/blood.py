"""How often a procedure is done and how much blood or bone marrow is taken, at one visit and in all.

A procedure counts once a visit, however many activities need it. The count is of planned visits; what is done only when
needed, and visits that nobody planned, do not count. Where the procedure itself says how often it is done, that counts:
the schedule shows at which visits, and cannot show that nobody knows yet whether there will be more. Knows the
schedule; the words around a number stand in templates.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from regdocs.documents.shown import Reader, Shown
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import Procedure, ScheduleRow

Volume = Callable[[Procedure], Known[Decimal] | None]
_SCHEDULE, _ACTIVITIES = "/schedule/rows", "/activities"


def blood(procedure: Procedure) -> Known[Decimal] | None:
    """Return how much blood the procedure takes each time, None when it takes none."""
    return procedure.blood_volume_ml


def marrow(procedure: Procedure) -> Known[Decimal] | None:
    """Return how much bone marrow the procedure takes each time, None when it takes none."""
    return procedure.marrow_volume_ml


def times_done(protocol: Protocol, reader: Reader, procedure: Procedure) -> Shown:
    """Return how often the procedure is done: as it says itself, else at how many planned visits."""
    if procedure.times is not None:
        return reader.show(procedure.times)
    return reader.derive(lambda: str(_times(protocol, procedure)), *_counted(protocol, procedure), also=(_SCHEDULE,))


def volume_at(
    protocol: Protocol, reader: Reader, encounter: str, volume: Volume, as_text: Callable[[Decimal], str]
) -> Shown | None:
    """Return what is taken at one visit, None when nothing is."""
    reader.note(_SCHEDULE, _ACTIVITIES)
    taken = [
        (known, rows)
        for procedure in protocol.procedures
        if (known := volume(procedure)) is not None
        and (rows := [row for row in _rows_with(protocol, procedure) if encounter in (row.at.value or ())])
    ]
    if not taken:
        return None
    sources = [source for known, rows in taken for source in (known, *_at(rows))]
    return reader.derive(lambda: as_text(sum((known.present for known, _ in taken), Decimal(0))), *sources)


def volume_of(
    protocol: Protocol, reader: Reader, procedure: Procedure, volume: Volume, as_text: Callable[[Decimal], str]
) -> Shown | None:
    """Return what one procedure takes over the whole study, None when it takes nothing."""
    known = volume(procedure)
    if known is None:
        return None
    sources = (known, *_counted(protocol, procedure))
    return reader.derive(lambda: as_text(known.present * _times(protocol, procedure)), *sources, also=(_SCHEDULE,))


def volume_in_all(
    protocol: Protocol, reader: Reader, volume: Volume, as_text: Callable[[Decimal], str]
) -> Shown | None:
    """Return what is taken over the whole study by all procedures together, None when nothing is."""
    reader.note(_SCHEDULE, _ACTIVITIES)
    taken = [(procedure, known) for procedure in protocol.procedures if (known := volume(procedure)) is not None]
    if not taken:
        return None
    sources = [source for item, known in taken for source in (known, *_counted(protocol, item))]

    def total() -> str:
        return as_text(sum((known.present * _times(protocol, item) for item, known in taken), Decimal(0)))

    return reader.derive(total, *sources, also=(_SCHEDULE,))


def _rows_with(protocol: Protocol, procedure: Procedure) -> list[ScheduleRow]:
    activities = {activity.id for activity in protocol.activities if procedure.id in activity.procedures}
    return [row for row in protocol.schedule.rows if row.activity in activities]


def _counted(protocol: Protocol, procedure: Procedure) -> list[Known[Any]]:
    """Return what the number of times rests on."""
    return [procedure.times] if procedure.times is not None else _at(_rows_with(protocol, procedure))


def _times(protocol: Protocol, procedure: Procedure) -> int:
    if procedure.times is not None:
        return procedure.times.present
    named = {encounter for row in _rows_with(protocol, procedure) for encounter in row.at.present}
    return sum(encounter.id in named and encounter.kind == "planned" for encounter in protocol.encounters)


def _at(rows: list[ScheduleRow]) -> list[Known[Any]]:
    return [row.at for row in rows]
