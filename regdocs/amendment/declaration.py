"""What people declare of an amendment: the typed, frozen form of `amendment.yaml`, beside `protocol.yaml`.

ICH M11, Amendment Details, with what no standard asks for: which change covers what, and the answers behind
re-consent. Knows what each file can say by itself; whether it fits protocol, log and changes is looked at elsewhere.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field

from regdocs.amendment.given import Date, Given, Prose
from regdocs.amendment.reasons import OTHER, reason_named
from regdocs.spec.kinds import Amount, Count, Flag, Id, Words
from regdocs.spec.known import Frozen, listed, optional, required

ScopeLevel = Literal["global", "country", "region", "site"]
CountScope = Literal["globally", "locally"]
RegimeName = Literal["eu-ctr", "us-irb", "us-ind", "us-ide", "other"]
Size = Literal["small", "moderate", "large"]
Reply = Literal["no", "yes", "unknown"]
GroupName = Literal[
    "screening",
    "before-product",
    "on-product",
    "follow-up",
    "long-term-follow-up",
    "completed",
    "withdrawn",
    "represented",
    "now-of-age",
]

Reason: TypeAlias = Annotated[Words, AfterValidator(reason_named)]
Number: TypeAlias = Annotated[Count, Field(ge=1, le=999)]
Percent: TypeAlias = Annotated[Amount, Field(ge=0, le=100)]


class Scope(Frozen):
    """Where the amendment holds. M11 'Amendment Scope'."""

    level: Given[ScopeLevel] = required("Everywhere (global), or in a country, a region, a site.")
    of: tuple[Given[Words], ...] = listed(
        "Which: ids of sites, ISO codes of countries, names of regions. Nothing for global."
    )


class Reasons(Frozen):
    """Why the protocol is amended, in M11's words."""

    primary: Given[Reason] = required("The primary reason, from M11's list.")
    secondary: tuple[Given[Reason], ...] = listed("Other reasons, from the same list.")
    other: Given[Prose] | None = optional('What the reason is, where one is "Other".')

    def named(self) -> tuple[str, ...]:
        """Return the reasons that are known, the primary one first."""
        return tuple(one.value for one in (self.primary, *self.secondary) if one.value is not None)

    @property
    def asks_other(self) -> bool:
        """Whether "Other" is a reason, so that words have to say what it is."""
        return OTHER in self.named()


class Enrolment(Frozen):
    """How many were enrolled when the sponsor approved the amendment: a number or a share, with what it counts."""

    count: Given[Count] | None = optional("Approximate number of participants enrolled.")
    percent: Given[Percent] | None = optional("Approximate share of the planned number, in per cent.")
    scope: Given[CountScope] | None = optional(
        "Whether it counts all sites (globally) or those of the scope (locally)."
    )
    at: Given[Date] = required("The day of the count.")


class Impact(Frozen):
    """The answer to one of M11's two questions."""

    substantial: Given[Flag] = required("Whether a substantial impact is likely.")
    explanation: Given[Prose] | None = optional("Brief explanation; needed for a yes.")


class Impacts(Frozen):
    """M11's two questions, each answered once: the keys leave no room for a second answer."""

    safety_or_rights: Impact = required("Likely substantial impact on safety or rights of participants.")
    data_reliability: Impact = required("Likely substantial impact on reliability and robustness of the data.")


class Consent(Frozen):
    """Whether a change affects what participants are told and asked, said where the tool cannot tell."""

    affects: Given[Flag] = required("Whether consent is affected.")
    why: Given[Prose] | None = optional("Why; needed where it is not affected.")


class DeclaredChange(Frozen):
    """One change, as people tell of it. M11 'Overview of Changes'."""

    id: Id = required("Name of the change in this file.")
    summary: Given[Prose] = required("What changes.")
    rationale: Given[Prose] = required("Why.")
    covers: tuple[Words, ...] = required(
        "Places of protocol.yaml that it covers, with all below them (/eligibility/E07); blocks of documents that "
        "change for another reason (consent#consent.risks), or all of one kind (consent#*)."
    )
    affects_consent: Consent | None = optional("Whether consent is affected.")


class ClassOverride(Frozen):
    """A person's class in place of the proposed one."""

    regime: RegimeName = required("The regime.")
    change: Words = required("Id of the declared change.")
    class_: Given[Words] = Field(alias="class", description="The class, in the words of the regime.")
    reason: Given[Prose] = required("Why.")
    before_decision: Flag | None = optional("Whether it may be used before a decision; no where left out.")


class Reconsent(Frozen):
    """Answers behind the advice on re-consent. What is left out is unanswered, never guessed."""

    time_sensitive: Given[Flag] | None = optional("Whether participants have to know before paper can be approved.")
    size: Given[Size] | None = optional("How large the change is for a participant's decision.")
    enrolled_meets_new_exclusion: Given[Reply] | None = optional("Whether somebody enrolled meets a new exclusion.")
    still_to_undergo: Given[Reply] | None = optional("Whether somebody enrolled is still to undergo what changed.")
    groups: Given[tuple[GroupName, ...]] | None = optional("Groups that have at least one participant now.")
    known_since: Given[Date] | None = optional(
        "The day on which the new information was known; due days count from it."
    )


class Told(Frozen):
    """What participants are told, in words that people wrote for them."""

    told: Given[Prose] = required("The words; they stand verbatim in addendum and letter.")


class Against(Frozen):
    """Another base for redlines than what the body last approved."""

    body: Words = required("Id of the body.")
    site: Words | None = optional("Id of the site; all sites of the body where left out.")
    version: Words = required("The version that redlines compare with.")
    reason: Given[Prose] = required("Why; it stands in the log.")


class BodyChange(Frozen):
    """The answer to words that a body changed in a copy that it sent back."""

    entry: Count = required("Number of the log entry of the copy.")
    change: Number = required("Number of the change in it, from 1.")
    taken: Given[Flag] = required("Whether the body's words are taken into the protocol.")
    why: Given[Prose] | None = optional("Why; needed where they are not taken.")


class Declaration(Frozen):
    """One amendment, as people declare it."""

    format: Literal[1] = Field(alias="regdocs-amendment", description="Version of this format; the file's first key.")
    number: Number = required("Number of the amendment.")
    version: Words = required("Version of the amended protocol, as protocol.yaml says.")
    on: Date = required("Date of the amended protocol, as protocol.yaml says.")
    scope: Scope = required("Where it holds.")
    reasons: Reasons = required("Why.")
    summary: Given[Prose] = required("Summary of the amendment.")
    enrolment: Enrolment = required("How many were enrolled.")
    impact: Impacts = required("M11's two questions.")
    changes: tuple[DeclaredChange, ...] = required("The declared changes.")
    classes: tuple[ClassOverride, ...] = listed("Classes that people put in place of the proposed ones.")
    reconsent: Reconsent = Field(default=Reconsent(), description="Answers behind the advice on re-consent.")
    participants: Told | None = optional("Words for participants.")
    follows: Count | None = optional("Number of the log entry of the urgent safety measure that it follows.")
    against: tuple[Against, ...] = listed("Other bases for redlines.")
    received: tuple[BodyChange, ...] = listed("Answers to words that bodies changed in copies that they sent back.")
