"""What a signature rule is, and the ways in which it decides by recorded facts whether a line stands on a paper.

Knows rules of consent, decisions of boards about children and waivers. The rules themselves are the table in
`signatures.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from regdocs.documents.children import determinations, has_children
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.consent import Signatory as Signer
from regdocs.spec.identity import Site
from regdocs.spec.oversight import Waiver
from regdocs.spec.protocol import Protocol

_SIGNATORIES: dict[Signer, str] = {
    "participant": "the participant",
    "discussion": "the person who conducted the consent discussion",
    "representative": "the legally authorised representative",
    "impartial-witness": "the impartial witness",
    "interpreter": "the interpreter",
}
_LINES = {"always": "a line stands", "when-it-applies": "a line stands, for when it applies", "never": "no line"}


@dataclass(frozen=True, slots=True)
class Signatory:
    """What the recorded facts say of one signatory.

    Attributes:
        line: Whether a line stands: always, when it applies, or because the rule is still open.
        when_it_applies: Whether it is signed only when it applies.
        rule: The rule in words where it is open or assumed, else None.
        basis: Why, in recorded words, where they are recorded.
    """

    id: Name
    line: bool
    when_it_applies: bool = False
    rule: Shown | None = None
    basis: Shown | None = None


Decide = Callable[[Protocol, Reader, Site], Signatory]


@dataclass(frozen=True, slots=True)
class SignatureRule:
    """One signature: when its line stands, who signs, on which paper, what is attested.

    Attributes:
        paper: The kind of document on which it stands.
        signer: Name of the signatory; the block is "<paper>.signatures.<signer>", of assent with the band behind it.
        regime: The rules it comes from, "good practice" where none asks for it.
        citation: Where they say it; None for good practice.
        checked: Whether the clause was read in a public source; else it is written from memory.
        trigger: The recorded fact that calls for it, in words.
        signs: Who signs, as printed.
        attests: What they attest, as printed.
        decide: The trigger as code.
    """

    paper: str
    signer: str
    regime: str
    citation: str | None
    checked: bool
    trigger: str
    signs: str
    attests: str
    decide: Decide

    @property
    def id(self) -> str:
        """Name of the rule: "parental-permission.second-parent"."""
        return f"{self.paper}.{self.signer}"


def stands(name: str, when_it_applies: bool = False) -> Decide:
    """Return the decision that a line always stands, because the paper is for that signatory."""

    def decide(_protocol: Protocol, _reader: Reader, _site: Site) -> Signatory:
        return Signatory(Name(name), line=True, when_it_applies=when_it_applies)

    return decide


def recorded(who: Signer) -> Decide:
    """Return the decision by the recorded rule for a signatory; a rule that is not recorded is an open one."""

    def decide(protocol: Protocol, reader: Reader, _site: Site) -> Signatory:
        rule = next((rule for rule in protocol.consent.signatures if rule.who == who), None)
        if rule is None:
            what = f"whether a line for {_SIGNATORIES[who]} stands in the form"
            open_rule = reader.lacking(what, "/consent/signatures")
            return Signatory(Name(who), line=True, rule=open_rule, basis=open_rule)
        return Signatory(
            id=Name(rule.id),
            line=not reader.holds(rule.line, "never"),
            when_it_applies=reader.holds(rule.line, "when-it-applies"),
            rule=None if rule.line.state == "known" else reader.show(rule.line, _LINES.__getitem__),
            basis=reader.show(rule.basis),
        )

    return decide


def unless_waived(by_rule: Decide) -> Decide:
    """Return the same decision, but no line where a board waived the documentation of consent (45 CFR 46.117(c))."""

    def decide(protocol: Protocol, reader: Reader, site: Site) -> Signatory:
        decided = by_rule(protocol, reader, site)
        if waivers_of_documentation(protocol, site):
            reader.note("/waivers")
            return Signatory(decided.id, line=False)
        return decided

    return decide


def unless_waived_or_wished(by_rule: Decide) -> Decide:
    """Return the decision as `unless_waived` does, but a line that is signed on request where a wish to sign counts."""

    def decide(protocol: Protocol, reader: Reader, site: Site) -> Signatory:
        waived = waivers_of_documentation(protocol, site)
        if waived and all(wish_governs(one) for one in waived):
            reader.note("/waivers")
            return replace(by_rule(protocol, reader, site), when_it_applies=True)
        return unless_waived(by_rule)(protocol, reader, site)

    return decide


def second_parent(protocol: Protocol, reader: Reader, site: Site) -> Signatory:
    """Decide on the second parent: a line unless every body of the site is known to ask for one parent only."""
    asked = [one.parents for one in determinations(protocol, site)]
    opened = next((parents for parents in asked if parents.todo is not None), None)
    return Signatory(
        id=Name("second-parent"),
        line=not all(reader.holds(parents, "one") for parents in asked),
        rule=None if opened is None else reader.show(opened),
    )


def advocate(protocol: Protocol, reader: Reader, site: Site) -> Signatory:
    """Decide on a ward's advocate: a line unless a body of the site is known to keep wards out."""
    asked = [one.wards for one in determinations(protocol, site)]
    opened = next((wards for wards in asked if wards.todo is not None), None)
    return Signatory(
        id=Name("advocate"),
        line=not any(reader.holds(wards, "not-enrolled") for wards in asked),
        when_it_applies=True,
        rule=None if opened is None else reader.show(opened),
    )


def personal_representative(protocol: Protocol, reader: Reader, site: Site) -> Signatory:
    """Decide on who signs for the participant: as the recorded rule says, and always where children take part."""
    by_rule = recorded("representative")(protocol, reader, site)
    if not has_children(protocol, site):
        return by_rule
    reader.note("/oversight")
    return Signatory(Name("representative"), line=True, when_it_applies=True)


def waivers_of_documentation(protocol: Protocol, site: Site) -> tuple[Waiver, ...]:
    """Return the decisions of the site's bodies that no signature is asked of participants (45 CFR 46.117(c))."""
    bodies = {body.id for body in protocol.oversight if site.id in body.sites}
    return tuple(one for one in protocol.waivers if one.kind == "waiver-of-documentation" and one.body in bodies)


def wish_governs(waiver: Waiver) -> bool:
    """Tell whether each participant is asked about signing, and the wish decides: 45 CFR 46.117(c)(1)(i)."""
    return "46.117(c)(1)(i)" in waiver.citation.replace(" ", "")
