"""The registry text says what the registry asks for, in its order and spelling, and enters nothing that is open."""

import re
from collections import Counter

from regdocs.content.query import headings, plain_text, values, walk_inlines, walk_tagged
from tests.documents.registry_text import ROOT, as_text, block_of, body, composed

MODULES = [
    "Study Identification",
    "Study Status",
    "Sponsor/Collaborators",
    "Oversight",
    "Study Description",
    "Conditions and Keywords",
    "Study Design",
    "Arms, Groups, and Interventions",
    "Outcome Measures",
    "Eligibility",
    "Contacts, Locations, and Investigator Information",
    "IPD Sharing Statement",
    "References",
]
RECORD = composed()
TEXT = body(RECORD.document)


def entry(text: str, label: str) -> str:
    """The single entry under a label."""
    lines = [line for line in block_of(text, label) if line]
    assert len(lines) == 1, (label, lines)
    return lines[0]


def test_modules_stand_in_the_registrys_order_and_are_numbered() -> None:
    found = headings(RECORD.document)
    assert [plain_text(heading.inlines) for heading in found] == MODULES
    assert [heading.number for heading in found] == [str(n) for n in range(1, len(MODULES) + 1)]


def test_ids_are_unique() -> None:
    counted = Counter(tagged.id for tagged in walk_tagged(RECORD.document))
    assert {name for name, count in counted.items() if count > 1} == set()


def test_every_printed_value_has_a_path_and_is_among_what_was_read() -> None:
    paths = {path for value in values(RECORD.document) for path in value.paths}
    assert paths
    assert all(path.startswith("/") for path in paths)
    assert paths <= set(RECORD.reads)


def test_every_entry_names_its_source_or_says_that_it_is_open() -> None:
    rows = [tagged for tagged in walk_tagged(RECORD.document) if hasattr(tagged, "cells") and len(tagged.cells) == 3]
    assert len(rows) > 50
    for row in rows:
        if row.id.startswith("registry.sources."):
            continue
        origin = plain_text(row.cells[2].blocks[0].inlines)
        assert origin.startswith(("Source: ", "To be completed at /", "To be confirmed at /", "Entered only")), row.id


def test_status_is_told_as_three_facts_and_the_computed_one_is_explained() -> None:
    assert entry(TEXT, "Overall Recruitment Status, as the registry displays it") == "Unknown"
    assert entry(TEXT, "Overall Recruitment Status, last known") == "Recruiting"
    assert entry(TEXT, "Record Verification Date") == "April 2018"
    assert "The registry computes the status it displays here." in TEXT


def test_a_status_that_the_registry_did_not_compute_is_not_explained() -> None:
    recruiting = body(composed(("    displayed: Unknown", "    displayed: Recruiting")).document)
    assert "The registry computes the status" not in recruiting


def test_an_assumed_value_is_left_empty_and_says_whom_to_ask() -> None:
    facility = entry(TEXT, "Facility Name")
    assert facility.startswith("[TO BE COMPLETED: confirm with the sponsor; ")
    assert "Van Hanh General Hospital" not in facility
    shown = [value for value in values(RECORD.document) if value.paths == ("/sites/van-hanh/name",)]
    assert "assumed" in {value.state for value in shown}


def test_a_confirmed_value_is_entered() -> None:
    start = "    name:\n      value: Van Hanh General Hospital\n      assumption: >-\n"
    found = re.search(re.escape(start) + r"(?: {8}.*\n)+      ask: the sponsor\n", _record())
    assert found is not None
    confirmed = body(composed((found.group(), "    name: Van Hanh General Hospital\n")).document)
    assert entry(confirmed, "Facility Name") == "Van Hanh General Hospital"


def _record() -> str:
    return (ROOT / "protocol.yaml").read_text(encoding="utf-8")


def test_a_value_computed_from_an_assumed_one_is_left_empty() -> None:
    assumed = (
        "    type:\n      value: estimated\n      assumption: planned only\n      ask: the sponsor\n  participation:"
    )
    changed = body(composed(("    type: estimated\n  participation:", assumed)).document)
    assert entry(changed, "Enrollment").startswith("[TO BE COMPLETED: confirm with the sponsor; ")
    assert "15 [Estimated]" not in changed


def test_a_required_fact_that_the_protocol_leaves_out_is_to_be_completed() -> None:
    left_out = composed(("  review_board_status: >-\n", "  ipd_sharing: >-\n"), ('  ipd_sharing: "TODO', '  # "TODO'))
    label = "Human Subjects Protection Review Board Status"
    assert entry(body(left_out.document), label).startswith("[TO BE COMPLETED: status of the review")
    assert "/registry/review_board_status" in left_out.reads


def test_the_draft_lists_every_open_entry() -> None:
    open_paths = {value.paths for value in values(RECORD.document) if value.state != "known"}
    assert f"contains {len(open_paths)} items to complete" in as_text(RECORD.document)


def test_length_stands_beside_the_limit_and_too_long_is_said() -> None:
    assert re.search(r"^Source: seed; /identity/titles/brief; 67 of 300 characters$", TEXT, re.MULTILINE)
    long = "    brief: " + "x" * 310
    short = "    brief: Mesenchymal Stem Cell Therapy for Type 1 Diabetes Mellitus Patients"
    assert "310 of 300 characters, 10 too many" in body(composed((short, long)).document)


def test_length_of_the_criteria_is_that_of_what_is_pasted() -> None:
    pasted = TEXT[TEXT.index("Inclusion Criteria:") : TEXT.index("\n\n11 Contacts")]
    assert f"Source: seed; /eligibility; {len(pasted):,} of 20,000 characters" in TEXT


def test_arm_and_intervention_refer_to_each_other() -> None:
    assert "MSC and PRP  Biological: MSC and PRP" in block_of(TEXT, "Arm or Group/Interventional Cross-Reference")


def test_an_outcome_measure_without_a_known_level_is_entered_under_no_level() -> None:
    undecided = TEXT.index("Outcome measure whose place is still open 1")
    assert TEXT.index("occurrence of adverse events (AEs)\nSource") > undecided
    primary = TEXT[TEXT.index("9 Outcome Measures") : undecided]
    assert primary.count("Primary Outcome Measure ") == 4


def test_secondary_outcomes_are_told_missing_only_while_none_is_recorded() -> None:
    assert entry(TEXT, "Secondary Outcome Measures").startswith("[TO BE COMPLETED: secondary outcomes")
    level = re.search(r"  - id: adverse-events\n    objective: safety\n    level: (.*)\n", _record())
    assert level is not None
    decided = body(composed((level.group(1), "secondary")).document)
    assert "Secondary Outcome Measure 1" in decided
    assert "Secondary Outcome Measures" not in decided


def test_a_number_of_another_registry_becomes_a_secondary_id() -> None:
    other = "    - id: isrctn\n      registry: ISRCTN\n      number: ISRCTN00000000\n  secondary_numbers:"
    text = body(composed(("  secondary_numbers:", other)).document)
    assert "ISRCTN00000000" in block_of(text, "Secondary ID")
    assert "Registry Identifier" in block_of(text, "Secondary ID Type")
    assert entry(text, "ClinicalTrials.gov Identifier") == "NCT03484741"


def test_the_question_on_export_is_asked_only_where_the_fda_regulates() -> None:
    label = "Product Manufactured in and Exported from the U.S."
    assert block_of(TEXT, label) == []
    found = re.search(r"  fda_regulated_drug:\n(?:    .*\n)+", _record())
    assert found is not None
    regulated = body(composed((found.group(), "  fda_regulated_drug: true\n")).document)
    assert entry(regulated, label).startswith("[TO BE COMPLETED: ")


def test_no_age_limit_is_told_as_the_registry_does() -> None:
    text = body(composed(("  maximum_age: P45Y\n", "")).document)
    assert entry(text, "Maximum Age") == "N/A (No limit)"


def test_the_central_contact_is_not_made_an_investigator() -> None:
    named = [value for value in values(RECORD.document) if "Phuong Le" in value.text]
    assert [value.paths for value in named] == [("/registry/central_contact/name",)]


def test_protocol_version_is_not_content() -> None:
    assert not {path for path in RECORD.reads if path in ("/version", "/date")}


def test_the_template_types_in_no_number_of_the_study() -> None:
    for path in sorted((ROOT / "templates" / "registry").glob("*.xml")):
        text = re.sub(
            r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        assert re.findall(r"\d+", text) == [], path.name


def test_a_demonstration_says_so_on_every_page() -> None:
    demonstration = composed(("language: en\n", "language: en\ndemonstration: true\n"))
    marks = [plain_text(mark) for mark in demonstration.document.furniture.marks]
    assert marks == ["FICTIONAL DEMONSTRATION – NOT A REAL STUDY"]
    assert RECORD.document.furniture.marks == ()


def test_two_compositions_are_equal() -> None:
    assert composed().document == RECORD.document
    assert list(walk_inlines(composed().document)) == list(walk_inlines(RECORD.document))
