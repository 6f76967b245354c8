"""Which recorded decision of a board took an element out of a form or changed its words, and what is known of it.

A decision counts where it did something to this form: an alteration by what it left out or said otherwise, a waiver of
documentation at signatures, a waiver of consent where nobody is asked. Knows no pack.
"""

from collections.abc import Iterable, Iterator

from regdocs.consent.elements import Element
from regdocs.consent.people import Said
from regdocs.documents.alteration import Altered
from regdocs.documents.signature_lines import waivers_of_documentation
from regdocs.documents.waived_consent import consent_waivers
from regdocs.spec.identity import Site
from regdocs.spec.oversight import Waiver
from regdocs.spec.protocol import Protocol
from regdocs.units import date_words

Groups = tuple[tuple[str, ...], ...]

# 45 CFR 46.117(c) is about the signature of who agrees; who conducted the talk and a witness go on signing.
_SIGNED = ("E6-sig1", "FDA-27")


def decision_about(
    element: Element, lacking: Groups, protocol: Protocol, site: Site | None, altered: Altered | None
) -> Said | None:
    """Return the decision by which a form of the site says an element otherwise or not at all, or None.

    `lacking` are the groups of marks that nothing gives; a decision has to cover each of them.
    """
    deciding = {waiver.id: waiver for waiver in protocol.waivers}
    found = next((deciding[one] for one in _alterations(element, lacking, altered) if one in deciding), None)
    found = found or (_waived(lacking, protocol, site) if lacking else None)
    return None if found is None else _told(found, protocol)


def _alterations(element: Element, lacking: Groups, altered: Altered | None) -> Iterator[str]:
    outcomes = () if altered is None else altered.outcomes
    printed = set() if altered is None else {waiver for waiver, _ in altered.printed}
    marks = {element.id, *(mark for group in element.given_by for mark in group)}
    for outcome in outcomes:
        covers = all(_names(outcome.element, group) for group in lacking) or outcome.element == element.id
        if covers and _names(outcome.element, marks) and (outcome.left or outcome.waiver in printed):
            yield outcome.waiver


def _names(decided: str, marks: Iterable[str]) -> bool:
    return any(mark == decided or mark.startswith(f"{decided}.") for mark in marks)


def _waived(lacking: Groups, protocol: Protocol, site: Site | None) -> Waiver | None:
    if site is None:
        return None
    signed = all(mark in _SIGNED for group in lacking for mark in group)
    unsigned = waivers_of_documentation(protocol, site) if signed else ()
    return next(iter((*unsigned, *consent_waivers(protocol, site))), None)


def _told(waiver: Waiver, protocol: Protocol) -> Said:
    body = next((one for one in protocol.oversight if one.id == waiver.body), None)
    name = body.name.value if body is not None else None
    reference, decided = waiver.reference.value, waiver.decided.value
    on = "[date to be completed]" if decided is None else date_words(decided)
    words = (
        f"{waiver.kind.replace('-', ' ')} by {name or '[body to be named]'}, reference {reference or '[open]'}, {on}, "
        f"{waiver.citation}; elements: {', '.join(waiver.elements) or 'none named'}"
    )
    return Said(words, None not in (name, reference, decided), f"/waivers/{waiver.id}")
