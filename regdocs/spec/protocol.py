"""The whole protocol: the typed, frozen form of `protocol.yaml`, language version 1.

Top-level lists carry ids, so that a path names an element: `/eligibility/E02`, `/encounters/month-3/window`.
"""

from typing import Literal

from pydantic import Field

from regdocs.spec.consent import ConsentContent
from regdocs.spec.design import Arm, Design, Endpoint, Epoch, Intervention, Objective, Product, StudyCell
from regdocs.spec.eligibility import EligibilityCriterion, Population
from regdocs.spec.forms import Form
from regdocs.spec.identity import Contact, Organisation, OversightBody, Site, Source, StudyIdentity
from regdocs.spec.kinds import Flag, Language, PartialDate, SourceRef, Words
from regdocs.spec.known import Frozen, Known, listed, optional, required
from regdocs.spec.regulation import Answer, ProtocolNote, Query, RegistryFacts, Regulation
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
    arms: tuple[Arm, ...] = required("Groups of participants.")
    interventions: tuple[Intervention, ...] = required("What is given or done because of the study.")
    products: tuple[Product, ...] = listed("Components of interventions.")
    epochs: tuple[Epoch, ...] = required("Periods of the study, in order.")
    cells: tuple[StudyCell, ...] = required("What each arm receives in each epoch.")
    objectives: tuple[Objective, ...] = required("What the study wants to learn.")
    endpoints: tuple[Endpoint, ...] = required("What is measured.")
    population: Population = required("Sex, ages, conditions.")
    eligibility: tuple[EligibilityCriterion, ...] = required("Criteria, inclusion before exclusion, in order.")
    encounters: tuple[Encounter, ...] = required("Visits, in order.")
    activities: tuple[Activity, ...] = required("What is done at visits.")
    procedures: tuple[Procedure, ...] = required("What is done to participants.")
    schedule: ScheduleOfActivities = required("What is done when.")
    forms: tuple[Form, ...] = listed("Case report forms.")
    consent: ConsentContent = required("What only people can write for the consent form.")
    sites: tuple[Site, ...] = required("Places where participants are seen.")
    contacts: tuple[Contact, ...] = required("Whom a participant reaches.")
    oversight: tuple[OversightBody, ...] = required("Ethics committees, authorities and boards.")
    regulation: Regulation = required("Recorded answers that decide which law applies.")
    answers: tuple[Answer, ...] = listed("Recorded answers to questions that checks ask.")
    queries: tuple[Query, ...] = listed("Slips and open questions in the record's own words.")
    registry: RegistryFacts = required("Facts that only the registry needs.")
    notes: tuple[ProtocolNote, ...] = listed("Remarks for the people who work on this file.")
