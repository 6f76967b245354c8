"""Proposed classes: one row for each regime and declared change, with reason, source and a person's override.

Software proposes, people decide. A row says whether the change may be used before a decision: no, unless a person says
otherwise with a reason; "non-substantial" does not say so. Knows tables and a declaration, no document.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from regdocs.amendment import regime_classes as classes
from regdocs.amendment.change import Change, Json
from regdocs.amendment.citation import OURS, Citation
from regdocs.amendment.coverage import covered_by
from regdocs.amendment.declaration import ClassOverride, Declaration, DeclaredChange, RegimeName
from regdocs.amendment.field_classes import UNCLASSIFIED, field_class_of
from regdocs.amendment.given import text_of
from regdocs.amendment.regimes import AppliedRegime
from regdocs.amendment.rulings import ruling_of
from regdocs.amendment.weights import ASK, FIELD_CLASSES, WEIGHTS, Ruling

BLOCK = "document-wording"


@dataclass(frozen=True, slots=True)
class Override:
    """A person's class in place of the proposed one; each may still be `TODO`."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class BodyClass:
    """The class that a body itself gave the change, recorded beside ours."""

    body: str
    name: str
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class ClassRow:
    """The class of one declared change under one regime.

    Attributes:
        change: Id of the declared change.
        fields: Labels of the field classes that it touches, the heaviest first.
        proposed: The proposed class, or "ask".
        reason, source: Why, and where the regime says so.
        questions: What people have to answer where it is "ask", or beside a class.
        may_be_used_before_decision: No, unless a person said otherwise.
        tell_participants: Whether participants are told whatever the class.
        by_bodies: What bodies called it.
    """

    regime: RegimeName
    change: str
    fields: tuple[str, ...]
    proposed: str
    reason: str
    source: Citation | None
    questions: tuple[str, ...] = ()
    may_be_used_before_decision: bool = False
    tell_participants: bool = False
    override: Override | None = None
    by_bodies: tuple[BodyClass, ...] = ()

    @property
    def name(self) -> str:
        """The class that counts for us: a person's, or the proposed one."""
        return self.proposed if self.override is None else self.override.name


def propose(
    declaration: Declaration,
    changes: Iterable[Change],
    other_blocks: Iterable[str],
    regimes: Sequence[AppliedRegime],
    old: Mapping[str, Json],
    new: Mapping[str, Json],
) -> tuple[ClassRow, ...]:
    """Return one row for each regime and declared change, in the order of the declaration.

    Args:
        other_blocks: Blocks that changed for another reason, as "kind#block".
        regimes: As `regimes_of` gives them.
        old, new: The two data forms, in which the changed elements stand.
    """
    sorts = {change.path: field_class_of(change.path, old, new) for change in changes}
    sorts |= dict.fromkeys(other_blocks, BLOCK)
    touched = covered_by(declaration, sorts)
    return tuple(
        _row(change, regime, _ordered(sorts[place] for place in touched[change.id]), declaration)
        for change in declaration.changes
        for regime in regimes
    )


def told_whatever(rows: Iterable[ClassRow]) -> bool:
    """Tell whether a change calls for telling participants, whatever its class."""
    return any(row.tell_participants for row in rows)


def _ordered(sorts: Iterable[str]) -> tuple[str, ...]:
    """Return field classes once each, the heaviest first; a change that covers nothing is unclassified."""
    found = tuple(dict.fromkeys(sorts)) or (UNCLASSIFIED,)
    return tuple(sorted(found, key=lambda name: WEIGHTS.index(FIELD_CLASSES[name].weight)))


def _row(change: DeclaredChange, regime: AppliedRegime, sorts: tuple[str, ...], declaration: Declaration) -> ClassRow:
    rulings = [ruling_of(name, regime.name) for name in sorts]
    chosen = _heaviest(regime.name, rulings)
    override = next((o for o in declaration.classes if (o.regime, o.change) == (regime.name, change.id)), None)
    whether = (f"Does {regime.name} apply? {regime.reason}",) if regime.applies == "ask" else ()
    return ClassRow(
        regime=regime.name,
        change=change.id,
        fields=tuple(FIELD_CLASSES[name].label for name in sorts),
        proposed=chosen.name,
        reason=chosen.reason,
        source=chosen.source,
        questions=(*whether, *dict.fromkeys(one.question for one in rulings if one.question is not None)),
        may_be_used_before_decision=bool(override and override.before_decision),
        tell_participants=any(FIELD_CLASSES[name].tell for name in sorts),
        override=_overriding(override),
    )


def _overriding(override: ClassOverride | None) -> Override | None:
    if override is None:
        return None
    return Override(text_of(override.class_) or "", text_of(override.reason) or "")


def _heaviest(regime: RegimeName, rulings: Sequence[Ruling]) -> Ruling:
    """Return the ruling that counts for a change with several: the first class of the regime, then a question.

    A question does not make a substantial change lighter, and a light change does not answer a question. In the EU a
    change of both parts is one of both.
    """
    names = {ruling.name for ruling in rulings}
    if {classes.PART_I, classes.PART_II} <= names:
        return Ruling(classes.BOTH_PARTS, "it touches both parts of the application", OURS)
    order = _order(regime)
    return min(rulings, key=lambda ruling: order.index(ruling.name))


def _order(regime: RegimeName) -> tuple[str, ...]:
    """Return the classes of a regime, the heaviest first, with "ask" before the light ones."""
    known = classes.CLASSES[regime]
    heavy = tuple(one for one in known if one in classes.HEAVY)
    return (*heavy, ASK, *(one for one in known if one not in heavy), classes.BODY_DECIDES)
