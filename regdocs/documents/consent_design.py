"""What is under study and who is given what: subject, comparison, groups, chance, order, masking, rising doses.

Knows arms, cells, interventions and randomisation as far as a participant is told of them; the sentences stand in the
template, which chooses them by the conditions computed here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from regdocs.documents.consent_doses import Dose, Rising, doses_of, rising_of
from regdocs.documents.consent_groups import Group, breaks_of, groups_of, offers_of, periods_of
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.design import Arm, Intervention, MaskedRole
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol

Subject = Literal["product", "device", "programme", "test", "step", "nothing"]

_BY_PRODUCT: dict[str, Subject] = {"device": "device", "behavioural": "programme", "diagnostic": "test"}
_BY_INTERVENTION: dict[str, Subject] = {
    "device": "device",
    "behavioral": "programme",
    "diagnostic-test": "test",
    "procedure": "step",
    "radiation": "step",
}
_STAND_INS = ("placebo", "sham-device")
_COMPARING = ("active-comparator", "placebo-comparator", "sham-comparator")
_MASKED: dict[MaskedRole, str] = {
    "participant": "you",
    "care-provider": "the people who care for you",
    "investigator": "the study doctor",
    "outcomes-assessor": "the people who judge the results",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A product, or an intervention that is made of none, in plain words."""

    id: Name
    text: Shown


@dataclass(frozen=True, slots=True)
class Masked:
    """Who does not know the assignment, who may know it, and when it is opened where that is written.

    `in_emergency` tells whether somebody who would have to act in an emergency is among those who do not know.
    """

    unaware: tuple[Shown, ...]
    aware: tuple[Shown, ...]
    unblinding: Shown | None
    in_emergency: bool


@dataclass(frozen=True, slots=True)
class DesignTold:
    """The design as a participant is told.

    Attributes:
        observational: Whether the study only watches: nothing is given because of it.
        subject: What sort of thing is tested, for the words that name it; "nothing" where nothing is.
        tested: What is being tested.
        compared: What it is compared with: placebos, sham devices, what only comparator arms receive.
        placebo: Whether a placebo is among it; `sham` the same of a sham device.
        has_ratio: Whether the chance of each group is told.
        offers: What the groups are given, each set once, for the key information.
        some_given_nothing: Whether there is a group that is given nothing, beside one that is.
        crossover: Whether everybody is given one thing after the other.
        both: Whether it is two things that the groups are given.
        factorial: Whether groups are made by combining what is given.
        periods: The periods in which something is given, where there is more than one.
        breaks: Descriptions of periods without study product between them.
        step_by_step: Whether groups are opened one after the other.
        own_material: Whether something given is made from the participant's own body.
    """

    observational: bool
    subject: Name
    tested: tuple[Given, ...]
    compared: tuple[Given, ...]
    placebo: bool
    sham: bool
    groups: tuple[Group, ...]
    has_groups: bool
    has_ratio: bool
    offers: tuple[tuple[Shown, ...], ...]
    some_given_nothing: bool
    by_chance: bool
    crossover: bool
    both: bool
    factorial: bool
    periods: tuple[Shown, ...]
    breaks: tuple[Shown, ...]
    step_by_step: bool
    rising: Rising | None
    doses: tuple[Dose, ...]
    open_label: bool
    masked: Masked
    own_material: bool


def design_told(protocol: Protocol, reader: Reader) -> DesignTold:
    """Return the design as far as a participant is told."""
    design, observational = protocol.design, reader.holds(protocol.design.type, "observational")
    reader.note("/arms", "/interventions", "/products", "/cells", "/epochs")
    tested, compared = _tested_and_compared(protocol, reader)
    groups = groups_of(protocol, reader)
    return DesignTold(
        observational=observational,
        subject=Name("nothing" if observational else _subject(protocol)),
        tested=tested,
        compared=compared,
        placebo=_any_of_kind(protocol, "placebo"),
        sham=_any_of_kind(protocol, "sham-device"),
        groups=groups,
        has_groups=len(groups) > 1,
        has_ratio=any(group.chance is not None for group in groups),
        offers=offers_of(protocol, reader),
        some_given_nothing=0 < sum(not arm.interventions for arm in protocol.arms) < len(protocol.arms),
        by_chance=reader.holds(design.allocation, "randomized"),
        both=len(tested) + len(compared) == 2,
        crossover=reader.holds(design.model, "crossover"),
        factorial=reader.holds(design.model, "factorial"),
        periods=tuple(reader.show(epoch.name) for epoch in periods_of(protocol)),
        breaks=breaks_of(protocol, reader),
        step_by_step=reader.holds(design.model, "sequential") or protocol.dose_escalation is not None,
        rising=rising_of(protocol, reader),
        doses=doses_of(protocol, reader),
        open_label=reader.holds(design.masking.level, "open-label"),
        masked=_masked(protocol, reader),
        own_material=any(reader.holds(product.origin, "autologous") for product in protocol.products),
    )


# ---------------------------------------------------------------------------------------------- what is under study


def _subject(protocol: Protocol) -> Subject:
    """Return the sort of thing that is tested; a mixture, and what has no sort, is a product."""
    kinds = {product.kind or "other" for product in protocol.products if product.kind not in _STAND_INS}
    if kinds:
        sorts = {_BY_PRODUCT.get(kind, "product") for kind in kinds}
    else:
        sorts = {_BY_INTERVENTION.get(one.type.value or "other", "product") for one in protocol.interventions}
    if not protocol.interventions:
        return "nothing"
    return sorts.pop() if len(sorts) == 1 else "product"


def _tested_and_compared(protocol: Protocol, reader: Reader) -> tuple[tuple[Given, ...], tuple[Given, ...]]:
    """Return what is tested and what it is compared with; where all would be comparison, nothing is told apart."""
    comparing = _received(arm for arm in protocol.arms if arm.type.value in _COMPARING)
    tested_by = _received(arm for arm in protocol.arms if arm.type.value not in _COMPARING)
    only_compared = comparing - tested_by
    by_id, products = _by_id(protocol), [one.id for one in protocol.products]
    for_comparison = {name for one in only_compared if one in by_id for name in (by_id[one].products or (one,))}
    for_test = {name for one in tested_by if one in by_id for name in (by_id[one].products or (one,))}
    apart = {one.id for one in protocol.products if one.kind in _STAND_INS} | (for_comparison - for_test)
    listed: list[tuple[str, Known[str]]] = [(one.id, one.lay_name) for one in protocol.products]
    listed += [(one.id, one.name) for one in protocol.interventions if not set(one.products) & set(products)]
    if all(name in apart for name, _ in listed):
        apart = set()
    shown = [(Given(Name(name), reader.show(known)), name in apart) for name, known in listed]
    return tuple(one for one, aside in shown if not aside), tuple(one for one, aside in shown if aside)


def _received(arms: Iterable[Arm]) -> set[str]:
    return {name for arm in arms for name in arm.interventions}


def _by_id(protocol: Protocol) -> dict[str, Intervention]:
    return {one.id: one for one in protocol.interventions}


def _any_of_kind(protocol: Protocol, kind: str) -> bool:
    return any(product.kind == kind for product in protocol.products)


def _masked(protocol: Protocol, reader: Reader) -> Masked:
    roles, unblinding = protocol.design.masking.roles, protocol.randomisation and protocol.randomisation.unblinding

    def said(masked: bool) -> tuple[Shown, ...]:
        found = [words for role, words in _MASKED.items() if (role in roles) is masked]
        return tuple(reader.fact(words, "/design/masking/roles") for words in found)

    return Masked(
        unaware=said(True) if roles else (),
        aware=said(False) if roles else (),
        unblinding=reader.maybe(unblinding or None),
        in_emergency=any(role in roles for role in ("participant", "care-provider", "investigator")),
    )
