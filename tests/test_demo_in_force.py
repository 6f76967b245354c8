"""What was in force in DEMO-101, question by question: decided by hand from its story before the program answered.

`data/demo_questions.csv` has site, kind, language and day, and the version that could be used, or nothing;
`data/demo_signed.csv` has signed forms with their verdicts. A row that differs is wrong here or there: read the story.
"""

import csv

import pytest

from regdocs.versions.asking import answered
from regdocs.versions.judging import judged
from regdocs.versions.logbook import Logbook, open_logbook
from regdocs.versions.signed_forms import signed_forms
from tests.build.studies import REPOSITORY

DATA = REPOSITORY / "tests" / "data"


@pytest.fixture(scope="module")
def book() -> Logbook:
    found = open_logbook(REPOSITORY / "examples" / "demo-101")
    assert found is not None
    return found


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_as_many_questions_and_forms_as_were_decided() -> None:
    assert len(rows("demo_questions.csv")) == 94 and len(rows("demo_signed.csv")) == 59


@pytest.mark.parametrize("row", rows("demo_questions.csv"), ids=lambda row: "-".join(row.values()))
def test_the_form_in_force_is_the_one_decided_by_hand(book: Logbook, row: dict[str, str]) -> None:
    found = answered(book, row["site"], row["day"], row["kind"], row["language"])
    assert [one.document.version for one in found if one.valid] == ([row["valid"]] if row["valid"] else [])


def test_every_answer_names_the_entries_that_it_rests_on(book: Logbook) -> None:
    [found] = answered(book, "north", "2026-05-03", "consent", "en")
    kinds = [book.entry(n)["do"] for n in found.entries]
    assert kinds == ["release", "issue", "decision", "activate"]
    assert all(body.letter is not None and book.object(body.letter) for body in found.bodies)


def test_signed_forms_are_judged_as_by_hand(book: Logbook) -> None:
    forms = signed_forms((DATA / "demo_signed.csv").read_bytes())
    expected = [(row["participant"], row["verdict"]) for row in rows("demo_signed.csv")]
    assert [(one.row.participant, one.verdict) for one in judged(book, forms)] == expected
