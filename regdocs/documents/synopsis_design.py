"""The overall design as the synopsis tells it: model, control, population, sites, blind, numbers, durations.

Knows which recorded facts answer which field of ICH M11 1.1.2. What the protocol does not record has no row.
"""

from dataclasses import dataclass

from regdocs.documents.consent_words import duration_words
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.countries import country_name
from regdocs.spec.design import Arm as ProtocolArm
from regdocs.spec.design import ArmType
from regdocs.spec.protocol import Protocol
from regdocs.spec.terms import (
    ALLOCATIONS,
    ARM_TYPES,
    INTERVENTION_TYPES,
    MASKED_ROLES,
    MASKINGS,
    MODELS,
    PHASES,
    PURPOSES,
    SEXES,
    STUDY_TYPES,
    TIME_PERSPECTIVES,
    yes_or_no,
)
from regdocs.units import join_words

_CONTROLS: dict[ArmType, str] = {
    "placebo-comparator": "Placebo",
    "active-comparator": "Active comparator",
    "sham-comparator": "Sham",
    "no-intervention": "No intervention",
}
_ENROLMENT = {"estimated": "planned", "actual": "counted"}


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm: its label, its type, how many participants it is planned for."""

    id: Name
    label: Shown
    type: Shown
    participants: Shown | None


@dataclass(frozen=True, slots=True)
class Intervention:
    """An intervention and what it consists of."""

    id: Name
    name: Shown
    type: Shown
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A product of an intervention, and how it is given."""

    id: Name
    name: Shown
    dose: Shown
    route: Shown
    administrations: Shown


@dataclass(frozen=True, slots=True)
class OverallDesign:
    """The fields of M11 1.1.2 that the protocol answers; None or empty where it does not record them.

    Attributes:
        observational: Whether the study only watches: it has groups, and no arms, assignment, control or blind.
        perspective: Of an observational study, when its data arise.
    """

    observational: bool
    type: Shown
    phase: Shown
    purpose: Shown
    model: Shown
    perspective: Shown | None
    description: Shown | None
    control: Shown | None
    conditions: tuple[Shown, ...]
    healthy_volunteers: Shown
    minimum_age: Shown | None
    maximum_age: Shown | None
    sex: Shown
    allocation: Shown
    ratio: Shown | None
    method: Shown | None
    concealment: Shown | None
    strata: tuple[Shown, ...]
    sites: Shown
    countries: Shown
    arm_count: Shown
    arms: tuple[Arm, ...]
    masking: Shown
    masked_roles: tuple[Shown, ...]
    participants: Shown
    participants_type: Shown
    sample_size_reason: Shown | None
    participation: Shown
    follow_up: Shown | None
    committees: tuple[Shown, ...]


def overall_design_of(protocol: Protocol, reader: Reader) -> OverallDesign:
    """Return the overall design."""
    design, population, randomisation = protocol.design, protocol.population, protocol.randomisation
    show, maybe, sample_size = reader.show, reader.maybe, protocol.sample_size
    perspective = design.time_perspective
    return OverallDesign(
        observational=reader.holds(design.type, "observational"),
        type=show(design.type, STUDY_TYPES.__getitem__),
        phase=show(design.phase, PHASES.__getitem__),
        purpose=show(design.purpose, PURPOSES.__getitem__),
        model=show(design.model, MODELS.__getitem__),
        perspective=None if perspective is None else show(perspective, TIME_PERSPECTIVES.__getitem__),
        description=maybe(design.description),
        control=_control(protocol, reader),
        conditions=tuple(show(condition) for condition in population.conditions),
        healthy_volunteers=show(population.healthy_volunteers, yes_or_no),
        minimum_age=None if population.minimum_age is None else show(population.minimum_age, duration_words),
        maximum_age=None if population.maximum_age is None else show(population.maximum_age, duration_words),
        sex=show(population.sex, SEXES.__getitem__),
        allocation=show(design.allocation, ALLOCATIONS.__getitem__),
        ratio=_ratio(protocol, reader),
        method=maybe(randomisation.method if randomisation else None),
        concealment=maybe(randomisation.concealment if randomisation else None),
        strata=tuple(show(stratum.factor) for stratum in (randomisation.strata if randomisation else ())),
        sites=reader.fact(str(len(protocol.sites)), "/sites"),
        countries=_countries(protocol, reader),
        arm_count=show(design.arm_count),
        arms=tuple(_arm(arm, reader) for arm in protocol.arms),
        masking=show(design.masking.level, MASKINGS.__getitem__),
        masked_roles=tuple(reader.fact(MASKED_ROLES[role], "/design/masking/roles") for role in design.masking.roles),
        participants=show(design.enrolment.count),
        participants_type=show(design.enrolment.type, _ENROLMENT.__getitem__),
        sample_size_reason=maybe(sample_size.reason if sample_size else None),
        participation=show(design.participation, duration_words),
        follow_up=None if design.follow_up is None else show(design.follow_up, duration_words),
        committees=tuple(show(body.name) for body in protocol.oversight if body.role == "data-safety-board"),
    )


def interventions_of(protocol: Protocol, reader: Reader) -> tuple[Intervention, ...]:
    """Return the interventions with their products, in the protocol's order."""
    products = {product.id: product for product in protocol.products}

    def parts(names: tuple[str, ...]) -> tuple[Part, ...]:
        known = (products[name] for name in names if name in products)
        return tuple(
            Part(
                id=Name(one.id),
                name=reader.show(one.name),
                dose=reader.show(one.dose),
                route=reader.show(one.route),
                administrations=reader.show(one.administrations),
            )
            for one in known
        )

    return tuple(
        Intervention(
            id=Name(one.id),
            name=reader.show(one.name),
            type=reader.show(one.type, INTERVENTION_TYPES.__getitem__),
            parts=parts(one.products),
        )
        for one in protocol.interventions
    )


def _control(protocol: Protocol, reader: Reader) -> Shown | None:
    """Return the kinds of control, each once; None where no arm is a control."""
    types = [arm.type for arm in protocol.arms if arm.type.value in _CONTROLS]
    if not types:
        return None
    return reader.derive(lambda: "; ".join(dict.fromkeys(_CONTROLS[one.present] for one in types)), *types)


def _ratio(protocol: Protocol, reader: Reader) -> Shown | None:
    """Return the ratio in the order in which it is recorded, "2 : 1"."""
    shares = [one.share for one in (protocol.randomisation.ratio if protocol.randomisation else ())]
    return reader.derive(lambda: " : ".join(str(share.present) for share in shares), *shares) if shares else None


def _countries(protocol: Protocol, reader: Reader) -> Shown:
    names = dict.fromkeys(country_name(site.country) for site in protocol.sites)
    return reader.fact(join_words(list(names)), "/sites")


def _arm(arm: ProtocolArm, reader: Reader) -> Arm:
    return Arm(
        id=Name(arm.id),
        label=reader.show(arm.label),
        type=reader.show(arm.type, ARM_TYPES.__getitem__),
        participants=reader.maybe(arm.participants),
    )
