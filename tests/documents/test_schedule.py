"""The schedule of activities, on the real record and on small changes of it."""

import re

import pytest

from regdocs.content.model import Document, FootnoteRef, Paragraph, Row
from regdocs.content.query import plain_text, values, walk_inlines
from regdocs.documents.schedule import ABBREVIATIONS, schedule_view
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from tests.documents.composing import assert_ids_and_paths, cells, changed, composed, row, table, template_words

BLOOD = (
    (
        "    blood_volume_ml: >-\n      TODO: how many mL of blood are taken for platelet-rich plasma, if it is the "
        "participant's own; ask the\n      investigator\n",
        "    blood_volume_ml: 60\n",
    ),
    ('blood_volume_ml: "TODO: how many mL of blood are taken each time; ask the laboratory"', "blood_volume_ml: 7.5"),
    (
        'blood_volume_ml: "TODO: how many mL of blood are taken for the tests at screening; ask the laboratory"',
        "blood_volume_ml: 20",
    ),
)


def schedule(*changes: tuple[str, str]) -> Document:
    return composed("schedule", schedule_view, changed(*changes))


@pytest.fixture(scope="module")
def real() -> Document:
    return schedule()


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    loaded = load(changed().encode()).protocol
    assert loaded is not None
    return loaded


def line(document: Document, name: str) -> list[str]:
    return cells(row(table(document, "schedule.table"), f"schedule.{name}"))


def activity_rows(document: Document) -> list[Row]:
    return [one for one in table(document, "schedule.table").rows if one.id.startswith("schedule.row.")]


def legend(document: Document) -> str:
    return " ".join("".join(plain_text((inline,)) for inline in walk_inlines(document)).split())


def test_consent_stands_in_the_first_row(real: Document) -> None:
    assert cells(activity_rows(real)[0])[0].startswith("Informed consent")


def test_every_scheduled_activity_stands_there_once_in_the_order_of_the_protocol(
    real: Document, protocol: Protocol
) -> None:
    names = {activity.id: activity.name.present for activity in protocol.activities}
    heads = [cells(one)[0] for one in activity_rows(real)]
    wanted = [names[one.activity] for one in protocol.schedule.rows]
    assert len(heads) == len(wanted)
    assert all(head.startswith(name) for head, name in zip(heads, wanted, strict=True))


def test_the_collection_of_bone_marrow_has_a_row_of_its_own(real: Document) -> None:
    head, *marks = line(real, "row.row-bone-marrow-collection")
    assert head.startswith("Bone-marrow collection")
    assert marks.count("X") == 1


def test_marks_stand_at_the_visits_of_the_protocol(real: Document, protocol: Protocol) -> None:
    columns = [one.id for one in protocol.encounters]
    for found in protocol.schedule.rows:
        marks = line(real, f"row.{found.id}")[1:]
        done = {column for column, mark in zip(columns, marks, strict=True) if mark in ("X", "X →")}
        needed = {column for column, mark in zip(columns, marks, strict=True) if mark.startswith("(X)")}
        assert done == set(found.at.present) - set(found.as_needed)
        assert needed == set(found.as_needed)


def test_epochs_span_the_columns_of_their_visits(real: Document) -> None:
    spans = [cell.colspan for cell in row(table(real, "schedule.table"), "schedule.epochs").cells]
    assert line(real, "epochs")[-2:] == ["Follow-up", "Not planned"]
    assert spans[-2:] == [3, 2]
    assert sum(spans) == len(table(real, "schedule.table").columns)


def test_visits_that_nobody_planned_come_last_wherever_they_stand(real: Document) -> None:
    rescue = "  - id: rescue\n    label: Rescue\n    epoch: follow-up\n    kind: unscheduled\n    mode: visit\n"
    document = schedule(("\nencounters:\n", "\nencounters:\n" + rescue))
    assert line(document, "visits")[-3:] == ["Rescue", "Early termination", "Unscheduled"]
    assert line(real, "visits")[-2:] == ["Early termination", "Unscheduled"]


def test_day_zero_is_defined_above_the_table(real: Document) -> None:
    assert "Day 0 is [ASSUMED, not in the record: the day of the first infusion" in legend(real)
    assert "0" in line(real, "days")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (5, 5, "± 5 days"),
        (1, 1, "± 1 day"),
        (0, 0, "on the day"),
        (0, 3, "3 days after"),
        (2, 0, "2 days before"),
        (1, 4, "1 day before to 4 days after"),
    ],
)
def test_windows_are_said_in_words(before: int, after: int, said: str) -> None:
    old = "window:\n      value:\n        before: 5\n        after: 5\n"
    document = schedule((old, f"window:\n      value:\n        before: {before}\n        after: {after}\n"))
    assert line(document, "windows")[4] == said


def test_assumed_days_are_said_once_in_the_head_of_their_line(real: Document) -> None:
    head, *days = line(real, "days")
    assert "[ASSUMED, not in the record: Screening, Collection of bone marrow, Month 1" in head
    assert "Infusion" not in head
    assert not any("ASSUMED" in day for day in days)


def test_a_line_without_assumed_facts_does_not_say_assumed() -> None:
    text = changed()
    text = re.sub(r"( +)mode:\n +value: visit\n(?: +assumption: .*\n)(?: +ask: .*\n)", r"\1mode: visit\n", text)
    assert line(composed("schedule", schedule_view, text), "modes")[0] == "Visit or telephone"


def test_assumed_visits_are_said_in_the_head_of_the_row_and_recorded_ones_are_not(real: Document) -> None:
    assert "[ASSUMED, not in the record: 7 visits]" in line(real, "row.row-physician-assessment")[0]
    assert "ASSUMED" not in line(real, "row.row-cell-infusion")[0]


def test_a_row_whose_visits_are_open_says_what_is_missing_across_the_columns() -> None:
    row_text = "activity: cell-infusion\n      at:\n        - infusion\n"
    document = schedule((row_text, 'activity: cell-infusion\n      at: "TODO: at which visits"\n'))
    found = row(table(document, "schedule.table"), "schedule.row.row-cell-infusion")
    assert cells(found)[1:] == ["[TO BE COMPLETED: at which visits]"]
    assert found.cells[1].colspan == len(table(document, "schedule.table").columns) - 1


def test_what_goes_on_has_arrows_from_its_first_to_its_last_planned_visit(real: Document) -> None:
    marks = line(real, "row.row-adverse-events")[1:]
    assert marks == ["X →", "X →", "X →", "X →", "X →", "X", "X", "(X)"]


def test_missing_volumes_are_named_once_across_the_columns(real: Document) -> None:
    found = row(table(real, "schedule.table"), "schedule.blood-in-all")
    open_values = [value for value in values(real) if "/procedures/prp-collection/blood_volume_ml" in value.paths]
    assert len(open_values) == 1 and open_values[0].state == "todo"
    assert found.cells[1].colspan == len(table(real, "schedule.table").columns) - 1
    assert not [one for one in table(real, "schedule.table").rows if one.id == "schedule.blood"]


def test_known_volumes_are_added_for_each_visit_and_in_all() -> None:
    document = schedule(*BLOOD)
    assert line(document, "blood")[1:] == ["27.5", "–", "67.5", "7.5", "7.5", "7.5", "7.5", "–"]
    assert "117.5" in line(document, "blood-in-all")[1]


def test_volumes_at_assumed_visits_are_named_in_the_head_of_their_line() -> None:
    head = line(schedule(*BLOOD), "blood")[0]
    assert "[ASSUMED, not in the record: Screening, Infusion, Month 1" in head
    assert "Collection of bone marrow" not in head


def test_footnote_marks_follow_first_use_and_stand_in_order(real: Document) -> None:
    section = real.sections[0]
    marks = [note.mark for note in section.footnotes]
    used = list(dict.fromkeys(one.mark for one in walk_inlines(real) if isinstance(one, FootnoteRef)))
    assert marks == used == list("abcdefgh"[: len(marks)])


def test_footnotes_are_marked_by_first_use_not_by_their_list() -> None:
    first = "      activity: demography\n      at:\n        - screening\n"
    document = schedule((first, first + "      footnotes:\n        - observation\n        - consent-first\n"))
    notes = {note.id: note.mark for note in document.sections[0].footnotes}
    assert (notes["schedule.note.consent-first"], notes["schedule.note.observation"]) == ("a", "b")
    head = row(table(document, "schedule.table"), "schedule.row.row-demography").cells[0].blocks[0]
    assert isinstance(head, Paragraph)
    assert [inline.mark for inline in head.inlines if isinstance(inline, FootnoteRef)] == ["a", "b"]


def test_the_legend_explains_only_the_marks_that_stand_in_the_table(real: Document) -> None:
    assert "goes on from this visit to the next" in legend(real)
    without = changed().replace("      throughout: true\n", "")
    assert "goes on from this visit to the next" not in legend(composed("schedule", schedule_view, without))


def test_abbreviations_are_explained_where_they_occur(real: Document) -> None:
    assert "INR: international normalised ratio." in legend(real)
    assert "PRP: platelet-rich plasma" in legend(real)
    assert "electrocardiogram" not in legend(real)


def test_the_template_explains_every_abbreviation_that_the_view_looks_for() -> None:
    for short in ABBREVIATIONS:
        assert f'"{short}" in view.abbreviations %}}{short}: ' in template_words("schedule")


def test_the_table_fits_one_landscape_page_wide(real: Document) -> None:
    assert [section.orientation for section in real.sections] == ["landscape"]


def test_ids_are_unique_and_every_value_has_a_path(real: Document) -> None:
    assert_ids_and_paths(real)


def test_no_number_of_the_study_is_typed_into_the_template() -> None:
    template = re.sub(r'(columns|colspan)="[^"]*"|HbA1c|<strong>Day 0</strong>', "", template_words("schedule"))
    assert re.findall(r"\d+", template) == []
