"""What texts of the corpus lack is reported missing, and little else. Only the part that may be looked at is read."""

from pathlib import Path

import pytest

from tests.consent.corpus_elements import Judged
from tests.consent.measure_elements import judged_in, lines, totals

READ = Path(__file__).parent / "corpus" / "read"
MORE = READ.parent / "more"


@pytest.fixture(scope="module")
def judged() -> tuple[Judged, ...]:
    if not READ.is_dir():
        pytest.skip(f"the corpus is not here: {READ.name}")
    return judged_in([READ])


def test_what_is_lacking_is_reported(judged: tuple[Judged, ...]) -> None:
    assert totals(judged)["recall"] >= 0.95


def test_false_alarms_are_few(judged: tuple[Judged, ...]) -> None:
    assert totals(judged)["false share"] <= 0.005


def test_false_alarms_are_few_in_texts_that_lack_nothing_too() -> None:
    found = totals(judged_in([MORE]))
    assert found["texts"] == 28
    assert found["false share"] <= 0.01


def test_the_report_names_elements_and_files_and_quotes_no_text(judged: tuple[Judged, ...]) -> None:
    report = "\n".join(lines(judged))
    quoted = [line for one in judged for line in one.text.words.splitlines() if len(line) > 40]
    assert [line for line in quoted if line in report] == []
    assert "recall" in report
