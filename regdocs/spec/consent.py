"""What only people can write for the consent form; the rest is computed from the protocol or stands in the template.

Elements of consent: 45 CFR 46.116, ICH E6(R3) Annex 1 section 2.8. Risks, injury cover, payment and contacts are known
or TODO, never assumed.
"""

from typing import Literal

from pydantic import Field

from regdocs.spec.kinds import Flag, Id, RiskyRef, Words
from regdocs.spec.known import Frozen, Known, Stated, listed, optional, required


class Risk(Frozen):
    """One risk of a product or a procedure, or of taking part as such."""

    id: Id = required("Name of the risk in this file.")
    of: RiskyRef | None = optional("The product or procedure; left out for a risk of taking part.")
    text: Stated[Words] = required("The risk in plain words.")
    frequency: Stated[Literal["very-common", "common", "uncommon", "rare", "very-rare", "not-known"]] = required(
        "How often."
    )
    serious: Stated[Flag] = required("Whether it can be serious.")


class Injury(Frozen):
    """What happens when a participant is hurt. ICH E6(R3) 2.8 (i); 45 CFR 46.116(b)(6)."""

    treatment: Stated[Words] = required("Which treatment is available, and where.")
    who_pays: Stated[Words] = required("Who pays for it.")
    compensation: Stated[Words] = required("Which compensation is available.")
    insurance: Stated[Words] = required("Insurer and policy.")


class Privacy(Frozen):
    """What is collected, who sees it, how long it is kept."""

    collected: Known[Words] = required("Which information is collected.")
    storage: Known[Words] = required("How and where it is kept.")
    access: Known[Words] = required("Who may see it.")
    transfer_abroad: Known[Words] = required("Whether it leaves the country, where to, how protected.")
    retention: Known[Words] = required("How long it is kept.")
    after_withdrawal: Known[Words] | None = optional("What happens to information already collected when one stops.")


class Samples(Frozen):
    """What happens to cells, blood and data afterwards. 45 CFR 46.116(b)(9), (c)(7)–(9)."""

    storage: Known[Words] = required("Where samples are kept and for how long.")
    future_use: Known[Words] = required("Whether samples or data may be used for other research.")
    genetics: Known[Words] = required("Whether genes are studied; whole genome sequencing.")
    commercial_profit: Known[Words] = required(
        "Whether somebody may earn money with them, and whether participants share."
    )
    return_of_results: Known[Words] = required("Whether participants are told results that matter for their health.")
    after_withdrawal: Known[Words] = required("What happens to samples and prepared cells when a participant stops.")


class ParentsWording(Frozen):
    """What the permission form says to parents in place of words that were written for a participant."""

    id: Id = required("Name of the wording in this file.")
    field: Words = required("Protocol path of the words that it stands for, such as /consent/benefits.")
    text: Stated[Words] = required('The words for a parent: "you" is the parent, "your child" takes part.')


class OptionalChoice(Frozen):
    """Something a participant may refuse and still take part."""

    id: Id = required("Name of the choice in this file.")
    text: Known[Words] = required("What is asked, in plain words.")


Signatory = Literal["participant", "representative", "impartial-witness", "interpreter", "discussion"]


class AssentContent(Frozen):
    """What a child of one band is told, in words of that age."""

    id: Id = required("Id of the band of assent it is written for.")
    why: Known[Words] = required("Why the child is asked, and what the study wants to find out.")
    what_happens: tuple[Known[Words], ...] = required("What happens, one thing a line.")
    what_may_hurt: Stated[Words] = required("What may hurt or feel bad.")
    what_may_help: Known[Words] = required("Whether it may help.")


class Authorisation(Frozen):
    """Permission to use health information apart from consent. 45 CFR 164.508(c)."""

    information: Known[Words] = required("Which information is used or given on.")
    discloses: Known[Words] = required("Who may give it on.")
    receives: Known[Words] = required("Who may receive it.")
    purpose: Known[Words] = required("What for.")
    expires: Known[Words] = required("When the permission ends.")


class SignatureRule(Frozen):
    """Whether a line for this signatory stands in the form, and why."""

    id: Id = required("Name of the rule in this file.")
    who: Signatory = required("The signatory; discussion is the person who conducted the consent discussion.")
    line: Known[Literal["always", "when-it-applies", "never"]] = required("Whether a line stands in the form.")
    basis: Known[Words] = required("Why: the criterion, the law, the body's decision.")


class ConsentContent(Frozen):
    """The consent form's own content."""

    why_asked: Known[Words] = required("Why this person is asked.")
    purpose: Known[Words] = required("What the study wants to find out, in plain words.")
    background: Known[Words] = required("What is known so far, in plain words.")
    ordinary_care: Known[Words] = required("What care would be without the study.")
    responsibilities: tuple[Known[Words], ...] = required("What a participant is asked to do.")
    reproductive: Stated[Words] = required(
        "Risks to a pregnancy and a nursing child, and what is asked of participants."
    )
    late_effects: Stated[Words] = required("What is known of effects that appear late.")
    risks: tuple[Risk, ...] = required("Risks, one by one.")
    benefits: Known[Words] = required("Benefits that may reasonably be expected.")
    alternatives: Known[Words] = required("Other choices.")
    injury: Injury = required("When a participant is hurt.")
    costs: Stated[Words] = required("What a participant has to pay.")
    payment: Stated[Words] = required("What a participant is paid.")
    payment_for_children: Stated[Words] | None = optional(
        "What is paid where a child takes part, and to whom, in words for a parent."
    )
    wording_for_parents: tuple[ParentsWording, ...] = listed(
        "What the permission form says to parents in place of words for participants, field by field."
    )
    privacy: Privacy = required("Information about the participant.")
    samples: Samples = required("Cells, blood and data afterwards.")
    stopping_by_sponsor: Known[Words] = required("When doctor or sponsor may end participation.")
    follow_up_after_stopping: Known[Words] = required("Which follow-up is offered after stopping.")
    conflicts_of_interest: Stated[Words] = required("Who gains from the study.")
    results_to_participants: Known[Words] = required("How participants learn the results.")
    card_notice: Stated[Words] | None = optional("What the card tells a doctor who does not know the study.")
    assent: tuple[AssentContent, ...] = listed("What children are told, one for each band of assent.")
    authorisation: Authorisation | None = optional("Permission to use health information, where a law asks for it.")
    optional_choices: tuple[OptionalChoice, ...] = listed("What may be refused.")
    signatures: tuple[SignatureRule, ...] = required("Which signature lines stand in the form.")
    key_information: tuple[Known[Words], ...] = Field(
        default=(), description="Points of the key information that only a person can write."
    )
