"""What kind of study it is, as a participant is told: phase, groups, chance, numbers, time, approvals, and which law.

Knows the design and the recorded answers about law; the sentences stand in the template.
"""

from dataclasses import dataclass
from typing import Any

from regdocs.documents.consent_words import duration_words
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.design import Phase
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
_PHASE_WORDS = {"early-1": "early 1"}


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
        unproven: Whether the phase is one in which safety and effect are still to be shown.
        has_phase: Whether the study has a phase at all, or may have one.
        by_chance: Whether a participant is assigned by chance.
        unaware: Who does not know the assignment; empty in an open study.
        has_groups: Whether there is more than one group.
        planned: Whether the number of participants is a plan and not a count.
    """

    phase: Shown
    phase_choice: Name
    unproven: bool
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


def outline_of(protocol: Protocol, reader: Reader) -> Outline:
    """Return the design as far as a participant is told."""
    design = protocol.design
    return Outline(
        phase=reader.show(design.phase, lambda phase: _PHASE_WORDS.get(phase, phase)),
        phase_choice=next((Name(phase) for phase in _PHASES if reader.holds(design.phase, phase)), Name("open")),
        unproven=not any(reader.holds(design.phase, phase) for phase in ("4", "not-applicable")),
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


def law_of(protocol: Protocol, reader: Reader) -> Law:
    """Return which texts the recorded answers call for; an open answer calls for none."""
    regulation = protocol.regulation
    answers: tuple[Known[Any], ...] = (
        regulation.fda_regulated_drug,
        regulation.fda_regulated_device,
        regulation.ind_or_ide,
        regulation.applicable_clinical_trial,
    )
    drug, device, exempted, applicable = (reader.holds(answer, True) for answer in answers)
    return Law(
        fda_inspection=drug or device or exempted,  # under an IND or IDE the FDA regulates the study itself
        applicable_trial=applicable,
    )
