"""What rules on wording are told of a study and a form, from recorded answers; an open one lets a law's text stand."""

from regdocs.consent.conditions import condition
from regdocs.consent.packs import packs_of
from regdocs.consent.reading import GIVES_ELEMENTS, Paper
from regdocs.documents.consent_design import design_told
from regdocs.documents.shown import Reader
from regdocs.prose.passages import Facts
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol


def facts_of(paper: Paper, protocol: Protocol) -> Facts:
    """Return the facts about a form."""
    applied = {one.pack for one in packs_of(protocol, paper.site) if one.applies}
    tested = _tested(protocol)
    return Facts(
        products=_names(protocol, tested),
        unproven=bool(tested),
        randomised=protocol.design.allocation.value == "randomized" and len(protocol.arms) > 1,
        fda_regulated="US-FDA" in applied,
        applicable_trial=condition("applicable_clinical_trial", protocol, paper.site).holds,
        more_than_minimal_risk=condition("more_than_minimal_risk", protocol, paper.site).holds,
        key_information="US-KI" in applied,
        whole=paper.kind in GIVES_ELEMENTS,
        abbreviations={one.short: words for one in protocol.abbreviations if (words := one.long.value) is not None},
    )


def _tested(protocol: Protocol) -> frozenset[str]:
    """Return the ids of what is tested, and so unproven for the use that is studied; who only watches tests nothing."""
    if protocol.design.type.value == "observational":
        return frozenset()
    return frozenset(str(one.id) for one in design_told(protocol, Reader()).tested)


def _names(protocol: Protocol, tested: frozenset[str]) -> tuple[str, ...]:
    products = [one for one in protocol.products if one.id in tested]
    named: list[Known[str] | None] = [name for one in products for name in (one.name, one.lay_name, one.abbreviation)]
    named += [one.name for one in protocol.interventions if one.id in tested]
    return tuple(one.value for one in named if one is not None and one.value is not None)
