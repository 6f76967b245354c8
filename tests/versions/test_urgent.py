"""An urgent safety measure is recorded with the moment at each site, and needs neither base nor decision."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from regdocs.versions.actors import NotAllowed
from regdocs.versions.history import summary
from regdocs.versions.urgent import AtSite, Measure, urgent_safety
from tests.versions.filings import filed_log
from tests.versions.logs import JANE, begin_log, recorded

HERE = AtSite("north", "2026-03-01T14:30+07:00", "by telephone, each participant")
THERE = AtSite("south", "2026-03-01T09:00:00Z", "at the visit of that day")
SAID = Measure("fainting", "participants stay for two hours", "the medical monitor", (THERE, HERE))


def test_moments_are_recorded_in_utc_and_as_they_were_said(tmp_path: Path):
    logbook = filed_log(tmp_path / "study", "1.0")
    logbook = recorded(logbook, urgent_safety(logbook, JANE, replace(SAID, known="2026-03-01T06:00+00:00")))
    entry = logbook.entry(logbook.head.size - 1)
    assert entry["sites"] == [
        {"site": "south", "at": "2026-03-01T09:00:00Z", "told": THERE.told},
        {"site": "north", "at": "2026-03-01T07:30:00Z", "said": HERE.at, "told": HERE.told},
    ]
    assert (entry["on"], entry["known"]) == ("2026-03-01", "2026-03-01T06:00:00Z")
    assert summary(logbook, entry) == (
        "south since 2026-03-01T09:00:00Z, north since 2026-03-01T07:30:00Z: participants stay for two hours"
    )


def test_it_needs_no_version(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    assert urgent_safety(logbook, JANE, SAID)["do"] == "urgent-safety"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hazard": " "}, "needs: hazard"),
        ({"decided_by": ""}, "needs: who decided"),
        ({"sites": ()}, "names its sites"),
        ({"sites": (HERE, HERE)}, "each once"),
        ({"sites": (replace(HERE, site="west"),)}, 'no site "west"'),
        ({"sites": (replace(HERE, told=""),)}, "told at north"),
        ({"sites": (replace(HERE, at="2026-03-01"),)}, "not a moment"),
        ({"sites": (replace(HERE, at="2026-03-01T14:30"),)}, "not a moment"),
        ({"known": "yesterday"}, "not a moment"),
    ],
)
def test_what_has_no_form_is_refused(tmp_path: Path, changes: dict[str, Any], words: str):
    with pytest.raises(NotAllowed, match=words):
        urgent_safety(filed_log(tmp_path / "study", "1.0"), JANE, replace(SAID, **changes))


def test_a_log_of_a_public_record_holds_none(tmp_path: Path):
    with pytest.raises(NotAllowed, match="public record"):
        urgent_safety(filed_log(tmp_path / "study", record=True), JANE, SAID)
