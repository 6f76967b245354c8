"""Times stand in the zone that is asked for, else in the computer's, and it is said when nobody knows that."""

from pathlib import Path

import pytest

from regdocs.cli.zone import local_zone, zone_of
from regdocs.errors import UsageError

LIST = "/usr/share/zoneinfo"


def linked(tmp_path: Path, name: str) -> Path:
    link = tmp_path / "localtime"
    link.symlink_to(f"{LIST}/{name}")
    return link


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ({}, "Asia/Ho_Chi_Minh"),
        ({"TZ": "Europe/Paris"}, "Europe/Paris"),
        ({"TZ": ":Europe/Paris"}, "Europe/Paris"),
        ({"TZ": f":{LIST}/Europe/Paris"}, "Europe/Paris"),
        ({"TZ": ""}, "UTC"),
        ({"TZ": "CET-1CEST,M3.5.0,M10.5.0/3"}, None),
        ({"TZ": "../../etc/passwd"}, None),
    ],
)
def test_the_variable_counts_before_the_systems_setting(tmp_path: Path, told: dict[str, str], zone: str | None):
    assert local_zone(told, linked(tmp_path, "Asia/Ho_Chi_Minh")) == zone


def test_a_setting_that_is_no_link_says_no_name(tmp_path: Path):
    (tmp_path / "localtime").write_bytes(b"TZif2")
    assert local_zone({}, tmp_path / "localtime") is None
    assert local_zone({}, tmp_path / "not-there") is None


def test_utc_is_taken_and_said_where_the_zone_is_not_known(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    assert zone_of(None) == "UTC"
    assert "times are in UTC; see --zone" in capsys.readouterr().err


def test_a_zone_asked_for_counts_before_all(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "Europe/Paris")
    assert zone_of("Asia/Tokyo") == "Asia/Tokyo"
    with pytest.raises(UsageError, match="Middle/Earth"):
        zone_of("Middle/Earth")
