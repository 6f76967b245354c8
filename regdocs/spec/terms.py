"""ClinicalTrials.gov's own spellings and limits: what the registry calls our terms, and how long an entry may be.

One table for everything that speaks the registry's language. The spellings are those the registry displays; the limits
are re-keyed from its field metadata (September 2026), where that says 255 the smaller 254 of its definitions page. Does
not know documents.
"""

from regdocs.spec.design import (
    Allocation,
    ArmType,
    InterventionType,
    MaskedRole,
    MaskingSchema,
    Model,
    Phase,
    Purpose,
    StudyType,
    TimePerspective,
)
from regdocs.spec.eligibility import Sampling, Sex
from regdocs.spec.identity import OrganisationClass
from regdocs.spec.regulation import DateType, ReviewBoardStatus
from regdocs.units import MONTHS, Duration, plural

NOT_APPLICABLE = "N/A"
NO_AGE_LIMIT = "N/A (No limit)"
REGISTRY_IDENTIFIER = "Registry Identifier"
COMPUTED_STATUS = "Unknown"
STOPPED_STATUSES = ("Suspended", "Terminated", "Withdrawn")

STUDY_TYPES: dict[StudyType, str] = {
    "interventional": "Interventional",
    "observational": "Observational",
    "expanded-access": "Expanded Access",
}
PHASES: dict[Phase, str] = {
    "early-1": "Early Phase 1",
    "1": "Phase 1",
    "1/2": "Phase 1/Phase 2",
    "2": "Phase 2",
    "2/3": "Phase 2/Phase 3",
    "3": "Phase 3",
    "4": "Phase 4",
    "not-applicable": NOT_APPLICABLE,
}
PURPOSES: dict[Purpose, str] = {
    "treatment": "Treatment",
    "prevention": "Prevention",
    "diagnostic": "Diagnostic",
    "supportive-care": "Supportive Care",
    "screening": "Screening",
    "health-services-research": "Health Services Research",
    "basic-science": "Basic Science",
    "device-feasibility": "Device Feasibility",
    "ect": "Educational/Counseling/Training",
    "other": "Other",
    "not-applicable": NOT_APPLICABLE,
}
ALLOCATIONS: dict[Allocation, str] = {
    "randomized": "Randomized",
    "non-randomized": "Non-Randomized",
    "not-applicable": NOT_APPLICABLE,
}
MODELS: dict[Model, str] = {
    "single-group": "Single Group Assignment",
    "parallel": "Parallel Assignment",
    "crossover": "Crossover Assignment",
    "factorial": "Factorial Assignment",
    "sequential": "Sequential Assignment",
    "cohort": "Cohort",
    "case-control": "Case-Control",
    "case-only": "Case-Only",
}
MASKINGS: dict[MaskingSchema, str] = {
    "open-label": "None (Open Label)",
    "single": "Single",
    "double": "Double",
    "triple": "Triple",
    "quadruple": "Quadruple",
}
MASKED_ROLES: dict[MaskedRole, str] = {
    "participant": "Participant",
    "care-provider": "Care Provider",
    "investigator": "Investigator",
    "outcomes-assessor": "Outcomes Assessor",
}
ARM_TYPES: dict[ArmType, str] = {
    "experimental": "Experimental",
    "active-comparator": "Active Comparator",
    "placebo-comparator": "Placebo Comparator",
    "sham-comparator": "Sham Comparator",
    "no-intervention": "No Intervention",
    "other": "Other",
}
INTERVENTION_TYPES: dict[InterventionType, str] = {
    "drug": "Drug",
    "device": "Device",
    "biological": "Biological",
    "procedure": "Procedure",
    "radiation": "Radiation",
    "behavioral": "Behavioral",
    "genetic": "Genetic",
    "dietary-supplement": "Dietary Supplement",
    "combination-product": "Combination Product",
    "diagnostic-test": "Diagnostic Test",
    "other": "Other",
}
TIME_PERSPECTIVES: dict[TimePerspective, str] = {
    "prospective": "Prospective",
    "retrospective": "Retrospective",
    "cross-sectional": "Cross-Sectional",
}
SAMPLINGS: dict[Sampling, str] = {
    "probability": "Probability Sample",
    "non-probability": "Non-Probability Sample",
}
NONE_RETAINED, WITH_DNA, WITHOUT_DNA = "None Retained", "Samples With DNA", "Samples Without DNA"
SEXES: dict[Sex, str] = {"all": "All", "female": "Female", "male": "Male"}
DATE_TYPES: dict[DateType, str] = {"actual": "Actual", "estimated": "Estimated"}
FUNDER_TYPES: dict[OrganisationClass, str] = {
    "industry": "Industry",
    "nih": "NIH",
    "federal": "Other U.S. Federal agency",
    "network": "Network",
    "other": "Other",
}
REVIEW_BOARD_STATUSES: dict[ReviewBoardStatus, str] = {
    "not-submitted": "Request not yet submitted",
    "pending": "Submitted, pending",
    "approved": "Submitted, approved",
    "exempt": "Submitted, exempt",
    "denied": "Submitted, denied",
    "not-required": "Submission not required",
}

LIMITS: dict[str, int] = {
    "protocol-number": 30,
    "brief-title": 300,
    "acronym": 14,
    "official-title": 600,
    "secondary-number": 30,
    "organisation": 160,
    "brief-summary": 5_000,
    "detailed-description": 32_000,
    "condition": 160,
    "design-description": 1_000,
    "masking-description": 1_000,
    "arm-title": 100,
    "arm-description": 999,
    "intervention-name": 200,
    "intervention-description": 1_000,
    "outcome-title": 254,
    "outcome-description": 999,
    "outcome-time-frame": 254,
    "eligibility": 20_000,
    "study-population": 1_000,
    "biospecimen-description": 1_000,
    "facility": 254,
    "sharing-description": 1_000,
    "citation": 2_000,
}
"""The most characters of an entry, by the name of the field."""


def yes_or_no(flag: bool) -> str:
    """Return "Yes" or "No"."""
    return "Yes" if flag else "No"


def registry_date(date: str) -> str:
    """Return a partial ISO date as the registry displays it: "April 1, 2017", "April 2018", "2018"."""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{month} {int(rest[1])}, {year}" if len(rest) > 1 else f"{month} {year}"


def registry_age(duration: str) -> str:
    """Return an ISO 8601 duration as an age limit: "18 Years", "1 Month".

    The registry takes one number and one unit, so years with months become months. A mixture that has no exact single
    unit ("P1M3D") is given in all its units, and a person decides.
    """
    parts = Duration.parse(duration).parts()
    if [unit for _, unit in parts] == ["years", "months"]:
        parts = [(parts[0][0] * 12 + parts[1][0], "months")]
    return " ".join(plural(number, unit.removesuffix("s").capitalize()) for number, unit in parts)
