"""A schedule with more visits than a page holds is cut into tables, each with all activities."""

import pytest
import yaml

from regdocs.content.model import Document
from regdocs.content.query import values
from regdocs.documents.crf import crf_view
from regdocs.documents.schedule import schedule_view
from regdocs.documents.stretches import MOST_VISITS, stretches_of
from regdocs.documents.translate import MISSING, translate
from tests.documents.composing import cells, composed, row, table
from tests.rules.cases import MINIMAL


def with_visits(count: int) -> str:
    study = yaml.safe_load(MINIMAL)
    study["encounters"] += [
        {"id": f"day-{n}", "label": f"Day {n}", "epoch": "follow-up", "day": n, "mode": "visit"}
        for n in range(40, 40 + count - len(study["encounters"]))
    ]
    study["schedule"]["rows"][2]["at"] = [encounter["id"] for encounter in study["encounters"]]
    return yaml.safe_dump(study, sort_keys=False)


@pytest.fixture(scope="module")
def wide() -> Document:
    return composed("schedule", schedule_view, with_visits(60))


@pytest.mark.parametrize("columns", [0, 1, MOST_VISITS, MOST_VISITS + 1, 60, 61, 365])
def test_stretches_hold_every_column_once_and_none_too_many(columns: int) -> None:
    found = stretches_of(columns, head=10, each=3)
    assert [place for one in found for place in range(one.first, one.end)] == list(range(columns))
    assert all(one.end - one.first <= MOST_VISITS for one in found)
    assert len({one.suffix for one in found}) == len(found)


def test_sixty_visits_stand_in_three_tables_each_with_all_activities(wide: Document) -> None:
    tables = [table(wide, f"schedule{suffix}.table") for suffix in ("", "._2", "._3")]
    assert [len(one.columns) for one in tables] == [21, 21, 21]
    names = [[cells(one)[0] for one in part.rows if ".row." in (one.id or "")] for part in tables]
    assert names[0] == names[1] == names[2] and len(names[0]) == 4


def test_marks_and_epochs_go_with_their_visits(wide: Document) -> None:
    third = table(wide, "schedule._3.table")
    assert cells(row(third, "schedule._3.visits"))[1:] == [f"Day {n}" for n in range(77, 97)]
    assert cells(row(third, "schedule._3.row.row-score"))[1:] == ["X"] * 20
    assert [cell.colspan for cell in row(third, "schedule._3.epochs").cells] == [1, 20]


def test_schedule_that_fits_a_page_is_one_table_without_a_number() -> None:
    document = composed("schedule", schedule_view, with_visits(MOST_VISITS))
    assert len(table(document, "schedule.table").columns) == MOST_VISITS + 1
    assert "Part 1" not in str(document)


def test_index_of_the_forms_is_cut_in_the_same_way() -> None:
    document = composed("crf", crf_view, with_visits(60))
    assert [len(table(document, f"crf._index{suffix}.table").columns) for suffix in ("", "._2", "._3")] == [21] * 3


def test_a_part_of_the_schedule_is_reported_where_its_title_is_not_translated(wide: Document) -> None:
    translated = translate(wide, None, "vi")
    missing = {gap.name for gap in translated.gaps if gap.rule == MISSING}
    titles = {"schedule.part", "schedule._2.part", "schedule._3.part"}
    assert titles <= missing
    opened = {path for value in values(translated.document) if value.state == "todo" for path in value.paths}
    assert {f"/translations/vi/{title}" for title in titles} <= opened
