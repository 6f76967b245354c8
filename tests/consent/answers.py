"""Answers by which packs and conditions are decided for a text that has no protocol.

An open answer (None) keeps a rule in force and a condition true, as in `packs.py` and `conditions.py`: nothing is left
out because nobody has answered yet. Knows no text.
"""

from collections.abc import Callable
from dataclasses import dataclass

from regdocs.consent.conditions import CONDITIONS, Condition
from regdocs.consent.elements import packs
from regdocs.consent.packs import Applied
from regdocs.spec.countries import EEA, country_name

_Decided = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of the study that a text is about; None is not answered.

    Attributes:
        countries: Countries of the sites, as two letters.
        fda_regulated: Whether 21 CFR 50 applies.
        good_practice: Whether ICH E6 is followed; where not answered, in a trial with sites in the EEA or Vietnam.
        medicine: Whether a medicine is given by assignment.
        cannot_read: Whether a participant or representative may be unable to read.
    """

    countries: tuple[str, ...] = ()
    fda_regulated: bool | None = None
    good_practice: bool | None = None
    medicine: bool | None = None
    applicable_clinical_trial: bool | None = None
    federally_supported: bool | None = None
    more_than_minimal_risk: bool | None = None
    collects_information: bool | None = None
    uses_biospecimens: bool | None = None
    includes_minors: bool | None = None
    cannot_read: bool | None = None


def packs_by(answers: Answers) -> tuple[Applied, ...]:
    """Return for every pack whether it applies by these answers, and why."""
    return tuple(Applied(one.id, *_DECIDED[one.id](answers)) for one in packs())


def condition_by(answers: Answers) -> Callable[[str], Condition]:
    """Return the function that says whether a condition of a rule holds by these answers."""

    def settled(name: str) -> Condition:
        answer: bool | None = getattr(answers, _ANSWERED_BY[name])
        return Condition(answer is not False, CONDITIONS[name][0], _told(answer))

    return settled


_ANSWERED_BY = {
    "more_than_minimal_risk": "more_than_minimal_risk",
    "collects_identifiable_info_or_biospecimens": "collects_information",
    "uses_biospecimens": "uses_biospecimens",
    "federally_supported_clinical_trial": "federally_supported",
    "applicable_clinical_trial": "applicable_clinical_trial",
    "participant_or_LAR_cannot_read": "cannot_read",
    "includes_minors": "includes_minors",
}


def _told(answer: bool | None) -> str:
    return "not answered, so it counts as yes" if answer is None else f"answered: {'yes' if answer else 'no'}"


def _common_rule(answers: Answers) -> _Decided:
    supported = f"supported by the US government: {_told(answers.federally_supported)}"
    if "US" in answers.countries:
        return True, "there are sites in the United States, where institutions as a rule hold all research to it"
    return answers.federally_supported is not False, f"no site in the United States; {supported}"


def _fda(answers: Answers) -> _Decided:
    return answers.fda_regulated is not False, f"under 21 CFR 50: {_told(answers.fda_regulated)}"


def _good_practice(answers: Answers) -> _Decided:
    if answers.good_practice is not None:
        return answers.good_practice, f"the study follows ICH E6: {_told(answers.good_practice)}"
    there = [country_name(one) for one in answers.countries if one in EEA or one == "VN"]
    if there or not answers.countries:
        return True, f"it is law in {', '.join(there)}" if there else "no country was named"
    return False, "nobody said that the study follows ICH E6"


def _european(answers: Answers) -> _Decided:
    where = [country_name(one) for one in answers.countries if one in EEA]
    if not where:
        return False, "no site in the European Economic Area"
    return answers.medicine is not False, f"sites in {', '.join(where)}; a medicine is given: {_told(answers.medicine)}"


def _vietnamese(answers: Answers) -> _Decided:
    there = "VN" in answers.countries
    return there, "there are sites in Vietnam" if there else "no site in Vietnam"


_DECIDED: dict[str, Callable[[Answers], _Decided]] = {
    "US-CR": _common_rule,
    "US-KI": _common_rule,
    "US-FDA": _fda,
    "ICH-E6R3": _good_practice,
    "EU-CTR": _european,
    "VN-MOH": _vietnamese,
}
