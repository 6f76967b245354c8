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

_SIGNED = ("E6-sig", "FDA-27")


def decision_about(element: Element, protocol: Protocol, site: Site | None, altered: Altered | None) -> Said | None:
    """Return the decision by which a form of the site says an element otherwise or not at all, or None."""
    named = _alterations(element, altered) if altered is not None else iter(())
    deciding = {waiver.id: waiver for waiver in protocol.waivers}
    found = next((deciding[one] for one in named if one in deciding), None) or _waived(element, protocol, site)
    return None if found is None else _told(found, protocol)


def _alterations(element: Element, altered: Altered) -> Iterator[str]:
    marks = {element.id, *(mark for group in element.given_by for mark in group)}
    printed = {waiver for waiver, _ in altered.printed}
    for outcome in altered.outcomes:
        if _names(outcome.element, marks) and (outcome.left or outcome.waiver in printed):
            yield outcome.waiver


def _names(decided: str, marks: Iterable[str]) -> bool:
    return any(mark == decided or mark.startswith(f"{decided}.") for mark in marks)


def _waived(element: Element, protocol: Protocol, site: Site | None) -> Waiver | None:
    if site is None:
        return None
    signed = any(mark.startswith(_SIGNED) for group in element.given_by for mark in group)
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
