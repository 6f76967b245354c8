"""One change of a protocol, as people are told of it, with the step that it says in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from regdocs.spec.tree import DataForm

Json: TypeAlias = DataForm
ChangeKind = Literal["added", "removed", "changed", "moved", "renamed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change at one place of the data form.

    Attributes:
        path: The place as in its step: RFC 6901 escapes, elements by id ("/eligibility/E02/text"). Of an element that
            got another id the one it had, of one that moved the element's own.
        kind: What happened there.
        label: The place in words ("Exclusion criterion E02: text").
        old, new: What stood there and what stands there: None when added, and when removed. Of one that was renamed
            its ids; of one that moved the element before it, None where it was or is the first.
        step: The step of the audit format that it says in words. Elements that moved in one list share theirs.
    """

    path: str
    kind: ChangeKind
    label: str
    old: Json
    new: Json
    step: Mapping[str, Json]
