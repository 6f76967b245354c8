"""What boards decided about consent at a site: waivers of consent, alterations, the age from which one decides alone.

Knows the decisions of the bodies that decide for the site; which lines stand where nobody signs is `signatures.py`.
"""

from dataclasses import dataclass

from regdocs.documents.children import determinations
from regdocs.documents.consent_words import duration_words
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.waived_consent import consent_waivers
from regdocs.spec.identity import Site
from regdocs.spec.oversight import OversightBody, Waiver
from regdocs.spec.protocol import Protocol
from regdocs.units import date_words


@dataclass(frozen=True, slots=True)
class Decision:
    """One recorded decision of a body."""

    id: Name
    body: Shown
    citation: Shown
    reference: Shown
    decided: Shown
    reason: Shown


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the bodies of this site decided.

    Attributes:
        consent_waived: Decisions by which consent itself is not asked.
        alterations: Decisions by which parts of the form are left out or changed.
        majority: Age from which a person decides alone; None where nobody younger takes part.
    """

    consent_waived: tuple[Decision, ...]
    alterations: tuple[Decision, ...]
    majority: Shown | None


def decisions_of(protocol: Protocol, reader: Reader, site: Site) -> Decisions:
    """Return what the bodies that decide for this site decided about consent."""
    reader.note("/waivers")
    bodies = {body.id: body for body in protocol.oversight if site.id in body.sites}
    here = [waiver for waiver in protocol.waivers if waiver.body in bodies]

    def of(kind: str) -> tuple[Decision, ...]:
        return tuple(_decision(one, bodies[one.body], reader) for one in here if one.kind == kind)

    reader.note("/regulation", "/interventions", "/design/type")  # other laws that a waiver has to name
    return Decisions(
        consent_waived=tuple(_decision(one, bodies[one.body], reader) for one in consent_waivers(protocol, site)),
        alterations=of("alteration-of-consent"),
        majority=_majority(protocol, reader, site),
    )


def _decision(waiver: Waiver, body: OversightBody, reader: Reader) -> Decision:
    return Decision(
        id=Name(waiver.id),
        body=reader.show(body.name),
        citation=reader.fact(waiver.citation, f"/waivers/{waiver.id}/citation"),
        reference=reader.show(waiver.reference),
        decided=reader.show(waiver.decided, date_words),
        reason=reader.show(waiver.reason),
    )


def _majority(protocol: Protocol, reader: Reader, site: Site) -> Shown | None:
    decided = determinations(protocol, site)
    return reader.show(decided[0].majority, duration_words) if decided else None
