"""The words of criteria: ages and sexes at odds with the population, two conditions in one, the same thing twice.

Reads words by their form only; what a criterion means is for people.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from regdocs.rules.eligibility import all_criteria
from regdocs.rules.rule import Hit
from regdocs.spec.eligibility import Criterion, Population
from regdocs.spec.protocol import Protocol
from regdocs.units import Duration

_AND_OR = re.compile(r"\b(?:and\s*/\s*or|or\s*/\s*and)\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?:ages?|aged|years old|of age)\b", re.IGNORECASE)
_RANGE = re.compile(r"(?<!\d)(\d{1,3})\s*(?:years?)?\s*(?:-|–|to|and|through)\s*(\d{1,3})\s*years?", re.IGNORECASE)
_BOTH_SEXES = re.compile(
    r"\b(?:fe)?males?\s+(?:and|or)\s+(?:fe)?males?\b|\b(?:wo)?m[ae]n\s+(?:and|or)\s+(?:wo)?m[ae]n\b", re.IGNORECASE
)
_UNITS = {"year": "Y", "years": "Y", "month": "M", "months": "M", "week": "W", "weeks": "W", "day": "D", "days": "D"}
_LIMITS = {">=": "minimum_age", "<=": "maximum_age"}


def criteria_at_odds_with_the_population(protocol: Protocol) -> Iterator[Hit]:
    """ELG-005: an age or a sex of a criterion that is not that of the population."""
    for one in protocol.eligibility:
        if one.category == "inclusion" and one.applies_to is None:
            yield from _other_ages(one, protocol.population)
    for path, criterion in all_criteria(protocol):
        yield from _other_sex(path, criterion, protocol.population.sex.value)


def _other_ages(criterion: Criterion, population: Population) -> Iterator[Hit]:
    path, limits = f"/eligibility/{criterion.id}", ages_asked(criterion)
    for key, found, words in limits:
        known = getattr(population, key)
        stated = known.value if known is not None else None
        open_value = known is not None and stated is None
        if not open_value and not _same_age(stated, found):
            told = f"is {stated}" if stated else "is not given"
            message = f'criterion "{criterion.id}" says {words}, but "{key}" of the population {told}'
            yield Hit(path, message, "registry and documents print both; correct one of them")


def ages_asked(criterion: Criterion) -> list[tuple[str, Decimal, str]]:
    """Return the ages an inclusion criterion asks for, with the population's key each belongs to.

    Thresholds are read where there are some, else the words; ages after last birthday are whole years in both.
    """
    measured = [one for one in criterion.thresholds if _AGE.search(one.measure) and one.comparator in _LIMITS]
    if measured:
        known = [one for one in measured if (one.unit or "").casefold() in _UNITS and one.value in range(1000)]
        return [(_LIMITS[one.comparator], _days(one.value, one.unit), f"{one.value} {one.unit}") for one in known]
    text = criterion.text.value or ""
    found = _RANGE.search(text) if _AGE.search(text) and not criterion.criteria else None
    if found is None:
        return []
    keys = zip(_LIMITS.values(), found.groups(), strict=True)
    return [(key, _days(Decimal(age), "years"), f"{age} years") for key, age in keys]


def _days(count: Decimal, unit: str | None) -> Decimal:
    return Duration.parse(f"P{int(count)}{_UNITS[(unit or '').casefold()]}").approx_days()


def _same_age(stated: str | None, found: Decimal) -> bool:
    return stated is not None and Duration.parse(stated).approx_days() == found


def _other_sex(path: str, criterion: Criterion, sex: str | None) -> Iterator[Hit]:
    if sex not in ("female", "male"):
        return
    hint = "correct 'sex' of the population, or the criterion"
    limited = criterion.applies_to.sex if criterion.applies_to is not None else None
    if limited is not None and limited != sex:
        message = f'criterion "{criterion.id}" applies to {limited} participants only, but "sex" of the population is'
        yield Hit(f"{path}/applies_to/sex", f"{message} {sex}", hint)
    found = _BOTH_SEXES.search(criterion.text.value or "")
    if found is not None:
        message = f'criterion "{criterion.id}" speaks of "{found.group()}", but "sex" of the population is {sex}'
        yield Hit(path, message, hint)


def compound_criteria(protocol: Protocol) -> Iterator[Hit]:
    """ELG-006: a criterion without sub-criteria that joins conditions by "and/or"."""
    for path, criterion in all_criteria(protocol):
        found = _AND_OR.search(criterion.text.value or "")
        if found is not None and not criterion.criteria:
            message = f'criterion "{criterion.id}" joins conditions by "{found.group()}"'
            yield Hit(f"{path}/text", message, "in a later version, write sub-criteria and how they count together")


def repeated_criteria(protocol: Protocol) -> Iterator[Hit]:
    """ELG-007: two criteria of the same words, capitals and punctuation apart.

    One that includes and one that excludes contradict each other, which ELG-008 tells.
    """
    category = {one.id: one.category for one in protocol.eligibility}
    first: dict[tuple[str, str | None, str], str] = {}
    for path, criterion in all_criteria(protocol):
        words = words_of(criterion)
        # Under two headings the same short words may mean two things ("for men"), so only sisters are compared.
        earlier = first.setdefault((_group(path), category.get(criterion.id), words), criterion.id)
        if words and earlier != criterion.id:
            message = f'criterion "{criterion.id}" says the same as "{earlier}"'
            yield Hit(f"{path}/text", message, "remove one of them, or say in what they differ")


def words_of(criterion: Criterion) -> str:
    """Return the words of a criterion, capitals and punctuation apart, to be compared with others'."""
    return " ".join(re.findall(r"[\w<>=≤≥%.,]+", (criterion.text.value or "").casefold())).rstrip(".,")


def _group(path: str) -> str:
    return path.rpartition("/")[0]
