"""Runs every rule of the table over a loaded protocol and gives the findings their places."""

from regdocs.finding import Finding, Severity
from regdocs.rules.accepted import acceptance_of
from regdocs.rules.rule import Hit, Rule
from regdocs.rules.table import RULES
from regdocs.spec.load import Loaded
from regdocs.spec.protocol import Protocol


def check_protocol(loaded: Loaded) -> tuple[Finding, ...]:
    """Return what the rules find, in the order of the text; nothing where the protocol could not be loaded."""
    protocol = loaded.protocol
    if protocol is None:
        return ()
    found = [_finding(loaded, protocol, rule, hit) for rule in RULES for hit in rule.look(protocol)]
    return tuple(sorted(found, key=lambda finding: (finding.position, finding.rule)))


def _finding(loaded: Loaded, protocol: Protocol, rule: Rule, hit: Hit) -> Finding:
    position = loaded.place(hit.path)
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=hit.message,
        file=loaded.file,
        position=position,
        hint=hit.hint,
        source=rule.source,
        # A note says in its message what stands there, and there may be hundreds of them.
        excerpt=None if rule.severity is Severity.NOTE else loaded.line(position),
        accepted=acceptance_of(protocol, rule, hit),
    )
