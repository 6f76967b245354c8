"""What a change of each field class weighs: an explicit table with reasons and sources.

A weight is a default: a person may always put another class in its place, and the body decides. "ask" is no class but
a question that only people can answer. `docs/amendment-classes.md` is made of this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from regdocs.amendment import citation as cited
from regdocs.amendment import regime_classes as classes
from regdocs.amendment.citation import Citation
from regdocs.amendment.declaration import RegimeName

Weight = Literal["substantial", "ask", "minor", "administrative"]
Part = Literal["I", "II"]

WEIGHTS: tuple[Weight, ...] = ("substantial", "ask", "minor", "administrative")  # the heaviest first
ASK = "ask"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A proposed class with its reason and source; `question` is what has to be answered where the class is "ask"."""

    name: str
    reason: str
    source: Citation | None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class FieldClass:
    """A sort of field.

    Attributes:
        label: What it is, in words.
        weight: How much a change of it weighs by default.
        reason: Why.
        source: Where the weight comes from.
        part: The part of an EU application that it belongs to.
        question: What is asked where the weight is "ask".
        tell: Whether participants are told, whatever the class.
        other: What is proposed under a regime in place of what the weight gives.
    """

    label: str
    weight: Weight
    reason: str
    source: Citation
    part: Part = "I"
    question: str | None = None
    tell: bool = False
    other: Mapping[RegimeName, Ruling] = field(default_factory=dict)


_NOTES = "it bears on safety or rights of participants, or on reliability of the data"
_NOT_PROTOCOL = Ruling(
    classes.NO_AMENDMENT, "it is text for participants, not the protocol of the IND; the IRB reviews it", cited.OURS
)
_CONSENT_ASK = "Does it change what a participant would weigh: a right, a burden, a risk, a cost?"
_NEW_INVESTIGATOR = Ruling(
    classes.NEW_INVESTIGATOR,
    "FDA is told of a new investigator within 30 days of the addition",
    cited.IND_INVESTIGATOR,
)

FIELD_CLASSES: Mapping[str, FieldClass] = {
    "eligibility": FieldClass("eligibility", "substantial", _NOTES, cited.SUBSTANTIAL),
    "dose": FieldClass("dose or duration of exposure", "substantial", _NOTES, cited.IND_CHANGE),
    "product": FieldClass("product or intervention", "substantial", _NOTES, cited.SUBSTANTIAL),
    "route": FieldClass("route of administration", "substantial", _NOTES, cited.SUBSTANTIAL),
    "invasive-procedure": FieldClass("invasive procedure", "substantial", _NOTES, cited.SUBSTANTIAL),
    "primary-endpoint": FieldClass("primary objective or endpoint", "substantial", _NOTES, cited.SUBSTANTIAL),
    "sample-size": FieldClass(
        "sample size", "substantial", f"{_NOTES}; participants enrolled are usually not concerned", cited.SUBSTANTIAL
    ),
    "stopping-rule": FieldClass("stopping rule", "substantial", _NOTES, cited.SUBSTANTIAL),
    "risk-text": FieldClass(
        "risks as participants are told",
        "substantial",
        "it bears on the decision to take part or to go on",
        cited.SACHRP_1,
        part="II",
        other={"us-ind": _NOT_PROTOCOL},
    ),
    "design": FieldClass("design, arms, epochs", "substantial", _NOTES, cited.IND_CHANGE),
    "randomisation-or-masking": FieldClass(
        "randomisation or masking", "substantial", "it bears on reliability of the data", cited.OURS
    ),
    "medication-rule": FieldClass(
        "rescue, permitted or prohibited medicine", "substantial", "it bears on safety of participants", cited.OURS
    ),
    "contraception": FieldClass(
        "contraception and pregnancy tests",
        "substantial",
        "it bears on safety of participants and of others",
        cited.OURS,
    ),
    "vulnerable-participants": FieldClass(
        "protection of vulnerable participants", "substantial", "it bears on rights and safety", cited.OURS
    ),
    "site-or-investigator": FieldClass(
        "site or investigator",
        "substantial",
        "a new site, or another principal investigator, is a substantial modification in the EU",
        cited.SITE_IN_EU,
        part="II",
        other={
            "eu-ctr": Ruling(
                classes.PART_II,
                "a new site, or another principal investigator, is a substantial modification",
                cited.SITE_IN_EU,
            ),
            "us-irb": Ruling(
                ASK,
                "boards' policies differ on new sites and investigators",
                cited.IRB_MINOR,
                "Does the IRB's policy count this change of site or investigator as minor?",
            ),
            "us-ind": _NEW_INVESTIGATOR,
        },
    ),
    "sponsor": FieldClass("sponsor", "substantial", "it changes who answers for the study", cited.OURS),
    "procedure": FieldClass(
        "procedure that is not invasive",
        "ask",
        "it may add a burden, or take a safety assessment away",
        cited.IND_CHANGE,
        question="Does it add a burden or a risk, or add or drop a test that watches for harm?",
    ),
    "secondary-endpoint": FieldClass(
        "secondary or exploratory objective or endpoint",
        "ask",
        "it may bear on what the study can show",
        cited.SUBSTANTIAL,
        question="Does it change what is done to participants, or what the study is said to show?",
        other={
            "us-ide": Ruling(classes.NOTICE, "a university names it as an example for the notice", cited.IDE_REPORT)
        },
    ),
    "statistics": FieldClass(
        "estimands and analysis populations",
        "ask",
        "an analysis of the primary endpoint bears on reliability of the data",
        cited.SUBSTANTIAL,
        question="Does it concern the primary endpoint or an analysis of safety?",
    ),
    "visit-window": FieldClass(
        "visit window",
        "ask",
        "at a visit for the primary endpoint or a safety assessment it is substantial",
        cited.OURS,
        question="Is it the window of a visit for the primary endpoint, or for an assessment of safety?",
    ),
    "schedule": FieldClass(
        "schedule of activities, follow-up",
        "ask",
        "another visit or assessment may be a burden, one less may hide harm",
        cited.SACHRP_1,
        question="Does it add a burden, or add or drop an assessment of safety or of the primary endpoint?",
    ),
    "sub-study": FieldClass(
        "sub-study", "ask", "it may add procedures", cited.SACHRP_1, question="What does it add for participants?"
    ),
    "samples": FieldClass(
        "samples kept from participants",
        "ask",
        "use of samples bears on rights",
        cited.WISC,
        part="II",
        question="Does it change how samples may be used, or by whom?",
    ),
    "data-protection": FieldClass(
        "information about participants",
        "ask",
        "use of data bears on rights",
        cited.WISC,
        part="II",
        question="Does it change which information is used, by whom, where, or for how long?",
        other={"us-ind": _NOT_PROTOCOL},
    ),
    "payment": FieldClass(
        "payment and costs",
        "ask",
        "it bears on the decision to take part",
        cited.OURS,
        part="II",
        question="Is somebody paid less, or does somebody pay more, than was agreed?",
        other={"us-ind": _NOT_PROTOCOL},
    ),
    "injury-cover": FieldClass(
        "treatment and compensation of injury",
        "ask",
        "it bears on rights",
        cited.PARTS,
        part="II",
        question="Does it take anything away from what participants were promised?",
        other={"us-ind": _NOT_PROTOCOL},
    ),
    "consent-text": FieldClass(
        "other text for participants",
        "ask",
        "it may be wording, or something a participant would weigh",
        cited.PARTS,
        part="II",
        question=_CONSENT_ASK,
        other={"us-ind": _NOT_PROTOCOL},
    ),
    "consent-process": FieldClass(
        "who signs, in which languages, waivers",
        "ask",
        "it bears on rights",
        cited.PARTS,
        part="II",
        question="Does it change who decides, or how consent is recorded?",
        other={"us-ind": _NOT_PROTOCOL},
    ),
    "protocol-section": FieldClass(
        "text of a protocol section",
        "ask",
        "a section may hold anything",
        cited.OURS,
        question="What does the section change: safety, rights, data, or wording?",
    ),
    "regulatory-answer": FieldClass(
        "recorded answers on the law that applies",
        "ask",
        "it may change which regimes apply at all",
        cited.OURS,
        question="Which body has to know, and does another regime apply now?",
    ),
    "unclassified": FieldClass(
        "unclassified",
        "ask",
        "no entry of the table names this field",
        cited.OURS,
        question="What sort of change is it? A person decides.",
    ),
    "document-wording": FieldClass(
        "words of a template, a translation or the program",
        "ask",
        "a document says something else although the protocol does not",
        cited.OURS,
        part="II",
        question=_CONSENT_ASK,
        other={"us-ind": _NOT_PROTOCOL},
    ),
    "case-report-form": FieldClass("case report form", "minor", "it records what the schedule asks for", cited.OURS),
    "contact-injury-or-emergency": FieldClass(
        "contact for injury or emergency",
        "administrative",
        "it changes whom participants call, not what is done",
        cited.OURS,
        part="II",
        tell=True,
    ),
    "other-contact": FieldClass(
        "other contact or address", "administrative", "it changes whom one reaches", cited.IRB_MINOR, part="II"
    ),
    "oversight-record": FieldClass(
        "names, numbers and approvals of bodies", "administrative", "it records what a body said", cited.OURS, part="II"
    ),
    "funder": FieldClass("funder or collaborator", "administrative", "it does not change what is done", cited.OURS),
    "title": FieldClass("titles", "administrative", "it does not change what is done", cited.OURS),
    "registry": FieldClass("facts of the registry", "administrative", "the protocol stays", cited.OURS),
    "administrative-wording": FieldClass(
        "administrative wording", "administrative", "no document for participants rests on it", cited.IRB_MINOR
    ),
}
