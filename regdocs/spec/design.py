"""The design: phase, arms, interventions and their products, epochs, study cells, objectives, endpoints.

ICH M11 sections 3, 4 and 6; USDM `StudyDesign`, `StudyCell`. Registry spellings live in `terms.py`.
"""

from typing import Literal

from regdocs.spec.kinds import (
    ArmRef,
    Count,
    Duration,
    EpochRef,
    Id,
    InterventionRef,
    ObjectiveRef,
    ProductRef,
    Words,
)
from regdocs.spec.known import Frozen, Known, Stated, listed, optional, required

Phase = Literal["early-1", "1", "1/2", "2", "2/3", "3", "4", "not-applicable"]
StudyType = Literal["interventional", "observational", "expanded-access"]
Purpose = Literal[
    "treatment",
    "prevention",
    "diagnostic",
    "supportive-care",
    "screening",
    "health-services-research",
    "basic-science",
    "device-feasibility",
    "ect",
    "other",
    "not-applicable",
]
Allocation = Literal["randomized", "non-randomized", "not-applicable"]
Model = Literal[
    "single-group", "parallel", "crossover", "factorial", "sequential", "cohort", "case-control", "case-only"
]
TimePerspective = Literal["prospective", "retrospective", "cross-sectional"]
MaskingSchema = Literal["open-label", "single", "double", "triple", "quadruple"]
MaskedRole = Literal["participant", "care-provider", "investigator", "outcomes-assessor"]


class Masking(Frozen):
    """Who does not know the assignment. M11 'Trial Blind Schema', 'Blinded Roles'."""

    level: Known[MaskingSchema] = required("How many roles are masked.")
    roles: tuple[MaskedRole, ...] = listed("The roles that are masked.")
    description: Known[Words] | None = optional("How masking is kept.")


class Enrolment(Frozen):
    """How many participants."""

    count: Known[Count] = required("Number of participants.")
    type: Known[Literal["estimated", "actual"]] = required("Whether the number is planned or counted.")


class Design(Frozen):
    """The design of the study. M11 4.1; USDM `StudyDesign`."""

    type: Known[StudyType] = required("Kind of study.")
    phase: Known[Phase] = required("Phase; combined phases are one value, such as 1/2.")
    purpose: Known[Purpose] = required("Primary purpose.")
    allocation: Known[Allocation] = required("How participants are assigned to arms.")
    model: Known[Model] = required("Intervention model, or model of an observational study.")
    time_perspective: Known[TimePerspective] | None = optional("Of an observational study: when data arise.")
    masking: Masking = required("Who is masked.")
    arm_count: Known[Count] = required("Number of arms.")
    enrolment: Enrolment = required("How many participants.")
    participation: Known[Duration] = required("How long one participant is in the study, from consent to last visit.")
    follow_up: Known[Duration] | None = optional("How long participants are followed after the intervention.")
    description: Known[Words] | None = optional("The design in words.")


ArmType = Literal[
    "experimental", "active-comparator", "placebo-comparator", "sham-comparator", "no-intervention", "other"
]


class Arm(Frozen):
    """A group of participants with one plan. USDM `StudyArm`."""

    id: Id = required("Name of the arm in this file.")
    label: Known[Words] = required("Label of the arm, as registered.")
    type: Known[ArmType] = required("Type of the arm.")
    description: Known[Words] | None = optional("What happens in this arm, as registered.")
    participants: Known[Count] | None = optional("How many participants this arm is planned for.")
    interventions: tuple[InterventionRef, ...] = listed("What participants of this arm receive.")


InterventionType = Literal[
    "drug",
    "device",
    "biological",
    "procedure",
    "radiation",
    "behavioral",
    "genetic",
    "dietary-supplement",
    "combination-product",
    "diagnostic-test",
    "other",
]


class Intervention(Frozen):
    """Something given or done to participants because of the study. USDM `StudyIntervention`."""

    id: Id = required("Name of the intervention in this file.")
    name: Known[Words] = required("Its name, as registered.")
    type: Known[InterventionType] = required("Its type, in the registry's classes.")
    description: Known[Words] | None = optional("Its description, as registered.")
    other_names: tuple[Words, ...] = listed("Other names.")
    products: tuple[ProductRef, ...] = listed("The products it is made of.")
    approved_for_this_use: Stated[Words] = required("Whether a regulator has approved it for this use, and which.")


ProductKind = Literal["drug", "biological", "placebo", "device", "sham-device", "behavioural", "diagnostic", "other"]


class Product(Frozen):
    """A component that is administered. Doses are known or TODO, never assumed."""

    id: Id = required("Name of the product in this file.")
    kind: ProductKind | None = optional("What sort of product it is.")
    name: Known[Words] = required("Its name.")
    abbreviation: Known[Words] | None = optional("Its abbreviation in the record.")
    lay_name: Known[Words] = required("Its name in plain words.")
    lay_description: Known[Words] = required("What it is and where it comes from, in plain words.")
    origin: Stated[Literal["autologous", "allogeneic", "synthetic", "other"]] = required("Whose material it is.")
    dose: Stated[Words] = required("Dose of one administration.")
    administrations: Stated[Words] = required("How many administrations, and when.")
    route: Stated[Words] = required("Route of administration.")


class Epoch(Frozen):
    """A period of the study. USDM `StudyEpoch`."""

    id: Id = required("Name of the epoch in this file.")
    name: Known[Words] = required("Its name.")
    type: Literal["screening", "run-in", "treatment", "follow-up", "long-term-follow-up", "washout"] = required(
        "Its kind."
    )
    description: Known[Words] | None = optional("What happens in it.")


class StudyCell(Frozen):
    """What participants of one arm receive in one epoch. USDM `StudyCell` (arm × epoch)."""

    id: Id = required("Name of the cell in this file.")
    arm: ArmRef = required("The arm.")
    epoch: EpochRef = required("The epoch.")
    interventions: tuple[InterventionRef, ...] = listed("What is received; empty when nothing is.")


Level = Literal["primary", "secondary", "exploratory"]


class Objective(Frozen):
    """What the study wants to learn. USDM `Objective`."""

    id: Id = required("Name of the objective in this file.")
    level: Known[Level] = required("Its level.")
    text: Known[Words] = required("Its text.")


class Endpoint(Frozen):
    """What is measured to meet an objective. USDM `Endpoint`; the registry's outcome measure."""

    id: Id = required("Name of the endpoint in this file.")
    objective: ObjectiveRef | None = optional("The objective it serves.")
    level: Known[Level] = required("Its level.")
    title: Known[Words] = required("What is measured.")
    description: Known[Words] | None = optional("How it is measured.")
    time_frame: Known[Words] | None = optional("When it is measured; required, TODO where the record is silent.")
