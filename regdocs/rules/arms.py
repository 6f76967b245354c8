"""Arms, interventions, products and study cells: whether everybody receives something and everything is received."""

from collections.abc import Iterator

from regdocs.rules.elements import ids
from regdocs.rules.rule import Hit
from regdocs.spec.design import Arm
from regdocs.spec.protocol import Protocol

_NOTHING = "no-intervention"


def arms_without_intervention(protocol: Protocol) -> Iterator[Hit]:
    """ARM-001: an arm of another type than no-intervention that receives nothing."""
    for arm in protocol.arms:
        if not arm.interventions and arm.type.value not in (None, _NOTHING):
            message = f'arm "{arm.id}" is of type {arm.type.value}, but names no intervention'
            yield Hit(f"/arms/{arm.id}", message, f"add 'interventions:' to the arm, or give it the type {_NOTHING}")


def interventions_nobody_receives(protocol: Protocol) -> Iterator[Hit]:
    """ARM-002: an intervention that no arm names."""
    received = {name for arm in protocol.arms for name in arm.interventions}
    for intervention in protocol.interventions:
        if intervention.id not in received:
            message = f'no arm receives the intervention "{intervention.id}"'
            yield Hit(f"/interventions/{intervention.id}", message, "add it to 'interventions' of an arm, or remove it")


def products_nobody_uses(protocol: Protocol) -> Iterator[Hit]:
    """ARM-003: a product that no intervention is made of."""
    used = {name for intervention in protocol.interventions for name in intervention.products}
    for product in protocol.products:
        if product.id not in used:
            message = f'no intervention uses the product "{product.id}"'
            yield Hit(f"/products/{product.id}", message, "add it to 'products' of an intervention, or remove it")


def arms_with_an_intervention_too_many(protocol: Protocol) -> Iterator[Hit]:
    """ARM-004: an arm of type no-intervention that names interventions."""
    for arm in protocol.arms:
        if arm.interventions and arm.type.value == _NOTHING:
            message = f'arm "{arm.id}" is of type {_NOTHING}, but names "{arm.interventions[0]}"'
            yield Hit(
                f"/arms/{arm.id}/interventions", message, "change the type of the arm, or take 'interventions' out"
            )


def missing_cells(protocol: Protocol) -> Iterator[Hit]:
    """CELL-001: an arm and an epoch without a cell that says what is received then."""
    described = {(cell.arm, cell.epoch) for cell in protocol.cells}
    for arm in protocol.arms:
        for epoch in protocol.epochs:
            if (arm.id, epoch.id) not in described:
                message = f'no cell says what arm "{arm.id}" receives in epoch "{epoch.id}"'
                yield Hit("/cells", message, "add a cell with this arm and epoch; without 'interventions' for nothing")


def cells_with_foreign_interventions(protocol: Protocol) -> Iterator[Hit]:
    """CELL-002: a cell that gives what its arm does not receive."""
    arms = _arms(protocol)
    for number, cell in enumerate(protocol.cells):
        arm = arms.get(cell.arm)
        for place, name in enumerate(cell.interventions if arm else ()):
            if arm and name not in arm.interventions:
                message = f'cell "{cell.id}" gives "{name}", which arm "{arm.id}" does not receive'
                hint = f"add \"{name}\" to 'interventions' of the arm, or take it out of the cell"
                yield Hit(f"/cells/{number}/interventions/{place}", message, hint)


def interventions_given_in_no_cell(protocol: Protocol) -> Iterator[Hit]:
    """CELL-003: an arm's intervention that none of its cells gives. An arm without cells is CELL-001's."""
    defined = ids(protocol.interventions)
    for arm in protocol.arms:
        cells = [cell for cell in protocol.cells if cell.arm == arm.id]
        given = {name for cell in cells for name in cell.interventions}
        for place, name in enumerate(arm.interventions):
            if cells and name in defined and name not in given:
                message = f'arm "{arm.id}" receives "{name}", but none of its cells says in which epoch'
                yield Hit(f"/arms/{arm.id}/interventions/{place}", message, f'add "{name}" to a cell of this arm')


def repeated_cells(protocol: Protocol) -> Iterator[Hit]:
    """CELL-004: two cells for one arm and one epoch."""
    first: dict[tuple[str, str], str] = {}
    for number, cell in enumerate(protocol.cells):
        earlier = first.setdefault((cell.arm, cell.epoch), cell.id)
        if earlier != cell.id:
            message = f'cells "{earlier}" and "{cell.id}" are both for arm "{cell.arm}" in epoch "{cell.epoch}"'
            yield Hit(f"/cells/{number}", message, "put what is received into one of them")


def _arms(protocol: Protocol) -> dict[str, Arm]:
    return {arm.id: arm for arm in protocol.arms}
