"""The plan of doses and the rules for stopping, as the synopsis tells them: in the words of the protocol.

Knows the recorded steps and rules; what a participant is told of them is `consent_doses.py` and `consent_conduct.py`.
"""

from dataclasses import dataclass

from regdocs.documents.consent_words import duration_words
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.conduct import DoseStep
from regdocs.spec.protocol import Protocol

_STOPPED = {
    "participant": "One participant",
    "arm": "An arm",
    "study": "The study",
    "escalation": "The rise of the dose",
}


@dataclass(frozen=True, slots=True)
class Dose:
    """One step of the plan of doses; `begins` is the visit at which it begins, None where that is not recorded.

    `after` is how long after that visit, None for at once.
    """

    id: Name
    product: Shown
    arms: tuple[Shown, ...]
    dose: Shown
    frequency: Shown
    duration: Shown | None
    begins: Shown | None
    after: Shown | None


@dataclass(frozen=True, slots=True)
class Stopping:
    """A rule for stopping, and what is stopped."""

    id: Name
    of: Shown
    text: Shown


def dose_plan(protocol: Protocol, reader: Reader) -> tuple[Dose, ...]:
    """Return the steps of the plan of doses, in the order of the protocol."""
    reader.note("/doses")
    return tuple(_dose(step, protocol, reader) for step in protocol.doses)


def stopping_rules(protocol: Protocol, reader: Reader) -> tuple[Stopping, ...]:
    """Return the rules for stopping, in the order of the protocol."""
    reader.note("/stopping_rules")
    return tuple(
        Stopping(Name(rule.id), reader.fact(_STOPPED[rule.of], f"/stopping_rules/{rule.id}/of"), reader.show(rule.text))
        for rule in protocol.stopping_rules
    )


def _dose(step: DoseStep, protocol: Protocol, reader: Reader) -> Dose:
    names = {product.id: product.name for product in protocol.products}
    labels = {arm.id: arm.label for arm in protocol.arms}
    visits = {encounter.id: encounter.label for encounter in protocol.encounters}
    reader.note(f"/doses/{step.id}/from_encounter")
    return Dose(
        id=Name(step.id),
        product=reader.show(names[step.product]),
        arms=tuple(reader.show(labels[arm]) for arm in step.arms),
        dose=reader.derive(lambda: f"{step.dose.present:f} {step.unit.present}", step.dose, step.unit),
        frequency=reader.show(step.frequency),
        duration=reader.maybe(step.duration, duration_words),
        begins=None if step.from_encounter is None else reader.show(visits[step.from_encounter]),
        after=reader.maybe(step.begins_after, duration_words),
    )
