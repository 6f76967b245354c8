"""The design: whether allocation, model, masking and numbers agree with the arms and with each other."""

from collections.abc import Iterator

from regdocs.rules.rule import Hit
from regdocs.spec.protocol import Protocol
from regdocs.units import plural

_SEVERAL = ("parallel", "crossover", "factorial")
_MASKED = {"single": 1, "double": 2, "triple": 3, "quadruple": 4}


def allocation_at_odds_with_arms(protocol: Protocol) -> Iterator[Hit]:
    """DSN-001: one arm with an allocation or a model of several, or the reverse; for interventional studies."""
    design, count = protocol.design, len(protocol.arms)
    if design.type.value != "interventional":
        return
    allocation, model = design.allocation.value, design.model.value
    if count == 1 and allocation not in (None, "not-applicable"):
        message = f'the study has one arm, but its allocation is "{allocation}"'
        yield Hit("/design/allocation", message, "with one arm write 'allocation: not-applicable'")
    if count == 1 and model in _SEVERAL:
        yield Hit("/design/model", f'the study has one arm, but its model is "{model}"', "write 'model: single-group'")
    if count > 1 and allocation == "not-applicable":
        message = f"the study has {count} arms, but its allocation is not-applicable"
        yield Hit("/design/allocation", message, "write how participants come into an arm: randomized, non-randomized")
    if count > 1 and model == "single-group":
        message = f"the study has {count} arms, but its model is single-group"
        yield Hit("/design/model", message, "write parallel, crossover, factorial or sequential")


def masking_at_odds_with_roles(protocol: Protocol) -> Iterator[Hit]:
    """DSN-002: masking without who is masked, or masked roles in an open-label study."""
    masking = protocol.design.masking
    level = masking.level.value
    if level in _MASKED and not masking.roles:
        hint = "add 'roles:' with participant, care-provider, investigator, outcomes-assessor"
        yield Hit("/design/masking", f'masking is "{level}", but nobody is named who is masked', hint)
    if level == "open-label" and masking.roles:
        message = f'masking is open-label, but "{masking.roles[0]}" is named as masked'
        yield Hit("/design/masking/roles", message, "correct 'level', or take 'roles' out")


def arm_count_at_odds_with_arms(protocol: Protocol) -> Iterator[Hit]:
    """DSN-003: a number of arms that is not the number of arms described."""
    stated, described = protocol.design.arm_count.value, len(protocol.arms)
    if stated is not None and stated != described:
        message = f'"arm_count" is {stated}, but {plural(described, "arm is", "arms are")} described under "arms"'
        yield Hit("/design/arm_count", message, f"write 'arm_count: {described}', or correct 'arms'")


def participants_do_not_add_up(protocol: Protocol) -> Iterator[Hit]:
    """DSN-004: planned participants of the arms that do not add up to the enrolment; only when all are known."""
    enrolment, numbers = protocol.design.enrolment, [arm.participants for arm in protocol.arms]
    known = [number.value for number in numbers if number is not None and number.value is not None]
    if len(known) < len(numbers) or enrolment.count.value is None or enrolment.type.value == "actual":
        return
    if sum(known) != enrolment.count.value:
        message = f"the arms have {sum(known)} participants together, but the enrolment is {enrolment.count.value}"
        yield Hit("/design/enrolment/count", message, "correct one of them, or leave 'participants' of the arms out")


def masked_roles_do_not_fit_the_level(protocol: Protocol) -> Iterator[Hit]:
    """DSN-005: another number of masked roles than the level's name says; registries count roles."""
    masking = protocol.design.masking
    expected = _MASKED.get(masking.level.value or "")
    named = len(set(masking.roles))
    if expected is not None and named and named != expected:
        message = f'masking is "{masking.level.value}", but {plural(named, "role is", "roles are")} named as masked'
        yield Hit(
            "/design/masking/roles", message, "registries count the roles: single 1, double 2, triple 3, quadruple 4"
        )
