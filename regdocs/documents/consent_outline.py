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
_PHASE_WORDS = {"early-1": "early 1"}


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
        planned: Whether the number of participants is a plan and not a count.
    """

    phase: Shown
    phase_choice: Name
    unproven: bool
    has_phase: bool
    participants: Shown
    planned: bool
    sites: Shown
    participation: Shown
    follow_up: Shown | None
    approvals: tuple[Approval, ...]
    several_approvals: bool
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
    design, approvals = protocol.design, _approvals(protocol, reader)
    return Outline(
        phase=reader.show(design.phase, lambda phase: _PHASE_WORDS.get(phase, phase)),
        phase_choice=next((Name(phase) for phase in _PHASES if reader.holds(design.phase, phase)), Name("open")),
        unproven=not any(reader.holds(design.phase, phase) for phase in ("4", "not-applicable")),
        has_phase=not reader.holds(design.phase, "not-applicable"),
        participants=reader.show(design.enrolment.count),
        planned=not reader.holds(design.enrolment.type, "actual"),
        sites=reader.fact(str(len(protocol.sites)), "/sites"),
        participation=reader.show(design.participation, duration_words),
        follow_up=reader.maybe(design.follow_up, duration_words),
        approvals=approvals,
        several_approvals=len(approvals) > 1,
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


def _approvals(protocol: Protocol, reader: Reader) -> tuple[Approval, ...]:
    """Return the status of what is tested; of placebos and sham devices nobody asks it."""
    stand_ins = {product.id for product in protocol.products if product.kind in ("placebo", "sham-device")}
    return tuple(
        Approval(Name(one.id), reader.show(one.name), reader.show(one.approved_for_this_use))
        for one in protocol.interventions
        if not one.products or not stand_ins.issuperset(one.products)
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
