"""The view of a site's parental permission form: what the consent form says, and what is recorded about children.

Knows the decisions of the site's bodies about children; what is told of the study itself comes from the consent form's
view. The sentences, addressed to a parent, stand in `templates/parental-permission/`.
"""

from dataclasses import dataclass
from typing import Literal

from regdocs.documents.children import all_bands, deciding_bodies, determinations, has_children
from regdocs.documents.consent import ConsentView, consent_view
from regdocs.documents.consent_words import duration_words
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.signature_lines import Signatory, second_parent
from regdocs.documents.signatures import signatory_of
from regdocs.documents.waived_consent import permission_waived
from regdocs.errors import RegdocsError
from regdocs.spec.identity import Site
from regdocs.spec.known import Known
from regdocs.spec.oversight import AssentBand, OversightBody, PaediatricDetermination
from regdocs.spec.protocol import Protocol

_ASKS = {
    "signature": "Your child is asked to sign",
    "spoken-assent": "Your child is asked to say yes or no",
    "nothing": "Your child is not asked",
}
_PAYMENT = "/consent/payment_for_children"
Category = Literal["46.404", "46.405", "46.406", "46.407", "other"]
_CATEGORIES: tuple[Category, ...] = ("46.404", "46.405", "46.406", "46.407", "other")


@dataclass(frozen=True, slots=True)
class Decision:
    """What one body decided about children.

    Attributes:
        category: In words where it is open, else None; `category_choice` chooses the sentence ("open" while open).
    """

    id: Name
    body: Shown
    category: Shown | None
    category_choice: Name
    reference: Shown


@dataclass(frozen=True, slots=True)
class Band:
    """Children of these ages, and what is asked of them."""

    id: Name
    from_age: Shown
    below_age: Shown
    asks: Shown


@dataclass(frozen=True, slots=True)
class Signatories:
    """Who signs the permission."""

    parent: Signatory
    second_parent: Signatory
    advocate: Signatory
    witness: Signatory
    interpreter: Signatory
    discussion: Signatory


@dataclass(frozen=True, slots=True)
class ParentalPermissionView:
    """All that the parental permission form of one site prints.

    Attributes:
        about: What the consent form tells of the study.
        payment: What is paid where a child takes part, and to whom: not what an adult is told.
        one_parent: Whether the permission of one parent is known to be enough.
        how_many: How many parents have to give permission, in words where it is open, else None.
        us_exceptions: Whether the exceptions of 45 CFR 46.408(b) to the second parent's permission apply.
    """

    about: ConsentView
    payment: Shown
    decisions: tuple[Decision, ...]
    bands: tuple[Band, ...]
    majority: tuple[Shown, ...]
    one_parent: bool
    how_many: Shown | None
    us_exceptions: bool
    signatories: Signatories


def parental_permission_view(protocol: Protocol, reader: Reader, site: Site | None) -> ParentalPermissionView:
    """Return the view of one site's form.

    Raises:
        RegdocsError: No site is given; this is a mistake of the program, since the form is made per site.
    """
    if site is None:
        raise RegdocsError("a parental permission form is made for one site")
    decided, second = determinations(protocol, site), second_parent(protocol, reader, site)
    pairs = zip(deciding_bodies(protocol, site), decided, strict=True)
    decisions = tuple(_decision(body, one, reader) for body, one in pairs)
    return ParentalPermissionView(
        about=consent_view(protocol, reader, site),
        payment=_payment(protocol, reader, site),
        decisions=decisions,
        bands=tuple(_band(band, reader) for band in all_bands(protocol, site)),
        majority=tuple(reader.show(one.majority, duration_words) for one in decided[:1]),
        one_parent=not second.line,
        how_many=second.rule,
        us_exceptions=not any(one.category_choice == "other" for one in decisions),
        signatories=_signatories(protocol, reader, site),
    )


def parental_permission_applies(protocol: Protocol, site: Site | None) -> bool:
    """Tell whether children take part at this site, by the recorded decision of a body, and parents are asked."""
    return has_children(protocol, site) and not permission_waived(protocol, site)


def _payment(protocol: Protocol, reader: Reader, site: Site) -> Shown:
    """Return the recorded words; those for adults do not tell whether the child or the parents are paid."""
    own = next((wording.text for wording in site.wording if wording.field == _PAYMENT), None)
    said = own or protocol.consent.payment_for_children
    lacking = "what is paid where a child takes part, and whether it is paid to the child or to the parents"
    return reader.lacking(lacking, _PAYMENT) if said is None else reader.derive(lambda: said.present, said)


def _decision(body: OversightBody, decided: PaediatricDetermination, reader: Reader) -> Decision:
    category = decided.category
    return Decision(
        id=Name(body.id),
        body=reader.show(body.name),
        category=None if category.state == "known" else reader.show(category),
        category_choice=_choice(category, reader),
        reference=reader.show(decided.reference),
    )


def _choice(category: Known[Category], reader: Reader) -> Name:
    return next((Name(one) for one in _CATEGORIES if reader.holds(category, one)), Name("open"))


def _band(band: AssentBand, reader: Reader) -> Band:
    return Band(
        id=Name(band.id),
        from_age=reader.show(band.from_age, duration_words),
        below_age=reader.show(band.below_age, duration_words),
        asks=reader.show(band.asks, _ASKS.__getitem__),
    )


def _signatories(protocol: Protocol, reader: Reader, site: Site) -> Signatories:
    def of(who: str) -> Signatory:
        return signatory_of("parental-permission", who, protocol, reader, site)

    return Signatories(
        parent=of("parent"),
        second_parent=of("second-parent"),
        advocate=of("advocate"),
        witness=of("impartial-witness"),
        interpreter=of("interpreter"),
        discussion=of("discussion"),
    )
