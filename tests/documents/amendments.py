"""A made-up amendment of the invented study DEMO-101, as the documents of an amendment are told of it."""

from dataclasses import replace
from typing import Any

from regdocs.content.model import Document
from regdocs.documents.amended import (
    Advice,
    AmendmentFacts,
    AtSite,
    Base,
    Classed,
    Cover,
    Determination,
    Earlier,
    Enrolment,
    Impact,
    Listed,
    Printed,
    Reasons,
    Row,
    Scope,
    Section,
    Wording,
)
from regdocs.documents.amendment_kinds import amendment_kind_named
from regdocs.documents.compose import compose_amendment
from regdocs.spec.protocol import Protocol
from tests.documents.companions import REPOSITORY, loaded, templates

NORTH, SOUTH = "north", "south"
PAPERS = ("consent-addendum", "participant-letter")
TOLD = """\
We learned that a few people fainted while they took the study tablet. We do not know yet whether the tablet was the \
cause. From now on, nobody who faints without a known cause may join the study.

Please tell us at once if you faint or feel that you are going to. You will have one more visit, two weeks after your \
last tablet. At that visit we measure your blood pressure while you lie down and while you stand."""

_CLASSES = (
    Classed("EU CTR", "substantial, part I", "Eligibility may affect the safety of participants.", "Art. 2(2)(13)"),
    Classed("US IRB", "more than minor", "A safety-driven criterion.", "the IRB’s own policy"),
    Classed("US IND", "protocol change", "It changes who may take part.", None),
)
ROW = Row(
    id="fainting",
    description="Fainting of unknown cause excludes",
    rationale="Two participants fainted; until the cause is known, those at risk are not enrolled (fictional).",
    sections=(Section("5.3", "Exclusion Criteria"),),
    documents=(
        Printed("Eligibility checklist", (3,)),
        Printed("Consent form, north", (2, 7, 8, 9)),
        Printed("Registry text"),
    ),
    wordings=(
        Wording(
            "Exclusion criterion E07: text",
            "/eligibility/E07/text",
            "Fainting in the last month.",
            "Fainting of unknown cause in the last 12 months.",
        ),
        Wording("Risk: fainting", "/consent/risks/fainting/text", None, "You may faint."),
    ),
    classes=_CLASSES,
    affects_consent=True,
)
VISIT = replace(
    ROW,
    id="visit",
    description="One more visit two weeks after the last tablet",
    rationale="Blood pressure is measured lying and standing.",
    sections=(Section("1.3", "Schedule of Activities"), Section(None, "What happens at each visit")),
    wordings=(Wording("Visit V6b: day", "/encounters/V6b/day", None, "Day 98"),),
    affects_consent=False,
    why_not="People who are in follow-up only do not have this visit.",
)
FACTS = AmendmentFacts(
    number=1,
    version="2.0",
    date="2026-06-12",
    scope=Scope("global"),
    reasons=Reasons("New Safety Information Available", ("Investigator/Site Feedback",)),
    summary="Fainting of unknown cause becomes an exclusion criterion, and a visit is added (fictional).",
    enrolment=Enrolment("14", "globally", "2026-06-10"),
    safety_or_rights=Impact(True, "People at risk of fainting are no longer enrolled."),
    data_reliability=Impact(False),
    rows=(ROW, VISIT),
    advice=(
        Advice("screening", "In consent or screening", "full re-consent", "before the next visit", "Rule 2"),
        Advice(
            "on-product",
            "On product",
            "addendum signed",
            "at the next visit",
            None,
            (Determination("board-north", (NORTH,), "letter is enough", "EX-9 (fictional)", "2026-06-20"),),
        ),
    ),
    told=TOLD,
    history=(),
    bases=(
        Base("board-north", NORTH, "Consent form, English", "1.0", "EX-1 (fictional)", "2026-01-10"),
        Base("board-south", SOUTH, "Consent form, English", "1.1", None, "2026-02-01", "It was submitted last."),
    ),
    documents=(
        Listed(
            "consent.north.en",
            "Consent form, English",
            NORTH,
            "2.0",
            "2026-06-12",
            True,
            "1.0",
            ("clean DOCX", "tracked DOCX", "redline PDF"),
        ),
        Listed("consent.south.en", "Consent form, English", SOUTH, "2.0", "2026-06-12", True, "1.1", ("clean DOCX",)),
        Listed("eligibility", "Eligibility checklist", None, "2.0", "2026-06-12", True, "1.0"),
        Listed("crf", "Case report forms", None, "1.0", "2026-01-05", False),
        Listed("assent.north.en", "Assent form, English", NORTH, "1.0", "2026-01-05", False, gone=True),
    ),
    sites=(
        AtSite(NORTH, "1.0", "2026-01-05", "2026-07-01", PAPERS),
        AtSite(SOUTH, "1.1", "2026-02-01", None, ("participant-letter",)),
    ),
    cover=Cover(body="board-north", reference="EX-1 (fictional)"),
)
EARLIER = (
    Earlier(1, "1.1", "2026-02-01", "Recruitment Difficulty", "A second site (fictional)."),
    Earlier(2, "1.2", None, "Other", "TODO: a sentence on the pharmacy"),
)


def demonstration() -> Protocol:
    return loaded((REPOSITORY / "examples/demo-101/protocol.yaml").read_text(encoding="utf-8"))


def document_of(name: str, protocol: Protocol, facts: AmendmentFacts = FACTS, site: int = 0) -> Document:
    """Return the document of that kind, of one site where it has one a site."""
    kind = amendment_kind_named(name)
    assert kind is not None
    where = protocol.sites[site] if kind.per_site else None
    return compose_amendment(kind, protocol, facts, where, "en", templates()).document


def facts(**changes: Any) -> AmendmentFacts:
    return replace(FACTS, **changes)
