"""One thing wrong with a declaration, by its path; `declared` finds the place in the text and makes it a finding."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """The rule, the path in the declaration, what was found, the nearest fix, where the rule comes from."""

    rule: str
    path: str
    message: str
    hint: str | None = None
    source: str | None = None
