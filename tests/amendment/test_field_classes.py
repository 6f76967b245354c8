"""Every field of the language has a class, and every class of the table is of use."""

import pytest

from regdocs.amendment.change import Json
from regdocs.amendment.field_classes import PATTERNS, UNCLASSIFIED, Pattern, field_class_of
from regdocs.amendment.places import segments_of
from regdocs.amendment.weights import FIELD_CLASSES
from tests.amendment.leaves import leaf_paths

LEAVES = leaf_paths()
FORM: dict[str, Json] = {
    "contacts": [{"id": "team", "purpose": "research-questions"}, {"id": "alarm", "purpose": "injury-or-emergency"}],
    "endpoints": [{"id": "main", "level": "primary"}, {"id": "also", "level": {"value": "secondary", "source": "s"}}],
    "procedures": [{"id": "biopsy", "invasive": True}, {"id": "talk", "invasive": False}],
    "organisations": [{"id": "owner", "role": "sponsor"}, {"id": "giver", "role": "funder"}],
}


def test_the_walk_finds_the_leaves_of_the_language():
    assert len(LEAVES) > 350
    assert {"/version", "/eligibility/x/thresholds/x/value", "/encounters/x/window/before"} <= set(LEAVES)


@pytest.mark.parametrize("path", LEAVES)
def test_every_field_of_the_language_has_a_class(path: str):
    assert field_class_of(path, {}) != UNCLASSIFIED


def test_a_field_that_no_pattern_names_is_for_a_person():
    assert field_class_of("/something/new", {}) == UNCLASSIFIED


def test_every_class_of_the_table_is_weighed_and_every_weighed_class_is_reached():
    assert {pattern.field_class for pattern in PATTERNS} | {UNCLASSIFIED, "document-wording"} == set(FIELD_CLASSES)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: f"{pattern.path} {pattern.field_class}")
def test_every_pattern_is_the_first_match_of_some_field(pattern: Pattern):
    sample = pattern.path.replace("*", "x")
    form: dict[str, Json] = {}
    if pattern.where is not None:
        form = {segments_of(sample)[0]: [{"id": "x", pattern.where.field: pattern.where.values[0]}]}
    paths = [path for path in LEAVES if path == sample or path.startswith(f"{sample}/")]
    assert pattern.field_class in {field_class_of(path, form) for path in paths}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/contacts/alarm/telephone", "contact-injury-or-emergency"),
        ("/contacts/team/telephone", "other-contact"),
        ("/endpoints/main/time_frame", "primary-endpoint"),
        ("/endpoints/also/time_frame", "secondary-endpoint"),
        ("/procedures/biopsy/times", "invasive-procedure"),
        ("/procedures/biopsy", "invasive-procedure"),
        ("/procedures/talk", "procedure"),
        ("/organisations/owner/name", "sponsor"),
        ("/organisations/giver/name", "funder"),
        ("/eligibility/E07", "eligibility"),
        ("/eligibility/E07/text/value", "eligibility"),
        ("/products/tablet/dose/value", "dose"),
        ("/products/tablet", "product"),
        ("/encounters/week-4/window", "visit-window"),
        ("/encounters/week-4/day", "schedule"),
        ("/encounters/week-6", "schedule"),
        ("/sites/north/investigator/name", "site-or-investigator"),
        ("/sites/north/investigator/telephone", "other-contact"),
        ("/sites/north/emergency_telephone", "contact-injury-or-emergency"),
        ("/sites/west", "site-or-investigator"),
        ("/consent/risks/fainting/text", "risk-text"),
        ("/consent/payment", "payment"),
        ("/version", "administrative-wording"),
    ],
)
def test_class_of(path: str, expected: str):
    assert field_class_of(path, FORM) == expected


def test_an_endpoint_that_was_primary_or_becomes_it_counts_as_primary():
    now: dict[str, Json] = {"endpoints": [{"id": "main", "level": "secondary"}, {"id": "also", "level": "primary"}]}
    assert field_class_of("/endpoints/main/level", FORM, now) == "primary-endpoint"
    assert field_class_of("/endpoints/also/level", FORM, now) == "primary-endpoint"
