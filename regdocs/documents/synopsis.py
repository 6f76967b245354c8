"""The view of the protocol synopsis: objectives and estimands, and the overall design, as ICH M11 section 1.1 asks.

Applies where the protocol says how it is analysed (reason for the sample size, estimands, analysis populations) or
holds sections of its text: a registry record alone is no protocol yet, and its facts stand in the registry text. Words
of the design are those of the registry's lists (`spec/terms.py`); labels follow M11.
"""

from dataclasses import dataclass

from regdocs.documents.consent_conduct import Later, later_of
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.documents.synopsis_conduct import Dose, Stopping, dose_plan, stopping_rules
from regdocs.documents.synopsis_design import Intervention, OverallDesign, interventions_of, overall_design_of
from regdocs.spec.conduct import Estimand
from regdocs.spec.design import Endpoint
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

_LEVELS = {"primary": "Primary", "secondary": "Secondary", "exploratory": "Exploratory"}


@dataclass(frozen=True, slots=True)
class Measure:
    """An endpoint, and when it is measured."""

    id: Name
    level: Shown
    title: Shown
    time_frame: Shown | None


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective and its endpoints."""

    id: Name
    level: Shown
    text: Shown
    endpoints: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An intercurrent event and how it is dealt with."""

    id: Name
    event: Shown
    strategy: Shown


@dataclass(frozen=True, slots=True)
class Estimated:
    """An estimand by its five attributes (ICH E9(R1)); population and variable are None where not defined."""

    id: Name
    treatment: Shown
    population: Shown | None
    variable: Shown | None
    events: tuple[Event, ...]
    summary: Shown


@dataclass(frozen=True, slots=True)
class Population:
    """An analysis population, and who belongs to it."""

    id: Name
    name: Shown
    text: Shown


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A sponsor, and its address where it is recorded."""

    name: Shown
    address: Shown | None


@dataclass(frozen=True, slots=True)
class SynopsisView:
    """All that the synopsis prints."""

    study: Study
    sponsors: tuple[Sponsor, ...]
    aims: tuple[Aim, ...]
    unserved: tuple[Measure, ...]
    estimands: tuple[Estimated, ...]
    populations: tuple[Population, ...]
    design: OverallDesign
    interventions: tuple[Intervention, ...]
    doses: tuple[Dose, ...]
    stopping: tuple[Stopping, ...]
    later: Later | None


def synopsis_applies(protocol: Protocol, _site: Site | None) -> bool:
    """Tell whether this is a protocol with an analysis or text of its own, and not a registry record alone."""
    analysis = protocol.sample_size is not None or protocol.estimands or protocol.analysis_populations
    return bool(analysis or protocol.narrative)


def synopsis_view(protocol: Protocol, reader: Reader, _site: Site | None) -> SynopsisView:
    """Return the view of the study's synopsis; it is not made per site."""
    reader.note("/objectives", "/endpoints", "/estimands", "/analysis_populations")
    objectives = {objective.id for objective in protocol.objectives}
    unserved = (one for one in protocol.endpoints if one.objective not in objectives)
    return SynopsisView(
        study=study_of(protocol, reader),
        sponsors=_sponsors(protocol, reader),
        aims=_aims(protocol, reader),
        unserved=tuple(_measure(one, reader) for one in unserved),
        estimands=tuple(_estimated(one, protocol, reader) for one in protocol.estimands),
        populations=tuple(
            Population(Name(one.id), reader.show(one.name), reader.show(one.text))
            for one in protocol.analysis_populations
        ),
        design=overall_design_of(protocol, reader),
        interventions=interventions_of(protocol, reader),
        doses=dose_plan(protocol, reader),
        stopping=stopping_rules(protocol, reader),
        later=later_of(protocol, reader),
    )


def _sponsors(protocol: Protocol, reader: Reader) -> tuple[Sponsor, ...]:
    sponsors = (one for one in protocol.organisations if one.role in ("sponsor", "co-sponsor"))
    return tuple(Sponsor(reader.show(one.name), reader.maybe(one.address)) for one in sponsors)


def _aims(protocol: Protocol, reader: Reader) -> tuple[Aim, ...]:
    return tuple(
        Aim(
            id=Name(objective.id),
            level=reader.show(objective.level, _LEVELS.__getitem__),
            text=reader.show(objective.text),
            endpoints=tuple(_measure(one, reader) for one in protocol.endpoints if one.objective == objective.id),
        )
        for objective in protocol.objectives
    )


def _measure(endpoint: Endpoint, reader: Reader) -> Measure:
    return Measure(
        id=Name(endpoint.id),
        level=reader.show(endpoint.level, _LEVELS.__getitem__),
        title=reader.show(endpoint.title),
        time_frame=reader.maybe(endpoint.time_frame),
    )


def _estimated(estimand: Estimand, protocol: Protocol, reader: Reader) -> Estimated:
    populations = {one.id: one.name for one in protocol.analysis_populations}
    endpoints = {one.id: one.title for one in protocol.endpoints}
    return Estimated(
        id=Name(estimand.id),
        treatment=reader.show(estimand.treatment),
        population=reader.maybe(populations.get(estimand.population)),
        variable=reader.maybe(endpoints.get(estimand.variable)),
        events=tuple(
            Event(Name(one.id), reader.show(one.event), reader.show(one.strategy, _spaced))
            for one in estimand.intercurrent_events
        ),
        summary=reader.show(estimand.summary),
    )


def _spaced(strategy: str) -> str:
    """Return a strategy as ICH E9(R1) writes it: "treatment policy"."""
    return strategy.replace("-", " ")
