"""Entries of the registry's module on outcome measures: primary, secondary, other, and those whose level is open."""

from dataclasses import dataclass

from regdocs.documents.registry_entries import Entries, Entry
from regdocs.documents.shown import Name
from regdocs.spec.design import Endpoint, Level
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class OutcomeMeasure:
    """An endpoint in the registry's words; `level` only where it is open, so that staff see what to ask."""

    id: Name
    level: Entry | None
    title: Entry
    description: Entry | None
    time_frame: Entry


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Module "Outcome Measures". `no_secondary` says what is missing where no secondary one is recorded."""

    primary: tuple[OutcomeMeasure, ...]
    secondary: tuple[OutcomeMeasure, ...]
    no_secondary: Entry | None
    other: tuple[OutcomeMeasure, ...]
    undecided: tuple[OutcomeMeasure, ...]


def outcomes_of(protocol: Protocol, entries: Entries) -> Outcomes:
    """Return the endpoints by level; a level that is assumed or to be completed is never entered as a fact."""
    secondary = _of_level(protocol, entries, "secondary")
    return Outcomes(
        primary=_of_level(protocol, entries, "primary"),
        secondary=secondary,
        no_secondary=None if secondary else entries.maybe(protocol.registry.secondary_outcomes),
        other=_of_level(protocol, entries, "exploratory"),
        undecided=tuple(
            _measure(endpoint, entries, open_level=True)
            for endpoint in protocol.endpoints
            if endpoint.level.state != "known"
        ),
    )


def _of_level(protocol: Protocol, entries: Entries, level: Level) -> tuple[OutcomeMeasure, ...]:
    return tuple(
        _measure(endpoint, entries)
        for endpoint in protocol.endpoints
        if endpoint.level.state == "known" and entries.reader.holds(endpoint.level, level)
    )


def _measure(endpoint: Endpoint, entries: Entries, open_level: bool = False) -> OutcomeMeasure:
    return OutcomeMeasure(
        id=Name(endpoint.id),
        level=entries.entry(endpoint.level) if open_level else None,
        title=entries.entry(endpoint.title, limit="outcome-title"),
        description=entries.maybe(endpoint.description, limit="outcome-description"),
        time_frame=entries.required(
            endpoint.time_frame,
            "time frame of this outcome measure",
            f"/endpoints/{endpoint.id}/time_frame",
            limit="outcome-time-frame",
        ),
    )
