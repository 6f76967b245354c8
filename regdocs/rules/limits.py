"""Machine-readable limits of criteria: whether any participant can meet all of them.

Compares limits of one measure in one unit only, and only where nothing else decides whether the criterion counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from regdocs.rules.criteria import words_of
from regdocs.rules.rule import Hit
from regdocs.spec.eligibility import Criterion, Threshold
from regdocs.spec.protocol import Protocol

_UP, _DOWN = (">", ">="), ("<", "<=")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that every participant has to meet (inclusion), or that keeps out everybody who meets it."""

    path: str
    criterion: str
    threshold: Threshold
    excludes: bool

    @property
    def words(self) -> str:
        """The limit as it is written, with its criterion."""
        unit = f" {self.threshold.unit}" if self.threshold.unit else ""
        return f'"{self.criterion}" ({self.threshold.comparator} {self.threshold.value}{unit})'

    @property
    def about(self) -> tuple[str, str]:
        """Measure and unit, spaces and capitals apart."""
        unit = self.threshold.unit or ""
        return "".join(self.threshold.measure.casefold().split()), "".join(unit.casefold().split())


def contradicting_criteria(protocol: Protocol) -> Iterator[Hit]:
    """ELG-008: what one criterion includes and another excludes, in words or by limits; limits that nobody meets."""
    yield from _said_both_ways(protocol)
    for _, other, message in _pairs_at_odds(protocol):
        yield Hit(f"{other.path}/thresholds/{other.threshold.id}", message, "correct one of the limits")


def criteria_told(protocol: Protocol) -> frozenset[frozenset[str]]:
    """Return the pairs of criteria of which ELG-008 tells that their limits contradict each other."""
    return frozenset(frozenset((one.criterion, other.criterion)) for one, other, _ in _pairs_at_odds(protocol))


def _pairs_at_odds(protocol: Protocol) -> Iterator[tuple[Limit, Limit, str]]:
    for one, other in combinations(_limits(protocol), 2):
        if one.about != other.about or (one.excludes and other.excludes):
            continue
        message = _at_odds(one, other) if one.excludes == other.excludes else _excluded(*_ordered(one, other))
        if message is not None:
            yield one, other, message


def _said_both_ways(protocol: Protocol) -> Iterator[Hit]:
    """Give each exclusion criterion that says just what an inclusion criterion says, of the same people."""
    included = {words_of(one): one for one in protocol.eligibility if one.category == "inclusion" and words_of(one)}
    for one in protocol.eligibility:
        other = included.get(words_of(one)) if one.category == "exclusion" and not one.criteria else None
        if other is not None and (None in (one.applies_to, other.applies_to) or one.applies_to == other.applies_to):
            message = f'criterion "{one.id}" excludes just what "{other.id}" includes, in the same words'
            yield Hit(
                f"/eligibility/{one.id}/text", message, "remove one of them, or correct its category or its words"
            )


def _at_odds(one: Limit, other: Limit) -> str | None:
    low, high = (one, other) if one.threshold.comparator in _UP else (other, one)
    if low.threshold.comparator not in _UP or high.threshold.comparator not in _DOWN:
        return None
    shared = low.threshold.comparator == ">=" and high.threshold.comparator == "<="
    empty = low.threshold.value > high.threshold.value or (low.threshold.value == high.threshold.value and not shared)
    return f"nobody can meet both {one.words} and {other.words}" if empty else None


def _excluded(included: Limit, excluded: Limit) -> str | None:
    """Return what is wrong with an inclusion and an exclusion limit; None when they only share a boundary."""
    wanted, barred = included.threshold, excluded.threshold
    if "=" in (wanted.comparator, barred.comparator):
        return None
    if (wanted.comparator in _UP) == (barred.comparator in _UP):
        beyond = barred.value <= wanted.value if wanted.comparator in _UP else barred.value >= wanted.value
        everybody = beyond and not (barred.value == wanted.value and wanted.comparator != barred.comparator)
        return f"everybody whom {included.words} includes is excluded by {excluded.words}" if everybody else None
    inside = barred.value > wanted.value if wanted.comparator in _UP else barred.value < wanted.value
    shared = barred.value == wanted.value and "=" in wanted.comparator and "=" in barred.comparator
    return f"{included.words} includes values that {excluded.words} excludes" if inside or shared else None


def _ordered(one: Limit, other: Limit) -> tuple[Limit, Limit]:
    return (other, one) if one.excludes else (one, other)


def _limits(protocol: Protocol) -> list[Limit]:
    return [
        limit
        for criterion in protocol.eligibility
        for limit in _of(criterion, f"/eligibility/{criterion.id}", criterion.category == "exclusion")
    ]


def _of(criterion: Criterion, path: str, excludes: bool) -> Iterator[Limit]:
    """Give the limits that count alone: of inclusion all hold together, of exclusion each keeps a person out.

    Of several limits in one exclusion criterion nobody but a reader knows how they go together.
    """
    if criterion.applies_to is not None:
        return
    if not excludes or (len(criterion.thresholds) == 1 and criterion.lead != "condition"):
        for threshold in criterion.thresholds:
            if threshold.applies_to is None:
                yield Limit(path, criterion.id, threshold, excludes)
    alone = criterion.combine == "any-of" and criterion.lead == "heading" if excludes else criterion.combine == "all-of"
    for sub in criterion.criteria if alone else ():
        yield from _of(sub, f"{path}/criteria/{sub.id}", excludes)
