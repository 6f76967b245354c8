"""`regdocs status --due`: what it says, in which order, how it ends, and the calendar that it writes."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from regdocs.versions.site_days import clock_words, day_at_site, zone_of_site
from tests.build.studies import REPOSITORY
from tests.cli.calling import Call, call_of
from tests.versions import filings
from tests.versions.filings import NORTH, decided, filed_log

DEMO = REPOSITORY / "examples" / "demo-101"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    return call_of(monkeypatch, capsys)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    logbook = decided(
        filed_log(tmp_path / "study"), NORTH, expires="2027-02-10", stipulations=("Number\u202e the pages.",)
    )
    (logbook.study / "protocol.yaml").write_text("regdocs: 1\n", encoding="utf-8")
    return logbook.study


def test_lines_say_day_what_whom_source_and_entries(call: Call, study: Path):
    said = call("-C", study, "status", "--due", "--on", "2027-01-20")
    assert said.code == 0, said.err
    lines = said.out.splitlines()
    assert "due 2027-02-10 (in 21 days, within 30): expiry at north, board-north: EXB-1 expires" in lines
    assert "open no day: stipulations at north, board-north: EXB-1: 1 stipulation not answered" in lines
    assert "    “Number\\u202e the pages.”" in lines and "\u202e" not in said.out
    assert lines.count("    entries: 6") == 2
    assert "0 overdue, 1 due by a day, 1 open without a day." in lines


def test_what_is_over_its_day_is_told_first_and_ends_with_1(call: Call, study: Path):
    said = call("-C", study, "status", "--due", "--on", "2027-02-10")
    assert said.code == 1
    assert said.out.splitlines()[2].startswith("OVERDUE 2027-02-10 (today): expiry at north")


def test_json_says_the_same(call: Call, study: Path):
    found = json.loads(call("-C", study, "status", "--due", "--on", "2027-02-10", "--json").out)
    assert [(one["what"], one["state"], one["entries"]) for one in found["due"]] == [
        ("expiry", "overdue", [6]),
        ("stipulations", "open", [6]),
    ]


def test_the_calendar_is_written_where_it_is_asked_for_and_nothing_else(call: Call, study: Path):
    before = sorted(study.rglob("*"))
    said = call("-C", study, "status", "--due", "--on", "2026-12-01", "--ics", "../due.ics")
    assert said.code == 0 and "due.ics, 1 day." in said.err
    [event] = Calendar.from_ical((study.parent / "due.ics").read_bytes()).walk("VEVENT")
    assert str(event["summary"]) == "EXB-1 expires (north, board-north)"
    assert sorted(study.rglob("*")) == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--on", "2026-01-01"), "go with --due"),
        (("--ics", "x.ics"), "go with --due"),
        (("--json",), "go with --due"),
        (("--due", "--on", "3 May"), "is not a day"),
        (("--due", "--out", "out"), "leave --out away"),
        (("--due", "--ics", "audit/log.jsonl"), "has to be named"),
    ],
)
def test_a_wrong_call_is_told(call: Call, study: Path, options: tuple[str, ...], words: str):
    said = call("-C", study, "status", *options)
    assert (said.code, said.traceback) == (2, False) and words in said.err


def test_without_a_log_it_is_refused(call: Call, tmp_path: Path):
    (tmp_path / "protocol.yaml").write_text("regdocs: 1\n", encoding="utf-8")
    said = call("-C", tmp_path, "status", "--due")
    assert said.code == 1 and "has no log:" in said.err


def test_without_a_day_it_is_said_by_whose_clock_today_is(call: Call, study: Path):
    said = call("-C", study, "status", "--due")
    assert "today by this computer's clock: no time zone of north is recorded" in said.out


def test_today_is_the_day_of_the_site_where_its_zone_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    sites = [{"id": "north", "time_zone": "America/New_York"}, {"id": "south", "time_zone": "TODO: ask"}]
    monkeypatch.setitem(filings.FORM, "sites", sites)
    logbook = filed_log(tmp_path / "study")
    moment = datetime(2026, 5, 4, 2, 30, tzinfo=UTC)
    assert [day_at_site(logbook, site, moment) for site in ("north", "south")] == ["2026-05-03", "2026-05-04"]
    assert zone_of_site(logbook, "south") is None
    assert clock_words(logbook, "north") == "the clock of north, America/New_York"


def test_demo_101_names_letters_stipulations_and_updates_of_the_registry(call: Call, tmp_path: Path):
    study = Path(shutil.copytree(DEMO, tmp_path / "study", ignore=shutil.ignore_patterns("out", ".regdocs")))
    said = call("-C", study, "status", "--due", "--on", "2026-07-01")
    assert said.code == 1
    for part in (
        "OVERDUE 2026-03-13 (110 days ago): registry, ClinicalTrials.gov: update what changed",
        "in the registry: EXB-2026-014 of 2026-02-11",
        "due 2026-07-26 (in 25 days): registry, ClinicalTrials.gov: update what changed",
        "in the registry: EXB-2026-014-A1 of 2026-06-26",
        "on 2026-06-26 the first board approved amendment 1, of which participants are told",
        "open no day: stipulations at north, board-north: EXB-2026-014-A1: 1 stipulation not answered",
    ):
        assert part in said.out
