"""Where an entry belongs in a trial master file: numbers of the TMF Reference Model, with how far each was checked.

Numbers and names were read in three public transcriptions of version 3.3.1, which agree on the numbers and differ in a
few names; CDISC's own workbook was not read. Which of our entries belongs to which artifact is our reading of the
model's definitions. Where they say nothing plain of it, there is no number.
"""

from dataclasses import dataclass

MODEL = "CDISC TMF Reference Model 3.3.1 (11 August 2023)"
CHECKED = (
    f"{MODEL}: read in three public transcriptions, which agree on the numbers and not on every name; CDISC's own "
    "workbook was not read. "
    "Which entry belongs to which artifact is the reading of this program."
)
TO_BE_CHECKED = "to be checked"


@dataclass(frozen=True, slots=True)
class Artifact:
    """An artifact of the model: its number and its name there."""

    number: str
    name: str

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


_NAMES = {
    "02.01.01": "Investigator's Brochure",
    "02.01.02": "Protocol",
    "02.01.03": "Protocol Synopsis",
    "02.01.04": "Protocol Amendment",
    "02.01.07": "Sample Case Report Form",
    "02.02.01": "Subject Diary",
    "02.02.02": "Subject Questionnaire",
    "02.02.03": "Informed Consent Form",
    "02.02.05": "Subject Participation Card",
    "02.02.06": "Advertisements for Subject Recruitment",
    "03.01.01": "Regulatory Submission",
    "03.01.02": "Regulatory Authority Decision",
    "04.01.01": "IRB or IEC Submission",
    "04.01.02": "IRB or IEC Decision",
    "05.03.03": "Site Evidence of Training",
    "05.04.06": "Protocol Deviations",
}
ARTIFACTS: dict[str, Artifact] = {number: Artifact(number, name) for number, name in _NAMES.items()}

TRAINING, DEVIATIONS = ARTIFACTS["05.03.03"], ARTIFACTS["05.04.06"]
ORIGINAL, AMENDMENT = ARTIFACTS["02.01.02"], ARTIFACTS["02.01.04"]

# By the role of a body: what goes to it, and what it decides. A data safety board approves nothing: no number.
_BODIES = {
    "ethics-committee": ("04.01.01", "04.01.02"),
    "national-ethics-committee": ("04.01.01", "04.01.02"),
    "regulator": ("03.01.01", "03.01.02"),
}
# The model files child assent and permissions about health information with the consent form.
_DOCUMENTS = {
    "consent": "02.02.03",
    "assent": "02.02.03",
    "privacy-authorisation": "02.02.03",
    "consent-addendum": "02.02.03",
    "participant-card": "02.02.05",
    "crf": "02.01.07",
    "synopsis": "02.01.03",
    "summary-of-changes": "02.01.04",
}
_EXTERNAL = {
    "protocol": "02.01.02",
    "investigator-brochure": "02.01.01",
    "advertisement": "02.02.06",
    "diary": "02.02.01",
    "participant-card": "02.02.05",
    "questionnaire": "02.02.02",
}


def of_submission(role: str | None) -> Artifact | None:
    """Return where a submission to a body of that role belongs; answers to its questions belong there too."""
    return ARTIFACTS[_BODIES[role][0]] if role in _BODIES else None


def of_decision(role: str | None) -> Artifact | None:
    """Return where the decision of a body of that role belongs, with its letter."""
    return ARTIFACTS[_BODIES[role][1]] if role in _BODIES else None


def of_document(kind: str) -> Artifact | None:
    """Return where a document of one of our kinds belongs."""
    return ARTIFACTS.get(_DOCUMENTS.get(kind, ""))


def of_external(kind: str | None) -> Artifact | None:
    """Return where a document from outside of that type belongs."""
    return ARTIFACTS.get(_EXTERNAL.get(kind or "", ""))


def number_of(artifact: Artifact | None) -> str:
    """Return the number, or that it is to be checked."""
    return TO_BE_CHECKED if artifact is None else artifact.number
