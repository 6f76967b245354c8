"""Doses as a participant is told: how much of what in which group, and how groups follow with rising doses.

Knows the plan of doses; who is in which group is `consent_groups.py`.
"""

from dataclasses import dataclass

from regdocs.documents.consent_words import duration_words
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.conduct import DoseStep
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Rising:
    """How groups follow one another with rising doses: the order, the rule and who decides."""

    cohorts: tuple[Shown, ...]
    rule: Shown
    decided_by: Shown


@dataclass(frozen=True, slots=True)
class Dose:
    """One line of the plan of doses."""

    id: Name
    product: Shown
    groups: tuple[Shown, ...]
    dose: Shown
    frequency: Shown
    duration: Shown | None


def rising_of(protocol: Protocol, reader: Reader) -> Rising | None:
    """Return how groups follow one another, None where nothing is planned of it."""
    plan = protocol.dose_escalation
    if plan is None:
        return None
    labels = {arm.id: arm.label for arm in protocol.arms}
    cohorts = tuple(reader.show(labels[arm]) for arm in plan.cohorts if arm in labels)
    reader.note("/dose_escalation/cohorts")
    return Rising(cohorts, reader.show(plan.rule), reader.show(plan.decided_by))


def doses_of(protocol: Protocol, reader: Reader) -> tuple[Dose, ...]:
    """Return the plan of doses, in the order of the protocol."""
    return tuple(_dose(step, protocol, reader) for step in protocol.doses)


def _dose(step: DoseStep, protocol: Protocol, reader: Reader) -> Dose:
    products = {one.id: one.lay_name for one in protocol.products}
    labels = {arm.id: arm.label for arm in protocol.arms}
    path = f"/doses/{step.id}"
    name = products.get(step.product)
    return Dose(
        id=Name(step.id),
        product=reader.fact(step.product, f"{path}/product") if name is None else reader.show(name),
        groups=tuple(reader.show(labels[arm]) for arm in step.arms if arm in labels),
        dose=reader.derive(lambda: f"{step.dose.present:f} {step.unit.present}", step.dose, step.unit),
        frequency=reader.show(step.frequency),
        duration=reader.maybe(step.duration, duration_words),
    )
