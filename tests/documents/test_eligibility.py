"""The eligibility checklist, on the real record and on small changes of it."""

import re

import pytest

from regdocs.content.model import Blank, Document, IdentitySlot, Signature, Tick
from regdocs.content.query import plain_text, values, walk_inlines
from regdocs.documents.draft import open_items
from regdocs.documents.eligibility import eligibility_view
from regdocs.spec.load import load
from tests.documents.composing import assert_ids_and_paths, cells, changed, composed, row, table, template_words


def checklist(*changes: tuple[str, str]) -> Document:
    return composed("eligibility", eligibility_view, changed(*changes))


@pytest.fixture(scope="module")
def real() -> Document:
    return checklist()


def ticks(document: Document) -> set[str]:
    return {inline.label for inline in walk_inlines(document) if isinstance(inline, Tick)}


def test_every_criterion_stands_there_word_for_word_and_once(real: Document) -> None:
    protocol = load(changed().encode()).protocol
    assert protocol is not None
    shown = [value.text for value in values(real)]
    for criterion in protocol.eligibility:
        for one in (criterion, *criterion.criteria):
            assert shown.count(one.text.present) == 1


def test_criteria_stand_in_the_order_of_the_protocol_with_their_sub_criteria(real: Document) -> None:
    inclusion = [one.id.rpartition(".")[2] for one in table(real, "eligibility.inclusion").rows]
    exclusion = [one.id.rpartition(".")[2] for one in table(real, "eligibility.exclusion").rows]
    assert inclusion == ["I01", "I01a", "I01b", "I01c", "I02", "I03", "I04"]
    assert exclusion[:6] == ["E01", "E02", "E02a", "E02b", "E02c", "E03"]


def test_sub_criteria_are_indented_and_have_ticks_of_their_own(real: Document) -> None:
    found = table(real, "eligibility.inclusion")
    assert cells(row(found, "eligibility.inclusion.I01"))[0] == "I01"
    assert cells(row(found, "eligibility.inclusion.I01a"))[:2] == ["", "I01a"]
    assert {"I01a: Yes", "I01a: No", "I01a: not yet known"} <= ticks(real)


def test_no_excludes_for_inclusion_and_yes_for_exclusion(real: Document) -> None:
    assert {"I02: Yes", "I02: No, not eligible", "E01: Yes, not eligible", "E01: No"} <= ticks(real)
    assert not {"I02: Yes, not eligible", "E01: No, not eligible"} & ticks(real)


def test_only_the_criterion_itself_decides_not_its_sub_criteria(real: Document) -> None:
    assert "E02: Yes, not eligible" in ticks(real)
    assert "E02a: Yes, not eligible" not in ticks(real)


def test_every_criterion_can_be_not_yet_known(real: Document) -> None:
    rows = [*table(real, "eligibility.inclusion").rows, *table(real, "eligibility.exclusion").rows]
    assert {f"{one.id.rpartition('.')[2]}: not yet known" for one in rows} <= ticks(real)


def test_not_applicable_stands_only_where_the_criterion_says_to_whom_it_applies(real: Document) -> None:
    offered = {label for label in ticks(real) if "does not apply" in label}
    assert offered == {"E02a: does not apply", "E02b: does not apply"}
    assert "Applies only to: men." in cells(row(table(real, "eligibility.exclusion"), "eligibility.exclusion.E02a"))[2]


@pytest.mark.parametrize(
    ("combination", "sentence"),
    [
        ("combine: at-least\n    at_least: 1\n", "the words above hold and at least one of the following holds."),
        ("combine: any-of\n", "the words above hold and at least one of the following holds."),
        ("combine: at-least\n    at_least: 2\n", "the words above hold and at least 2 of the following hold."),
        ("combine: all-of\n", "the words above hold and all of the following hold."),
    ],
)
def test_how_sub_criteria_count_together_is_said(combination: str, sentence: str) -> None:
    document = checklist(("combine: at-least\n    at_least: 1\n", combination))
    assert sentence in cells(row(table(document, "eligibility.inclusion"), "eligibility.inclusion.I01"))[1]


def test_a_heading_only_introduces_its_sub_criteria(real: Document) -> None:
    text = cells(row(table(real, "eligibility.exclusion"), "eligibility.exclusion.E02"))[1]
    assert "Answer Yes when at least one of the following holds." in text


def test_a_combination_that_is_not_recorded_is_not_invented() -> None:
    document = checklist(("lead: heading\n    combine: any-of\n", "lead: heading\n"))
    text = cells(row(table(document, "eligibility.exclusion"), "eligibility.exclusion.E02"))[1]
    assert "The protocol does not say how the following count together." in text


def test_a_threshold_gives_a_line_for_the_value_with_its_unit(real: Document) -> None:
    value = cells(row(table(real, "eligibility.exclusion"), "eligibility.exclusion.E01"))[3]
    assert "systolic blood pressure" in value and "diastolic blood pressure" in value and "mmHg" in value


def test_two_limits_on_one_measure_ask_for_its_value_once(real: Document) -> None:
    value = cells(row(table(real, "eligibility.inclusion"), "eligibility.inclusion.I03"))[3]
    assert value.count("age at the screening") == 1


def test_a_value_without_a_unit_in_the_protocol_leaves_a_line_for_the_unit(real: Document) -> None:
    labels = [inline.label for inline in walk_inlines(real) if isinstance(inline, Blank)]
    assert labels.count("Unit of the value for E11") == 3
    assert "Unit of the value for E01" not in labels


def test_open_questions_stand_under_the_criterion_they_are_about(real: Document) -> None:
    exclusion = table(real, "eligibility.exclusion")
    assert "µmol/L was likely meant" in cells(row(exclusion, "eligibility.exclusion.E02a"))[2]
    assert "µmol/L" not in cells(row(exclusion, "eligibility.exclusion.E02"))[1]
    assert "Open question to the investigator" in cells(row(exclusion, "eligibility.exclusion.E07"))[1]


def test_the_name_of_the_only_site_is_printed_and_of_several_none() -> None:
    record = changed()
    site = record[record.index("  - id: van-hanh\n") : record.index("\ncontacts:\n")].rstrip("\n") + "\n"
    second = site.replace("id: van-hanh", "id: second-site")
    one_site = checklist()
    several = checklist((site, site + second))
    assert "Van Hanh" in cells(row(table(one_site, "eligibility.head"), "eligibility.head.places"))[3]
    assert "Van Hanh" not in cells(row(table(several, "eligibility.head"), "eligibility.head.places"))[3]


def test_the_head_has_versions_numbers_and_consent(real: Document) -> None:
    fields = {inline.field for inline in walk_inlines(real) if isinstance(inline, IdentitySlot)}
    assert {"version", "date", "protocol-version"} <= fields
    head = table(real, "eligibility.head")
    labels = [cells(one)[0] for one in head.rows] + [cells(one)[2] for one in head.rows if len(one.cells) > 2]
    for label in (
        "Screening number",
        "Participant number",
        "Consent form version signed",
        "Checklist version and date",
    ):
        assert label in labels
    assert {"First screening", "Re-screening"} <= ticks(real)


def test_the_outcome_refuses_waivers_and_the_investigator_signs_last(real: Document) -> None:
    blocks = real.sections[0].blocks
    assert [plain_text(block.who) for block in blocks if isinstance(block, Signature)] == [
        "Completed by",
        "Investigator’s determination",
    ]
    for signature in (block for block in blocks if isinstance(block, Signature)):
        assert [label.split(" ")[0] for label, _ in signature.lines] == ["Name", "Signature", "Date", "Time"]
    assert {"Eligible", "Not eligible", "Not yet known"} <= ticks(real)
    assert "No waivers." in " ".join(plain_text((inline,)) for inline in walk_inlines(real))


def test_a_demonstration_is_marked_on_every_page_and_the_real_record_is_not(real: Document) -> None:
    assert real.furniture.marks == ()
    document = checklist(("language: en\n", "language: en\ndemonstration: true\n"))
    assert [plain_text(mark) for mark in document.furniture.marks] == ["FICTIONAL DEMONSTRATION – NOT A REAL STUDY"]


def test_ids_are_unique_and_every_value_has_a_path(real: Document) -> None:
    assert_ids_and_paths(real)


def test_no_number_of_the_study_is_typed_into_the_template() -> None:
    template = re.sub(r'(columns|colspan|width|share|number)="[^"]*"|</?h\d', "", template_words("eligibility"))
    template = template.replace("24 h", "")
    assert re.findall(r"\d+", template) == []


def test_an_open_protocol_version_is_an_open_item_of_a_document_that_prints_it(real: Document) -> None:
    protocol = load(changed().encode()).protocol
    assert protocol is not None
    assert open_items(real, protocol)[0].path == "/version"
    known = load(
        changed(('version: "TODO: version of the protocol; ask the sponsor"', 'version: "1.0"')).encode()
    ).protocol
    assert known is not None
    assert "/version" not in [item.path for item in open_items(real, known)]
