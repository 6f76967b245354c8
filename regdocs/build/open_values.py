"""Values of the protocol that are to be completed or only assumed: what keeps a draft from being final."""

from regdocs.finding import Finding, Severity
from regdocs.spec.known import Known
from regdocs.spec.load import Loaded
from regdocs.spec.paths import known_values
from regdocs.spec.protocol import Protocol

FINAL_RULE = "FINAL-001"


def open_values(protocol: Protocol) -> tuple[Known[object], ...]:
    """Return every open value, in the order of the model."""
    return tuple(value for value in known_values(protocol) if value.state != "known")


def refusals(loaded: Loaded) -> tuple[Finding, ...]:
    """Return an error for each open value: none of them may stand in a final document."""
    if loaded.protocol is None:
        return ()
    found = [_refusal(loaded, value) for value in open_values(loaded.protocol)]
    return tuple(sorted(found, key=lambda finding: finding.position))


def _refusal(loaded: Loaded, value: Known[object]) -> Finding:
    if value.state == "todo":
        message, hint = f"to be completed: {value.todo}", "write the value in place of the TODO"
    else:
        message = f"only assumed: {value.assumption}"
        hint = f"ask {value.ask}" if value.ask else "confirm the value and take 'assumption' away"
    return Finding(
        rule=FINAL_RULE,
        severity=Severity.ERROR,
        message=f"{value.path}: {message}",
        file=loaded.file,
        position=loaded.place(value.path),
        hint=hint,
    )
