"""Oversight: whether a body protects the participants of every site, and what it decided about consent."""

from collections.abc import Iterator

from regdocs.rules.rule import Hit
from regdocs.spec.protocol import Protocol

_NEVER_ALTERED = "CR-a"  # the marks of 45 CFR 46.116(a) in the templates
_ETHICS = ("ethics-committee", "national-ethics-committee")


def sites_without_ethics_committee(protocol: Protocol) -> Iterator[Hit]:
    """OVS-001: a site for which no ethics committee decides."""
    covered = {site for body in protocol.oversight if body.role in _ETHICS for site in body.sites}
    for site in protocol.sites:
        if site.id not in covered:
            message = f'no ethics committee decides for the site "{site.id}"'
            hint = "add the site to 'sites' of a body under 'oversight'; its name may be TODO"
            yield Hit(f"/sites/{site.id}", message, hint)


def alterations_without_elements(protocol: Protocol) -> Iterator[Hit]:
    """WAV-001: an alteration of consent that does not say which elements it alters."""
    for waiver in protocol.waivers:
        if waiver.kind == "alteration-of-consent" and not (waiver.elements or waiver.wording):
            message = f'the alteration "{waiver.id}" does not say which elements of consent it leaves out or changes'
            yield Hit(f"/waivers/{waiver.id}", message, "add 'elements:' with the ids of these elements, such as CR-c3")


def elements_that_cannot_be_altered(protocol: Protocol) -> Iterator[Hit]:
    """WAV-002: an alteration of what 45 CFR 46.116(a) asks; a board may alter elements of (b) and (c) only."""
    for waiver in protocol.waivers:
        if waiver.kind != "alteration-of-consent":
            continue
        named = [(one, f"/waivers/{waiver.id}/elements/{number}") for number, one in enumerate(waiver.elements)]
        named += [(one.element, f"/waivers/{waiver.id}/wording/{one.id}/element") for one in waiver.wording]
        for element, path in named:
            if element.startswith(_NEVER_ALTERED):
                message = f'the alteration "{waiver.id}" names "{element}", which no board may leave out or alter'
                yield Hit(path, message, "look into the decision again; the forms keep this text")
