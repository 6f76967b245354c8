"""Entries of the registry's modules on the design: study design, arms, interventions and which arm receives which."""

from dataclasses import dataclass

from regdocs.documents.registry_entries import Entries, Entry
from regdocs.documents.shown import Name
from regdocs.spec.design import Arm as ProtocolArm
from regdocs.spec.design import Intervention as ProtocolIntervention
from regdocs.spec.design import Masking
from regdocs.spec.protocol import Protocol
from regdocs.spec.terms import (
    ALLOCATIONS,
    ARM_TYPES,
    DATE_TYPES,
    INTERVENTION_TYPES,
    MASKED_ROLES,
    MASKINGS,
    MODELS,
    PHASES,
    PURPOSES,
    STUDY_TYPES,
)


@dataclass(frozen=True, slots=True)
class Design:
    """Module "Study Design"."""

    type: Entry
    purpose: Entry
    phase: Entry
    model: Entry
    description: Entry | None
    arm_count: Entry
    masking: Entry
    masking_description: Entry | None
    allocation: Entry
    enrolment: Entry


@dataclass(frozen=True, slots=True)
class ArmGroup:
    """An arm in the registry's words."""

    id: Name
    title: Entry
    type: Entry
    description: Entry


@dataclass(frozen=True, slots=True)
class Intervention:
    """An intervention in the registry's words."""

    id: Name
    type: Entry
    name: Entry
    other_names: tuple[Entry, ...]
    description: Entry


@dataclass(frozen=True, slots=True)
class CrossReference:
    """One arm receives one intervention."""

    id: Name
    arm: Entry
    intervention: Entry


@dataclass(frozen=True, slots=True)
class Arms:
    """Module "Arms, Groups, and Interventions"."""

    groups: tuple[ArmGroup, ...]
    interventions: tuple[Intervention, ...]
    cross_references: tuple[CrossReference, ...]


def design_of(protocol: Protocol, entries: Entries) -> Design:
    """Return the design in the registry's spellings."""
    design = protocol.design
    count, counted = design.enrolment.count, design.enrolment.type
    return Design(
        type=entries.entry(design.type, lambda kind: STUDY_TYPES[kind]),
        purpose=entries.entry(design.purpose, lambda purpose: PURPOSES[purpose]),
        phase=entries.entry(design.phase, lambda phase: PHASES[phase]),
        model=entries.entry(design.model, lambda model: MODELS[model]),
        description=entries.maybe(design.description, limit="design-description"),
        arm_count=entries.entry(design.arm_count),
        masking=_masking(design.masking, entries),
        masking_description=entries.maybe(design.masking.description, limit="masking-description"),
        allocation=entries.entry(design.allocation, lambda allocation: ALLOCATIONS[allocation]),
        enrolment=entries.computed(lambda: f"{count.present} [{DATE_TYPES[counted.present]}]", count, counted),
    )


def _masking(masking: Masking, entries: Entries) -> Entry:
    """Return the masking with the masked roles: "Double (Participant, Investigator)"."""
    roles = ", ".join(MASKED_ROLES[role] for role in masking.roles)

    def words() -> str:
        level = MASKINGS[masking.level.present]
        return f"{level} ({roles})" if roles else level

    return entries.computed(words, masking.level, also=("/design/masking/roles",) if roles else ())


def arms_of(protocol: Protocol, entries: Entries) -> Arms:
    """Return arms, interventions and their cross-references, in the order of the protocol."""
    return Arms(
        groups=tuple(_group(arm, entries) for arm in protocol.arms),
        interventions=tuple(_intervention(item, entries) for item in protocol.interventions),
        cross_references=tuple(
            _cross_reference(arm, item, entries)
            for arm in protocol.arms
            for item in protocol.interventions
            if item.id in arm.interventions
        ),
    )


def _group(arm: ProtocolArm, entries: Entries) -> ArmGroup:
    return ArmGroup(
        id=Name(arm.id),
        title=entries.entry(arm.label, limit="arm-title"),
        type=entries.entry(arm.type, lambda kind: ARM_TYPES[kind]),
        description=entries.required(
            arm.description, "description of the arm", f"/arms/{arm.id}/description", limit="arm-description"
        ),
    )


def _intervention(item: ProtocolIntervention, entries: Entries) -> Intervention:
    path = f"/interventions/{item.id}"
    return Intervention(
        id=Name(item.id),
        type=entries.entry(item.type, lambda kind: INTERVENTION_TYPES[kind]),
        name=entries.entry(item.name, limit="intervention-name"),
        other_names=tuple(entries.fact(name, f"{path}/other_names") for name in item.other_names),
        description=entries.required(
            item.description, "description of the intervention", f"{path}/description", limit="intervention-description"
        ),
    )


def _cross_reference(arm: ProtocolArm, item: ProtocolIntervention, entries: Entries) -> CrossReference:
    return CrossReference(
        id=Name(f"{arm.id}.{item.id}"),
        arm=entries.entry(arm.label),
        intervention=entries.computed(
            lambda: f"{INTERVENTION_TYPES[item.type.present]}: {item.name.present}",
            item.type,
            item.name,
            also=(f"/arms/{arm.id}/interventions",),
        ),
    )
