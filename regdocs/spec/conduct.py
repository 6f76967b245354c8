"""How the study is conducted and analysed: randomisation, sample size, stopping, estimands, doses, medication rules.

ICH M11 sections 3, 4.3, 5.4, 6 and 10; USDM `Estimand`, `AnalysisPopulation`, `BiospecimenRetention`, `Abbreviation`.
Doses are known or TODO, never assumed.
"""

from typing import Literal

from pydantic import Field

from regdocs.spec.kinds import (
    Amount,
    ArmRef,
    Count,
    Duration,
    EncounterRef,
    EndpointRef,
    Flag,
    Id,
    PopulationRef,
    ProcedureRef,
    ProductRef,
    Words,
)
from regdocs.spec.known import Frozen, Known, Stated, listed, optional, required


class AllocationShare(Frozen):
    """The share of one arm in a randomisation ratio."""

    id: Id = required("Name of the share in this file.")
    arm: ArmRef = required("The arm.")
    share: Known[Count] = required("Its share: 2 in a ratio of 2 to 1.")


class Stratum(Frozen):
    """A factor by which randomisation is balanced."""

    id: Id = required("Name of the factor in this file.")
    factor: Known[Words] = required("The factor and its levels.")


class Randomisation(Frozen):
    """How participants are assigned by chance. M11 6.7."""

    ratio: tuple[AllocationShare, ...] = required("Share of each arm.")
    method: Known[Words] = required("How the assignment is made.")
    strata: tuple[Stratum, ...] = listed("Factors by which it is balanced.")
    concealment: Known[Words] | None = optional("How the next assignment is kept from those who enrol.")
    unblinding: Known[Words] | None = optional("When and how an assignment may be opened.")


class SampleSize(Frozen):
    """Why this number of participants. M11 10.11."""

    reason: Known[Words] = required("The calculation or the reason in words.")


class StoppingRule(Frozen):
    """When a part of the study or all of it is stopped. M11 4.3, 7."""

    id: Id = required("Name of the rule in this file.")
    of: Literal["participant", "arm", "study", "escalation"] = required("What is stopped.")
    text: Known[Words] = required("The rule.")
    lay_text: Known[Words] | None = optional("The rule in plain words, for the consent form.")


class DoseEscalation(Frozen):
    """How cohorts follow one another with rising doses. M11 4.1, 6.3."""

    cohorts: tuple[ArmRef, ...] = required("The arms in the order in which they are opened.")
    rule: Known[Words] = required("What has to be seen in a cohort before the next one is opened, in plain words.")
    decided_by: Known[Words] = required("Who decides.")


class AnalysisPopulation(Frozen):
    """Whose data an analysis takes in. M11 10.2; USDM `AnalysisPopulation`."""

    id: Id = required("Name of the population in this file.")
    name: Known[Words] = required("Its name.")
    text: Known[Words] = required("Who belongs to it.")


class IntercurrentEvent(Frozen):
    """Something that happens after the start and changes what is measured, and how it is dealt with. ICH E9(R1)."""

    id: Id = required("Name of the event in this file.")
    event: Known[Words] = required("The event.")
    strategy: Known[
        Literal["treatment-policy", "hypothetical", "composite", "while-on-treatment", "principal-stratum"]
    ] = required("The strategy.")


class Estimand(Frozen):
    """The five attributes of what is estimated. ICH E9(R1) A.3.3; USDM `Estimand`."""

    id: Id = required("Name of the estimand in this file.")
    treatment: Known[Words] = required("The condition and the one it is compared with.")
    population: PopulationRef = required("The analysis population.")
    variable: EndpointRef = required("The endpoint.")
    intercurrent_events: tuple[IntercurrentEvent, ...] = listed("Events that change what is measured.")
    summary: Known[Words] = required("Population-level summary.")


class DoseStep(Frozen):
    """What is given of a product in one arm over a time. M11 6.3."""

    id: Id = required("Name of the step in this file.")
    product: ProductRef = required("The product.")
    arms: tuple[ArmRef, ...] = required("The arms that receive it.")
    dose: Stated[Amount] = required("Dose of one administration.")
    unit: Stated[Words] = required("Unit of the dose.")
    frequency: Stated[Words] = required("How often.")
    duration: Stated[Duration] | None = optional("For how long.")
    from_encounter: EncounterRef | None = optional("The encounter at which it begins, or from which it is counted.")
    begins_after: Stated[Duration] | None = optional("How long after that encounter it begins; at once when left out.")


class MedicationRule(Frozen):
    """A medicine that is kept ready, allowed or not allowed. M11 6.10."""

    id: Id = required("Name of the rule in this file.")
    kind: Literal["rescue", "permitted", "prohibited"] = required("Which of the three.")
    text: Known[Words] = required("The medicine, and when.")
    reason: Known[Words] | None = optional("Why.")


class Contraception(Frozen):
    """What is asked of participants who could have a child. M11 5.4."""

    required_of: Stated[Words] = required("Of whom it is asked.")
    methods: Stated[Words] = required("Methods that are accepted.")
    until: Stated[Words] = required("Until when.")
    pregnancy_test: ProcedureRef | None = optional("The procedure by which pregnancy is looked for.")


class LongTermFollowUp(Frozen):
    """Contact after the last planned visit."""

    duration: Known[Duration] = required("For how long.")
    how: Known[Words] = required("How, how often, and what is asked.")


class SubStudy(Frozen):
    """A part that a participant may leave out. The consent form asks for it apart."""

    id: Id = required("Name of the sub-study in this file.")
    name: Known[Words] = required("Its name.")
    lay_description: Known[Words] = required("What it is, in plain words.")
    procedures: tuple[ProcedureRef, ...] = listed("Procedures that belong to it alone.")


class Biosample(Frozen):
    """Material kept from participants. USDM `BiospecimenRetention`."""

    id: Id = required("Name of the sample in this file.")
    material: Known[Words] = required("What it is.")
    purpose: Known[Words] = required("What it is kept for.")
    kept_for: Known[Words] = required("How long, and where.")
    includes_dna: Known[Flag] = required("Whether genes can be read from it.")
    optional: bool = Field(default=False, description="Whether a participant may refuse and still take part.")
    procedures: tuple[ProcedureRef, ...] = listed("Procedures by which it alone is taken.")


class VulnerableGroup(Frozen):
    """Participants who need special protection, and which protection they have."""

    id: Id = required("Name of the group in this file.")
    group: Known[Words] = required("The group.")
    protection: Known[Words] = required("What is done to protect it.")


class NarrativeSection(Frozen):
    """Text of a protocol section, by its ICH M11 number."""

    id: Id = required("Name of the section in this file.")
    number: Words = required("Section number in ICH M11, such as 2.2.")
    title: Words = required("Title of the section.")
    text: Known[Words] = required("Its text.")


class Abbreviation(Frozen):
    """An abbreviation and what it stands for."""

    id: Id = required("Name of the abbreviation in this file.")
    short: Words = required("The abbreviation.")
    long: Known[Words] = required("What it stands for.")


class Reference(Frozen):
    """A publication the protocol refers to. M11 14."""

    id: Id = required("Name of the reference in this file.")
    citation: Known[Words] = required("The citation.")
