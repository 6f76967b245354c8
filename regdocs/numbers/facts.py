"""The sizes of a study as a protocol has them, and which claims of a text are at odds with them.

`Facts` can be filled by hand, so a text that is no protocol can be held against them too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from regdocs.numbers.claims import Claim, claims_in
from regdocs.numbers.recorded import Amount

_DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal("30.44"), "year": Decimal("365.25")}
_OF_A_MONTH = Decimal("0.03")  # months differ in length by so much
_ALIKE = {"milligram": "mg", "milligrams": "mg", "μg": "µg", "mcg": "µg", "microgram": "µg", "micrograms": "µg"}


@dataclass(frozen=True, slots=True)
class Fact:
    """What a protocol says of one size: the numbers that agree with it, their path, and how it is said to people."""

    amounts: tuple[Amount, ...]
    path: str
    said: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The sizes of one study; None where the protocol does not say one, and then no claim is held against it.

    Attributes:
        participants: In all, and in each arm.
        visits: All planned ones, and those of one mode.
        participation: From consent to the last visit.
        follow_up: After the intervention, and contact after the last visit.
        arms: The number of arms.
        doses: The amounts by unit as it is written.
        products: Names of what is tested, which tell a dose of the study from another one.
    """

    participants: Fact | None = None
    visits: Fact | None = None
    participation: Fact | None = None
    follow_up: Fact | None = None
    arms: Fact | None = None
    doses: tuple[tuple[str, Fact], ...] = field(default=())
    products: tuple[str, ...] = ()

    def about(self, claim: Claim) -> Fact | None:
        """Return the fact that a claim is about, or None."""
        if claim.of == "dose":
            unit = _unit(claim.unit or "")
            return next((fact for name, fact in self.doses if _unit(name) == unit), None)
        known = {
            "participants": self.participants,
            "visits": self.visits,
            "participation": self.participation,
            "follow-up": self.follow_up,
            "arms": self.arms,
        }
        return known[claim.of]


@dataclass(frozen=True, slots=True)
class Odds:
    """A claim, and the fact that it is at odds with."""

    claim: Claim
    fact: Fact


def at_odds(text: str, facts: Facts) -> Iterator[Odds]:
    """Yield each claim of a text that disagrees with the facts, in order. Claims without a fact are left alone."""
    for claim in claims_in(text, facts.products):
        fact = facts.about(claim)
        if fact is not None and fact.amounts and not any(_agree(claim, amount) for amount in fact.amounts):
            yield Odds(claim, fact)


def _unit(written: str) -> str:
    name = _ALIKE.get(written, written)
    return name.removesuffix("s").casefold()


def _agree(claim: Claim, amount: Amount) -> bool:
    if claim.unit not in _DAYS or amount.unit is None:
        return claim.value == amount.value
    if claim.unit == amount.unit:
        return claim.value == amount.value
    said, known = claim.value * _DAYS[claim.unit], amount.value * _DAYS.get(amount.unit, Decimal(0))
    units = [_DAYS[claim.unit], *([_DAYS.get(amount.unit, Decimal(1))] if claim.about else [])]
    rounding = max(units) / 2 + (known * _OF_A_MONTH if amount.unit in ("month", "year") else 0)
    return abs(said - known) <= rounding
