"""The schedule of activities: order of visits, rows, footnotes, and what is scheduled at all."""

from collections.abc import Iterator

from regdocs.rules.references import guess
from regdocs.rules.rule import Hit
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import Encounter, ScheduleRow

_CONSENT = "consent"


def visits_outside_their_epoch(protocol: Protocol) -> Iterator[Hit]:
    """SCH-001: a planned visit listed, or taking place, before one of an earlier epoch."""
    order = {epoch.id: number for number, epoch in enumerate(protocol.epochs)}
    visits = [visit for visit in protocol.encounters if visit.kind == "planned" and visit.epoch in order]
    for number, visit in enumerate(visits):
        later = next((v for v in visits[:number] if order[v.epoch] > order[visit.epoch]), None)
        if later is not None:
            message = f'visit "{visit.id}" of epoch "{visit.epoch}" stands after "{later.id}" of the later epoch'
            hint = "list visits in the order of their epochs, or correct 'epoch'"
            yield Hit(f"/encounters/{visit.id}/epoch", f'{message} "{later.epoch}"', hint)
        earlier = next((v for v in visits if order[v.epoch] < order[visit.epoch] and _before(visit, v)), None)
        if earlier is not None:
            message = f'visit {_dated(visit)} of epoch "{visit.epoch}" takes place before {_dated(earlier)} of the'
            hint = "correct 'day' or 'epoch' of one of them"
            yield Hit(f"/encounters/{visit.id}/day", f'{message} earlier epoch "{earlier.epoch}"', hint)


def activities_never_scheduled(protocol: Protocol) -> Iterator[Hit]:
    """SCH-002: an activity that takes place at no visit."""
    scheduled = scheduled_activities(protocol)
    for activity in protocol.activities:
        if activity.id not in scheduled:
            message = f'activity "{activity.id}" is never scheduled'
            yield Hit(f"/activities/{activity.id}", message, "add a row for it to 'schedule', or remove the activity")


def consent_not_first(protocol: Protocol) -> Iterator[Hit]:
    """SCH-003: the first row is not consent. A row is taken for consent by the word in its activity's id or name."""
    rows = protocol.schedule.rows
    if not rows or _is_consent(protocol, rows[0]):
        return
    later = next((row for row in rows if _is_consent(protocol, row)), None)
    if later is None:
        hint = "add the activity informed-consent, and its row as the first one"
        yield Hit("/schedule/rows", "no row of the schedule is consent", hint)
    else:
        message = f'the first row of the schedule is "{rows[0].id}"; consent stands further down'
        yield Hit(f"/schedule/rows/{later.id}", message, f'move the row "{later.id}" to the top')


def unknown_footnotes(protocol: Protocol) -> Iterator[Hit]:
    """SCH-004: a row with a footnote that is not there."""
    defined = [note.id for note in protocol.schedule.footnotes]
    for row_number, row in enumerate(protocol.schedule.rows):
        for number, note in enumerate(row.footnotes):
            if note not in defined:
                place = f"/schedule/rows/{row_number}/footnotes/{number}"
                yield Hit(
                    place, f'row "{row.id}" has the footnote "{note}", which is not defined', guess(note, defined)
                )


def unused_footnotes(protocol: Protocol) -> Iterator[Hit]:
    """SCH-005: a footnote that no row has; it would stand below the table without a mark."""
    used = {note for row in protocol.schedule.rows for note in row.footnotes}
    for note in protocol.schedule.footnotes:
        if note.id not in used:
            hint = "add it to 'footnotes' of a row, or remove it"
            yield Hit(f"/schedule/footnotes/{note.id}", f'no row has the footnote "{note.id}"', hint)


def days_out_of_order(protocol: Protocol) -> Iterator[Hit]:
    """SCH-006: within one epoch, a planned visit listed after another that takes place later."""
    planned = [visit for visit in protocol.encounters if visit.kind == "planned"]
    for number, visit in enumerate(planned):
        later = next((v for v in planned[:number] if v.epoch == visit.epoch and _before(visit, v)), None)
        if later is not None:
            message = f"visit {_dated(visit)} is listed after {_dated(later)}"
            yield Hit(f"/encounters/{visit.id}/day", message, "list visits in the order of their days")


def procedures_nobody_does(protocol: Protocol) -> Iterator[Hit]:
    """SCH-007: a procedure that no activity is made of; it would be missing from the schedule and its visits."""
    done = {name for activity in protocol.activities for name in activity.procedures}
    for procedure in protocol.procedures:
        if procedure.id not in done:
            hint = "add it to 'procedures' of an activity, or remove it"
            yield Hit(f"/procedures/{procedure.id}", f'no activity uses the procedure "{procedure.id}"', hint)


def scheduled_activities(protocol: Protocol) -> set[str]:
    """Return the ids of activities that take place at some visit; visits that are still TODO count as some."""
    return {row.activity for row in protocol.schedule.rows if row.at.value is None or row.at.value or row.as_needed}


def not_measured(protocol: Protocol, path: str, word: str, element: str) -> Hit | None:
    """Return the hit for an endpoint or criterion that no scheduled activity measures; None when one does."""
    measuring = [activity.id for activity in protocol.activities if element in activity.measures]
    if scheduled_activities(protocol).intersection(measuring):
        return None
    if measuring:
        message = f'{word} "{element}" is measured by "{measuring[0]}" only, which is never scheduled'
        return Hit(path, message, f"add a row for \"{measuring[0]}\" to 'schedule'")
    hint = f"add \"{element}\" to 'measures' of the activity that measures it"
    return Hit(path, f'no activity measures the {word} "{element}"', hint)


def _before(visit: Encounter, other: Encounter) -> bool:
    days = (visit.planned_day, other.planned_day)
    return days[0] is not None and days[1] is not None and days[0] < days[1]


def _dated(visit: Encounter) -> str:
    return f'"{visit.id}" (day {visit.planned_day})'


def _is_consent(protocol: Protocol, row: ScheduleRow) -> bool:
    activity = next((activity for activity in protocol.activities if activity.id == row.activity), None)
    name = activity.name.value if activity else None
    return _CONSENT in f"{row.activity} {name or ''}".casefold()
