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
    NONE_RETAINED,
    PHASES,
    PURPOSES,
    STUDY_TYPES,
    TIME_PERSPECTIVES,
    WITH_DNA,
    WITHOUT_DNA,
    yes_or_no,
)


@dataclass(frozen=True, slots=True)
class Observation:
    """What the registry asks only of an observational study."""

    time_perspective: Entry
    patient_registry: Entry
    specimens: Entry
    specimen_description: Entry | None


@dataclass(frozen=True, slots=True)
class Design:
    """Module "Study Design". `observation` is None for an interventional study, whose questions it then answers."""

    type: Entry
    observation: Observation | None
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
        observation=_observation(protocol, entries),
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


def _observation(protocol: Protocol, entries: Entries) -> Observation | None:
    if not entries.reader.holds(protocol.design.type, "observational"):
        return None
    return Observation(
        time_perspective=entries.required(
            protocol.design.time_perspective,
            "time perspective of the study",
            "/design/time_perspective",
            lambda perspective: TIME_PERSPECTIVES[perspective],
        ),
        patient_registry=entries.required(
            protocol.registry.patient_registry,
            "whether the study is a patient registry",
            "/registry/patient_registry",
            yes_or_no,
        ),
        specimens=_specimens(protocol, entries),
        specimen_description=_specimen_description(protocol, entries),
    )


def _specimens(protocol: Protocol, entries: Entries) -> Entry:
    """Return whether material is kept, and whether genes can be read from any of it."""
    kept = [sample.includes_dna for sample in protocol.biosamples]

    def words() -> str:
        return WITH_DNA if any(dna.present for dna in kept) else WITHOUT_DNA if kept else NONE_RETAINED

    return entries.computed(words, *kept, also=("/biosamples",))


def _specimen_description(protocol: Protocol, entries: Entries) -> Entry | None:
    materials = [sample.material for sample in protocol.biosamples]
    if not materials:
        return None
    return entries.computed(
        lambda: "; ".join(material.present for material in materials), *materials, limit="biospecimen-description"
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
