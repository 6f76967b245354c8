"""What is told of the days that people give: the same by those who print a log and by those who verify it."""

from pathlib import Path

import pytest

from regdocs.audit.days import Days
from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.verification import Asked
from regdocs.audit.verify import verify
from regdocs.versions import facts
from tests.versions.logs import JANE, begin_log, recorded

AT = "2026-03-01T09:00:00Z"


@pytest.mark.parametrize("on", ["2026-02-26", "2026-03-01", "2026-03-04"])
def test_three_days_are_nothing_to_speak_of(on: str):
    assert Days().take(2, AT, on) == ()


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-02-25", "recorded late by 4 days"),
        ("2026-03-05", "the day lies 4 days after the day it is recorded"),
    ],
)
def test_four_days_are_told(on: str, said: str):
    assert Days().take(2, AT, on) == (said,)


def test_a_day_before_the_latest_so_far_is_out_of_order_and_the_same_day_is_not():
    days = Days()
    for n, on in enumerate(("2026-02-28", "2026-03-01", "2026-03-01", "2026-02-28")):
        told = days.take(n, AT, on)
    assert told == ("out of order: entry 1, recorded before, is of 2026-03-01",)


def test_log_and_verify_tell_the_same_of_the_days(tmp_path: Path):
    days = ("2026-02-28", "2026-02-20", "2026-03-05", "2026-03-02", "2026-03-05")
    logbook = recorded(begin_log(tmp_path / "study"), *(facts.note(JANE, "x", on=on) for on in days))
    listed = verify(FolderEvidence(tmp_path / "study"), Asked()).listed
    flagged = [(entry["n"], flag) for entry, flags in facts.flagged(logbook) for flag in flags]
    assert len(flagged) == 5
    assert [(one.entry, one.message) for one in listed] == flagged
