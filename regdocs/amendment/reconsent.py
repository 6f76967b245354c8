"""Advice on re-consent: for each group of participants what is proposed, when, and by which source.

Asked, never guessed: without its answers a group's advice is "to be answered". The sponsor proposes, the board
determines (ICH E6(R3) 2.8.2); determinations stand beside the proposals and may differ by site.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from regdocs.amendment import citation as cited
from regdocs.amendment.citation import Citation
from regdocs.amendment.declaration import Declaration, DeclaredChange, GroupName, Reconsent
from regdocs.amendment.reconsent_rules import CALL, CALLED, DUE, GROUPS, NONE, REACHED, TELL, Rule, What

TO_BE_ANSWERED = "to be answered"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the changes themselves say.

    Attributes:
        consent_affected: Whether a change affects consent; None while nobody has said.
        exclusion_changed: Whether a criterion changed, so that somebody enrolled may now meet an exclusion.
        tell: Whether a change calls for telling participants whatever its class.
    """

    consent_affected: bool | None
    exclusion_changed: bool
    tell: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a group.

    Attributes:
        due: By when, as a rule in words.
        due_on: The day, where the rule counts from a day that is known.
        not_before: The day of the board's approval, before which no paper is used; None while it is not known.
    """

    what: What
    reason: str
    source: Citation
    due: str
    due_on: str | None = None
    not_before: str | None = None


@dataclass(frozen=True, slots=True)
class Determination:
    """What a body determined for a group at some of its sites, or at all where none is named."""

    body: str
    sites: tuple[str, ...]
    group: GroupName
    what: str
    reference: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """What is proposed for one group, in order; what has to be answered; what bodies determined."""

    group: GroupName
    label: str
    proposals: tuple[Proposal, ...]
    questions: tuple[str, ...]
    determined: tuple[Determination, ...] = ()

    @property
    def words(self) -> str:
        """The proposals in a line, or "to be answered"."""
        return "; then ".join(one.what for one in self.proposals) or TO_BE_ANSWERED


def facts_of(
    declaration: Declaration,
    changed_paths: Iterable[str],
    tell: bool,
    touches_consent: Mapping[str, bool] | None = None,
) -> Facts:
    """Return what declared and found changes say; one change that affects consent is enough.

    Args:
        tell: Whether a change calls for telling participants whatever its class.
        touches_consent: By id of the declared change, whether it changes a consent document, where that is known. It
            stands in for an answer that nobody gave.
    """
    said = [_affects(change, touches_consent or {}) for change in declaration.changes]
    affected = True if True in said else None if None in said else False
    return Facts(affected, any(path.startswith("/eligibility") for path in changed_paths), tell)


def _affects(change: DeclaredChange, touches_consent: Mapping[str, bool]) -> bool | None:
    answer = change.affects_consent
    return touches_consent.get(change.id) if answer is None else answer.affects.value


def advise(
    answers: Reconsent,
    facts: Facts,
    determinations: Iterable[Determination] = (),
    approved_on: str | None = None,
) -> tuple[Advice, ...]:
    """Return one advice for each group, in the order of the table.

    Args:
        approved_on: Day of the board's approval, as an ISO date, where it is known.
    """
    asked, given = tuple(_asked(answers, facts)), tuple(determinations)
    return tuple(_advice(group, answers, facts, asked, given, approved_on) for group in GROUPS)


def _advice(
    group: GroupName,
    answers: Reconsent,
    facts: Facts,
    asked: tuple[str, ...],
    given: tuple[Determination, ...],
    approved_on: str | None,
) -> Advice:
    rules = () if asked else tuple(_rules(group, answers, facts))
    known_since = answers.known_since.value if answers.known_since is not None else None
    return Advice(
        group,
        GROUPS[group].label,
        tuple(_proposal(rule, known_since, approved_on) for rule in rules),
        asked or tuple(_left(group, answers, facts)),
        tuple(one for one in given if one.group == group),
    )


def _asked(answers: Reconsent, facts: Facts) -> Iterator[str]:
    """Yield the questions without whose answers nothing is proposed."""
    if answers.groups is None or answers.groups.value is None:
        yield "Which groups have at least one participant now?"
    if facts.consent_affected is None:
        yield "Does each change affect consent, and if not, why?"
    if facts.consent_affected is False and not facts.exclusion_changed:
        return
    if answers.time_sensitive is None or answers.time_sensitive.value is None:
        yield "Do participants have to know before paper can be approved?"
    if answers.size is None or answers.size.value is None:
        yield "How large is the change for a participant's decision?"
    if answers.still_to_undergo is None or answers.still_to_undergo.value is None:
        yield "Is anyone enrolled still to undergo what changed?"
    meets = answers.enrolled_meets_new_exclusion
    if facts.exclusion_changed and (meets is None or meets.value is None):
        yield "Does anyone enrolled meet the new exclusion?"


def _left(group: GroupName, answers: Reconsent, facts: Facts) -> Iterator[str]:
    """Yield the questions that stay open beside a proposal."""
    meets = answers.enrolled_meets_new_exclusion
    if facts.exclusion_changed and group in CALLED and meets is not None and meets.value == "unknown":
        yield "Find out whether anyone enrolled meets the new exclusion: they may carry a risk that is now known."
    if answers.still_to_undergo is not None and answers.still_to_undergo.value == "unknown" and group in CALLED:
        yield "Find out whether anyone enrolled is still to undergo what changed."


def _rules(group: GroupName, answers: Reconsent, facts: Facts) -> Iterator[Rule]:
    """Yield what is proposed for a group, the most urgent first. Every answer that is needed is there."""
    present = answers.groups.present if answers.groups is not None else ()
    if group not in present:
        yield Rule(NONE, "nobody is in this group now", cited.OURS)
        return
    meets = answers.enrolled_meets_new_exclusion
    concerned = facts.exclusion_changed and meets is not None and meets.value == "yes" and group in CALLED
    if concerned:
        yield Rule(CALL, "somebody enrolled meets the new exclusion and may carry a risk that is now known", cited.OURS)
    elif _urgent(group, answers, facts):
        yield Rule(CALL, "participants have to know before paper can be approved", cited.OURS)
    yield _paper(group, answers, facts, concerned)


def _urgent(group: GroupName, answers: Reconsent, facts: Facts) -> bool:
    urgent = answers.time_sensitive is not None and answers.time_sensitive.value is True
    return urgent and facts.consent_affected is True and group in CALLED and _size(answers) != "small"


def _paper(group: GroupName, answers: Reconsent, facts: Facts, concerned: bool) -> Rule:
    sized = GROUPS[group].by_size
    if group == "now-of-age":
        return sized["small"]
    if facts.consent_affected is not True and not concerned:
        return _told(group, facts, Rule(NONE, "no declared change affects consent", cited.OURS))
    undergoes = answers.still_to_undergo.value if answers.still_to_undergo is not None else None
    if _size(answers) == "small" and undergoes == "no" and group in CALLED and group != "screening" and not concerned:
        return _told(group, facts, Rule(NONE, "small, and nobody enrolled is still to undergo it", cited.WISC))
    return _told(group, facts, sized[_size(answers)])


def _told(group: GroupName, facts: Facts, rule: Rule) -> Rule:
    """Return the rule, or, where participants are told whatever the class and it asks for nothing, how to tell them."""
    if facts.tell and rule.what == NONE and group in REACHED:
        return Rule(REACHED[group], "whom they call changes, so they are told whatever the class", cited.OURS)
    return rule


def _size(answers: Reconsent) -> str:
    return answers.size.value if answers.size is not None and answers.size.value is not None else "small"


def _proposal(rule: Rule, known_since: str | None, approved_on: str | None) -> Proposal:
    paper = rule.what not in (NONE, CALL, TELL)
    due_on = known_since if rule.what == CALL else None
    return Proposal(rule.what, rule.reason, rule.source, DUE[rule.what], due_on, approved_on if paper else None)
