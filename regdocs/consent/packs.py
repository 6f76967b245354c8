"""Which rules on consent apply at a site, from the study's recorded answers, each with the reason.

An open answer keeps a rule in force: nothing is left out of a form because nobody has answered yet. What is only
assumed is followed and said to be assumed. Knows no element and no form.
"""

from collections.abc import Callable
from dataclasses import dataclass

from regdocs.documents.regimes import REGIMES, gives_medicine
from regdocs.spec.countries import EEA, country_name
from regdocs.spec.identity import Site
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Applied:
    """Whether a pack applies, and why: the recorded answers in words."""

    pack: str
    applies: bool
    reason: str


def packs_of(protocol: Protocol, site: Site | None) -> tuple[Applied, ...]:
    """Return for every pack whether it applies to a form of the site, and why."""
    return tuple(Applied(pack, *decide(protocol, site)) for pack, decide in _DECIDED.items())


def answered(name: str, answer: Known[bool]) -> str:
    """Return a recorded answer in words, with what it rests on where it is not known."""
    if answer.state == "todo":
        return f"{name}: not answered yet"
    said = "yes" if answer.value else "no"
    return f"{name}: {said}" if answer.state == "known" else f"{name}: {said} (assumed: {answer.assumption})"


def _common_rule(protocol: Protocol, site: Site | None) -> tuple[bool, str]:
    funding = protocol.regulation.us_federal_funding
    if funding.value is not False:
        return True, answered("supported by the US government", funding)
    if "US" in _countries(protocol, site):
        return True, "the site is in the United States, where institutions as a rule hold all research to it"
    return False, f"the site is not in the United States; {answered('supported by the US government', funding)}"


def _fda(protocol: Protocol, _: Site | None) -> tuple[bool, str]:
    law = protocol.regulation
    answers = {
        "drug or biological regulated by the FDA": law.fda_regulated_drug,
        "device regulated by the FDA": law.fda_regulated_device,
        "under an IND or IDE": law.ind_or_ide,
    }
    applies = REGIMES[0].applies(protocol)
    told = [answered(name, one) for name, one in answers.items() if not applies or one.value is not False]
    return applies, "; ".join(told)


def _good_practice(protocol: Protocol, _: Site | None) -> tuple[bool, str]:
    if protocol.design.type.value == "observational":
        return False, "the study is observational, and the guideline is about trials of products"
    return True, "the study gives or does something to participants by assignment"


def _european(protocol: Protocol, site: Site | None) -> tuple[bool, str]:
    where = [country_name(one) for one in _countries(protocol, site) if one in EEA]
    if not where:
        return False, "the site is not in the European Economic Area"
    if gives_medicine(protocol):
        return True, f"a medicine is studied in {', '.join(where)}"
    return False, "the study gives no medicine by assignment"


def _vietnamese(protocol: Protocol, site: Site | None) -> tuple[bool, str]:
    if "VN" in _countries(protocol, site):
        return True, "the site is in Vietnam"
    return False, "the site is not in Vietnam"


def _countries(protocol: Protocol, site: Site | None) -> tuple[str, ...]:
    if site is not None:
        return (site.country,)
    return tuple(dict.fromkeys((*protocol.regulation.countries, *(one.country for one in protocol.sites))))


_DECIDED: dict[str, Callable[[Protocol, Site | None], tuple[bool, str]]] = {
    "US-CR": _common_rule,
    "US-KI": _common_rule,
    "US-FDA": _fda,
    "ICH-E6R3": _good_practice,
    "EU-CTR": _european,
    "VN-MOH": _vietnamese,
}
