"""An urgent safety measure: read strictly, told to every body in time, with the source or a question."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.amendment.regimes import AppliedRegime
from regdocs.amendment.urgent import (
    ASK_POLICY,
    Notification,
    UrgentMeasure,
    load_measure,
    notifications,
    working_days_after,
)
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from tests.rules.cases import MINIMAL

MEASURE = """\
regdocs-urgent: 1
hazard: Two participants fainted within an hour of the tablet.
measure: The tablet is taken lying down; participants are called.
decided_by: Dr Example (fictional), sponsor's physician
known_at: 2026-06-11T22:00-04:00
sites:
  - site: example-hospital
    implemented: 2026-06-12T09:30+02:00
    told: By telephone on the same day.
"""


def measure(*changes: tuple[str, str]) -> UrgentMeasure:
    text = MEASURE
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    found, findings = load_measure(text.encode("utf-8"), "urgent.yaml")
    assert found is not None, findings
    return found


def protocol(country: str) -> Protocol:
    place = "    country: VN\n    investigator:"
    assert MINIMAL.count(place) == 1
    loaded = load(MINIMAL.replace(place, place.replace("VN", country)).encode("utf-8")).protocol
    assert loaded is not None
    return loaded


def told(country: str, *regimes: str, applies: str = "yes", of: UrgentMeasure | None = None) -> list[Notification]:
    applied = [AppliedRegime(name, applies, "for the test") for name in regimes]  # type: ignore[arg-type]
    return list(notifications(of or measure(), applied, protocol(country)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-06-12T09:30+02:00", "2026-06-12T09:30"),
        ("2026-06-12T09:30+02:00", "2026-06-12"),
        ("    told: By telephone on the same day.\n", ""),
        ("hazard:", "danger:"),
        ("decided_by: Dr Example (fictional), sponsor's physician\n", ""),
        ("regdocs-urgent: 1\n", ""),
    ],
)
def test_hazard_who_decided_the_moment_and_how_participants_were_told_are_needed(old: str, new: str):
    found, findings = load_measure(MEASURE.replace(old, new).encode("utf-8"), "urgent.yaml")
    assert found is None
    assert findings


def test_a_board_whose_rule_is_not_known_is_asked_for_its_policy():
    (row,) = told("VN", "other")
    assert (row.by_when, row.due_on, row.sources, row.regime) == (ASK_POLICY, None, (), None)


def test_an_irb_is_asked_for_its_days_with_the_clauses_beside():
    (row,) = told("US", "us-irb")
    assert row.by_when == ASK_POLICY
    assert "21 CFR 56.108(a)(4) [V]" in map(str, row.sources)


def test_rules_of_the_united_states_are_not_printed_for_a_board_elsewhere():
    (row,) = told("VN", "us-irb", "other")
    assert row.sources == ()


def test_under_an_ide_irb_and_fda_are_told_within_five_working_days():
    irb, fda = told("US", "us-ide")
    assert (irb.due_on, fda.due_on) == (
        "2026-06-19",
        "2026-06-18",
    )  # from a Friday at the site, a Thursday at the sponsor
    assert "without holidays" in irb.by_when
    assert (fda.body, fda.to) == (None, "US FDA")


def test_under_an_ind_a_protocol_amendment_follows():
    rows = {row.to: row for row in told("US", "us-irb", "us-ind")}
    assert rows["US FDA"].due_on is None
    assert "312.30(b)(2)(ii)" in str(rows["US FDA"].sources[0])


def test_in_the_eu_the_measure_is_notified_within_seven_days():
    rows = told("DE", "eu-ctr")
    assert {row.due_on for row in rows} == {"2026-06-19"}
    assert {str(source) for row in rows for source in row.sources} == {"Regulation (EU) 536/2014 Art. 54 [M]"}
    assert rows[-1].to == "the member states concerned"


def test_a_regime_that_may_apply_is_told_of_with_the_question():
    rows = told("US", "us-ind", applies="ask")
    assert "ask first whether us-ind applies" in rows[-1].what


def test_a_body_without_a_site_concerned_is_not_told():
    elsewhere = measure(("site: example-hospital", "site: another"))
    assert told("US", "us-irb", of=elsewhere) == []


def test_the_earliest_site_counts():
    later = MEASURE + MEASURE[MEASURE.index("  - site:") :].replace("2026-06-12T09:30", "2026-06-10T23:00")
    found, _ = load_measure(later.encode("utf-8"), "urgent.yaml")
    assert {row.due_on for row in told("DE", "eu-ctr", of=found)} == {"2026-06-17"}


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 30))
def test_working_days_are_monday_to_friday(day: date, count: int):
    due = working_days_after(day, count)
    between = [date.fromordinal(one) for one in range(day.toordinal() + 1, due.toordinal() + 1)]
    assert sum(one.weekday() < 5 for one in between) == count
    assert count == 0 or due.weekday() < 5
