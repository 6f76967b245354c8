"""Findings that a named person accepted. Knows how one is written; `rules/accepted.py` says which may be accepted."""

from regdocs.spec.kinds import Id, PartialDate, Words
from regdocs.spec.known import Frozen, Stated, optional, required


class AcceptedFinding(Frozen):
    """A finding that stays as it is, with who decided so and why. It is still shown, as accepted."""

    id: Id = required("Name of the entry in this file.")
    rule: Words = required("Id of the rule whose finding is accepted, such as ELG-006.")
    element: Words = required("Protocol path of the element it is about, such as /eligibility/E02.")
    reason: Stated[Words] = required("Why it may stay as it is.")
    by: Stated[Words] = required("Name of the person who accepted it.")
    on: PartialDate | None = optional("When it was accepted.")
