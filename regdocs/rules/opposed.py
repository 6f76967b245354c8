"""Inclusion and exclusion by the limits in their words, whatever their units: nobody left, some at odds, a gap.

ELG-008 compares limits that a machine reads; what it tells is not told again. Limits that hold under a condition,
or for other people, are compared with nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from regdocs.quantities.amounts import converted
from regdocs.quantities.intervals import Interval
from regdocs.rules.limits import criteria_told
from regdocs.rules.rule import Hit
from regdocs.rules.said import ASK, Said, said_limits, same_measure
from regdocs.spec.protocol import Protocol

# What makes a limit hold at times, or not by itself.
_CONDITION = re.compile(
    r"\b(?:unless|except|excluding|if|when|while|despite|without|who|whose|receiving|treated|treatment|requir\w+|history|"
    r"previous\w*|prior|ever|after|during|randomi[sz]\w+|baseline|run-in|caused|due to|secondary|symptom\w*)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\bor\b(?!\s+(?:equal|=|more|less|greater|higher|lower|above|below|older|younger))", re.IGNORECASE)
_AND = re.compile(r"(?<!or/)(?<!or /)\band\b(?!\s*/)", re.IGNORECASE)
# Two numbers that are one in another unit, each rounded: 126 mg/dL and 7.0 mmol/L of glucose.
_ROUNDING = Decimal("0.015")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What inclusion asks of one measure: a limit, or the two ends of a range, in the unit of the first."""

    first: Said
    interval: Interval
    words: str


def inclusion_at_odds_with_exclusion(protocol: Protocol) -> Iterator[Hit]:
    """ELG-011: limits in words of which one criterion includes what another excludes, or that nobody meets."""
    wanted, barred = _wanted(protocol), _barred(protocol)
    told = criteria_told(protocol)
    for one, other in combinations(wanted, 2):
        interval = _in_unit_of(one.first, other) if same_measure(one.first, other.first) else None
        apart = interval is not None and one.interval.meet(interval).is_empty
        if apart and one.first.path != other.first.path and _pair(one, other.first) not in told:
            yield other.first.hit(f"nobody can meet both {_named(one)} and {_named(other)}")
    for include, exclude in product(wanted, barred):
        message = _kept_out(include, exclude) if _pair(include, exclude) not in told else None
        if message is not None:
            yield exclude.hit(message)


def exclusions_out_of_reach(protocol: Protocol) -> Iterator[Hit]:
    """ELG-013: an exclusion limit that nobody meets who meets an inclusion limit, with a gap between the two."""
    for include, exclude in product(_wanted(protocol), _barred(protocol)):
        out = _out(include, exclude)
        if out is None or not include.interval.meet(out).is_empty:
            continue
        if _gap(include.interval, out):
            message = f"nobody whom {_named(include)} includes is excluded by {_quoted(exclude)}"
            yield exclude.hit(message, f"the two limits differ, and one of them may be meant otherwise; {ASK}")


def _wanted(protocol: Protocol) -> list[_Wanted]:
    """Give what inclusion asks, the limits of one criterion for the same people together."""
    found: list[_Wanted] = []
    for one in said_limits(protocol):
        if one.excludes or not _counts(one):
            continue
        own = Interval.of(one.statement.limit.comparator, one.statement.limit.value)
        last = found[-1] if found else None
        if last and last.first.path == one.path and same_measure(last.first, one) and last.first.whom == one.whom:
            ours = _in_unit_of(last.first, _Wanted(one, own, ""))
            if ours is not None:
                words = f"{last.words} and {one.statement.words}"
                found[-1] = _Wanted(last.first, last.interval.meet(ours), words)
                continue
        found.append(_Wanted(one, own, one.statement.words))
    return [one for one in found if not one.interval.is_empty]


def _barred(protocol: Protocol) -> list[Said]:
    return [one for one in said_limits(protocol) if one.excludes and _counts(one)]


def _counts(one: Said) -> bool:
    """Tell whether a limit decides by itself."""
    if not one.alone or one.statement.analyte is None or not one.statement.plain or _CONDITION.search(one.text):
        return False
    if one.statement.whom is not None:
        return True
    if not one.excludes:
        return not _OR.search(one.text)
    return not _AND.search(one.text) and one.statement.range is None


def _in_unit_of(first: Said, other: _Wanted) -> Interval | None:
    """Return what another limit asks, in the unit of the first; None where nobody can tell."""
    one = other.interval
    low, high = _amount(first, other.first, one.low), _amount(first, other.first, one.high)
    if (low is None, high is None) != (one.low is None, one.high is None):
        return None
    return Interval(low, one.low_in, high, one.high_in)


def _amount(first: Said, other: Said, end: Decimal | None) -> Decimal | None:
    mine, theirs = first.statement.limit.ucum, other.statement.limit.ucum
    analyte = first.statement.analyte
    if end is None or analyte is None:
        return None
    if mine is None and theirs is None:
        return end if first.statement.normal or not analyte.has_unit else None
    return converted(end, theirs, mine, analyte)


def _out(include: _Wanted, exclude: Said) -> Interval | None:
    """Return the values that an exclusion limit keeps out, in the unit of an inclusion limit of the same measure."""
    # What keeps out some of those whom inclusion lets in, such as men, is a further condition and no contradiction.
    if not same_measure(include.first, exclude) or exclude.whom not in (None, include.first.whom):
        return None
    limit = exclude.statement.limit
    out = _in_unit_of(include.first, _Wanted(exclude, Interval.of(limit.comparator, limit.value), ""))
    return out.rounded_to(include.interval, _ROUNDING) if out is not None else None


def _kept_out(include: _Wanted, exclude: Said) -> str | None:
    out = _out(include, exclude)
    if out is None:
        return None
    if out.holds(include.interval):
        return f"everybody whom {_named(include)} includes is excluded by {_quoted(exclude)}"
    bounded = include.interval.high if out.low is not None else include.interval.low
    limit = out.low if out.low is not None else out.high
    if bounded is None or limit is None or bounded == limit or include.interval.meet(out).is_empty:
        return None
    return f"{_named(include)} includes values that {_quoted(exclude)} excludes"


def _gap(wanted: Interval, out: Interval) -> bool:
    """Tell whether values lie between what is included and what is excluded."""
    if out.low is not None:
        return wanted.high is not None and wanted.high < out.low
    return wanted.low is not None and out.high is not None and out.high < wanted.low


def _named(wanted: _Wanted) -> str:
    return f'"{wanted.first.criterion.id}" ({wanted.words})'


def _quoted(said: Said) -> str:
    return f'"{said.criterion.id}" ({said.statement.words})'


def _pair(include: _Wanted, exclude: Said) -> frozenset[str]:
    return frozenset((include.first.criterion.id, exclude.criterion.id))
