"""The registry's spellings: every term of the language has one, dates and ages read as the registry shows them."""

from typing import Any, get_args

import pytest

from regdocs.spec import terms
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
)
from regdocs.spec.eligibility import Sex
from regdocs.spec.identity import OrganisationClass
from regdocs.spec.regulation import DateType, ReviewBoardStatus

TABLES: list[tuple[dict[Any, str], Any]] = [
    (terms.STUDY_TYPES, StudyType),
    (terms.PHASES, Phase),
    (terms.PURPOSES, Purpose),
    (terms.ALLOCATIONS, Allocation),
    (terms.MODELS, Model),
    (terms.MASKINGS, MaskingSchema),
    (terms.MASKED_ROLES, MaskedRole),
    (terms.ARM_TYPES, ArmType),
    (terms.INTERVENTION_TYPES, InterventionType),
    (terms.SEXES, Sex),
    (terms.DATE_TYPES, DateType),
    (terms.FUNDER_TYPES, OrganisationClass),
    (terms.REVIEW_BOARD_STATUSES, ReviewBoardStatus),
]


@pytest.mark.parametrize(("table", "kind"), TABLES, ids=lambda item: None if isinstance(item, dict) else str(item))
def test_every_term_has_one_spelling(table: dict[Any, str], kind: Any) -> None:
    assert tuple(table) == get_args(kind)
    assert len(set(table.values())) == len(table)


@pytest.mark.parametrize(
    ("date", "shown"), [("2017-04-01", "April 1, 2017"), ("2018-11", "November 2018"), ("2018", "2018")]
)
def test_dates_read_as_in_the_registry(date: str, shown: str) -> None:
    assert terms.registry_date(date) == shown


@pytest.mark.parametrize(
    ("duration", "shown"),
    [
        ("P18Y", "18 Years"),
        ("P1Y", "1 Year"),
        ("P1Y6M", "18 Months"),
        ("P6M", "6 Months"),
        ("P2W", "2 Weeks"),
        ("P1D", "1 Day"),
        ("PT12H", "12 Hours"),
        ("PT30M", "30 Minutes"),
        ("P1M3D", "1 Month 3 Days"),
    ],
)
def test_ages_read_as_in_the_registry(duration: str, shown: str) -> None:
    assert terms.registry_age(duration) == shown


def test_the_limits_are_those_of_the_registrys_metadata(conformance: Any) -> None:
    table = (conformance / "registry" / "ctgov-field-rules.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    given = {row[0]: int(row[1]) for row in rows if len(row) > 1 and row[1]}
    for name, path in {
        "protocol-number": "identificationModule.orgStudyIdInfo.id",
        "brief-title": "identificationModule.briefTitle",
        "acronym": "identificationModule.acronym",
        "official-title": "identificationModule.officialTitle",
        "secondary-number": "identificationModule.secondaryIdInfos.id",
        "organisation": "sponsorCollaboratorsModule.leadSponsor.name",
        "brief-summary": "descriptionModule.briefSummary",
        "detailed-description": "descriptionModule.detailedDescription",
        "condition": "conditionsModule.conditions",
        "masking-description": "designModule.designInfo.maskingInfo.maskingDescription",
        "arm-title": "armsInterventionsModule.armGroups.label",
        "arm-description": "armsInterventionsModule.armGroups.description",
        "intervention-name": "armsInterventionsModule.interventions.name",
        "intervention-description": "armsInterventionsModule.interventions.description",
        "outcome-description": "outcomesModule.primaryOutcomes.description",
        "eligibility": "eligibilityModule.eligibilityCriteria",
        "facility": "contactsLocationsModule.locations.facility",
        "sharing-description": "ipdSharingStatementModule.description",
        "citation": "referencesModule.references.citation",
    }.items():
        assert terms.LIMITS[name] == given[path], path
    # The metadata says 255, the definitions page 254: the smaller one is safe.
    for name, path in {"outcome-title": "measure", "outcome-time-frame": "timeFrame"}.items():
        assert terms.LIMITS[name] == given[f"outcomesModule.primaryOutcomes.{path}"] - 1
