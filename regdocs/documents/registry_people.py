"""Entries of the registry's modules on people and places: eligibility, contacts, locations, investigators."""

from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.documents.registry_entries import Entries, Entry
from regdocs.documents.shown import Name, Shown
from regdocs.spec.countries import country_name
from regdocs.spec.eligibility import Criterion, EligibilityCriterion
from regdocs.spec.identity import Site
from regdocs.spec.kinds import Duration
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.regulation import RegistryContact
from regdocs.spec.terms import NO_AGE_LIMIT, SAMPLINGS, SEXES, registry_age, yes_or_no


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion, word for word, with those below it."""

    id: Name
    text: Shown
    below: "tuple[CriterionLine, ...]"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Module "Eligibility". `whole` is the criteria as one entry: its sources, its place and its length.

    Population and sampling are asked of observational studies only.
    """

    sex: Entry
    minimum_age: Entry
    maximum_age: Entry
    healthy_volunteers: Entry
    study_population: Entry | None
    sampling: Entry | None
    inclusion: tuple[CriterionLine, ...]
    exclusion: tuple[CriterionLine, ...]
    whole: Entry


@dataclass(frozen=True, slots=True)
class CentralContact:
    """Whom the registry names for questions about the study; not necessarily an investigator."""

    name: Entry
    affiliation: Entry
    telephone: Entry
    email: Entry


@dataclass(frozen=True, slots=True)
class Location:
    """A facility where participants are seen."""

    id: Name
    facility: Entry
    city: Entry
    country: Entry
    status: Entry
    investigator: Entry


@dataclass(frozen=True, slots=True)
class People:
    """Module "Contacts, Locations, and Investigator Information"."""

    contact: CentralContact | None
    officials: Entry
    location_count: Entry
    locations: tuple[Location, ...]


def eligibility_of(protocol: Protocol, entries: Entries) -> Eligibility:
    """Return who may take part; the criteria keep the record's words and order."""
    population = protocol.population
    inclusion = [item for item in protocol.eligibility if item.category == "inclusion"]
    exclusion = [item for item in protocol.eligibility if item.category == "exclusion"]
    return Eligibility(
        sex=entries.entry(population.sex, lambda sex: SEXES[sex]),
        minimum_age=_age(population.minimum_age, "/population/minimum_age", entries),
        maximum_age=_age(population.maximum_age, "/population/maximum_age", entries),
        healthy_volunteers=entries.entry(population.healthy_volunteers, yes_or_no),
        study_population=_study_population(protocol, entries),
        sampling=_sampling(protocol, entries),
        inclusion=tuple(_line(item, entries) for item in inclusion),
        exclusion=tuple(_line(item, entries) for item in exclusion),
        whole=_whole(inclusion, exclusion, entries),
    )


def _study_population(protocol: Protocol, entries: Entries) -> Entry | None:
    if not entries.reader.holds(protocol.design.type, "observational"):
        return None
    what, path = "from which people participants come", "/population/description"
    return entries.required(protocol.population.description, what, path, limit="study-population")


def _sampling(protocol: Protocol, entries: Entries) -> Entry | None:
    if not entries.reader.holds(protocol.design.type, "observational"):
        return None
    what, path = "whether chance chose the participants", "/population/sampling"
    return entries.required(protocol.population.sampling, what, path, lambda sampling: SAMPLINGS[sampling])


def _age(age: Known[Duration] | None, path: str, entries: Entries) -> Entry:
    return entries.fact(NO_AGE_LIMIT, path) if age is None else entries.entry(age, registry_age)


def _line(criterion: Criterion, entries: Entries) -> CriterionLine:
    return CriterionLine(
        id=Name(criterion.id),
        text=entries.entry(criterion.text).value,
        below=tuple(_line(item, entries) for item in criterion.criteria),
    )


def _whole(inclusion: list[EligibilityCriterion], exclusion: list[EligibilityCriterion], entries: Entries) -> Entry:
    texts = tuple(item.text for item in _every((*inclusion, *exclusion)))
    entry = entries.computed(lambda: _pasted(inclusion, exclusion), *texts, limit="eligibility")
    return Entry(
        value=entry.value,
        place=Shown("/eligibility", ("/eligibility",)),
        sources=entry.sources,
        length=entry.length,
        missing=entry.missing,
        assumed=entry.assumed,
    )


def _every(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for criterion in criteria:
        yield criterion
        yield from _every(criterion.criteria)


def _pasted(inclusion: list[EligibilityCriterion], exclusion: list[EligibilityCriterion]) -> str:
    """Return the criteria as the text file holds them, so that their length is that of what is pasted."""
    lists = (("Inclusion Criteria:", inclusion), ("Exclusion Criteria:", exclusion))
    return "\n\n".join(f"{head}\n\n" + "\n".join(_bullets(tuple(items), "")) for head, items in lists)


def _bullets(criteria: tuple[Criterion, ...], indent: str) -> Iterator[str]:
    for criterion in criteria:
        yield f"{indent}- {criterion.text.present}"
        yield from _bullets(criterion.criteria, f"{indent}  ")


def people_of(protocol: Protocol, entries: Entries) -> People:
    """Return contact, officials and locations. The central contact stands in this document only."""
    facts, contact = protocol.registry, protocol.registry.central_contact
    return People(
        contact=None if contact is None else _contact(contact, entries),
        officials=entries.required(facts.officials, "overall study officials", "/registry/officials"),
        location_count=entries.computed(lambda: str(len(protocol.sites)), also=("/sites",)),
        locations=tuple(_location(site, entries) for site in protocol.sites),
    )


def _contact(contact: RegistryContact, entries: Entries) -> CentralContact:
    return CentralContact(
        name=entries.entry(contact.name),
        affiliation=entries.entry(contact.affiliation),
        telephone=entries.entry(contact.telephone),
        email=entries.entry(contact.email),
    )


def _location(site: Site, entries: Entries) -> Location:
    path = f"/sites/{site.id}"
    return Location(
        id=Name(site.id),
        facility=entries.entry(site.name, limit="facility"),
        city=entries.entry(site.city),
        country=entries.fact(country_name(site.country), f"{path}/country"),
        status=entries.required(site.recruitment, "recruitment status at this site", f"{path}/recruitment"),
        investigator=entries.entry(site.investigator.name),
    )
