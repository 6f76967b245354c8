"""A site's time zone is a name that the machine knows, and a moment has the day of the place where it was."""

from pathlib import Path

import pytest

from regdocs.finding import has_errors
from regdocs.spec.load import load
from regdocs.zones import is_zone, moment_of, there

MINIMAL = (Path(__file__).parent / "rules" / "minimal.yaml").read_text(encoding="utf-8")
COUNTRY = "    country: VN\n"


@pytest.mark.parametrize("name", ["Asia/Ho_Chi_Minh", "America/New_York", "UTC"])
def test_names_of_zones_are_known(name: str):
    assert is_zone(name)


@pytest.mark.parametrize("name", ["Asia/Hanoi", "", ".", "../../etc/passwd", "/etc/passwd", "UTC+7", "a\0b", "Asia"])
def test_other_texts_are_none(name: str):
    assert not is_zone(name)


@pytest.mark.parametrize(
    ("text", "zone", "local"),
    [
        ("2026-05-03T23:30+07:00", "Asia/Ho_Chi_Minh", ("2026-05-03", "23:30")),
        ("2026-05-03T17:30Z", "Asia/Ho_Chi_Minh", ("2026-05-04", "00:30")),
        ("2026-05-03T23:30+07:00", "America/New_York", ("2026-05-03", "12:30")),
        ("2026-03-08T06:59:59Z", "America/New_York", ("2026-03-08", "01:59")),
        ("2026-03-08T07:00:00Z", "America/New_York", ("2026-03-08", "03:00")),
    ],
)
def test_a_moment_has_the_day_and_time_of_the_place(text: str, zone: str, local: tuple[str, str]):
    moment = moment_of(text)
    assert moment is not None and there(moment, zone) == local


@pytest.mark.parametrize("text", ["2026-05-03", "2026-05-03T23:30", "2026-05-03 23:30+07:00", "23:30+07:00", "T+07:00"])
def test_what_has_no_offset_is_no_moment(text: str):
    assert moment_of(text) is None


@pytest.mark.parametrize("said", ["Asia/Ho_Chi_Minh", '"TODO: ask the site"'])
def test_a_site_may_say_its_zone_or_that_it_is_open(said: str):
    assert COUNTRY in MINIMAL
    loaded = load(MINIMAL.replace(COUNTRY, f"{COUNTRY}    time_zone: {said}\n").encode(), "protocol.yaml")
    assert loaded.protocol is not None and not has_errors(loaded.findings)
    [site] = loaded.protocol.sites
    assert site.time_zone is not None and site.time_zone.value in (said, None)


@pytest.mark.parametrize("said", ["Asia/Hanoi", "+07:00", '""'])
def test_a_zone_that_nobody_knows_is_told_with_an_example(said: str):
    loaded = load(MINIMAL.replace(COUNTRY, f"{COUNTRY}    time_zone: {said}\n").encode(), "protocol.yaml")
    told = [f"{one.rule} {one.message}" for one in loaded.findings if "time_zone" in one.message]
    assert len(told) == 1 and told[0].startswith("SPEC-004") and "such as Asia/Ho_Chi_Minh" in told[0]
