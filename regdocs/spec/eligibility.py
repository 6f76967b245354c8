"""The population: who may take part, criterion by criterion. ICH M11 section 5; USDM `EligibilityCriterion`."""

from typing import Literal

from regdocs.spec.kinds import Amount, Count, Duration, Flag, Id, Words
from regdocs.spec.known import Frozen, Known, listed, optional, required

Sex = Literal["all", "female", "male"]
Sampling = Literal["probability", "non-probability"]


class Population(Frozen):
    """Sex, ages and conditions. M11 5.1."""

    sex: Known[Sex] = required("Sex of participants.")
    minimum_age: Known[Duration] | None = optional("Lowest age, such as P18Y; left out when there is none.")
    maximum_age: Known[Duration] | None = optional("Highest age, such as P45Y; left out when there is none.")
    healthy_volunteers: Known[Flag] = required("Whether healthy volunteers may take part.")
    conditions: tuple[Known[Words], ...] = required("Conditions studied, as registered.")
    keywords: tuple[Known[Words], ...] = listed("Keywords, as registered.")
    description: Known[Words] | None = optional("Of an observational study: from which people participants come.")
    sampling: Known[Sampling] | None = optional("Of an observational study: whether chance chose the participants.")


class AppliesTo(Frozen):
    """To whom a criterion applies; for others the checklist offers N/A."""

    sex: Literal["female", "male"] | None = optional("Only participants of this sex.")
    minimum_age: Duration | None = optional("Only from this age.")
    maximum_age: Duration | None = optional("Only up to this age.")
    text: Words = required("To whom it applies, in words.")


class Threshold(Frozen):
    """A limit that a machine can read; the criterion's words stay what counts."""

    id: Id = required("Name of the threshold in this file.")
    measure: Words = required("What is measured.")
    comparator: Literal["<", "<=", ">", ">=", "="] = required("The comparison that meets the criterion.")
    value: Amount = required("The limit; decimals keep their source text.")
    unit: Words | None = optional("Unit as written; left out where the record gives none.")
    applies_to: Words | None = optional("To whom the limit applies, where not to all.")


Combination = Literal["all-of", "any-of", "at-least"]


class Criterion(Frozen):
    """An eligibility criterion, word for word, with its sub-criteria.

    A criterion with sub-criteria is met when its own text holds (`lead: condition`) and the sub-criteria hold as
    `combine` says; with `lead: heading` its own text only introduces them.
    """

    id: Id = required("Number of the criterion, such as I01 or E02; sub-criteria I01a.")
    text: Known[Words] = required("The criterion, word for word as the protocol or record has it.")
    short: Known[Words] | None = optional("A short form for tables.")
    lead: Literal["condition", "heading"] | None = optional("What the own text is where there are sub-criteria.")
    combine: Combination | None = optional("How the sub-criteria count together.")
    at_least: Count | None = optional("How many sub-criteria are needed, for at-least.")
    criteria: "tuple[Criterion, ...]" = listed("Sub-criteria, in order.")
    thresholds: tuple[Threshold, ...] = listed("Limits that a machine can read.")
    applies_to: AppliesTo | None = optional("To whom it applies; left out when to all.")
    record: Words | None = optional("What the checklist asks to be written beside it: a value and its unit.")


class EligibilityCriterion(Criterion):
    """A top-level criterion."""

    category: Literal["inclusion", "exclusion"] = required("Inclusion: must be met. Exclusion: must not be present.")
