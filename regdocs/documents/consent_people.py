"""The people around a consent form: site, investigator, contacts, overseeing bodies, and who signs.

Knows which of them belong to the site of the form; a purpose without a contact is an open item.
"""

from dataclasses import dataclass

from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.countries import country_name
from regdocs.spec.identity import Contact, ContactPurpose, Site
from regdocs.spec.oversight import OversightBody
from regdocs.spec.protocol import Protocol

_SIGNATORIES = {
    "participant": "the participant",
    "discussion": "the person who conducted the consent discussion",
    "representative": "the legally authorised representative",
    "impartial-witness": "the impartial witness",
    "interpreter": "the interpreter",
}
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
class Signatory:
    """What the recorded rule says of one signatory.

    Attributes:
        line: Whether a line stands in the form: always, when it applies, or because the rule is still open.
        when_it_applies: Whether it is signed only when it applies.
        rule: The rule in words where it is open or assumed, else None.
        basis: Why; printed beside a line that is signed only when it applies.
    """

    id: Name
    line: bool
    when_it_applies: bool
    rule: Shown | None
    basis: Shown


@dataclass(frozen=True, slots=True)
class Signatories:
    """The five possible signatories; None is never: a rule that is not recorded is an open one."""

    participant: Signatory
    representative: Signatory
    witness: Signatory
    interpreter: Signatory
    discussion: Signatory


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


def signatories_of(protocol: Protocol, reader: Reader) -> Signatories:
    """Return who signs, as the recorded rules say."""

    def of(who: str) -> Signatory:
        return _signatory(protocol, reader, who)

    return Signatories(
        participant=of("participant"),
        representative=of("representative"),
        witness=of("impartial-witness"),
        interpreter=of("interpreter"),
        discussion=of("discussion"),
    )


def _signatory(protocol: Protocol, reader: Reader, who: str) -> Signatory:
    rule = next((rule for rule in protocol.consent.signatures if rule.who == who), None)
    if rule is None:
        open_rule = reader.lacking(f"whether a line for {_SIGNATORIES[who]} stands in the form", "/consent/signatures")
        return Signatory(Name(who), line=True, when_it_applies=False, rule=open_rule, basis=open_rule)
    words = {"always": "a line stands", "when-it-applies": "a line stands, for when it applies", "never": "no line"}
    shown = reader.show(rule.line, words.__getitem__)
    return Signatory(
        id=Name(rule.id),
        line=not reader.holds(rule.line, "never"),
        when_it_applies=reader.holds(rule.line, "when-it-applies"),
        rule=None if rule.line.state == "known" else shown,
        basis=reader.show(rule.basis),
    )
