"""The view of the consent form of one site: what its template prints and on which recorded answers it depends.

Knows which parts of the protocol a participant is told. The sentences stand in `templates/consent/`.
"""

from dataclasses import dataclass

from regdocs.documents.consent_conduct import Conduct, conduct_of
from regdocs.documents.consent_decisions import Decisions, decisions_of
from regdocs.documents.consent_design import DesignTold, design_told
from regdocs.documents.consent_outline import Law, Outline, law_of, outline_of
from regdocs.documents.consent_people import (
    Bodies,
    Contacts,
    Place,
    Signatories,
    bodies_of,
    contacts_of,
    place_of,
    signatories_of,
)
from regdocs.documents.consent_procedures import GivenProduct, Procedures, procedures_of, products_of
from regdocs.documents.consent_risks import Risks, risks_of
from regdocs.documents.consent_visits import Visits, visits_of
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.errors import RegdocsError
from regdocs.spec.consent import ConsentContent
from regdocs.spec.identity import Site
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol

# A study with more sites gives their number: nobody reads a list of hundreds in a consent form.
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Point:
    """One item of a list of recorded words; `id` is its place in the list."""

    id: Name
    text: Shown


@dataclass(frozen=True, slots=True)
class Written:
    """What people have written for this form; each is printed as it stands."""

    why_asked: Shown
    purpose: Shown
    background: Shown
    ordinary_care: Shown
    responsibilities: tuple[Point, ...]
    reproductive: Shown
    late_effects: Shown
    benefits: Shown
    alternatives: Shown
    injury_treatment: Shown
    injury_who_pays: Shown
    injury_compensation: Shown
    injury_insurance: Shown
    costs: Shown
    payment: Shown
    collected: Shown
    storage: Shown
    access: Shown
    transfer_abroad: Shown
    retention: Shown
    sample_storage: Shown
    future_use: Shown
    genetics: Shown
    commercial_profit: Shown
    return_of_results: Shown
    after_withdrawal: Shown
    data_after_withdrawal: Shown | None
    stopping_by_sponsor: Shown
    follow_up_after_stopping: Shown
    conflicts_of_interest: Shown
    results_to_participants: Shown
    optional_choices: tuple[Point, ...]
    key_information: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ConsentView:
    """All that the consent form of one site prints."""

    study: Study
    funders: tuple[Shown, ...]
    no_registry: Shown | None
    place: Place
    places: tuple[Place, ...]
    outline: Outline
    design: DesignTold
    conduct: Conduct
    decisions: Decisions
    written: Written
    visits: Visits
    products: tuple[GivenProduct, ...]
    procedures: Procedures
    risks: Risks
    contacts: Contacts
    bodies: Bodies
    signatories: Signatories
    law: Law


def consent_view(protocol: Protocol, reader: Reader, site: Site | None) -> ConsentView:
    """Return the view of one site's form.

    Raises:
        RegdocsError: No site is given; this is a mistake of the program, since the form is made per site.
    """
    if site is None:
        raise RegdocsError("a consent form is made for one site")
    study = study_of(protocol, reader)
    return ConsentView(
        study=study,
        funders=study.funders or (reader.lacking("who pays for the study", "/organisations"),),
        no_registry=_no_registry(protocol, reader),
        place=place_of(site, reader),
        places=tuple(place_of(one, reader) for one in protocol.sites) if len(protocol.sites) <= MOST_NAMED else (),
        outline=outline_of(protocol, reader),
        design=design_told(protocol, reader),
        conduct=conduct_of(protocol, reader),
        decisions=decisions_of(protocol, reader, site),
        written=_written(protocol.consent, reader),
        visits=visits_of(protocol, reader),
        products=products_of(protocol, reader),
        procedures=procedures_of(protocol, reader),
        risks=risks_of(protocol, reader),
        contacts=contacts_of(protocol, reader, site),
        bodies=bodies_of(protocol, reader, site),
        signatories=signatories_of(protocol, reader, site),
        law=law_of(protocol, reader),
    )


def _no_registry(protocol: Protocol, reader: Reader) -> Shown | None:
    """Return the open item of a study without a registry number; None where it has one, or is invented."""
    if protocol.demonstration or protocol.identity.registry_numbers:
        return None
    return reader.lacking("registry and number of the study", "/identity/registry_numbers")


def _written(content: ConsentContent, reader: Reader) -> Written:
    show, injury, privacy, samples = reader.show, content.injury, content.privacy, content.samples
    choices = ((choice.id, choice.text) for choice in content.optional_choices)
    return Written(
        why_asked=show(content.why_asked),
        purpose=show(content.purpose),
        background=show(content.background),
        ordinary_care=show(content.ordinary_care),
        responsibilities=_numbered(content.responsibilities, reader),
        reproductive=show(content.reproductive),
        late_effects=show(content.late_effects),
        benefits=show(content.benefits),
        alternatives=show(content.alternatives),
        injury_treatment=show(injury.treatment),
        injury_who_pays=show(injury.who_pays),
        injury_compensation=show(injury.compensation),
        injury_insurance=show(injury.insurance),
        costs=show(content.costs),
        payment=show(content.payment),
        collected=show(privacy.collected),
        storage=show(privacy.storage),
        access=show(privacy.access),
        transfer_abroad=show(privacy.transfer_abroad),
        retention=show(privacy.retention),
        sample_storage=show(samples.storage),
        future_use=show(samples.future_use),
        genetics=show(samples.genetics),
        commercial_profit=show(samples.commercial_profit),
        return_of_results=show(samples.return_of_results),
        after_withdrawal=show(samples.after_withdrawal),
        data_after_withdrawal=reader.maybe(privacy.after_withdrawal),
        stopping_by_sponsor=show(content.stopping_by_sponsor),
        follow_up_after_stopping=show(content.follow_up_after_stopping),
        conflicts_of_interest=show(content.conflicts_of_interest),
        results_to_participants=show(content.results_to_participants),
        optional_choices=tuple(Point(Name(name), show(text)) for name, text in choices),
        key_information=_numbered(content.key_information, reader),
    )


def _numbered(items: tuple[Known[str], ...], reader: Reader) -> tuple[Point, ...]:
    return tuple(Point(Name(str(number + 1)), reader.item(item, number)) for number, item in enumerate(items))
