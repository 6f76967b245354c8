"""The view of the consent form of one site: what its template prints and on which recorded answers it depends.

Knows which parts of the protocol a participant is told. The sentences stand in `templates/consent/`.
"""

from dataclasses import dataclass
from typing import Any

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
from regdocs.documents.consent_words import duration_words, joined
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.errors import RegdocsError
from regdocs.spec.consent import ConsentContent
from regdocs.spec.design import Phase
from regdocs.spec.identity import Site
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.units import join_words

_PHASES: tuple[Phase, ...] = ("early-1", "1", "1/2", "2", "2/3", "3", "4", "not-applicable")
_MASKED = {
    "participant": "you",
    "care-provider": "the people who care for you",
    "investigator": "the study doctor",
    "outcomes-assessor": "the people who judge the results",
}
_PHASE_WORDS = {"early-1": "early phase 1", "not-applicable": "no phase"}


@dataclass(frozen=True, slots=True)
class Group:
    """An arm: its label and what its participants are given."""

    id: Name
    label: Shown
    products: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Approval:
    """Whether one intervention is approved for this use, in the recorded words."""

    id: Name
    intervention: Shown
    words: Shown


@dataclass(frozen=True, slots=True)
class Outline:
    """The design as far as a participant is told.

    Attributes:
        phase: In words; `phase_choice` chooses the sentence that explains it ("open" while it is not known).
        has_phase: Whether the study has a phase at all, or may have one.
        by_chance: Whether a participant is assigned by chance.
        unaware: Who does not know the assignment; empty in an open study.
        has_groups: Whether there is more than one group.
        planned: Whether the number of participants is a plan and not a count.
    """

    phase: Shown
    phase_choice: Name
    has_phase: bool
    by_chance: bool
    open_label: bool
    unaware: tuple[Shown, ...]
    groups: tuple[Group, ...]
    has_groups: bool
    participants: Shown
    planned: bool
    sites: Shown
    participation: Shown
    follow_up: Shown | None
    approvals: tuple[Approval, ...]
    product_approval: Shown
    several_sites: bool
    chance: Shown | None


@dataclass(frozen=True, slots=True)
class Law:
    """Which texts of the law of the United States the recorded answers call for."""

    fda_inspection: bool
    applicable_trial: bool


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
    no_registry: Shown
    place: Place
    places: tuple[Place, ...]
    outline: Outline
    written: Written
    visits: Visits
    products: tuple[GivenProduct, ...]
    products_in_all: Shown
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
        no_registry=reader.lacking("registry and number of the study", "/identity/registry_numbers"),
        place=place_of(site, reader),
        places=tuple(place_of(one, reader) for one in protocol.sites),
        outline=_outline(protocol, reader),
        written=_written(protocol.consent, reader),
        visits=visits_of(protocol, reader),
        products=products_of(protocol, reader),
        products_in_all=joined(reader, [product.lay_name for product in protocol.products], "/products"),
        procedures=procedures_of(protocol, reader),
        risks=risks_of(protocol, reader),
        contacts=contacts_of(protocol, reader, site),
        bodies=bodies_of(protocol, reader, site),
        signatories=signatories_of(protocol, reader),
        law=_law(protocol, reader),
    )


def _outline(protocol: Protocol, reader: Reader) -> Outline:
    design = protocol.design
    return Outline(
        phase=reader.show(design.phase, lambda phase: _PHASE_WORDS.get(phase, f"phase {phase}")),
        phase_choice=next((Name(phase) for phase in _PHASES if reader.holds(design.phase, phase)), Name("open")),
        has_phase=not reader.holds(design.phase, "not-applicable"),
        by_chance=reader.holds(design.allocation, "randomized"),
        open_label=reader.holds(design.masking.level, "open-label"),
        unaware=tuple(reader.fact(_MASKED[role], "/design/masking/roles") for role in design.masking.roles),
        groups=_groups(protocol, reader),
        has_groups=len(protocol.arms) > 1,
        participants=reader.show(design.enrolment.count),
        planned=not reader.holds(design.enrolment.type, "actual"),
        sites=reader.fact(str(len(protocol.sites)), "/sites"),
        participation=reader.show(design.participation, duration_words),
        follow_up=reader.maybe(design.follow_up, duration_words),
        approvals=_approvals(protocol, reader),
        product_approval=reader.show(protocol.regulation.product_approval),
        several_sites=len(protocol.sites) > 1,
        chance=_chance(protocol, reader),
    )


def _chance(protocol: Protocol, reader: Reader) -> Shown | None:
    """Return how many participants are planned for each arm, "10 and 5"; None where an arm does not say."""
    planned = [arm.participants for arm in protocol.arms if arm.participants is not None]
    if len(planned) < len(protocol.arms):
        return None
    return reader.derive(lambda: join_words([str(count.present) for count in planned]), *planned)


def _groups(protocol: Protocol, reader: Reader) -> tuple[Group, ...]:
    products = {product.id: product for product in protocol.products}
    given = {intervention.id: intervention.products for intervention in protocol.interventions}
    return tuple(
        Group(
            id=Name(arm.id),
            label=reader.show(arm.label),
            products=tuple(
                reader.show(products[product].lay_name)
                for intervention in arm.interventions
                for product in given.get(intervention, ())
                if product in products
            ),
        )
        for arm in protocol.arms
    )


def _approvals(protocol: Protocol, reader: Reader) -> tuple[Approval, ...]:
    return tuple(
        Approval(Name(one.id), reader.show(one.name), reader.show(one.approved_for_this_use))
        for one in protocol.interventions
    )


def _law(protocol: Protocol, reader: Reader) -> Law:
    regulation = protocol.regulation
    answers: tuple[Known[Any], ...] = (
        regulation.fda_regulated_drug,
        regulation.fda_regulated_device,
        regulation.applicable_clinical_trial,
    )
    drug, device, applicable = (reader.holds(answer, True) for answer in answers)
    return Law(
        fda_inspection=drug or device,
        applicable_trial=applicable,
    )


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
        stopping_by_sponsor=show(content.stopping_by_sponsor),
        follow_up_after_stopping=show(content.follow_up_after_stopping),
        conflicts_of_interest=show(content.conflicts_of_interest),
        results_to_participants=show(content.results_to_participants),
        optional_choices=tuple(Point(Name(name), show(text)) for name, text in choices),
        key_information=_numbered(content.key_information, reader),
    )


def _numbered(items: tuple[Known[str], ...], reader: Reader) -> tuple[Point, ...]:
    return tuple(Point(Name(str(number)), reader.show(item)) for number, item in enumerate(items, start=1))
