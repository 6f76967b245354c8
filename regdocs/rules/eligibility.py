"""Eligibility: criteria that nobody checks, ages, the shape of nesting, order. What a criterion means is not known."""

from collections.abc import Iterator

from regdocs.rules.rule import Hit
from regdocs.rules.schedule import not_measured
from regdocs.spec.eligibility import Criterion
from regdocs.spec.protocol import Protocol
from regdocs.units import Duration


def unmeasured_criteria(protocol: Protocol) -> Iterator[Hit]:
    """ELG-001: a criterion that no scheduled activity finds out."""
    for criterion in protocol.eligibility:
        hit = not_measured(protocol, f"/eligibility/{criterion.id}", "criterion", criterion.id)
        if hit is not None:
            yield hit


def ages_reversed(protocol: Protocol) -> Iterator[Hit]:
    """ELG-002: a lowest age above the highest age, of the population or of those a criterion applies to."""
    population = protocol.population
    lowest = population.minimum_age.value if population.minimum_age else None
    highest = population.maximum_age.value if population.maximum_age else None
    yield from _reversed("/population", lowest, highest)
    for path, criterion in all_criteria(protocol):
        limits = criterion.applies_to
        if limits is not None:
            yield from _reversed(f"{path}/applies_to", limits.minimum_age, limits.maximum_age)


def _reversed(path: str, lowest: str | None, highest: str | None) -> Iterator[Hit]:
    if lowest is None or highest is None:
        return
    if Duration.parse(lowest).approx_days() > Duration.parse(highest).approx_days():
        message = f'"minimum_age" ({lowest}) is above "maximum_age" ({highest})'
        yield Hit(f"{path}/minimum_age", message, "exchange the two ages, or correct one")


def nesting_out_of_shape(protocol: Protocol) -> Iterator[Hit]:
    """ELG-003: sub-criteria that nobody can count together, or a way to count without sub-criteria."""
    for path, criterion in all_criteria(protocol):
        yield from _nested(path, criterion) if criterion.criteria else _alone(path, criterion)


def _nested(path: str, criterion: Criterion) -> Iterator[Hit]:
    name, count = f'criterion "{criterion.id}"', len(criterion.criteria)
    if criterion.combine is None:
        hint = "add 'combine: all-of', 'any-of', or 'at-least' with 'at_least: 1'"
        yield Hit(path, f"{name} has sub-criteria, but not how they count together", hint)
    if criterion.lead is None:
        hint = "add 'lead: condition' when its own text has to hold as well, 'lead: heading' when it only introduces"
        yield Hit(path, f"{name} has sub-criteria, but not what its own text is", hint)
    if criterion.combine == "at-least" and criterion.at_least is None:
        yield Hit(f"{path}/combine", f'{name} is "at-least", but not of how many', "add 'at_least: 1'")
    if criterion.combine != "at-least" and criterion.at_least is not None:
        message = f'{name} has "at_least", but its "combine" is {criterion.combine or "missing"}'
        yield Hit(f"{path}/at_least", message, "write 'combine: at-least', or take 'at_least' out")
    if criterion.combine == "at-least" and criterion.at_least is not None and not 1 <= criterion.at_least <= count:
        message = f"{name} asks for at least {criterion.at_least} of {count} sub-criteria"
        yield Hit(f"{path}/at_least", message, f"write a number from 1 to {count}")


def _alone(path: str, criterion: Criterion) -> Iterator[Hit]:
    for key in ("lead", "combine", "at_least"):
        if getattr(criterion, key) is not None:
            message = f'criterion "{criterion.id}" has "{key}", but no sub-criteria'
            yield Hit(f"{path}/{key}", message, f"add 'criteria:', or take '{key}' out")


def inclusion_after_exclusion(protocol: Protocol) -> Iterator[Hit]:
    """ELG-004: an inclusion criterion that stands after an exclusion criterion."""
    exclusion = None
    for criterion in protocol.eligibility:
        if criterion.category == "exclusion":
            exclusion = exclusion or criterion.id
        elif exclusion:
            message = f'inclusion criterion "{criterion.id}" stands after exclusion criterion "{exclusion}"'
            yield Hit(f"/eligibility/{criterion.id}/category", message, "list inclusion before exclusion criteria")


def all_criteria(protocol: Protocol) -> Iterator[tuple[str, Criterion]]:
    """Give every criterion of the tree with its path, a criterion before its sub-criteria."""
    yield from _criteria(protocol.eligibility, "/eligibility")


def _criteria(criteria: tuple[Criterion, ...], path: str) -> Iterator[tuple[str, Criterion]]:
    for criterion in criteria:
        here = f"{path}/{criterion.id}"
        yield here, criterion
        yield from _criteria(criterion.criteria, f"{here}/criteria")
