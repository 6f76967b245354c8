"""`protocol.yaml` holds the real record NCT03484741: word for word, complete, and without one invented fact."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from regdocs.spec.eligibility import Criterion
from regdocs.spec.known import Known
from regdocs.spec.load import Loaded, load
from regdocs.spec.paths import known_values, position_of
from regdocs.spec.protocol import Protocol
from regdocs.spec.tree import Node

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "protocol.yaml"

# Free text of the seed page: after the first line, up to the second one.
FREE_TEXT = (("About", "Full description"), ("Full description", "Enrollment"), ("Description:", "Treatment:"))
CRITERIA = (("Inclusion criteria", "Exclusion criteria"), ("Exclusion criteria", "Trial design"))

# What the record does not say and nobody may assume.
ALWAYS_OPEN = (
    "/identity/protocol_number",
    "/version",
    "/interventions/msc-and-prp/approved_for_this_use",
    "/products/bm-msc/dose",
    "/products/bm-msc/administrations",
    "/products/uc-msc/dose",
    "/products/uc-msc/administrations",
    "/products/prp/origin",
    "/products/prp/dose",
    "/products/prp/administrations",
    "/endpoints/fasting-blood-glucose/time_frame",
    "/endpoints/hba1c/time_frame",
    "/endpoints/c-peptide/time_frame",
    "/endpoints/blood-insulin/time_frame",
    "/endpoints/adverse-events/time_frame",
    "/endpoints/adverse-events/level",
    "/procedures/bone-marrow-collection/marrow_volume_ml",
    "/procedures/prp-collection/blood_volume_ml",
    "/procedures/blood-draw-glycaemia/blood_volume_ml",
    "/consent/reproductive",
    "/consent/late_effects",
    "/consent/injury/treatment",
    "/consent/injury/who_pays",
    "/consent/injury/compensation",
    "/consent/injury/insurance",
    "/consent/costs",
    "/consent/payment",
    "/consent/conflicts_of_interest",
    "/sites/van-hanh/investigator/name",
    "/sites/van-hanh/emergency_telephone",
    "/regulation/product_approval",
    "/registry/central_contact/telephone",
    "/registry/central_contact/email",
    "/registry/officials",
    "/registry/secondary_outcomes",
)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(RECORD.read_bytes(), "protocol.yaml")


@pytest.fixture(scope="module")
def protocol(loaded: Loaded) -> Protocol:
    assert loaded.protocol is not None, loaded.findings
    return loaded.protocol


@pytest.fixture(scope="module")
def seed() -> list[str]:
    """Give the lines of the registry page, without the bullets of the page."""
    folder = Path(os.environ.get("REGDOCS_SEED", ROOT.parent / "shared" / "seed"))
    pages = sorted(folder.glob("*.txt"))
    if not pages:
        pytest.skip("the registry page is not here; REGDOCS_SEED may name its folder")
    lines = pages[0].read_text(encoding="utf-8").splitlines()
    return [line.strip().removeprefix("• ") for line in lines if line.strip()]


def between(lines: list[str], first: str, end: str) -> list[str]:
    start = lines.index(first) + 1
    return lines[start : lines.index(end, start)]


def all_criteria(criteria: tuple[Criterion, ...]) -> list[Criterion]:
    return [each for one in criteria for each in (one, *all_criteria(one.criteria))]


def test_the_record_loads_without_a_finding(loaded: Loaded) -> None:
    assert loaded.protocol is not None
    assert loaded.findings == ()


def test_every_free_text_of_the_page_stands_word_for_word(protocol: Protocol, seed: list[str]) -> None:
    values = {text for known in known_values(protocol) for text in str(known.value).split("\n\n")}
    expected = [line for bounds in FREE_TEXT for line in between(seed, *bounds)]
    assert len(expected) == 6
    assert [line for line in expected if line not in values] == []


def test_the_description_keeps_the_paragraphs_of_the_page(protocol: Protocol, seed: list[str]) -> None:
    description = protocol.registry.detailed_description
    assert description is not None
    assert description.present.split("\n\n") == between(seed, "Full description", "Enrollment")


def test_criteria_are_those_of_the_page_in_order_and_word_for_word(protocol: Protocol, seed: list[str]) -> None:
    ours = [each.text.present for each in all_criteria(protocol.eligibility)]
    assert ours == [line for bounds in CRITERIA for line in between(seed, *bounds)]


def test_criteria_keep_their_numbers_and_nesting(protocol: Protocol) -> None:
    ids = [criterion.id for criterion in protocol.eligibility]
    assert ids == [f"I{n:02}" for n in range(1, 5)] + [f"E{n:02}" for n in range(1, 16)]
    nested = {each.id: [sub.id for sub in each.criteria] for each in protocol.eligibility if each.criteria}
    assert nested == {"I01": ["I01a", "I01b", "I01c"], "E02": ["E02a", "E02b", "E02c"]}
    first, renal = protocol.eligibility[0], protocol.eligibility[5]
    assert (first.lead, first.combine, first.at_least) == ("condition", "at-least", 1)
    assert (renal.lead, renal.combine) == ("heading", "any-of")


def test_labels_of_the_page_stand_in_the_record(protocol: Protocol, seed: list[str]) -> None:
    ours = [
        protocol.identity.titles.brief,
        protocol.organisations[0].name,
        protocol.identity.registry_numbers[0].number,
        protocol.population.conditions[0],
        protocol.arms[0].label,
        protocol.registry.status.displayed,
    ]
    assert [known.present for known in ours if known.present not in seed] == []
    number = protocol.identity.secondary_numbers[0]
    assert f"{number.number.present} ({number.type.present})" in seed


def test_the_central_contact_stands_by_name_in_the_registry_text_only(protocol: Protocol, seed: list[str]) -> None:
    contact = protocol.registry.central_contact
    assert contact is not None
    assert f"{contact.affiliation.present}; {contact.name.present}" in seed
    assert RECORD.read_text(encoding="utf-8").count("Phuong Le") == 1


def test_no_telephone_number_and_no_address_for_mail_stand_in_the_file() -> None:
    text = RECORD.read_text(encoding="utf-8")
    assert re.findall(r"\S+@\S+", text) == []
    without_dates = re.sub(r"\b\d{4}-\d{2}(-\d{2})?\b", "", text).replace("NCT03484741", "")
    assert re.findall(r"\+\d|\(\+?\d{2,}\)|\b\d(?:[ .()-]?\d){6,}", without_dates) == []


@pytest.mark.parametrize("path", ALWAYS_OPEN)
def test_what_the_record_does_not_say_is_to_be_completed(path: str, protocol: Protocol) -> None:
    known = {value.path: value for value in known_values(protocol)}
    assert known[path].state == "todo"


def test_every_risk_contact_and_approval_is_to_be_completed(protocol: Protocol) -> None:
    open_values: list[Known[Any]] = []
    for risk in protocol.consent.risks:
        open_values += [risk.text, risk.frequency, risk.serious]
    for contact in protocol.contacts:
        open_values += [contact.name, contact.telephone]
    for body in protocol.oversight:
        open_values += [body.name, body.approval, body.contact]
    assert [value.path for value in open_values if value.state != "todo"] == []


def test_every_open_value_says_whom_to_ask(protocol: Protocol) -> None:
    values = list(known_values(protocol))
    assert [value.path for value in values if value.todo and "; ask the " not in value.todo] == []
    assert [value.path for value in values if value.assumption and not value.ask] == []


def test_every_product_and_invasive_procedure_has_a_risk_to_write(protocol: Protocol) -> None:
    needed = {product.id for product in protocol.products}
    needed |= {procedure.id for procedure in protocol.procedures if procedure.invasive}
    assert needed == {risk.of for risk in protocol.consent.risks if risk.of}


def test_collections_and_infusion_are_invasive_procedures_on_the_schedule(protocol: Protocol) -> None:
    invasive = {procedure.id for procedure in protocol.procedures if procedure.invasive}
    scheduled = {row.activity for row in protocol.schedule.rows if row.at.present}
    done = {p for activity in protocol.activities if activity.id in scheduled for p in activity.procedures}
    assert {"bone-marrow-collection", "prp-collection", "cell-infusion"} <= invasive & done


def test_every_endpoint_and_criterion_is_measured_by_a_scheduled_activity(protocol: Protocol) -> None:
    scheduled = {row.activity for row in protocol.schedule.rows if row.at.present}
    measured = {m for activity in protocol.activities if activity.id in scheduled for m in activity.measures}
    assert measured == {e.id for e in protocol.endpoints} | {c.id for c in protocol.eligibility}


def test_every_day_and_window_but_day_zero_is_assumed(protocol: Protocol) -> None:
    for encounter in protocol.encounters:
        if encounter.day is not None:
            assert (encounter.day.state == "known") == (encounter.id == "infusion"), encounter.id
        if encounter.window is not None:
            assert encounter.window.state == "assumed", encounter.id


def test_consent_is_the_first_row_of_the_schedule(protocol: Protocol) -> None:
    assert protocol.schedule.rows[0].activity == "informed-consent"


def test_every_scheduled_activity_has_a_form(protocol: Protocol) -> None:
    collected = {activity for form in protocol.forms for activity in form.activities}
    assert {row.activity for row in protocol.schedule.rows} <= collected


def test_every_query_is_about_words_that_stand_there(loaded: Loaded, protocol: Protocol) -> None:
    assert loaded.tree is not None
    values = {value.path: str(value.value) for value in known_values(protocol)}
    for query in protocol.queries:
        assert _stands(loaded.tree, query.about), f"{query.id}: nothing stands at {query.about}"
        if query.about.endswith(("/text", "/detailed_description", "/brief_summary", "/description", "/name")):
            assert query.found in values[query.about], query.id


def _stands(tree: Node, path: str) -> bool:
    """Whether the path names something of its own, not only something above it."""
    parent = path.rpartition("/")[0]
    return position_of(tree, path) != position_of(tree, parent) if parent else position_of(tree, path) is not None
