"""The one table of signature rules: who signs on which paper, when, by which clause, and what they attest.

Views ask it which lines stand. `docs/signatures.md` is made of it, and a test holds the words of the templates to it,
so that lines, words and page cannot drift. No age stands here: bands of assent come from `oversight` only.
"""

from regdocs.documents.shown import Reader
from regdocs.documents.signature_lines import (
    Signatory,
    SignatureRule,
    advocate,
    personal_representative,
    recorded,
    second_parent,
    stands,
    unless_waived,
    unless_waived_or_wished,
)
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

_RECORDED = "The recorded rule for this signatory in `consent.signatures`; one that is not recorded is open."
_WAIVABLE = f"{_RECORDED} No line where a board of the site waived the documentation of consent (`waivers`)."
_NOT_WAIVED = (
    "No line where a board of the site waived the documentation of consent (`waivers`), which 45 CFR 46.408(d) extends "
    "to permission."
)
_CHILDREN = "A body of the site decided about children (`oversight[].paediatric`)."
_SHORT = (
    'A recorded answer (`answers`, question `short-form` or `short-form:SITE`) begins with "Yes", and no body of the '
    "site waived consent itself."
)
_ADDENDUM = "An amendment calls for it: what is new is told on an addendum."
_RULES_OF_CONSENT = "ICH E6(R3) Annex 1 section 2.8"
_WISHED = (
    f"{_WAIVABLE} Under 45 CFR 46.117(c)(1)(i) the line stays, and is signed when the participant wishes a signed form."
)
_WISHED_BY_PARENTS = (
    f"{_NOT_WAIVED} Under 45 CFR 46.117(c)(1)(i) the line stays, and is signed when the parent wishes a signed form."
)
_US_WRITTEN = "45 CFR 46.117(a); 21 CFR 50.27(a)"
_US_SHORT = "45 CFR 46.117(b)(2); 21 CFR 50.27(b)(2)"
_US_PARENTS = "45 CFR 46.408(b) and (d); 21 CFR 50.55(e)"


RULES: tuple[SignatureRule, ...] = (
    SignatureRule(
        paper="consent",
        signer="participant",
        regime="ICH, US",
        citation=f"{_RULES_OF_CONSENT}; {_US_WRITTEN}",
        checked=False,
        trigger=_WISHED,
        signs="Participant",
        attests="I agree to take part, as stated above.",
        decide=unless_waived_or_wished(recorded("participant")),
    ),
    SignatureRule(
        paper="consent",
        signer="representative",
        regime="ICH, US",
        citation=f"{_RULES_OF_CONSENT}; {_US_WRITTEN}",
        checked=False,
        trigger=_WISHED,
        signs="Legally authorised representative",
        attests="I agree that the participant takes part, as stated above.",
        decide=unless_waived_or_wished(recorded("representative")),
    ),
    SignatureRule(
        paper="consent",
        signer="impartial-witness",
        regime="ICH",
        citation=_RULES_OF_CONSENT,
        checked=True,
        trigger=_WAIVABLE,
        signs="Impartial witness",
        attests="I do not belong to the study. I was there during the whole talk. This form was explained correctly, "
        "and consent was given freely.",
        decide=unless_waived(recorded("impartial-witness")),
    ),
    SignatureRule(
        paper="consent",
        signer="interpreter",
        regime="good practice",
        citation=None,
        checked=True,
        trigger=_RECORDED,
        signs="Interpreter",
        attests="I translated the talk and this form completely and correctly.",
        decide=recorded("interpreter"),
    ),
    SignatureRule(
        paper="consent",
        signer="discussion",
        regime="ICH",
        citation=_RULES_OF_CONSENT,
        checked=True,
        trigger=_RECORDED,
        signs="Person who conducted the consent discussion",
        attests="I explained the study and answered all questions. I believe that the participant understood and "
        "decided freely.",
        decide=recorded("discussion"),
    ),
    SignatureRule(
        paper="consent-addendum",
        signer="participant",
        regime="ICH, US",
        citation=f"{_RULES_OF_CONSENT}; {_US_WRITTEN}",
        checked=False,
        trigger=f"{_ADDENDUM} {_WISHED}",
        signs="Participant",
        attests="I agree to go on taking part, as stated above.",
        decide=unless_waived_or_wished(recorded("participant")),
    ),
    SignatureRule(
        paper="consent-addendum",
        signer="representative",
        regime="ICH, US",
        citation=f"{_RULES_OF_CONSENT}; {_US_WRITTEN}",
        checked=False,
        trigger=f"{_ADDENDUM} {_WISHED}",
        signs="Legally authorised representative",
        attests="I agree that the participant goes on taking part, as stated above.",
        decide=unless_waived_or_wished(recorded("representative")),
    ),
    SignatureRule(
        paper="consent-addendum",
        signer="impartial-witness",
        regime="ICH",
        citation=_RULES_OF_CONSENT,
        checked=True,
        trigger=f"{_ADDENDUM} {_WAIVABLE}",
        signs="Impartial witness",
        attests="I do not belong to the study. I was there during the whole talk. This paper was explained correctly, "
        "and consent was given freely.",
        decide=unless_waived(recorded("impartial-witness")),
    ),
    SignatureRule(
        paper="consent-addendum",
        signer="interpreter",
        regime="good practice",
        citation=None,
        checked=True,
        trigger=f"{_ADDENDUM} {_RECORDED}",
        signs="Interpreter",
        attests="I translated the talk and this paper completely and correctly.",
        decide=recorded("interpreter"),
    ),
    SignatureRule(
        paper="consent-addendum",
        signer="discussion",
        regime="ICH",
        citation=_RULES_OF_CONSENT,
        checked=True,
        trigger=f"{_ADDENDUM} {_RECORDED}",
        signs="Person who conducted the consent discussion",
        attests="I explained what is new and answered all questions. I believe that the participant understood and "
        "decided freely.",
        decide=recorded("discussion"),
    ),
    SignatureRule(
        paper="parental-permission",
        signer="parent",
        regime="US",
        citation=_US_PARENTS,
        checked=False,
        trigger=f"{_CHILDREN} {_WISHED_BY_PARENTS}",
        signs="Parent or legal guardian",
        attests="I give permission for my child to take part, as stated above.",
        decide=unless_waived_or_wished(stands("parent")),
    ),
    SignatureRule(
        paper="parental-permission",
        signer="second-parent",
        regime="US",
        citation=_US_PARENTS,
        checked=False,
        trigger=f"{_CHILDREN} It asks for the permission of two parents. {_WISHED_BY_PARENTS}",
        signs="Second parent or legal guardian",
        attests="I give permission for my child to take part, as stated above.",
        decide=unless_waived_or_wished(second_parent),
    ),
    SignatureRule(
        paper="parental-permission",
        signer="advocate",
        regime="US",
        citation="45 CFR 46.409(b); 21 CFR 50.56(b)",
        checked=False,
        trigger=f"{_CHILDREN} Wards may take part with an advocate.",
        signs="Advocate of a ward",
        attests="I agree to act in the best interests of this child for as long as the child takes part. I have no tie "
        "to the study, to the investigator or to the organisation that is guardian.",
        decide=advocate,
    ),
    SignatureRule(
        paper="parental-permission",
        signer="impartial-witness",
        regime="ICH",
        citation=_RULES_OF_CONSENT,
        checked=True,
        trigger=f"{_CHILDREN} {_RECORDED} {_NOT_WAIVED}",
        signs="Impartial witness",
        attests="I do not belong to the study. I was there during the whole talk. This form was explained correctly, "
        "and permission was given freely.",
        decide=unless_waived(recorded("impartial-witness")),
    ),
    SignatureRule(
        paper="parental-permission",
        signer="interpreter",
        regime="good practice",
        citation=None,
        checked=True,
        trigger=f"{_CHILDREN} {_RECORDED}",
        signs="Interpreter",
        attests="I translated the talk and this form completely and correctly.",
        decide=recorded("interpreter"),
    ),
    SignatureRule(
        paper="parental-permission",
        signer="discussion",
        regime="ICH",
        citation=_RULES_OF_CONSENT,
        checked=True,
        trigger=_CHILDREN,
        signs="Person who conducted the permission discussion",
        attests="I explained the study and answered all questions. I believe that those who signed above understood "
        "and decided freely.",
        decide=stands("discussion"),
    ),
    SignatureRule(
        paper="assent",
        signer="child",
        regime="US, ICH",
        citation=f"45 CFR 46.408(a) and (e); 21 CFR 50.55(a) and (g); {_RULES_OF_CONSENT}",
        checked=False,
        trigger="The band of assent asks for a signature (`oversight[].paediatric.bands`), or what it asks is open.",
        signs="Child or young person",
        attests="Somebody talked with me about the study. I could ask questions. I want to be in the study.",
        decide=stands("child"),
    ),
    SignatureRule(
        paper="assent",
        signer="discussion",
        regime="US, ICH",
        citation=f"45 CFR 46.408(e); 21 CFR 50.55(g); {_RULES_OF_CONSENT}",
        checked=False,
        trigger="The band of assent asks for a signature or for spoken assent, or what it asks is open.",
        signs="Person who talked with the child",
        attests="I explained the study in words that this child can understand. The child could ask questions. The "
        "answer above is the child’s own.",
        decide=stands("discussion"),
    ),
    SignatureRule(
        paper="short-form",
        signer="participant",
        regime="US",
        citation=_US_SHORT,
        checked=False,
        trigger=_SHORT,
        signs="Participant",
        attests="I was told all that this form says, in a language that I understand. I agree to take part.",
        decide=stands("participant"),
    ),
    SignatureRule(
        paper="short-form",
        signer="representative",
        regime="US",
        citation=_US_SHORT,
        checked=False,
        trigger=f"{_SHORT} {_RECORDED}",
        signs="Legally authorised representative",
        attests="I was told all that this form says, in a language that I understand. I agree that the participant "
        "takes part.",
        decide=recorded("representative"),
    ),
    SignatureRule(
        paper="short-form",
        signer="witness",
        regime="US",
        citation=_US_SHORT,
        checked=False,
        trigger=_SHORT,
        signs="Witness to the talk",
        attests="I was there during the whole talk. All that the written summary says was said. Consent was given "
        "freely.",
        decide=stands("witness"),
    ),
    SignatureRule(
        paper="short-form-summary",
        signer="witness",
        regime="US",
        citation=_US_SHORT,
        checked=False,
        trigger=_SHORT,
        signs="Witness to the talk",
        attests="I was there during the whole talk. All that this summary says was said.",
        decide=stands("witness"),
    ),
    SignatureRule(
        paper="short-form-summary",
        signer="discussion",
        regime="US",
        citation=_US_SHORT,
        checked=False,
        trigger=_SHORT,
        signs="Person who obtained consent",
        attests="I said all that this summary says and answered all questions. I believe that the participant "
        "understood and decided freely.",
        decide=stands("discussion"),
    ),
    SignatureRule(
        paper="privacy-authorisation",
        signer="participant",
        regime="US",
        citation="45 CFR 164.508(c)(1)(vi)",
        checked=False,
        trigger="A permission is recorded (`consent.authorisation`), or the site is in the United States.",
        signs="Participant",
        attests="I permit the use and the sharing of my health information, as this form says.",
        decide=stands("participant"),
    ),
    SignatureRule(
        paper="privacy-authorisation",
        signer="representative",
        regime="US",
        citation="45 CFR 164.508(c)(1)(vi)",
        checked=False,
        trigger=f"As for the participant. {_RECORDED} Always where children take part.",
        signs="Personal representative of the participant",
        attests="I permit the use and the sharing of the participant’s health information, as this form says.",
        decide=personal_representative,
    ),
)

_BY_ID = {rule.id: rule for rule in RULES}


def signatory_of(paper: str, signer: str, protocol: Protocol, reader: Reader, site: Site) -> Signatory:
    """Return whether the line of a signatory stands on a paper of a site.

    Raises:
        KeyError: The table has no such rule; this is a mistake of the program.
    """
    return _BY_ID[f"{paper}.{signer}"].decide(protocol, reader, site)
