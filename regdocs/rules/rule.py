"""What a rule is, and what it finds. Knows the protocol's words; does not know places in a text (`check` adds them)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from regdocs.finding import Severity
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a rule found: at which protocol path, in words, with the nearest fix."""

    path: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        id: Its id, for good: "REF-001". Its page is `docs/rules/<id>.md`.
        name: A few words for lists.
        severity: How much a hit matters.
        source: Clause or standard it comes from, or None for a rule of our own.
        look: Gives the hits, in the order of the protocol.
    """

    id: str
    name: str
    severity: Severity
    source: str | None
    look: Callable[[Protocol], Iterable[Hit]]
