"""The groups of a study as a participant is told: who is given what, in which order, by which chance.

Knows arms, cells, interventions and the randomisation ratio; what is tested and with what it is compared is
`consent_design.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.conduct import AllocationShare
from regdocs.spec.design import Arm, Epoch, Product
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Group:
    """An arm.

    Attributes:
        given: What its participants are given; empty where they are given nothing.
        chance: How likely it is to come into this group, "1 in 2"; None where nobody is assigned by chance.
        periods: What is given in each period of `DesignTold.periods`, in their order.
    """

    id: Name
    label: Shown
    given: tuple[Shown, ...]
    chance: Shown | None
    periods: tuple[tuple[Shown, ...], ...]


def groups_of(protocol: Protocol, reader: Reader) -> tuple[Group, ...]:
    """Return the arms, in the order of the protocol."""
    periods = periods_of(protocol)
    return tuple(_group(arm, periods, protocol, reader) for arm in protocol.arms)


def periods_of(protocol: Protocol) -> tuple[Epoch, ...]:
    """Return the epochs in which something is given, where there is more than one of them."""
    giving = {cell.epoch for cell in protocol.cells if cell.interventions}
    found = tuple(epoch for epoch in protocol.epochs if epoch.id in giving)
    return found if len(found) > 1 else ()


def breaks_of(protocol: Protocol, reader: Reader) -> tuple[Shown, ...]:
    """Return what is said of the periods without study product, in order."""
    washouts = [epoch for epoch in protocol.epochs if epoch.type == "washout"]
    return tuple(reader.show(epoch.description or epoch.name) for epoch in washouts)


def offers_of(protocol: Protocol, reader: Reader) -> tuple[tuple[Shown, ...], ...]:
    """Return what the groups are given, each set once and none for groups that are given nothing."""
    sets = dict.fromkeys(
        tuple(known.path for known in names_given(arm.interventions, protocol)) for arm in protocol.arms
    )
    names = {known.path: known for arm in protocol.arms for known in names_given(arm.interventions, protocol)}
    return tuple(tuple(reader.show(names[path]) for path in one) for one in sets if one)


def names_given(interventions: Iterable[str], protocol: Protocol) -> list[Known[str]]:
    """Return the plain names of what these interventions consist of, each once."""
    products: dict[str, Product] = {one.id: one for one in protocol.products}
    names: dict[str, Known[str]] = {}
    for one in protocol.interventions:
        if one.id in interventions:
            parts = [products[name] for name in one.products if name in products]
            names |= {part.id: part.lay_name for part in parts} or {one.id: one.name}
    return list(names.values())


def _group(arm: Arm, periods: tuple[Epoch, ...], protocol: Protocol, reader: Reader) -> Group:
    return Group(
        id=Name(arm.id),
        label=reader.show(arm.label),
        given=tuple(reader.show(known) for known in names_given(arm.interventions, protocol)),
        chance=_chance(arm, protocol, reader),
        periods=tuple(_in_period(arm, epoch, protocol, reader) for epoch in periods),
    )


def _in_period(arm: Arm, epoch: Epoch, protocol: Protocol, reader: Reader) -> tuple[Shown, ...]:
    cells = [cell for cell in protocol.cells if cell.arm == arm.id and cell.epoch == epoch.id]
    return tuple(reader.show(known) for cell in cells for known in names_given(cell.interventions, protocol))


def _chance(arm: Arm, protocol: Protocol, reader: Reader) -> Shown | None:
    """Return the arm's part of the randomisation ratio, "2 in 3"; None where the ratio does not name it."""
    if protocol.randomisation is None:
        return None
    ratio = protocol.randomisation.ratio
    own = next((share for share in ratio if share.arm == arm.id), None)
    if own is None:
        return None
    shares = (share.share for share in ratio)
    return reader.derive(lambda: _in_words(own, ratio), *shares, also=("/randomisation/ratio",))


def _in_words(own: AllocationShare, ratio: tuple[AllocationShare, ...]) -> str:
    total = sum(share.share.present for share in ratio)
    part = Fraction(own.share.present, total) if total else Fraction(0)
    return f"{part.numerator} in {part.denominator}"
