"""Randomisation and estimands: whether chance has what it needs, and whether what is estimated is said in full."""

from collections import Counter
from collections.abc import Iterator

from regdocs.rules.rule import Hit
from regdocs.spec.protocol import Protocol
from regdocs.units import plural


def ratio_at_odds_with_arms(protocol: Protocol) -> Iterator[Hit]:
    """RND-001: an arm without a share, with a share of 0, or with two shares in the randomisation ratio."""
    if protocol.randomisation is None:
        return
    ratio = protocol.randomisation.ratio
    shares = Counter(share.arm for share in ratio)
    for arm in protocol.arms:
        if shares[arm.id] != 1:
            message = f'arm "{arm.id}" has {plural(shares[arm.id], "share")} in the randomisation ratio'
            yield Hit("/randomisation/ratio", message, "give each arm one share; 1 for each when all are equal")
    for share in ratio:
        if share.share.value == 0:
            message = f'the share of arm "{share.arm}" is 0, so nobody comes into it'
            yield Hit(f"/randomisation/ratio/{share.id}/share", message, "write 1 or more")


def randomised_without_randomisation(protocol: Protocol) -> Iterator[Hit]:
    """RND-002: a randomized allocation of several arms without 'randomisation', or the reverse."""
    allocation = protocol.design.allocation.value
    if allocation == "randomized" and protocol.randomisation is None and len(protocol.arms) > 1:
        message = "the allocation is randomized, but nothing says in which ratio and how"
        yield Hit("/design/allocation", message, "add 'randomisation:' with 'ratio' and 'method'; both may be TODO")
    if allocation in ("non-randomized", "not-applicable") and protocol.randomisation is not None:
        message = f'"randomisation" is given, but the allocation is {allocation}'
        yield Hit("/randomisation", message, "correct 'allocation' of the design, or take 'randomisation' out")


def estimands_without_intercurrent_events(protocol: Protocol) -> Iterator[Hit]:
    """EST-001: an estimand that names no intercurrent event, the fourth of its five attributes."""
    for estimand in protocol.estimands:
        if not estimand.intercurrent_events:
            message = f'estimand "{estimand.id}" names no intercurrent event'
            hint = "add 'intercurrent_events:', each with its strategy"
            yield Hit(f"/estimands/{estimand.id}", message, hint)
