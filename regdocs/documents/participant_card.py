"""The view of the card that a participant carries: what a doctor needs who does not know the study.

Applies where a notice for that doctor is recorded (`consent.card_notice`). It names what everyone may be given, never
what this participant is given: of a masked study nobody may read that from a card.
"""

from dataclasses import dataclass

from regdocs.documents.consent_people import Place, place_of
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.errors import RegdocsError
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

_MASKED_FROM = ("participant", "care-provider", "investigator")


@dataclass(frozen=True, slots=True)
class Product:
    """Something that a participant may be given: its name in the protocol."""

    id: Name
    name: Shown


@dataclass(frozen=True, slots=True)
class ParticipantCardView:
    """All that the card of one site prints.

    Attributes:
        masked: Whether participant or doctors do not know the assignment.
        several: Whether more than one thing may be given.
        unblinding: How the assignment is opened, where that is recorded.
    """

    study: Study
    place: Place
    products: tuple[Product, ...]
    several: bool
    masked: bool
    unblinding: Shown | None
    notice: Shown


def participant_card_applies(protocol: Protocol, site: Site | None) -> bool:
    """Tell whether participants carry a card: a notice for it is recorded, or recorded as still to be written."""
    return protocol.consent.card_notice is not None


def participant_card_view(protocol: Protocol, reader: Reader, site: Site | None) -> ParticipantCardView:
    """Return the view of one site's card.

    Raises:
        RegdocsError: No site is given; this is a mistake of the program, since the card is made per site.
    """
    if site is None:
        raise RegdocsError("a participant card is made for one site")
    products, notice = _products(protocol, reader), protocol.consent.card_notice
    lacking = "what the card tells a doctor who does not know the study"
    return ParticipantCardView(
        study=study_of(protocol, reader),
        place=place_of(site, reader),
        products=products,
        several=len(products) > 1,
        masked=_masked(protocol, reader),
        unblinding=reader.maybe(protocol.randomisation.unblinding if protocol.randomisation else None),
        notice=reader.lacking(lacking, "/consent/card_notice") if notice is None else reader.show(notice),
    )


def _products(protocol: Protocol, reader: Reader) -> tuple[Product, ...]:
    reader.note("/products")
    products = tuple(Product(Name(one.id), reader.show(one.name)) for one in protocol.products)
    return products or tuple(Product(Name(one.id), reader.show(one.name)) for one in protocol.interventions)


def _masked(protocol: Protocol, reader: Reader) -> bool:
    """Tell whether the people whom the card is for do not know; a masked assessor alone does not count."""
    masking = protocol.design.masking
    reader.note("/design/masking/roles")
    return not reader.holds(masking.level, "open-label") and any(role in _MASKED_FROM for role in masking.roles)
