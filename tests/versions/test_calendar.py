"""The calendar of due days is RFC 5545 that others read, the same bytes each time, in the program's own words."""

from pathlib import Path

import pytest
from icalendar import Calendar

from regdocs.versions.calendar import calendar_of
from regdocs.versions.determination_words import determination_said
from regdocs.versions.due import due_at
from regdocs.versions.due_line import Due
from regdocs.versions.logbook import Logbook
from tests.versions.filings import NORTH, decided, filed_log
from tests.versions.logs import opened

EXPIRES = "2027-02-10"


@pytest.fixture
def log(tmp_path: Path) -> Logbook:
    said = ("required by=2026-04-01: Secret words.", "next-visit: No day.")
    return decided(
        filed_log(tmp_path / "study"), NORTH, expires=EXPIRES, reconsent=tuple(map(determination_said, said)),
        stipulations=("Secret; words,",),
    )  # fmt: skip


def made(logbook: Logbook, on: str = "2026-03-20") -> bytes:
    return calendar_of(logbook, due_at(logbook, lambda site: on))


def test_each_line_with_a_day_is_an_event_of_that_day(log: Logbook):
    events = Calendar.from_ical(made(log)).walk("VEVENT")
    days = [tuple(one[key].to_ical() for key in ("categories", "dtstart", "dtend")) for one in events]
    assert days == [(b"re-consent", b"20260401", b"20260402"), (b"expiry", b"20270210", b"20270211")]


def test_only_an_expiry_has_alarms_60_and_30_days_ahead(log: Logbook):
    consent, expiry = Calendar.from_ical(made(log)).walk("VEVENT")
    assert [one["trigger"].to_ical() for one in expiry.walk("VALARM")] == [b"-P60D", b"-P30D"]
    assert consent.walk("VALARM") == []


def test_it_is_the_same_bytes_each_time_and_stamped_with_the_newest_entry(log: Logbook):
    data = made(log)
    assert data == made(opened(log.study))
    assert data.count(b"DTSTAMP:20260301T090000Z\r\n") == 2
    assert made(log, on="2027-03-01") == data, "nothing in it depends on the day it is asked for but what is due"


def test_events_keep_their_names_while_the_log_grows(log: Logbook):
    names = {str(one["uid"]) for one in Calendar.from_ical(made(log)).walk("VEVENT")}
    later = decided(log, NORTH, decided="2026-02-11", documents=("protocol/en/1.0",), expires="2027-06-01")
    after = {str(one["uid"]) for one in Calendar.from_ical(made(later)).walk("VEVENT")}
    assert len(names) == 2 and names < after and len(after) == 3


def test_lines_are_folded_ended_and_escaped_as_the_format_asks(log: Logbook):
    line = Due("deviation", "2026-05-01", "due", ("north",), "a, b; c", "é" * 90 + "\x07\n", "x", "y\\z", (7,))
    data = calendar_of(log, [line])
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and all(len(one) <= 75 for one in lines) and not data.replace(b"\r\n", b"").count(b"\n")
    assert b"\x07" not in data and b"a\\, b\\; c" in data.replace(b"\r\n ", b"")
    [event] = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["summary"]) == "é" * 90 + "   (north, a, b; c)" and str(event["description"]).startswith("y\\z. ")


def test_words_of_bodies_do_not_stand_in_it(log: Logbook):
    assert b"Secret" not in made(log).replace(b"\r\n ", b"")
    assert any("Secret" in one.text for one in due_at(log, lambda site: "2026-03-20"))


def test_the_last_day_of_the_calendar_has_no_day_after_it(log: Logbook):
    line = Due("expiry", "9999-12-31", "due", ("north",), NORTH, "EXB-1 expires", "x", "y", (7,))
    [event] = Calendar.from_ical(calendar_of(log, [line])).walk("VEVENT")
    assert event["dtstart"].to_ical() == b"99991231" and "dtend" not in event
