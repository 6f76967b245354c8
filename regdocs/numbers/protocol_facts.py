"""The sizes of a study out of its protocol: participants, planned visits, times, arms, doses."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from regdocs.numbers.facts import Fact, Facts
from regdocs.numbers.number import numbers_in
from regdocs.numbers.recorded import Amount
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.units import Duration, join_words, plural

# In these models a participant belongs to several arms, or an arm is an order of treatments: "two groups" is no count.
_NOT_COUNTED = ("crossover", "factorial", "sequential")


def facts_of(protocol: Protocol) -> Facts:
    """Return the sizes that a protocol says; what is open in it is None."""
    return Facts(
        participants=_participants(protocol),
        visits=_visits(protocol),
        participation=_times("/design/participation", protocol.design.participation),
        follow_up=_follow_up(protocol),
        arms=_arms(protocol),
        doses=tuple(_doses(protocol)),
        products=_names(protocol),
    )


def _participants(protocol: Protocol) -> Fact | None:
    count = protocol.design.enrolment.count.value
    if count is None:
        return None
    arms = [arm.participants.value for arm in protocol.arms if arm.participants is not None]
    known = [number for number in arms if number is not None]
    beside = f" ({join_words([str(number) for number in known])} in the arms)" if len(known) > 1 else ""
    return Fact(_amounts((count, *known)), "/design/enrolment/count", f"{count}{beside}")


def _visits(protocol: Protocol) -> Fact:
    planned = [one.mode.value for one in protocol.encounters if one.kind == "planned"]
    modes = [planned.count(mode) for mode in ("visit", "telephone", "remote")]
    at_site = f", {modes[0]} of them at the site" if modes[0] != len(planned) else ""
    counts = (len(planned), *(count for count in modes if count), len(planned) - modes[1])
    return Fact(_amounts(counts), "/encounters", f"{plural(len(planned), 'planned visit', 'planned visits')}{at_site}")


def _follow_up(protocol: Protocol) -> Fact | None:
    later = protocol.long_term_follow_up
    first = _times("/design/follow_up", protocol.design.follow_up)
    if first is None:
        return None
    others = (later.duration if later else None, protocol.design.participation)
    more = [fact for known in others if known is not None and (fact := _times("", known)) is not None]
    return Fact((*first.amounts, *(amount for fact in more for amount in fact.amounts)), first.path, first.said)


def _arms(protocol: Protocol) -> Fact | None:
    if protocol.design.model.value in _NOT_COUNTED:
        return None
    count = len(protocol.arms)
    return Fact(_amounts((count,)), "/arms", plural(count, "arm", "arms"))


def _doses(protocol: Protocol) -> Iterator[tuple[str, Fact]]:
    """Yield the amounts of each unit: those of the steps, and those in a product's words on strength and dose."""
    units = dict.fromkeys(step.unit.value for step in protocol.doses if step.unit.value is not None)
    words = [known.value or "" for one in protocol.products for known in (one.name, one.dose, one.administrations)]
    written = [number for text in words for found in numbers_in(text) for number in found.values]
    for unit in units:
        steps = [step for step in protocol.doses if step.unit.value == unit]
        known = [step.dose.value for step in steps if step.dose.value is not None]
        if len(known) == len(steps):
            said = f"{join_words([str(dose) for dose in dict.fromkeys(known)])} {unit}"
            yield unit, Fact(_amounts((*known, *written)), f"/doses/{steps[0].id}/dose", said)


def _names(protocol: Protocol) -> tuple[str, ...]:
    known: list[Known[Any] | None] = [
        name for one in protocol.products for name in (one.name, one.lay_name, one.abbreviation)
    ]
    known += [one.name for one in protocol.interventions]
    other = [name for one in protocol.interventions for name in one.other_names]
    found = [one.value for one in known if one is not None and one.value is not None]
    return tuple(dict.fromkeys([*found, *other]))


def _times(path: str, known: Known[str] | None) -> Fact | None:
    """Return a duration in one unit as a fact; one in several units is left alone."""
    if known is None or known.value is None:
        return None
    duration = Duration.parse(known.value)
    parts = duration.parts()
    if len(parts) != 1:
        return None
    number, unit = parts[0]
    return Fact((Amount(Decimal(number), unit.removesuffix("s")),), path, duration.words())


def _amounts(numbers: tuple[int | Decimal, ...]) -> tuple[Amount, ...]:
    return tuple(Amount(Decimal(number)) for number in dict.fromkeys(numbers))
