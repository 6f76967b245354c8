"""The base of a redline is what a body last agreed to for a site; a report, a condition or a submission is none."""

from pathlib import Path
from typing import Any

import pytest

from regdocs.audit.entry import OUTCOMES
from regdocs.audit.store import ObjectDiffers
from regdocs.canonical import sha256_hex
from regdocs.spec.load import load
from regdocs.versions.bases import (
    EFFECTS,
    Base,
    approved_base,
    bases_listed,
    bodies_for,
    submitted_base,
    words_of,
)
from regdocs.versions.logbook import Logbook
from tests.versions.filings import AGENCY, LETTER, NORTH, SOUTH, decided, filed_log, submitted, tree

EXAMPLE = Path(__file__).parents[2] / "examples" / "demo-101"
SECOND: dict[str, Any] = {"documents": ("consent/en/2.0",), "decided": "2026-05-10", "received": "2026-05-12"}


@pytest.fixture
def log(tmp_path: Path) -> Logbook:
    return filed_log(tmp_path / "study")


def base(logbook: Logbook, body: str, site: str | None, kind: str = "consent", language: str = "en") -> Base | None:
    return approved_base(logbook, body=body, site=site, kind=kind, language=language)


def version(logbook: Logbook, body: str, site: str | None, kind: str = "consent", language: str = "en") -> str | None:
    found = base(logbook, body, site, kind, language)
    return None if found is None else found.document_version


def test_without_a_decision_there_is_no_base(log: Logbook):
    assert base(submitted(log, "1.0", NORTH), NORTH, "north") is None


def test_a_base_names_document_decision_and_day(log: Logbook):
    found = base(decided(log, NORTH), NORTH, "north")
    assert found is not None
    assert (found.version, found.document_version, found.date, found.stem) == (
        "1.0",
        "1.0",
        "2026-01-15",
        "consent/north/en",
    )
    assert found.tree == sha256_hex(tree(b"consent/north/en 1.0"))
    assert (found.body, found.reference, found.decided, found.decision) == (NORTH, "EXB-1", "2026-02-10", log.head.size)
    assert words_of(found) == f"consent/north/en 1.0, approved on 2026-02-10 by {NORTH}, EXB-1 (entry {found.entry})"


def test_each_body_and_site_has_its_own_base(log: Logbook):
    log = decided(decided(log, NORTH), NORTH, **SECOND)
    log = decided(log, SOUTH, decided="2026-06-01")
    assert version(log, NORTH, "north") == "2.0"
    assert version(log, SOUTH, "south") == "1.0"
    assert version(log, NORTH, "south") is None
    assert version(log, AGENCY, "north") is None


def test_a_body_of_several_sites_may_decide_for_each_by_itself(log: Logbook):
    log = decided(decided(log, AGENCY), AGENCY, **SECOND, sites=("south",))
    assert (version(log, AGENCY, "north"), version(log, AGENCY, "south")) == ("1.0", "2.0")


def test_of_a_document_for_all_sites_a_decision_for_any_counts(log: Logbook):
    log = decided(log, AGENCY, documents=("protocol/en/1.0",), sites=("south",))
    assert version(log, AGENCY, None, "protocol") == "1.0"
    assert version(log, AGENCY, "north", "protocol") is None


def test_kinds_and_languages_are_apart(log: Logbook):
    log = decided(log, SOUTH, documents=("consent/en/1.0",))
    assert version(log, SOUTH, "south", language="vi") is None
    assert version(log, SOUTH, "south", "protocol") is None


def test_a_document_that_an_amendment_left_alone_has_the_version_that_issued_it_as_base(log: Logbook):
    found = base(decided(log, SOUTH, documents=("consent/vi/1.0",), version="2.0"), SOUTH, "south", language="vi")
    assert found is not None and (found.version, found.document_version) == ("1.0", "1.0")


def test_a_reported_approval_is_no_base(log: Logbook):
    assert base(decided(log, NORTH, letter=None), NORTH, "north") is None


def test_a_reported_approval_leaves_the_base_before_it(log: Logbook):
    log = decided(decided(log, NORTH), NORTH, letter=None, **SECOND)
    assert version(log, NORTH, "north") == "1.0"


def test_the_letter_that_came_later_makes_the_base(log: Logbook):
    log = decided(decided(log, NORTH, letter=None), NORTH, received="2026-03-20")
    assert version(log, NORTH, "north") == "1.0"


def test_every_outcome_has_its_effect_and_why():
    assert set(EFFECTS) == set(OUTCOMES)
    assert all(why for _, why in EFFECTS.values())


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_decision_on_the_second_version_does_what_the_table_says(log: Logbook, outcome: str):
    log = decided(decided(log, NORTH), NORTH, outcome, **SECOND)
    assert version(log, NORTH, "north") == ("2.0" if EFFECTS[outcome][0] == "makes" else "1.0")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_later_decision_on_what_was_approved_does_what_the_table_says(log: Logbook, outcome: str):
    log = decided(decided(decided(log, NORTH), NORTH, **SECOND), NORTH, outcome, **SECOND | {"decided": "2026-06-01"})
    assert version(log, NORTH, "north") == ("1.0" if EFFECTS[outcome][0] == "ends" else "2.0")


@pytest.mark.parametrize("outcome", ["withdrawn", "disapproved"])
def test_what_was_taken_back_is_no_base_also_when_it_is_only_reported(log: Logbook, outcome: str):
    log = decided(decided(log, NORTH), NORTH, outcome, letter=None, decided="2026-03-01", received="2026-03-01")
    assert base(log, NORTH, "north") is None


def test_conditions_that_were_met_make_the_base(log: Logbook):
    log = decided(log, NORTH, "conditionally-approved", stipulations=("Say tablet.",))
    assert base(log, NORTH, "north") is None
    assert version(decided(log, NORTH, decided="2026-02-20", received="2026-02-21"), NORTH, "north") == "1.0"


def test_decisions_count_by_their_day_however_they_were_recorded(log: Logbook):
    log = decided(decided(log, NORTH, **SECOND), NORTH)
    assert version(log, NORTH, "north") == "2.0"
    log = decided(log, NORTH, "withdrawn", documents=("consent/en/2.0",), decided="2026-05-01", received="2026-05-30")
    assert version(log, NORTH, "north") == "2.0"


def test_a_base_whose_letter_was_changed_is_refused(log: Logbook):
    log = decided(log, NORTH)
    kept = log.folder.path / "objects" / sha256_hex(LETTER)
    kept.chmod(0o644)
    kept.write_bytes(LETTER + b" Not.")
    with pytest.raises(ObjectDiffers):
        base(log, NORTH, "north")


def test_the_last_submission_is_what_a_resubmission_is_compared_with(log: Logbook):
    def last(logbook: Logbook) -> Base | None:
        return submitted_base(logbook, body=NORTH, site="north", kind="consent", language="en")

    assert last(log) is None
    log = submitted(submitted(log, "2.0", NORTH, "2026-04-01"), "1.0", NORTH, "2026-02-01")
    found = last(log)
    assert found is not None and (found.document_version, found.state, found.day) == ("2.0", "submitted", "2026-04-01")


def test_what_exists_is_listed_by_day(log: Logbook):
    log = submitted(decided(submitted(log, "1.0", NORTH), NORTH, letter=None), "2.0", NORTH, "2026-04-01")
    listed = bases_listed(log, body=NORTH, site="north", kind="consent", language="en")
    assert [(one.document_version, one.state, one.reported) for one in listed] == [
        ("1.0", "submitted", False),
        ("1.0", "approved", True),
        ("2.0", "submitted", False),
    ]
    assert "reported without its letter" in words_of(listed[1])
    assert words_of(listed[2]).startswith(f"consent/north/en 2.0, submitted on 2026-04-01 to {NORTH}")


def test_a_data_safety_board_decides_on_no_document():
    demonstration = load((EXAMPLE / "protocol.yaml").read_bytes(), "protocol.yaml").protocol
    assert demonstration is not None
    assert {one.role for one in demonstration.oversight} == {"ethics-committee", "data-safety-board"}
    assert [one.id for one in bodies_for(demonstration, "north")] == ["board-north"]
    assert [one.id for one in bodies_for(demonstration, "south")] == ["committee-south"]
