"""Sets of values between limits: whether two of them meet, and how. Knows numbers alone, in one unit."""

from dataclasses import dataclass, replace
from decimal import Decimal

_UP = (">", ">=")


@dataclass(frozen=True, slots=True)
class Interval:
    """All values between two limits; an end that is None is open, one that is not `…_in` is left out itself."""

    low: Decimal | None = None
    low_in: bool = False
    high: Decimal | None = None
    high_in: bool = False

    @classmethod
    def of(cls, comparator: str, value: Decimal) -> "Interval":
        """Return the values that meet one comparison."""
        within = "=" in comparator
        return cls(low=value, low_in=within) if comparator in _UP else cls(high=value, high_in=within)

    def meet(self, other: "Interval") -> "Interval":
        """Return the values that lie in both."""
        low, low_in = _tighter((self.low, self.low_in), (other.low, other.low_in), upwards=True)
        high, high_in = _tighter((self.high, self.high_in), (other.high, other.high_in), upwards=False)
        return Interval(low, low_in, high, high_in)

    @property
    def is_empty(self) -> bool:
        """Tell whether no value lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    def rounded_to(self, other: "Interval", share: Decimal) -> "Interval":
        """Return the same values, with ends that are nearly an end of the other moved there."""
        ends = tuple(one for one in (other.low, other.high) if one is not None)
        return replace(self, low=_near(self.low, ends, share), high=_near(self.high, ends, share))

    def holds(self, other: "Interval") -> bool:
        """Tell whether every value of the other lies in this one."""
        return self.meet(other) == other


def _near(end: Decimal | None, ends: tuple[Decimal, ...], share: Decimal) -> Decimal | None:
    return end if end is None else next((one for one in ends if abs(one - end) <= share * abs(one)), end)


def _tighter(
    one: tuple[Decimal | None, bool], other: tuple[Decimal | None, bool], *, upwards: bool
) -> tuple[Decimal | None, bool]:
    """Return the end that leaves out more; of two ends at one value, the one that leaves it out."""
    if one[0] is None or other[0] is None:
        return other if one[0] is None else one
    if one[0] == other[0]:
        return one[0], one[1] and other[1]
    return one if (one[0] > other[0]) == upwards else other


def covers_all(one: Interval, other: Interval) -> bool:
    """Tell whether a value that is in neither of two half-lines does not exist."""
    up, down = (one, other) if one.low is not None else (other, one)
    if up.low is None or down.high is None or up.high is not None or down.low is not None:
        return False
    return up.low < down.high or (up.low == down.high and (up.low_in or down.high_in))
