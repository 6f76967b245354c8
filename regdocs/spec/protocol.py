"""The whole protocol: the typed, frozen form of `protocol.yaml`, language version 1.

Top-level lists carry ids, so that a path names an element: `/eligibility/E02`, `/encounters/month-3/window`.
"""

from typing import Literal

from pydantic import Field

from regdocs.spec.accepted import AcceptedFinding
from regdocs.spec.conduct import (
    Abbreviation,
    AnalysisPopulation,
    Biosample,
    Contraception,
    DoseEscalation,
    DoseStep,
    Estimand,
    LongTermFollowUp,
    MedicationRule,
    NarrativeSection,
    Randomisation,
    Reference,
    SampleSize,
    StoppingRule,
    SubStudy,
    VulnerableGroup,
)
from regdocs.spec.consent import ConsentContent
from regdocs.spec.design import Arm, Design, Endpoint, Epoch, Intervention, Objective, Product, StudyCell
from regdocs.spec.eligibility import EligibilityCriterion, Population
from regdocs.spec.forms import Form
from regdocs.spec.identity import Contact, Organisation, Site, Source, StudyIdentity
from regdocs.spec.kinds import Flag, Language, PartialDate, Several, SourceRef, Words
from regdocs.spec.known import Frozen, Known, listed, optional, required
from regdocs.spec.oversight import OversightBody, Waiver
from regdocs.spec.regulation import Answer, ProtocolNote, Query, RegistryFacts, Regulation, SignOff
from regdocs.spec.schedule import Activity, Encounter, Procedure, ScheduleOfActivities

LANGUAGE_VERSION = 1


class Protocol(Frozen):
    """One clinical study."""

    regdocs: Literal[1] = required("Version of this language; the first key of the file.")
    version: Known[Words] = required("Version of the protocol. Identity: no template reads it.")
    date: Known[PartialDate] = required("Date of this version. Identity: no template reads it.")
    language: Language = required("Language in which this file is written, as BCP 47 tag.")
    demonstration: Flag = Field(default=False, description="Whether the study is invented; every page then says so.")
    source: SourceRef | None = optional("Where values come from that name no source of their own.")
    sources: tuple[Source, ...] = listed("Where facts of this file come from.")
    identity: StudyIdentity = required("Titles and numbers.")
    organisations: tuple[Organisation, ...] = required("Sponsor, collaborators, funders.")
    design: Design = required("The design.")
    randomisation: Randomisation | None = optional("How participants are assigned by chance.")
    sample_size: SampleSize | None = optional("Why this number of participants.")
    stopping_rules: tuple[StoppingRule, ...] = listed("When a part of the study or all of it is stopped.")
    arms: Several[Arm] = required("Groups of participants.")
    interventions: tuple[Intervention, ...] = required("What is given or done because of the study.")
    products: tuple[Product, ...] = listed("Components of interventions.")
    doses: tuple[DoseStep, ...] = listed("What is given of each product, in which arms, how often.")
    dose_escalation: DoseEscalation | None = optional("How cohorts follow one another with rising doses.")
    medication_rules: tuple[MedicationRule, ...] = listed("Rescue, permitted and prohibited medication.")
    contraception: Contraception | None = optional("What is asked of participants who could have a child.")
    long_term_follow_up: LongTermFollowUp | None = optional("Contact after the last planned visit.")
    epochs: Several[Epoch] = required("Periods of the study, in order.")
    cells: tuple[StudyCell, ...] = required("What each arm receives in each epoch.")
    objectives: tuple[Objective, ...] = required("What the study wants to learn.")
    endpoints: tuple[Endpoint, ...] = required("What is measured.")
    estimands: tuple[Estimand, ...] = listed("What is estimated, by the five attributes of ICH E9(R1).")
    analysis_populations: tuple[AnalysisPopulation, ...] = listed("Whose data an analysis takes in.")
    population: Population = required("Sex, ages, conditions.")
    eligibility: Several[EligibilityCriterion] = required("Criteria, inclusion before exclusion, in order.")
    vulnerable_groups: tuple[VulnerableGroup, ...] = listed("Participants who need special protection.")
    encounters: Several[Encounter] = required("Visits, in order.")
    activities: tuple[Activity, ...] = required("What is done at visits.")
    procedures: tuple[Procedure, ...] = required("What is done to participants.")
    schedule: ScheduleOfActivities = required("What is done when.")
    sub_studies: tuple[SubStudy, ...] = listed("Parts that a participant may leave out.")
    biosamples: tuple[Biosample, ...] = listed("Material kept from participants.")
    forms: tuple[Form, ...] = listed("Case report forms.")
    consent: ConsentContent = required("What only people can write for the consent form.")
    sites: Several[Site] = required("Places where participants are seen.")
    contacts: tuple[Contact, ...] = required("Whom a participant reaches.")
    oversight: tuple[OversightBody, ...] = required("Ethics committees, authorities and boards.")
    waivers: tuple[Waiver, ...] = listed("Boards' waivers and alterations of consent or its documentation.")
    regulation: Regulation = required("Recorded answers that decide which law applies.")
    answers: tuple[Answer, ...] = listed("Recorded answers to questions that checks ask.")
    sign_offs: tuple[SignOff, ...] = listed("Judgements of named persons on elements of consent.")
    queries: tuple[Query, ...] = listed("Slips and open questions in the record's own words.")
    accepted: tuple[AcceptedFinding, ...] = listed("Findings of checks that a named person accepted, with the reason.")
    registry: RegistryFacts = required("Facts that only the registry needs.")
    narrative: tuple[NarrativeSection, ...] = listed("Text of protocol sections, by ICH M11 number.")
    abbreviations: tuple[Abbreviation, ...] = listed("Abbreviations and what they stand for.")
    references: tuple[Reference, ...] = listed("Publications the protocol refers to.")
    notes: tuple[ProtocolNote, ...] = listed("Remarks for the people who work on this file.")
