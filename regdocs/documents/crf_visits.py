"""Which copy of which form belongs to which visit: forms × activities × rows of the schedule.

Knows the schedule; does not know what a form asks (`crf_fields.py`).
"""

from dataclasses import dataclass
from typing import Any

from regdocs.documents.crf_fields import note_structure
from regdocs.documents.shown import Reader
from regdocs.spec.forms import Form
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import ScheduleRow


@dataclass(frozen=True, slots=True)
class Occasions:
    """When a form is filled in.

    Attributes:
        planned: Ids of the encounters at which one of its activities takes place, in order.
        as_needed: Ids of further encounters, at which it takes place only when needed.
        sources: The values this was read from.
    """

    planned: tuple[str, ...]
    as_needed: tuple[str, ...]
    sources: tuple[Known[Any], ...]

    @property
    def are_sure(self) -> bool:
        """Whether every source is known; open or assumed visits are said in words."""
        return all(source.state == "known" for source in self.sources)

    @property
    def are_open(self) -> bool:
        """Whether a source is still to be completed, so that visits may be missing."""
        return any(source.todo is not None for source in self.sources)


def occasions_of(form: Form, protocol: Protocol, reader: Reader) -> Occasions:
    """Return when a form is filled in; every value it was read from is noted."""
    note_structure(reader, f"/forms/{form.id}", "activities")
    rows = [row for row in protocol.schedule.rows if row.activity in form.activities]
    for row in rows:
        note_structure(reader, f"/schedule/rows/{row.id}", "activity", "at", "as_needed", "throughout")
    planned = {encounter for row in rows for encounter in _planned(row, protocol)}
    needed = {encounter for row in rows for encounter in row.as_needed} - planned
    return Occasions(
        planned=tuple(one.id for one in protocol.encounters if one.id in planned),
        as_needed=tuple(one.id for one in protocol.encounters if one.id in needed),
        sources=tuple(row.at for row in rows),
    )


def home_of(form: Form, occasions: Occasions) -> str | None:
    """Return the visit with which a form that is filled in once is printed, or None when there is no single one."""
    if form.kind != "once" or occasions.are_open or len(occasions.planned) != 1:
        return None
    return occasions.planned[0]


def belongs_to(form: Form, occasions: Occasions, encounter: str) -> bool:
    """Tell whether a copy of the form is printed for the encounter."""
    if form.kind == "visit":
        return encounter in occasions.planned or encounter in occasions.as_needed
    return home_of(form, occasions) == encounter


def has_no_visit(form: Form, occasions: Occasions) -> bool:
    """Tell whether a visit's form would be lost: it has no visit yet, or its visits are still open."""
    return form.kind == "visit" and (occasions.are_open or not (occasions.planned or occasions.as_needed))


def _planned(row: ScheduleRow, protocol: Protocol) -> tuple[str, ...]:
    """Return where an activity takes place; one that goes on throughout, also at the planned visits between."""
    at = row.at.value or ()
    planned = [one.id for one in protocol.encounters if one.kind == "planned"]
    marked = [planned.index(one) for one in at if one in planned]
    if not row.throughout or not marked:
        return tuple(at)
    return (*at, *planned[min(marked) : max(marked) + 1])
