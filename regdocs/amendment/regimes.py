"""Which regimes an amendment falls under, from the protocol's recorded answers and the sites' countries, with reasons.

An answer that is open or only assumed does not rule a regime out: it is to be asked. Knows no class.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from regdocs.amendment.declaration import RegimeName
from regdocs.spec.countries import EEA, country_name
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol

_MEDICINES = ("drug", "biological", "genetic", "combination-product")


@dataclass(frozen=True, slots=True)
class AppliedRegime:
    """A regime that applies, or of which it has to be asked whether it does, and why."""

    name: RegimeName
    applies: Literal["yes", "ask"]
    reason: str


def regimes_of(protocol: Protocol) -> tuple[AppliedRegime, ...]:
    """Return the regimes that apply or may apply; one that is not among them is ruled out by a recorded answer."""
    return (*_eu(protocol), *_irb(protocol), *_fda(protocol), *_other(protocol))


def _eu(protocol: Protocol) -> Iterator[AppliedRegime]:
    countries = _where(protocol, EEA)
    if not countries or protocol.design.type.value == "observational":
        return
    types = [intervention.type.value for intervention in protocol.interventions]
    places = f"participants are seen in {countries}"
    if any(one in _MEDICINES for one in types):
        yield AppliedRegime("eu-ctr", "yes", f"{places}, and a medicine is studied")
    elif None in types:
        yield AppliedRegime("eu-ctr", "ask", f"{places}; whether a medicine is studied is open")


def _irb(protocol: Protocol) -> Iterator[AppliedRegime]:
    law = protocol.regulation
    answers = {
        "it is conducted under an IND or IDE": law.ind_or_ide,
        "the US government supports it": law.us_federal_funding,
        "a drug regulated by FDA is studied": law.fda_regulated_drug,
        "a device regulated by FDA is studied": law.fda_regulated_device,
    }
    yes = [words for words, answer in answers.items() if _is(answer, True)]
    reasons = (["participants are seen in the United States"] if _where(protocol, {"US"}) else []) + yes
    if reasons:
        yield AppliedRegime("us-irb", "yes", "; ".join(reasons))
        return
    asked = [words for words, answer in answers.items() if not _is(answer, False)]
    if asked:
        yield AppliedRegime("us-irb", "ask", f"not answered: whether {'; whether '.join(asked)}")


def _fda(protocol: Protocol) -> Iterator[AppliedRegime]:
    law = protocol.regulation
    if _is(law.ind_or_ide, False):
        return
    sorts: tuple[tuple[RegimeName, str, Known[bool], Known[bool]], ...] = (
        ("us-ind", "drug", law.fda_regulated_drug, law.fda_regulated_device),
        ("us-ide", "device", law.fda_regulated_device, law.fda_regulated_drug),
    )
    for name, what, studied, another in sorts:
        if _is(studied, False):
            continue
        if _is(law.ind_or_ide, True) and _is(studied, True) and _is(another, False):
            yield AppliedRegime(name, "yes", f"it is conducted under an IND or IDE, and a {what} is studied")
        else:
            yield AppliedRegime(name, "ask", f"whether it is conducted under one for a {what} is not answered for sure")


def _other(protocol: Protocol) -> Iterator[AppliedRegime]:
    known = EEA | {"US"}
    rest = {site.country for site in protocol.sites} | set(protocol.regulation.countries)
    countries = _where(protocol, rest - known)
    if countries:
        yield AppliedRegime("other", "yes", f"participants are seen in {countries}")


def _where(protocol: Protocol, of: "frozenset[str] | set[str]") -> str:
    """Return those of the countries in which participants are seen, in words; "" where there are none."""
    seen = dict.fromkeys((*(site.country for site in protocol.sites), *protocol.regulation.countries))
    return ", ".join(country_name(one) for one in seen if one in of)


def _is(answer: Known[bool], wanted: bool) -> bool:
    return answer.state == "known" and answer.value is wanted
