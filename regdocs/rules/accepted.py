"""Accepted findings: which a person may accept, and whether each entry still stands for a finding.

An error, an open value and what concerns consent are never accepted: participants must not pay for a decision that
nobody but the study's own staff took. Does not know the table of rules (it is handed in).
"""

from collections.abc import Iterator, Sequence

from regdocs.finding import Acceptance, Severity
from regdocs.rules.elements import canonical_path
from regdocs.rules.rule import Hit, Rule
from regdocs.spec.accepted import AcceptedFinding
from regdocs.spec.complaints import nearest
from regdocs.spec.protocol import Protocol

_OWN, _OPEN, _CONSENT = "ACC-", "OPEN-", ("CNS-", "SIG-", "ASN-", "WAV-")
# Consent in the schedule, and what a board decided about assent and permission.
_OF_CONSENT = ("OVS-002", "OVS-003", "SCH-003")
_CONSENT_PATH = "/consent"


def entries_that_cannot_stand(protocol: Protocol, rules: Sequence[Rule]) -> Iterator[Hit]:
    """ACC-001: an entry for a rule that does not exist, or for a finding that nobody may accept."""
    known = {rule.id: rule for rule in rules}
    for entry in protocol.accepted:
        path, rule = f"/accepted/{entry.id}", known.get(entry.rule)
        if rule is None:
            guess = nearest(entry.rule.upper(), known)
            hint = f'did you mean "{guess}"?' if guess else '"regdocs explain" lists the rules'
            yield Hit(f"{path}/rule", f'"{entry.rule}" is not a rule of checks over the protocol', hint)
        elif why := _never_accepted(rule, entry.element):
            yield Hit(
                path, f"a finding of {rule.id} is not accepted here: {why}", "mend what was found, and remove the entry"
            )


def entries_without_a_finding(protocol: Protocol, rules: Sequence[Rule]) -> Iterator[Hit]:
    """ACC-002: an entry for something that is not found any more, or never was."""
    known = {rule.id: rule for rule in rules}
    for entry in protocol.accepted:
        rule = known.get(entry.rule)
        if rule is None or _never_accepted(rule, entry.element):
            continue
        found = [canonical_path(protocol, hit.path) for hit in rule.look(protocol)]
        if entry.element not in found:
            message = f"{rule.id} finds nothing at {entry.element}"
            yield Hit(f"/accepted/{entry.id}/element", message, _way_out(found))


def acceptance_of(protocol: Protocol, rule: Rule, hit: Hit) -> Acceptance | None:
    """Return who accepted a finding and why; None when nobody did, or nobody may, or name or reason is still TODO."""
    if not protocol.accepted:
        return None
    place = canonical_path(protocol, hit.path)
    entry = next((one for one in protocol.accepted if (one.rule, one.element) == (rule.id, place)), None)
    if entry is None or _never_accepted(rule, place):
        return None
    return _acceptance(entry)


def _acceptance(entry: AcceptedFinding) -> Acceptance | None:
    reason, by = entry.reason.value, entry.by.value
    return Acceptance(reason, by, entry.on) if reason is not None and by is not None else None


def _never_accepted(rule: Rule, element: str) -> str | None:
    """Return why findings of this rule, or about this element, are never accepted; None when they may be."""
    if rule.severity is Severity.ERROR:
        return "it is an error"
    if rule.id.startswith(_OPEN):
        return "the value is open, and stays open until it is written or confirmed"
    if rule.id.startswith(_OWN):
        return "it is about the list of accepted findings itself"
    if rule.id.startswith(_CONSENT) or rule.id in _OF_CONSENT:
        return "it concerns the consent of participants"
    if element == _CONSENT_PATH or element.startswith(f"{_CONSENT_PATH}/"):
        return "it concerns the consent of participants"
    return None


def _way_out(found: Sequence[str]) -> str:
    listed = ", ".join(found[:3])
    return f"it finds something at: {listed}" if found else "remove the entry; there is nothing to accept any more"
