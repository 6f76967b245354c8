"""Values of the protocol that are to be completed or only assumed: what keeps a draft from being final."""

from collections.abc import Iterable

from regdocs.content.model import Document
from regdocs.documents.draft import OpenItem, open_items
from regdocs.finding import Finding, Severity
from regdocs.spec.known import Known
from regdocs.spec.load import Loaded
from regdocs.spec.paths import known_values
from regdocs.spec.protocol import Protocol

FINAL_RULE = "FINAL-001"


def open_values(protocol: Protocol) -> tuple[Known[object], ...]:
    """Return every open value, in the order of the model."""
    return tuple(value for value in known_values(protocol) if value.state != "known")


def refusals(loaded: Loaded, documents: Iterable[Document]) -> tuple[Finding, ...]:
    """Return an error for each open value, and for each thing that a document lacks: neither may stand in a final one.

    `documents` are those in the protocol's own language; a translation with gaps stays a draft on its own.
    """
    if loaded.protocol is None:
        return ()
    opened = open_values(loaded.protocol)
    known = {value.path for value in opened}
    items = dict.fromkeys(item for document in documents for item in open_items(document, loaded.protocol))
    lacking = [_lacking(loaded, item) for item in items if item.path not in known]
    found = [*(_refusal(loaded, value) for value in opened), *lacking]
    return tuple(sorted(found, key=lambda finding: finding.position))


def _lacking(loaded: Loaded, item: OpenItem) -> Finding:
    return Finding(
        rule=FINAL_RULE,
        severity=Severity.ERROR,
        message=f"{item.path}: {item.what}",
        file=loaded.file,
        position=loaded.place(item.path),
        hint="add what is missing; a document needs it",
    )


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
