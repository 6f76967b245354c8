"""What the criteria say of limits, each with its criterion: whom it lets in or keeps out, and whether it counts alone.

A limit that a machine reads (`thresholds`) counts where the words do not give it; the words are what is printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from regdocs.quantities.analytes import named
from regdocs.quantities.limits_in_text import TextLimit
from regdocs.quantities.statements import Statement, statements_in
from regdocs.quantities.written_units import ucum_of
from regdocs.rules.rule import Hit
from regdocs.spec.eligibility import Criterion, Threshold
from regdocs.spec.protocol import Protocol

ASK = "ask whoever wrote the protocol; the words stay as they are"
_SEXES = {"male": "men", "female": "women"}


@dataclass(frozen=True, slots=True)
class Said:
    """A limit of a criterion.

    Attributes:
        path: Where a finding about it goes.
        excludes: Whether the criterion keeps people out.
        alone: Whether the criterion it stands in counts by itself, and not only together with, or instead of, others.
    """

    path: str
    criterion: Criterion
    excludes: bool
    alone: bool
    statement: Statement

    @property
    def text(self) -> str:
        """The words of the criterion."""
        return self.criterion.text.value or ""

    @property
    def whom(self) -> str | None:
        """For whom the limit holds: as it says, else as its criterion does; None for all."""
        return self.statement.whom or _applies_to(self.criterion)

    def hit(self, message: str, hint: str = ASK) -> Hit:
        """Return a finding at its place."""
        return Hit(self.path, message, hint)


@dataclass(frozen=True, slots=True)
class _Placed:
    path: str
    criterion: Criterion
    excludes: bool
    alone: bool


def said_limits(protocol: Protocol) -> Iterator[Said]:
    """Give every limit of the criteria, in their order."""
    for one in _criteria(protocol):
        words = statements_in(one.criterion.text.value or "")
        for statement in words:
            yield Said(f"{one.path}/text", one.criterion, one.excludes, one.alone, statement)
        told = {statement.limit.value for statement in words}
        for threshold in one.criterion.thresholds:
            if threshold.value not in told and threshold.comparator != "=":
                path = f"{one.path}/thresholds/{threshold.id}"
                yield Said(path, one.criterion, one.excludes, one.alone, _of_threshold(threshold))


def _of_threshold(threshold: Threshold) -> Statement:
    unit, name = threshold.unit, threshold.measure
    ucum = ucum_of(unit) if unit is not None else None
    value = Decimal(threshold.value)
    limit = TextLimit(name, named(name), threshold.comparator, value, unit, ucum, bare=unit is None)
    read = statements_in(f"{name} {threshold.comparator} {value} {unit or ''} {_for(threshold)}")
    if len(read) == 1 and read[0].limit.value == value:
        return read[0]
    # What cannot be read as it stands is compared with nothing.
    return Statement(0, 0, limit, plain=False)


def _for(threshold: Threshold) -> str:
    return f"for {threshold.applies_to}" if threshold.applies_to else ""


def _criteria(protocol: Protocol) -> Iterator[_Placed]:
    for one in protocol.eligibility:
        yield from _below(_Placed(f"/eligibility/{one.id}", one, one.category == "exclusion", alone=True))


def _below(one: _Placed) -> Iterator[_Placed]:
    """Give a criterion and its sub-criteria; of inclusion all have to count, of exclusion any one by itself."""
    criterion = one.criterion
    together = criterion.combine == "any-of" and criterion.lead == "heading"
    alone = one.alone and (together if one.excludes else criterion.combine == "all-of")
    own = one.alone and not (criterion.criteria and one.excludes)
    yield _Placed(one.path, criterion, one.excludes, own)
    for sub in criterion.criteria:
        yield from _below(_Placed(f"{one.path}/criteria/{sub.id}", sub, one.excludes, alone))


def _applies_to(criterion: Criterion) -> str | None:
    limited = criterion.applies_to
    if limited is None:
        return None
    return _SEXES[limited.sex] if limited.sex is not None else limited.text.casefold()


def same_measure(one: Said, other: Said) -> bool:
    """Tell whether two limits are of the same thing, measured itself, of people who can be the same."""
    first, second = one.statement, other.statement
    known = first.analyte is not None and second.analyte is not None
    same = known and first.analyte == second.analyte and first.kind == second.kind and first.normal == second.normal
    return same and first.plain and second.plain and (None in (one.whom, other.whom) or one.whom == other.whom)
