"""The conditions that rules on consent themselves make, each with what is recorded about it.

A condition that the record does not settle holds: the element is then expected. Knows no element and no form.
"""

from collections.abc import Callable
from dataclasses import dataclass

from regdocs.consent.packs import answered
from regdocs.consent.people import says_no
from regdocs.documents.children import has_children
from regdocs.spec.identity import Site
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.units import Duration

# Only to ask the question: below this age some law somewhere speaks of a child.
_GROWN_UP = Duration.parse("P18Y").approx_days()


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether a condition holds: its words, and what is recorded about it."""

    holds: bool
    words: str
    recorded: str


def condition(name: str, protocol: Protocol, site: Site | None) -> Condition:
    """Return the condition of that name for a study at a site.

    Raises:
        KeyError: There is no condition of that name; a test holds the list of elements to these.
    """
    words, settle = CONDITIONS[name]
    holds, recorded = settle(protocol, site)
    return Condition(holds, words, recorded)


def _risk(protocol: Protocol, _: Site | None) -> tuple[bool, str]:
    answer = next((one for one in protocol.answers if one.question == "more-than-minimal-risk"), None)
    if answer is None or answer.answer.value is None:
        return True, 'nobody recorded an answer to "more-than-minimal-risk", so it counts as yes'
    told = f"recorded by {_name(answer.by)}: {answer.answer.value} Why: {answer.reason.value or 'not said yet'}"
    return not says_no(answer), told


def _information(protocol: Protocol, _: Site | None) -> tuple[bool, str]:
    return True, "information is collected (/consent/privacy/collected)"


def _samples(protocol: Protocol, _: Site | None) -> tuple[bool, str]:
    kept = [one.id for one in protocol.biosamples]
    entering = [one.id for one in protocol.procedures if one.invasive is not False]
    if kept or entering:
        return True, f"material may be taken or kept: {', '.join((*kept, *entering))}"
    return False, "no procedure enters the body, and no material is kept"


def _federal_trial(protocol: Protocol, _: Site | None) -> tuple[bool, str]:
    funding = protocol.regulation.us_federal_funding
    tested = protocol.design.type.value != "observational"
    kind = "" if tested else "; the study is observational"
    return funding.value is not False and tested, answered("supported by the US government", funding) + kind


def _applicable_trial(protocol: Protocol, _: Site | None) -> tuple[bool, str]:
    answer = protocol.regulation.applicable_clinical_trial
    return answer.value is not False, answered("applicable clinical trial (42 CFR 11.22(b))", answer)


def _cannot_read(protocol: Protocol, _: Site | None) -> tuple[bool, str]:
    rule = next((one for one in protocol.consent.signatures if one.who == "impartial-witness"), None)
    if rule is None or rule.line.value != "never":
        return True, "participants who cannot read are not ruled out"
    return False, f"line of the impartial witness: never; why: {rule.basis.value}"


def _minors(protocol: Protocol, site: Site | None) -> tuple[bool, str]:
    if site is not None and has_children(protocol, site):
        return True, "a body of the site decided about children"
    lowest = protocol.population.minimum_age
    youngest = lowest.value if lowest is not None else None
    if youngest is None or Duration.parse(youngest).approx_days() < _GROWN_UP:
        return True, f"no body decided about children; youngest age that is taken: {youngest or 'not recorded'}"
    return False, f"no body decided about children; youngest age that is taken: {youngest}"


def _name(value: Known[str]) -> str:
    return value.value if value.value is not None else "somebody still to be named"


_Settle = Callable[[Protocol, Site | None], tuple[bool, str]]
CONDITIONS: dict[str, tuple[str, _Settle]] = {
    "more_than_minimal_risk": ("the research is of more than minimal risk", _risk),
    "collects_identifiable_info_or_biospecimens": ("information or samples are collected", _information),
    "uses_biospecimens": ("samples of the body are used", _samples),
    "federally_supported_clinical_trial": ("it is a trial that the US government supports", _federal_trial),
    "applicable_clinical_trial": ("it is an applicable clinical trial", _applicable_trial),
    "participant_or_LAR_cannot_read": ("a participant or representative may be unable to read", _cannot_read),
    "includes_minors": ("children take part", _minors),
}
