"""Doses: whether a number has its unit, and whether who is given a product receives it at all."""

import re
from collections.abc import Iterator

from regdocs.rules.rule import Hit
from regdocs.spec.design import Arm
from regdocs.spec.protocol import Protocol

_NUMBER = re.compile(r"\d+(?:[.,\s]\d+)*")
# Words that may follow a number and are no unit of an amount.
_NO_UNIT = re.compile(
    r"[\s,;:.)–-]*(?:$|(?:once|twice|times?|per|every|each|daily|weekly|monthly|in|on|at|by|and|a|an)\b)",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\b(?:day|days|week|weeks|month|months|visit|cycle|hour|hours|phase|cohort)\s*$", re.IGNORECASE)


def doses_without_unit(protocol: Protocol) -> Iterator[Hit]:
    """DOS-001: a dose whose first number has no unit after it. A dose without a number is words, and stays."""
    for product in protocol.products:
        text = product.dose.value or ""
        number = next((one for one in _NUMBER.finditer(text) if not _WHEN.search(text[: one.start()])), None)
        if number is not None and _NO_UNIT.match(text[_end_of_range(text, number.end()) :]):
            message = f'the dose of "{product.id}" is "{text}", which has no unit after {number.group()}'
            yield Hit(f"/products/{product.id}/dose", message, 'write the unit beside the number, such as "5 mg"')


def _end_of_range(text: str, end: int) -> int:
    """Return where the number ends when it is a range or a power: "1 to 2", "1–2", "2 × 10^6"."""
    more = re.compile(r"\s*(?:to|or|-|–|×|x|\*|/|\^)\s*\d+(?:[.,]\d+)*").match(text, end)
    return _end_of_range(text, more.end()) if more else end


def doses_nobody_receives(protocol: Protocol) -> Iterator[Hit]:
    """DOS-002: a dose for an arm none of whose interventions is made of the product."""
    arms, defined = {arm.id: arm for arm in protocol.arms}, {product.id for product in protocol.products}
    for step in protocol.doses:
        for number, name in enumerate(step.arms):
            arm = arms.get(name)
            if arm is not None and step.product in defined and step.product not in _received(protocol, arm):
                message = f'dose "{step.id}" gives "{step.product}" in arm "{name}", which does not receive it'
                hint = "take the arm out of the dose, or add an intervention with this product to the arm"
                yield Hit(f"/doses/{step.id}/arms/{number}", message, hint)


def _received(protocol: Protocol, arm: Arm) -> set[str]:
    mine = [one for one in protocol.interventions if one.id in arm.interventions]
    return {product for intervention in mine for product in intervention.products}
