"""`regdocs report` as people call it: where the page goes, what is refused, what is said."""

from pathlib import Path

import pytest

from regdocs.render.text_layer import text_layer
from regdocs.web.page import is_report
from tests.build.studies import write_study
from tests.cli.calling import Call, call_of
from tests.versions.logs import begin_log


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    return call_of(monkeypatch, capsys)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The small study with a log that was only begun."""
    folder = write_study(tmp_path / "study")
    begin_log(folder)
    return folder


def test_the_page_is_written_into_the_study_and_written_over(call: Call, study: Path) -> None:
    said = call("-C", study, "report", "--on", "2026-05-03")
    page = (study / "report.html").read_bytes()
    assert said.code == 0 and "2 entries" in said.out and is_report(page)
    assert call("-C", study, "report", "--on", "2026-05-03").code == 0
    assert (study / "report.html").read_bytes() == page


def test_somebody_elses_file_is_not_written_over_without_force(call: Call, study: Path) -> None:
    (study / "mine.html").write_text("<!DOCTYPE html>\nmine")
    said = call("-C", study, "report", "--out", "mine.html")
    assert said.code == 1 and "--force writes over it" in said.err
    assert (study / "mine.html").read_text() == "<!DOCTYPE html>\nmine"
    assert call("-C", study, "report", "--out", "mine.html", "--force").code == 0
    assert is_report((study / "mine.html").read_bytes())


@pytest.mark.parametrize(
    ("out", "said"), [("nowhere/page.html", "there is no folder"), ("audit", "is a folder; name a file")]
)
def test_a_place_that_is_none_is_told(call: Call, study: Path, out: str, said: str) -> None:
    answer = call("-C", study, "report", "--out", out)
    assert (answer.code, answer.traceback) == (1, False) and said in answer.err


def test_a_study_without_a_log_is_told_the_way(call: Call, tmp_path: Path) -> None:
    said = call("-C", write_study(tmp_path / "study"), "report")
    assert said.code == 1 and '"regdocs audit start" begins a log' in said.err


def test_a_day_that_is_none_is_told(call: Call, study: Path) -> None:
    said = call("-C", study, "report", "--on", "yesterday")
    assert said.code == 2 and '"yesterday" is not a day' in said.err


@pytest.mark.slow
def test_pages_for_the_binder_say_that_paper_checks_nothing_and_are_the_same_twice(call: Call, study: Path) -> None:
    said = call("-C", study, "report", "--on", "2026-05-03", "--out", "report.pdf")
    assert said.code == 0 and "on paper, which checks nothing" in said.out
    first = (study / "report.pdf").read_bytes()
    words = " ".join(one.text for one in text_layer(first, "pdf").words)
    assert "Paper checks nothing" in words and "Page 1 of" in words and "Hold it against" not in words
    assert call("-C", study, "report", "--on", "2026-05-03", "--out", "report.pdf").code == 1
    assert call("-C", study, "report", "--on", "2026-05-03", "--out", "report.pdf", "--force").code == 0
    assert (study / "report.pdf").read_bytes() == first
