"""What the case report forms say: on the real record, and on the real record with one thing changed."""

import dataclasses
import re
import subprocess
from pathlib import Path

import pytest

from regdocs.content.identity import Identity
from regdocs.content.model import Comb, Document, IdentitySlot, Paragraph, Signature
from regdocs.content.query import headings, paths_read, plain_text, values, walk_blocks, walk_inlines, walk_tagged
from regdocs.documents.crf import crf_view
from regdocs.render.fonts import find_fonts, fonts_conf, use_fonts_conf
from regdocs.render.pdf import render_pdf
from tests.documents.composing import cells, changed, composed, row, table, template_words

PRESSURE_AT = "      activity: blood-pressure\n      at:\n        value:\n          - screening\n"
DISPOSITION_AT = "          - month-6\n          - early-termination\n        assumption: the end"
SITES = "sites:\n"
SECOND_SITE = """sites:
  - id: second
    name: Second hospital
    city: Second city
    country: VN
    investigator:
      name: "TODO: name"
    emergency_telephone: "TODO: number"
"""


def crf(*changes: tuple[str, str]) -> Document:
    return composed("crf", crf_view, changed(*changes))


@pytest.fixture(scope="module")
def record() -> Document:
    """The booklet of the real record."""
    return crf()


def copies(document: Document, visit: str) -> list[str]:
    """Return the forms printed for a visit, in printed order."""
    start = f"crf.{visit}."
    found = [one.id for one in headings(document) if one.level == 2 and one.id.startswith(start)]
    return [name.removeprefix(start).removesuffix("._title") for name in found]


def heading(document: Document, name: str) -> str:
    return next(plain_text(one.inlines) for one in headings(document) if one.id == name)


def ids(document: Document) -> set[str]:
    return {tagged.id for tagged in walk_tagged(document)}


def words(document: Document) -> str:
    return "\n".join(plain_text(block.inlines) for block in walk_blocks(document) if isinstance(block, Paragraph))


# ------------------------------------------------------------------------------------------------ which copies, where


def test_each_visit_has_the_forms_that_the_schedule_asks_for(record: Document) -> None:
    assert copies(record, "marrow-collection") == [
        "eligibility",
        "physician-assessment",
        "insulin-dose",
        "marrow-collection",
    ]
    assert copies(record, "month-1") == ["physician-assessment", "insulin-dose", "glycaemia"]
    assert copies(record, "early-termination") == ["physician-assessment", "insulin-dose", "glycaemia"]


def test_visits_stand_in_the_order_of_the_protocol_and_logs_come_last(record: Document) -> None:
    titles = [plain_text(one.inlines) for one in headings(record) if one.level == 1]
    assert titles == [
        "How to fill in the forms",
        "Index of forms and visits",
        "Screening",
        "Collection of bone marrow",
        "Infusion",
        "Month 1",
        "Month 3",
        "Month 6",
        "Early termination",
        "Unscheduled",
        "Once for each participant",
        "Logs",
    ]


def test_an_activity_scheduled_at_one_more_visit_gives_one_more_copy(record: Document) -> None:
    more = crf((PRESSURE_AT, PRESSURE_AT + "          - month-1\n"))
    assert copies(more, "month-1") == ["vital-signs", *copies(record, "month-1")]


def test_an_activity_that_goes_on_throughout_has_a_copy_at_the_visits_between() -> None:
    at = PRESSURE_AT + "          - month-3\n"
    throughout = crf((PRESSURE_AT, at), ("        - enrollment\n", "        - enrollment\n      throughout: true\n"))
    for visit in ("screening", "marrow-collection", "infusion", "month-1", "month-3"):
        assert "vital-signs" in copies(throughout, visit)
    assert "vital-signs" not in copies(throughout, "month-6")


def test_a_copy_that_is_only_needed_at_times_says_so_and_stands_after_the_others(record: Document) -> None:
    assert copies(record, "unscheduled")[0] == "unscheduled"
    assert heading(record, "crf.unscheduled.unscheduled._title") == "Unscheduled contact – Unscheduled"
    assert heading(record, "crf.unscheduled.vital-signs._title") == "Blood pressure – Unscheduled (if needed)"


def test_a_form_filled_in_once_stands_with_its_single_visit(record: Document) -> None:
    assert copies(record, "screening")[:3] == ["consent", "eligibility", "demography"]
    assert copies(record, "_once") == ["disposition"]


def test_a_form_filled_in_once_at_one_of_several_visits_leaves_the_visit_to_be_written(record: Document) -> None:
    visit = row(table(record, "crf._once.disposition._head"), "crf._once.disposition._visit")
    assert cells(visit)[1] == ""
    at_month_6 = crf((DISPOSITION_AT, "          - month-6\n        assumption: the end"))
    assert copies(at_month_6, "month-6")[-1] == "disposition"
    assert copies(at_month_6, "_once") == []


def test_a_form_whose_visits_are_open_is_not_lost() -> None:
    before = "      activity: screening-laboratory\n      at:\n        - screening\n"
    document = crf((before, '      activity: screening-laboratory\n      at: "TODO: at which visits"\n'))
    assert copies(document, "_open") == ["screening-laboratory"]
    index = row(table(document, "crf._index.table"), "crf._index.screening-laboratory")
    assert cells(index)[1] == "Visits not yet set: [TO BE COMPLETED: at which visits]"


# ------------------------------------------------------------------------------------------------------------ index


def test_the_index_marks_visits_and_visits_where_a_form_is_only_needed_at_times(record: Document) -> None:
    index = table(record, "crf._index.table")
    assert cells(row(index, "crf._index.screening-laboratory")) == [
        "Blood tests for eligibility",
        *("X", "", "", "", "", "", "", "(X)"),
    ]


def test_the_index_says_in_words_which_visits_are_only_assumed(record: Document) -> None:
    first = cells(row(table(record, "crf._index.table"), "crf._index.eligibility"))[0]
    assert "[ASSUMED, not in the record: Screening, Collection of bone marrow, Infusion]" in first


def test_the_index_marks_logs_and_forms_filled_in_once(record: Document) -> None:
    index = table(record, "crf._index.table")
    assert cells(row(index, "crf._index.adverse-events"))[1] == "Log, kept for the whole study"
    assert cells(row(index, "crf._index.disposition"))[1] == "One copy for each participant"


# ------------------------------------------------------------------------------------------------------- one form


def test_a_field_prints_question_boxes_unit_and_cdash_name(record: Document) -> None:
    fields = table(record, "crf.screening.vital-signs._fields")
    systolic = row(fields, "crf.screening.vital-signs.systolic")
    assert cells(systolic) == ["Systolic blood pressure", "mmHg", "VSORRES"]
    answer = systolic.cells[1].blocks[0]
    assert isinstance(answer, Paragraph)
    assert [one.pattern for one in answer.inlines if isinstance(one, Comb)] == ["nnn"]


def test_decimals_have_boxes_after_a_point(record: Document) -> None:
    patterns = {one.pattern for one in walk_inlines(record) if isinstance(one, Comb) and one.label == "c-peptide"}
    assert patterns == {"nnn.nn"}


def test_a_unit_that_the_laboratory_decides_is_to_be_completed(record: Document) -> None:
    glucose = row(table(record, "crf.month-1.glycaemia._fields"), "crf.month-1.glycaemia.glucose")
    assert "[TO BE COMPLETED: unit; ask the lab]" in cells(glucose)[1]


def test_every_form_ends_with_the_review_of_the_investigator(record: Document) -> None:
    signed = {block.id for block in walk_blocks(record) if isinstance(block, Signature)}
    forms = {one.id.removesuffix("._title") for one in headings(record) if one.level == 2}
    assert {f"{name}._review" for name in forms} == {name for name in signed if name.endswith("._review")}


def test_two_persons_sign_only_where_the_protocol_asks_for_it(record: Document) -> None:
    double = [block for block in walk_blocks(record) if isinstance(block, Signature) and "_two" in block.id]
    assert [block.id for block in double] == ["crf.infusion.product-receipt._two-persons"]
    assert [label for label, _ in double[0].lines].count("Signature") == 2


def test_a_signature_names_its_form_because_it_may_stand_on_a_page_of_its_own(record: Document) -> None:
    review = next(one for one in walk_blocks(record) if one.id == "crf.month-3.glycaemia._review")
    assert isinstance(review, Signature)
    assert plain_text(review.who).endswith("Fasting glucose, HbA1C, C-peptide, insulin – Month 3")


def test_the_form_version_is_left_to_the_identity(record: Document) -> None:
    head = table(record, "crf.screening.urine._head")
    form = row(head, "crf.screening.urine._visit").cells[3].blocks[0]
    assert isinstance(form, Paragraph)
    assert IdentitySlot("version") in form.inlines


# ------------------------------------------------------------------------------------------------------------- logs


def test_a_log_has_as_many_empty_entries_as_the_protocol_says(record: Document) -> None:
    entries = table(record, "crf._log.adverse-events._entries")
    more = crf(("    log_rows: 2\n", "    log_rows: 5\n"))
    assert len(entries.rows) == 2
    assert len(table(more, "crf._log.adverse-events._entries").rows) == 5


def test_whether_there_is_any_entry_is_asked_once_for_the_log(record: Document) -> None:
    found = [name for name in ids(record) if re.fullmatch(r"crf\._log\.adverse-events\.(\d+\.)?any", name)]
    assert found == ["crf._log.adverse-events.any"]


def test_a_log_with_many_fields_keeps_all_of_them_in_order_in_shared_columns(record: Document) -> None:
    entry = table(record, "crf._log.concomitant-medication._entries").rows[0]
    names = [block.id.rpartition(".")[2] for cell in entry.cells[1:] for block in cell.blocks]
    assert names[:3] == ["name", "indication", "dose"]
    assert names[-2:] == ["anticoagulant", "steroid"]
    assert len(entry.cells) == 5


def test_a_log_with_few_fields_has_a_column_for_each() -> None:
    text = changed()
    start = text.index("  - id: deviations\n")
    cut = text.index("      - id: category\n", start)
    end = text.index("  - id: disposition\n", start)
    document = composed("crf", crf_view, text[:cut] + text[end:])
    head = table(document, "crf._log.deviations._entries").head[0]
    assert cells(head) == ["Entry", "What happened DVTERM"]


def test_only_the_adverse_event_log_says_whom_to_tell_of_a_serious_event(record: Document) -> None:
    assert [name for name in sorted(ids(record)) if name.endswith("._reporting")] == [
        "crf._log.adverse-events._reporting"
    ]
    assert "whom a participant calls when hurt or in an emergency" in words(record)


def test_the_contact_of_the_sponsor_for_reports_is_printed_or_open(record: Document) -> None:
    box = "crf._log.adverse-events._report-to"
    assert f"{box}.lacking" in ids(record)
    assert "[TO BE COMPLETED: whom a site tells of a serious adverse event" in words(record)
    contact = "  - id: monitor\n    purpose: safety-reports\n    name: Dr Monitor\n    telephone: 000 111\n"
    document = crf(("\ncontacts:\n", f"\ncontacts:\n{contact}"))
    assert f"{box}.monitor" in ids(document) and f"{box}.lacking" not in ids(document)
    assert "Report to: Dr Monitor; telephone: 000 111" in words(document)


# ------------------------------------------------------------------------------------------------- the whole booklet


def test_the_footer_has_the_protocol_number_once_it_is_known(record: Document) -> None:
    assert plain_text(record.furniture.footer[0]) == "ClinicalTrials.gov NCT03484741"
    text = changed()
    known = re.sub(r"protocol_number: .*\n", "protocol_number: ABC-7\n", text, count=1)
    assert plain_text(composed("crf", crf_view, known).furniture.footer[0]) == "Protocol ABC-7"


def test_the_site_is_printed_only_where_there_is_one(record: Document) -> None:
    place = "crf.screening.urine._place"
    head = "crf.screening.urine._head"
    assert "Van Hanh General Hospital" in cells(row(table(record, head), place))[3]
    assert cells(row(table(crf((SITES, SECOND_SITE)), head), place))[3] == ""


def test_a_demonstration_is_marked_on_every_page(record: Document) -> None:
    assert record.furniture.marks == ()
    document = crf(("language: en\n", "language: en\ndemonstration: true\n"))
    assert [plain_text(mark) for mark in document.furniture.marks] == ["FICTIONAL DEMONSTRATION – NOT A REAL STUDY"]


def test_every_question_of_the_protocol_is_printed_with_its_path(record: Document) -> None:
    read = set(paths_read(record))
    asked = re.findall(r"^  - id: (\S+)\n    title", changed().split("\nforms:\n")[1].split("\nconsent:\n")[0], re.M)
    assert len(asked) > 15
    for form in asked:
        assert f"/forms/{form}/title" in read
    assert all(value.paths and value.text for value in values(record))
    assert "/forms/adverse-events/fields/serious/label" in read


def test_no_number_of_the_study_stands_in_a_template() -> None:
    text = template_words("crf")
    text = re.sub(r'(columns|share|width|depth|colspan)="[\d ]+"|</?h\d', "", text)
    for example in ("05-JAN-2031", "UN-JAN-2031", "UN-UNK-2031", "00:00 to 23:59", "007.5", "7.5"):
        text = text.replace(example, "")
    assert re.findall(r".*\d.*", text.replace("24 hours", "").replace("24-hour", "")) == []


@pytest.mark.slow
def test_a_form_of_few_fields_is_one_page(record: Document, tmp_path: Path) -> None:
    fonts = find_fonts()
    (tmp_path / "fonts.conf").write_text(fonts_conf(fonts.folders, tmp_path / "cache"), encoding="utf-8")
    use_fonts_conf(tmp_path / "fonts.conf")
    sections = tuple(one for one in record.sections if one.id in ("crf.month-1", "crf._log.adverse-events"))
    few = dataclasses.replace(record, sections=sections)
    (tmp_path / "few.pdf").write_bytes(render_pdf(few, Identity(version="draft"), fonts=fonts))
    said = subprocess.run(["pdftotext", "-layout", "few.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    pages = said.stdout.decode().split("\f")[:-1]
    for page, title in zip(pages, ("Physician assessment", "Insulin dose", "Fasting glucose"), strict=False):
        assert f"Reviewed by the investigator: {title}" in page
    assert "Number of the" in pages[3]  # the first entry stands on the page that names the reporting contact
    assert len(pages) <= 6
