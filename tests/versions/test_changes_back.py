"""Words that a body changed are answered once, and what is said to be taken is looked for in the new document."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from regdocs.amendment.slip import Slip
from regdocs.content.model import Document, Furniture, Paragraph, Section, Text
from regdocs.versions.changes_back import BodyChange, open_changes, received_slips
from regdocs.versions.logbook import Logbook
from regdocs.versions.printed import tree_bytes
from tests.versions.filings import NORTH, decided, filed_log, with_version
from tests.versions.logs import begin_log
from tests.versions.test_copies_back import came

ISSUED = "Your bus tickets are paid back. You may keep the tickets. Do not drive that day."
TICKETS = {"was": "tickets", "now": "fares", "where": "page 3, after “. Your bus”"}


def tree(text: str) -> Document:
    paragraph = Paragraph(id="consent.a", inlines=(Text(text),))
    sections = (Section(id="consent.main", blocks=(paragraph,)),)
    return Document(kind="consent", language="en", title="t", subject="s", furniture=Furniture(), sections=sections)


def log_with(study: Path, *changes: dict[str, str]) -> Logbook:
    """Version 1.0 and a copy of its consent form that came back to the north with these changes."""
    log = with_version(begin_log(study), "1.0", trees={"consent/north/en.pdf": tree_bytes(tree(ISSUED))})
    log = decided(log, NORTH)
    return came(log, log.head.size - 1, "2026-02-20", changes=list(changes))


def slips(log: Logbook, text: str, *answers: tuple[int, bool, str | None], entry: int | None = None) -> list[Slip]:
    """What stands against a declaration with these answers (change, taken, why) and a form with this text."""
    n = log.head.size - 1 if entry is None else entry
    told = [
        SimpleNamespace(entry=n, change=number, taken=SimpleNamespace(value=taken), why=why)
        for number, taken, why in answers
    ]
    form = SimpleNamespace(stem="consent/north/en", composed=SimpleNamespace(document=tree(text)))
    other = SimpleNamespace(stem="consent/south/en", composed=SimpleNamespace(document=tree("Your bus fares")))
    declaration = cast("Any", SimpleNamespace(received=told))
    return list(received_slips(log, declaration, open_changes(log), cast("Any", (form, other))))


def test_without_an_answer_entry_change_and_words_are_named(tmp_path: Path):
    log = log_with(tmp_path / "study", TICKETS)
    [found] = slips(log, ISSUED)
    assert (found.rule, found.path) == ("AMD-016", "/received")
    assert found.message.endswith("consent/en/1.0, north: “tickets” is now “fares”")
    assert f"entry: {log.head.size - 1}, change: 1" in str(found.hint)


@pytest.mark.parametrize(
    ("change", "text", "taken"),
    [
        (TICKETS, ISSUED.replace("bus tickets", "bus fares"), True),
        (TICKETS, "We pay bus fares.", True),
        (TICKETS, ISSUED, False),
        (TICKETS, "Something else", False),
        ({"was": "", "now": "ever", "where": "page 1, after “keep”"}, "You may keep ever", True),
        ({"was": "", "now": "may", "where": "page 1, at the beginning"}, ISSUED, False),
        ({"was": "", "now": "may", "where": "page 1, at the beginning"}, f"May may {ISSUED}", True),
        ({"was": "not", "now": "", "where": "page 1, after “the tickets. Do”"}, ISSUED, False),
        ({"was": "not", "now": "", "where": "page 1, after “the tickets. Do”"}, ISSUED.replace("not ", ""), True),
        ({"was": "day", "now": "double-blind", "where": "after “that”"}, "on that double blind", True),
        ({"was": "Version 1.0", "now": "Version 1.1", "where": "running title"}, ISSUED, True),
        ({"was": "", "now": "[strikeout]", "where": "page 1, laid over it"}, ISSUED, True),
    ],
)
def test_what_is_said_to_be_taken_is_looked_for(tmp_path: Path, change: dict[str, str], text: str, taken: bool):
    found = slips(log_with(tmp_path / "study", change), text, (1, True, None))
    assert [one.rule for one in found] == ([] if taken else ["AMD-016"])
    assert all(one.path == "/received/0/taken" for one in found)


def test_what_is_not_taken_needs_a_reason(tmp_path: Path):
    log = log_with(tmp_path / "study", TICKETS)
    assert [one.message for one in slips(log, ISSUED, (1, False, None))] == ["it is not taken, and nothing says why"]
    assert slips(log, ISSUED, (1, False, "Agreed with the body")) == []


def test_an_answer_to_no_change_and_a_second_one_are_told(tmp_path: Path):
    log = log_with(tmp_path / "study", TICKETS)
    found = slips(log, ISSUED, (1, False, "so"), (1, True, None), (2, True, None))
    assert [(one.rule, one.path) for one in found] == [("AMD-013", "/received/1"), ("AMD-014", "/received/2")]


def test_the_same_change_in_a_second_copy_is_answered_with_the_first(tmp_path: Path):
    log = log_with(tmp_path / "study", TICKETS)
    again = came(log, log.whole_entry(log.head.size - 1)["of"], "2026-03-20", changes=[TICKETS])
    assert len(open_changes(again)) == 2
    assert slips(again, ISSUED, (1, False, "Agreed"), entry=log.head.size - 1) == []


def test_a_log_without_copies_has_nothing_to_answer(tmp_path: Path):
    assert open_changes(filed_log(tmp_path / "study", "1.0")) == ()


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [("a", "b", "“a” is now “b”"), ("", "b", "“b” was put in"), ("a", "", "“a” was struck")],
)
def test_a_change_is_told_in_words(was: str, now: str, words: str):
    assert BodyChange(7, 1, "consent/en/1.0", "north", was, now).words == f"consent/en/1.0, north: {words}"
