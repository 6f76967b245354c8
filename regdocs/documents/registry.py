"""The registry text: what staff enter at ClinicalTrials.gov, module by module in the registry's order.

Knows which of our values answers which field of the registry. Spellings are in `spec/terms.py`, labels in the template.
"""

from dataclasses import dataclass

from regdocs.documents.registry_administration import (
    Identification,
    Oversight,
    Sponsors,
    Status,
    identification_of,
    oversight_of,
    sponsors_of,
    status_of,
)
from regdocs.documents.registry_design import Arms, Design, arms_of, design_of
from regdocs.documents.registry_entries import Entries, Entry
from regdocs.documents.registry_outcomes import Outcomes, outcomes_of
from regdocs.documents.registry_people import Eligibility, People, eligibility_of, people_of
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.spec.identity import Site, Source
from regdocs.spec.protocol import Protocol

# Lists that the text goes through: it depends on them also where they are empty.
_LISTS = (
    "/sources",
    "/identity/registry_numbers",
    "/identity/secondary_numbers",
    "/organisations",
    "/arms",
    "/interventions",
    "/endpoints",
    "/population/keywords",
    "/eligibility",
    "/sites",
    "/oversight",
    "/registry/references",
)


@dataclass(frozen=True, slots=True)
class Origin:
    """A source: its name in this document, its title, when it was read and what was taken from it."""

    id: Name
    name: Shown
    title: Shown
    read_on: Shown | None
    covers: Shown | None


@dataclass(frozen=True, slots=True)
class Description:
    """What the study is about, word for word."""

    brief_summary: Entry
    detailed_description: Entry | None
    conditions: tuple[Entry, ...]
    keywords: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication listed with the study."""

    id: Name
    citation: Entry
    pubmed_number: Entry | None


@dataclass(frozen=True, slots=True)
class RegistryView:
    """The registry's modules in its order."""

    study: Study
    origins: tuple[Origin, ...]
    identification: Identification
    status: Status
    sponsors: Sponsors
    oversight: Oversight
    description: Description
    design: Design
    arms: Arms
    outcomes: Outcomes
    eligibility: Eligibility
    people: People
    sharing: Entry | None
    references: tuple[Reference, ...]


def registry_view(protocol: Protocol, reader: Reader, site: Site | None) -> RegistryView:
    """Return what the registry text prints. It is one text for all sites, so `site` is None."""
    entries = Entries(protocol, reader)
    reader.note(*_LISTS)
    return RegistryView(
        study=study_of(protocol, reader),
        origins=tuple(_origin(reader, source) for source in protocol.sources),
        identification=identification_of(protocol, entries),
        status=status_of(protocol, entries),
        sponsors=sponsors_of(protocol, entries),
        oversight=oversight_of(protocol, entries),
        description=_description(protocol, entries),
        design=design_of(protocol, entries),
        arms=arms_of(protocol, entries),
        outcomes=outcomes_of(protocol, entries),
        eligibility=eligibility_of(protocol, entries),
        people=people_of(protocol, entries),
        sharing=entries.maybe(protocol.registry.ipd_sharing, limit="sharing-description"),
        references=_references(protocol, entries),
    )


def _origin(reader: Reader, source: Source) -> Origin:
    path = f"/sources/{source.id}"
    return Origin(
        id=Name(source.id),
        name=reader.fact(source.id, path),
        title=reader.fact(source.title, f"{path}/title"),
        read_on=None if source.read_on is None else reader.fact(source.read_on, f"{path}/read_on"),
        covers=None if source.covers is None else reader.fact(source.covers, f"{path}/covers"),
    )


def _description(protocol: Protocol, entries: Entries) -> Description:
    facts, population = protocol.registry, protocol.population
    return Description(
        brief_summary=entries.entry(facts.brief_summary, limit="brief-summary"),
        detailed_description=entries.maybe(facts.detailed_description, limit="detailed-description"),
        conditions=tuple(entries.entry(condition, limit="condition") for condition in population.conditions),
        keywords=tuple(entries.entry(keyword, limit="condition") for keyword in population.keywords),
    )


def _references(protocol: Protocol, entries: Entries) -> tuple[Reference, ...]:
    return tuple(
        Reference(Name(item.id), entries.entry(item.citation, limit="citation"), entries.maybe(item.pubmed_number))
        for item in protocol.registry.references
    )
