"""What else the protocol asks of participants or plans for them, as far as its design has it; all of it may be absent.

Medicines during the study, contraception, contact after the last visit, sub-studies, material that is kept, rules for
stopping, protection of groups that need it. Knows the recorded words; does not know risks, visits or procedures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from regdocs.documents.consent_words import duration_words, yes_or_no
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Medicine:
    """A rule on medicines, and why."""

    id: Name
    text: Shown
    reason: Shown | None


@dataclass(frozen=True, slots=True)
class Contraception:
    """What is asked of participants who could have a child; `test` is how a pregnancy is looked for, or None."""

    required_of: Shown
    methods: Shown
    until: Shown
    test: Shown | None


@dataclass(frozen=True, slots=True)
class Later:
    """Contact after the last planned visit."""

    duration: Shown
    how: Shown


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-study: a part that a participant may leave out."""

    id: Name
    name: Shown
    text: Shown


@dataclass(frozen=True, slots=True)
class Kept:
    """Material that is kept."""

    id: Name
    material: Shown
    purpose: Shown
    kept_for: Shown
    dna: Shown
    optional: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for stopping in plain words, or a group and its protection."""

    id: Name
    text: Shown
    about: Shown | None = None


@dataclass(frozen=True, slots=True)
class Conduct:
    """All of it; empty or None where the protocol does not have it."""

    prohibited: tuple[Medicine, ...]
    permitted: tuple[Medicine, ...]
    rescue: tuple[Medicine, ...]
    contraception: Contraception | None
    later: Later | None
    parts: tuple[Part, ...]
    kept: tuple[Kept, ...]
    kept_if_you_agree: tuple[Kept, ...]
    stop_you: tuple[Rule, ...]
    stop_study: tuple[Rule, ...]
    protected: tuple[Rule, ...]


def conduct_of(protocol: Protocol, reader: Reader) -> Conduct:
    """Return what the protocol asks and plans beside visits and procedures."""
    reader.note("/medication_rules", "/sub_studies", "/biosamples", "/stopping_rules", "/vulnerable_groups")
    kept = _kept(protocol, reader)
    return Conduct(
        prohibited=_medicines(protocol, reader, "prohibited"),
        permitted=_medicines(protocol, reader, "permitted"),
        rescue=_medicines(protocol, reader, "rescue"),
        contraception=_contraception(protocol, reader),
        later=later_of(protocol, reader),
        parts=parts_of(protocol, reader),
        kept=kept,
        kept_if_you_agree=tuple(one for one in kept if one.optional),
        stop_you=_stopping(protocol, reader, ("participant",)),
        stop_study=_stopping(protocol, reader, ("study", "arm", "escalation")),
        protected=tuple(
            Rule(Name(one.id), reader.show(one.protection), reader.show(one.group))
            for one in protocol.vulnerable_groups
        ),
    )


def parts_of(protocol: Protocol, reader: Reader) -> tuple[Part, ...]:
    """Return the sub-studies, which a participant may leave out."""
    reader.note("/sub_studies")
    return tuple(
        Part(Name(one.id), reader.show(one.name), reader.show(one.lay_description)) for one in protocol.sub_studies
    )


def kept_if_you_agree(protocol: Protocol, reader: Reader) -> tuple[Kept, ...]:
    """Return the material that is kept only where a participant agrees to it."""
    reader.note("/biosamples")
    return tuple(one for one in _kept(protocol, reader) if one.optional)


def _medicines(
    protocol: Protocol, reader: Reader, kind: Literal["rescue", "permitted", "prohibited"]
) -> tuple[Medicine, ...]:
    return tuple(
        Medicine(Name(rule.id), reader.show(rule.text), reader.maybe(rule.reason))
        for rule in protocol.medication_rules
        if rule.kind == kind
    )


def _contraception(protocol: Protocol, reader: Reader) -> Contraception | None:
    asked = protocol.contraception
    if asked is None:
        return None
    test = next((one.lay_name for one in protocol.procedures if one.id == asked.pregnancy_test), None)
    reader.note("/contraception/pregnancy_test")
    return Contraception(
        reader.show(asked.required_of), reader.show(asked.methods), reader.show(asked.until), reader.maybe(test)
    )


def later_of(protocol: Protocol, reader: Reader) -> Later | None:
    """Return the contact after the last planned visit, None where none is planned."""
    later = protocol.long_term_follow_up
    return None if later is None else Later(reader.show(later.duration, duration_words), reader.show(later.how))


def _kept(protocol: Protocol, reader: Reader) -> tuple[Kept, ...]:
    for one in protocol.biosamples:
        reader.note(f"/biosamples/{one.id}/optional")
    return tuple(
        Kept(
            id=Name(one.id),
            material=reader.show(one.material),
            purpose=reader.show(one.purpose),
            kept_for=reader.show(one.kept_for),
            dna=reader.show(one.includes_dna, yes_or_no),
            optional=one.optional,
        )
        for one in protocol.biosamples
    )


def _stopping(protocol: Protocol, reader: Reader, of: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules that somebody wrote in plain words; the others are for the study team."""
    rules = [rule for rule in protocol.stopping_rules if rule.of in of]
    return tuple(Rule(Name(rule.id), reader.show(rule.lay_text)) for rule in rules if rule.lay_text is not None)
