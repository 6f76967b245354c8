"""The people around a consent form: site, investigator, contacts, overseeing bodies, and who signs.

Knows which of them belong to the site of the form; a purpose without a contact is an open item.
"""

from dataclasses import dataclass

from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.signature_lines import Signatory, waivers_of_documentation, wish_governs
from regdocs.documents.signatures import signatory_of
from regdocs.spec.countries import country_name
from regdocs.spec.identity import Contact, ContactPurpose, Site
from regdocs.spec.oversight import OversightBody, Waiver
from regdocs.spec.protocol import Protocol
from regdocs.units import date_words

_PURPOSES: dict[ContactPurpose, str] = {
    "research-questions": "whom a participant calls with questions about the study",
    "injury-or-emergency": "whom a participant calls when hurt or in an emergency",
    "participant-rights": "whom a participant calls about the rights of participants",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A site and its investigator."""

    id: Name
    name: Shown
    city: Shown
    country: Shown
    investigator: Shown
    investigator_address: Shown | None
    investigator_telephone: Shown | None
    emergency_telephone: Shown


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom to reach and how; only `name` where nobody is recorded."""

    id: Name
    name: Shown
    telephone: Shown | None
    email: Shown | None


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom a participant reaches, by purpose."""

    research: tuple[Reach, ...]
    injury: tuple[Reach, ...]
    rights: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """An ethics committee, authority or board that decides for this site."""

    id: Name
    name: Shown
    national: bool
    approval: Shown
    contact: Shown


@dataclass(frozen=True, slots=True)
class Bodies:
    """The overseeing bodies of this site; `lacking` where no ethics committee is recorded."""

    ethics: tuple[Body, ...]
    regulators: tuple[Body, ...]
    boards: tuple[Body, ...]
    lacking: Shown | None


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A board's decision that no signature is asked of participants.

    Attributes:
        wish_governs: Whether each participant is asked about signing, and the wish decides.
    """

    id: Name
    body: Shown
    reference: Shown
    decided: Shown
    citation: Shown
    wish_governs: bool


@dataclass(frozen=True, slots=True)
class Signatories:
    """The five possible signatories, and the decisions of boards that waived the documentation of consent."""

    participant: Signatory
    representative: Signatory
    witness: Signatory
    interpreter: Signatory
    discussion: Signatory
    unsigned: tuple[Unsigned, ...]


def place_of(site: Site, reader: Reader) -> Place:
    """Return a site as the form names it."""
    investigator = site.investigator
    return Place(
        id=Name(site.id),
        name=reader.show(site.name),
        city=reader.show(site.city),
        country=reader.fact(country_name(site.country), f"/sites/{site.id}/country"),
        investigator=reader.show(investigator.name),
        investigator_address=reader.maybe(investigator.address),
        investigator_telephone=reader.maybe(investigator.telephone),
        emergency_telephone=reader.show(site.emergency_telephone),
    )


def contacts_of(protocol: Protocol, reader: Reader, site: Site) -> Contacts:
    """Return whom a participant of this site reaches."""

    def of(purpose: ContactPurpose) -> tuple[Reach, ...]:
        found = [c for c in protocol.contacts if c.purpose == purpose and c.site in (None, site.id)]
        lacking = Reach(Name(f"lacking-{purpose}"), reader.lacking(_PURPOSES[purpose], "/contacts"), None, None)
        return tuple(_reach(contact, reader) for contact in found) or (lacking,)

    return Contacts(of("research-questions"), of("injury-or-emergency"), of("participant-rights"))


def _reach(contact: Contact, reader: Reader) -> Reach:
    return Reach(
        id=Name(contact.id),
        name=reader.show(contact.name),
        telephone=reader.show(contact.telephone),
        email=reader.maybe(contact.email),
    )


def bodies_of(protocol: Protocol, reader: Reader, site: Site) -> Bodies:
    """Return the bodies that decide for this site."""

    def of(*roles: str) -> tuple[Body, ...]:
        return tuple(_body(one, reader) for one in protocol.oversight if one.role in roles and site.id in one.sites)

    ethics = of("ethics-committee", "national-ethics-committee")
    what = "the ethics committee that decides for this site"
    return Bodies(
        ethics=ethics,
        regulators=of("regulator"),
        boards=of("data-safety-board"),
        lacking=None if ethics else reader.lacking(what, "/oversight"),
    )


def _body(body: OversightBody, reader: Reader) -> Body:
    return Body(
        id=Name(body.id),
        name=reader.show(body.name),
        national=body.role == "national-ethics-committee",
        approval=reader.show(body.approval),
        contact=reader.show(body.contact),
    )


def signatories_of(protocol: Protocol, reader: Reader, site: Site, paper: str = "consent") -> Signatories:
    """Return who signs this site's form, or a paper beside it, as the recorded rules and the site's bodies say."""

    def of(who: str) -> Signatory:
        return signatory_of(paper, who, protocol, reader, site)

    waivers = waivers_of_documentation(protocol, site)
    return Signatories(
        participant=of("participant"),
        representative=of("representative"),
        witness=of("impartial-witness"),
        interpreter=of("interpreter"),
        discussion=of("discussion"),
        unsigned=tuple(_unsigned(protocol, reader, waiver) for waiver in waivers),
    )


def _unsigned(protocol: Protocol, reader: Reader, waiver: Waiver) -> Unsigned:
    body = next(body for body in protocol.oversight if body.id == waiver.body)
    return Unsigned(
        id=Name(waiver.id),
        body=reader.show(body.name),
        reference=reader.show(waiver.reference),
        decided=reader.show(waiver.decided, date_words),
        citation=reader.fact(waiver.citation, f"/waivers/{waiver.id}/citation"),
        wish_governs=wish_governs(waiver),
    )
