"""Facts are recorded whenever they come; what a reader should know of their day is said beside them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from regdocs.audit.append import RecordRefused
from regdocs.audit.line import Json
from regdocs.audit.store import sealed_digest
from regdocs.errors import Refusal
from regdocs.versions import facts
from regdocs.versions.acting import Writing
from regdocs.versions.actors import NotAllowed
from regdocs.versions.conflict_copies import conflict_copies
from regdocs.versions.history import Change, history_of, summary, touches
from regdocs.versions.logbook import Logbook
from tests.versions.logs import JANE, begin_log, opened, recorded
from tests.versions.test_logbook import faults

SALT = bytes(range(16))


def flags_of(logbook: Logbook, n: int) -> tuple[str, ...]:
    return next(facts.flagged(logbook, n))[1]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-02-27", ()),
        ("2026-02-20", ("recorded late by 9 days",)),
        ("2026-03-05", ("the day lies 4 days after the day it is recorded",)),
    ],
)
def test_a_fact_of_another_day_is_recorded_and_flagged(tmp_path: Path, on: str, said: tuple[str, ...]):
    logbook = recorded(begin_log(tmp_path / "study"), facts.note(JANE, "it happened", on=on))
    assert flags_of(logbook, 2) == said


def test_facts_out_of_order_are_recorded_and_flagged(tmp_path: Path):
    logbook = recorded(
        begin_log(tmp_path / "study"),
        facts.note(JANE, "approved", on="2026-02-28"),
        facts.note(JANE, "submitted", on="2026-02-27"),
    )
    assert flags_of(logbook, 3) == ("out of order: entry 2, recorded before, is of 2026-02-28",)


@pytest.mark.parametrize("on", ["2026-02-30", "1 March", "", "2026-3-1"])
def test_a_day_the_calendar_has_not_is_refused(on: str):
    with pytest.raises(NotAllowed, match="not a day"):
        facts.note(JANE, "x", on=on)


def test_a_correction_names_an_entry_that_is_there(tmp_path: Path):
    logbook = recorded(begin_log(tmp_path / "study"), facts.note(JANE, "wrong"))
    assert recorded(logbook, facts.correct(logbook, 2, JANE, "right")).entry(3)["of"] == 2
    with pytest.raises(Exception, match="no entry 9"):
        facts.correct(logbook, 9, JANE, "right")


def test_a_sealed_text_can_be_removed_and_the_log_still_verifies(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    sealed = sealed_digest("a name", SALT)
    logbook = recorded(logbook, facts.sealed(logbook, facts.note(JANE, "a name"), SALT))
    assert facts.unsealed(logbook, logbook.entry(2)["text"]).startswith("a name")
    assert b"a name" not in logbook.folder.log.read_bytes()
    redaction = facts.redaction(logbook, sealed, JANE, "asked for by the person")
    assert redaction is not None
    logbook = recorded(logbook, redaction)
    facts.remove(logbook, sealed)
    assert "its content is not here" in facts.unsealed(logbook, logbook.entry(2)["text"])
    assert faults(logbook.study) == []
    assert facts.redaction(logbook, sealed, JANE, "again") is None


def refused_when_written(writing: Writing) -> Mapping[str, Json]:
    if writing.clock is not None:
        raise Refusal("in the write itself")
    return {"do": "note", "by": JANE, "text": "x"}


def test_what_is_refused_at_the_rehearsal_was_not_sealed(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    left = facts.sealed(logbook, facts.note(JANE, "a name"), SALT)
    with pytest.raises(RecordRefused):
        recorded(logbook, left, {"do": "note", "by": JANE})
    assert logbook.folder.sealed.names() == []


def test_a_sealed_text_of_which_nothing_came_is_removed(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    logbook = recorded(logbook, facts.sealed(logbook, facts.note(JANE, "kept"), SALT))
    left = facts.sealed(logbook, facts.note(JANE, "a name"), SALT[::-1])
    with pytest.raises(Refusal, match="in the write itself"):
        recorded(logbook, left, refused_when_written)
    assert logbook.folder.sealed.has(sealed_digest("a name", SALT[::-1]))
    assert facts.remove_unnamed(logbook) == (sealed_digest("a name", SALT[::-1]),)
    assert logbook.folder.sealed.names() == [sealed_digest("kept", SALT)]
    assert facts.remove_unnamed(logbook) == () and faults(logbook.study) == []


def test_of_a_log_that_does_not_hold_nothing_sealed_is_removed(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    left = logbook.folder.sealed.put("a name", SALT)
    logbook.folder.checkpoint.write_bytes(b"")
    with pytest.raises(Refusal):
        facts.remove_unnamed(logbook)
    assert logbook.folder.sealed.has(left)


def test_what_no_entry_names_is_not_redacted(tmp_path: Path):
    with pytest.raises(NotAllowed, match="no entry names"):
        facts.redaction(begin_log(tmp_path / "study"), "ab" * 32, JANE, "because")


def test_an_import_keeps_the_digest_and_not_the_page(tmp_path: Path):
    entry = facts.imported(JANE, b"a page", source="https://example.org/x", title="X", read_on="2026-02-28")
    logbook = recorded(begin_log(tmp_path / "study", record=True), entry)
    assert logbook.folder.objects.names() == []
    assert faults(logbook.study) == []


def test_each_kind_is_told_in_one_line(tmp_path: Path):
    logbook = recorded(begin_log(tmp_path / "study"), facts.note(JANE, "two\nlines " + "x" * 300))
    told = [summary(logbook, entry) for entry in logbook.entries()]
    assert told[0] == "log of DEMO-1, sponsor A sponsor; administrators: Jane"
    assert told[1] == "entry 0: authorisation by Jane, administrator"
    assert told[2].startswith("two lines xxx") and len(told[2]) == 158


@pytest.mark.parametrize(
    ("step", "path", "related"),
    [
        ("/eligibility/E02/text", "/eligibility/E02", True),
        ("/eligibility", "/eligibility/E02", True),
        ("/eligibility/E02", "/eligibility/E02", True),
        ("/eligibility/E021", "/eligibility/E02", False),
        ("/arms", "/eligibility/E02", False),
    ],
)
def test_a_step_concerns_what_is_at_in_or_around_its_path(step: str, path: str, related: bool):
    assert touches(step, path) is related


def test_the_history_of_an_element_follows_its_new_name(tmp_path: Path):
    def version(name: str, **more: object) -> dict:
        return {"by": JANE, "version": name, "data": "ab" * 32, "spec": "ab" * 32, "inputs": "ab" * 32, **more}

    steps = [
        {"path": "/eligibility/E02", "rename": "E09"},
        {"path": "/eligibility/E09/text", "old": "a", "new": "b"},
        {"path": "/arms/A/name", "old": "x", "new": "y"},
    ]
    logbook = recorded(
        begin_log(tmp_path / "study"),
        {"do": "release", **version("1.0")},
        {"do": "amend", **version("2.0", amendment=1, what=steps)},
    )
    found = list(history_of(logbook, "/eligibility/E02"))
    assert [change.step["path"] for change in found] == ["/eligibility/E02", "/eligibility/E09/text"]
    assert isinstance(found[0], Change) and found[0].version == "2.0"


@pytest.mark.parametrize(
    "name",
    [
        "log (1).jsonl",
        "log.sync-conflict-20260301-140211-ABCDEFG.jsonl",
        "log (Jane's conflicted copy 2026-03-01).jsonl",
        "log - Copy.jsonl",
        "log-LAPTOP7.jsonl",
        "log 2.jsonl",
        "log.jsonl.orig",
        "checkpoint (1)",
        "checkpoint.sync-conflict-20260301",
    ],
)
def test_conflict_copies_of_sync_tools_are_named(tmp_path: Path, name: str):
    logbook = begin_log(tmp_path / "study")
    (logbook.folder.path / name).write_bytes(b"")
    assert conflict_copies(logbook.study) == (name,)


def test_what_the_log_itself_keeps_is_no_conflict_copy(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    logbook.folder.keep_head()
    recorded(logbook, facts.sealed(logbook, facts.note(JANE, "x"), SALT))
    assert conflict_copies(opened(logbook.study).study) == ()
