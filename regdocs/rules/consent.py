"""Consent content: risks that are not told, and who signs. Whether the words are good is for people to judge."""

from collections.abc import Iterator

from regdocs.rules.rule import Hit
from regdocs.spec.protocol import Protocol

_AGREES = ("participant", "representative")


def nothing_said_of_risks(protocol: Protocol) -> Iterator[Hit]:
    """CNS-001: a product or an invasive procedure of which no risk is told; a TODO is a risk told later."""
    told = {risk.of for risk in protocol.consent.risks}
    invasive = [procedure.id for procedure in protocol.procedures if procedure.invasive]
    for word, key, names in (
        ("product", "products", [product.id for product in protocol.products]),
        ("invasive procedure", "procedures", invasive),
    ):
        for name in names:
            if name not in told:
                hint = f"add a risk with 'of: {name}' to 'consent: risks:'; its text may be TODO"
                yield Hit(f"/{key}/{name}", f'no risk of the {word} "{name}" is told to participants', hint)


def nobody_signs(protocol: Protocol) -> Iterator[Hit]:
    """SIG-001: a consent form with no line for the participant or a representative; a line still TODO is one."""
    lines = [rule for rule in protocol.consent.signatures if rule.who in _AGREES]
    if all(rule.line.value == "never" for rule in lines):
        message = "the consent form has no line on which a participant or a representative signs"
        yield Hit("/consent/signatures", message, "add a rule with 'who: participant' and 'line: always'")


def signatories_given_twice(protocol: Protocol) -> Iterator[Hit]:
    """SIG-002: a second rule for one signatory; the form could follow only one of the two."""
    first: dict[str, str] = {}
    for rule in protocol.consent.signatures:
        earlier = first.setdefault(rule.who, rule.id)
        if earlier != rule.id:
            message = f'rules "{earlier}" and "{rule.id}" are both for the signatory "{rule.who}"'
            yield Hit(f"/consent/signatures/{rule.id}", message, "keep one of them")
