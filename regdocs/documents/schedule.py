"""The view of the schedule of activities: its columns, its rows, and what stands above and below the table.

Knows encounters and epochs. Rows of activities are `schedule_rows.py`, lines of facts `schedule_lines.py`; sentences
stand in `templates/schedule/`.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from regdocs.documents.schedule_lines import BloodTaken, Line, blood_taken, lines_of
from regdocs.documents.schedule_rows import ActivityRow, Note, activity_rows, notes_of
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.stretches import Stretch, stretches_of
from regdocs.documents.study import Study, study_of
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import Encounter

# Abbreviations of the field that the template explains where they occur; those of products come from the protocol.
ABBREVIATIONS = (
    "AE",
    "aPTT",
    "BMI",
    "ECG",
    "eGFR",
    "HBsAg",
    "HbA1c",
    "HCV",
    "HIV",
    "INR",
    "MSC",
    "PCR",
    "PT",
    "PTT",
    "SAE",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A visit; planned, or one of the columns at the end for visits that nobody planned."""

    id: Name
    label: Shown


@dataclass(frozen=True, slots=True)
class EpochSpan:
    """An epoch over the columns of its visits; an epoch that comes back later has a second span."""

    id: Name
    name: Shown
    columns: int


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the schedule: its stretch of the columns, the epochs above them, how many of them nobody planned."""

    stretch: Stretch
    epochs: tuple[EpochSpan, ...]
    unplanned: int


@dataclass(frozen=True, slots=True)
class Pause:
    """A period without a visit, which has no column: its name, and what is said of it."""

    id: Name
    name: Shown
    description: Shown | None


@dataclass(frozen=True, slots=True)
class Abbreviated:
    """An abbreviation, of a product or as the protocol explains it, and what it stands for."""

    id: Name
    short: Shown
    long: Shown


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """The schedule, ready to print."""

    study: Study
    day_zero: Shown
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    any_unplanned: bool
    days: Line
    windows: Line
    modes: Line
    rows: tuple[ActivityRow, ...]
    blood: BloodTaken | None
    notes: tuple[Note, ...]
    any_as_needed: bool
    any_throughout: bool
    any_assumed: bool
    abbreviations: tuple[Name, ...]
    products: tuple[Abbreviated, ...]
    explained: tuple[Abbreviated, ...]
    without_visit: tuple[Pause, ...]


def schedule_view(protocol: Protocol, reader: Reader, site: Site | None) -> ScheduleView:
    """Return what the schedule prints. One schedule serves all sites, so `site` is not looked at."""
    encounters = _in_columns(protocol)
    rows, (days, windows, modes) = activity_rows(protocol, encounters, reader), lines_of(encounters, reader)
    marks = [cell for row in rows for cell in row.cells]
    assumed = [*(row.assumed for row in rows), *(line.assumed for line in (days, windows, modes))]
    return ScheduleView(
        study=study_of(protocol, reader),
        day_zero=reader.show(protocol.schedule.day_zero),
        columns=tuple(Column(Name(one.id), reader.show(one.label)) for one in encounters),
        parts=tuple(_part(protocol, one, encounters, reader) for one in stretches_of(len(encounters), head=10, each=3)),
        any_unplanned=any(one.kind != "planned" for one in encounters),
        days=days,
        windows=windows,
        modes=modes,
        rows=rows,
        blood=blood_taken(protocol, encounters, reader),
        notes=notes_of(protocol, reader),
        any_as_needed=any(cell.as_needed for cell in marks),
        any_throughout=any(cell.goes_on for cell in marks),
        any_assumed=any(words is not None for words in assumed),
        abbreviations=_abbreviations(protocol),
        products=_products(protocol, reader),
        explained=_explained(protocol, reader),
        without_visit=_without_visit(protocol, reader),
    )


def _in_columns(protocol: Protocol) -> tuple[Encounter, ...]:
    """Return the encounters as columns: planned ones in the order of the protocol, then the others."""
    return tuple(sorted(protocol.encounters, key=lambda encounter: encounter.kind != "planned"))


def _part(protocol: Protocol, stretch: Stretch, encounters: tuple[Encounter, ...], reader: Reader) -> Part:
    columns = encounters[stretch.first : stretch.end]
    planned = [encounter for encounter in columns if encounter.kind == "planned"]
    runs = [tuple(run) for _, run in groupby(planned, key=lambda encounter: encounter.epoch)]
    spans = (
        EpochSpan(Name(f"{run[0].epoch}.{run[0].id}"), _epoch_name(protocol, run[0], reader), len(run)) for run in runs
    )
    return Part(stretch, tuple(spans), len(columns) - len(planned))


def _epoch_name(protocol: Protocol, encounter: Encounter, reader: Reader) -> Shown:
    """Return the name of a visit's epoch; of one that is not defined its id, for the checks report it."""
    reader.note(f"/encounters/{encounter.id}/epoch")
    name = next((epoch.name for epoch in protocol.epochs if epoch.id == encounter.epoch), None)
    return reader.fact(encounter.epoch, f"/encounters/{encounter.id}/epoch") if name is None else reader.show(name)


def _without_visit(protocol: Protocol, reader: Reader) -> tuple[Pause, ...]:
    visited = {encounter.epoch for encounter in protocol.encounters}
    reader.fact("", "/epochs")
    return tuple(
        Pause(Name(epoch.id), reader.show(epoch.name), reader.maybe(epoch.description))
        for epoch in protocol.epochs
        if epoch.id not in visited
    )


def _abbreviations(protocol: Protocol) -> tuple[Name, ...]:
    """Return the field's abbreviations that occur and that the protocol does not explain itself."""
    words, own = _printed_words(protocol), {one.short.lower() for one in protocol.abbreviations}
    return tuple(Name(short) for short in ABBREVIATIONS if short.lower() in words and short.lower() not in own)


def _explained(protocol: Protocol, reader: Reader) -> tuple[Abbreviated, ...]:
    words, products = (
        _printed_words(protocol),
        {one.abbreviation.value for one in protocol.products if one.abbreviation},
    )
    reader.fact("", "/abbreviations")
    return tuple(
        Abbreviated(Name(one.id), reader.fact(one.short, f"/abbreviations/{one.id}/short"), reader.show(one.long))
        for one in protocol.abbreviations
        if one.short.lower() in words and one.short not in products
    )


def _products(protocol: Protocol, reader: Reader) -> tuple[Abbreviated, ...]:
    words = _printed_words(protocol)
    return tuple(
        Abbreviated(Name(product.id), reader.show(product.abbreviation), reader.show(product.name))
        for product in protocol.products
        if product.abbreviation is not None and (product.abbreviation.value or "").lower() in words
    )


def _printed_words(protocol: Protocol) -> frozenset[str]:
    """Return the words of activities, visits and footnotes, in small letters: "HbA1C" and "HbA1c" are one."""
    names = [activity.name for activity in protocol.activities]
    labels = [encounter.label for encounter in protocol.encounters]
    notes = [note.text for note in protocol.schedule.footnotes]
    text = " ".join(known.value or known.todo or "" for known in (*names, *labels, *notes))
    return frozenset(re.findall(r"\w+(?:-\w+)*", text.lower())) | frozenset(re.findall(r"\w+", text.lower()))
