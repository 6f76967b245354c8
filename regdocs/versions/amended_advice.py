"""What follows from an amendment: its class under each regime, and what is proposed for each group of participants.

Joins the tables of `amendment` with what changed; the answers come from the declaration, decisions from bodies.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from regdocs.amendment.change import Json
from regdocs.amendment.classification import ClassRow, propose, told_whatever
from regdocs.amendment.reconsent import Advice, Facts, advise
from regdocs.amendment.reconsent_rules import ADDENDUM, LETTER
from regdocs.amendment.regimes import regimes_of
from regdocs.documents import amended
from regdocs.documents.amended import Row
from regdocs.documents.consent_addendum import KIND as ADDENDUM_KIND
from regdocs.documents.participant_letter import KIND as LETTER_KIND
from regdocs.spec.protocol import Protocol
from regdocs.versions.amending import Amending, changed_places, other_blocks

_PAPERS = {ADDENDUM: ADDENDUM_KIND, LETTER: LETTER_KIND}


@dataclass(frozen=True, slots=True)
class Advised:
    """Advice on re-consent, and the kinds of papers that participants get with it."""

    advice: tuple[amended.Advice, ...]
    papers: tuple[str, ...]


def classes_of(own: Amending, protocol: Protocol) -> tuple[ClassRow, ...]:
    """Return the class of each declared change under each regime that applies, or of which that has to be asked."""
    found = own.differences
    old, new = cast("dict[str, Json]", found.old_form), cast("dict[str, Json]", found.new_form)
    blocks = other_blocks(found, protocol.language)
    return propose(own.declaration, found.changes, blocks, regimes_of(protocol), old, new)


def advised_of(own: Amending, rows: Iterable[Row], classes: Iterable[ClassRow]) -> Advised:
    """Return what is proposed for each group of participants.

    Consent is affected as the rows of the summary say: by a person's word, or because a consent document changes.
    """
    affected = [row.affects_consent for row in rows]
    facts = Facts(
        consent_affected=True if True in affected else None if None in affected else False,
        exclusion_changed=any(_is_exclusion(path, own) for path in changed_places(own.differences)),
        tell=told_whatever(classes),
    )
    advice = advise(own.declaration.reconsent, facts)
    proposed = [one.what for group in advice for one in group.proposals]
    return Advised(tuple(map(_advice, advice)), tuple(kind for what, kind in _PAPERS.items() if what in proposed))


def _is_exclusion(path: str, own: Amending) -> bool:
    """Tell whether a place is in a criterion that excludes, before or after."""
    if not path.startswith("/eligibility/"):
        return False
    forms = (own.differences.old_form, own.differences.new_form)
    criteria = [one for form in forms for one in cast("list[dict[str, Json]]", form.get("eligibility", []))]
    return any(one["category"] == "exclusion" for one in criteria if one["id"] == path.split("/")[2])


def _advice(one: Advice) -> amended.Advice:
    sources = dict.fromkeys(proposal.source.text for proposal in one.proposals)
    dues = dict.fromkeys(f"{proposal.due}{_day(proposal.due_on)}" for proposal in one.proposals)
    words = f"{one.words} ({' '.join(one.questions)})" if one.questions else one.words
    return amended.Advice(one.group, one.label, words, "; ".join(dues) or "–", "; ".join(sources) or None)


def _day(day: str | None) -> str:
    return f" ({day})" if day else ""
