"""What a verification says beside its verdict: how far heads reach, who vouches for what, what contradicts itself."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from regdocs.audit.verification import Verification
from regdocs.audit.vouching import runs
from regdocs.cli.verify_words import words_of
from tests.audit import log_maker as made
from tests.audit.log_maker import BOARD_KEY, LOG_KEY, NEXT_LOG_KEY, LogMaker, log_of_41_entries
from tests.audit.verifying import asked_of, codes_of, found_in

JANE = "jane.doe@example.org"


@pytest.fixture
def log() -> LogMaker:
    return log_of_41_entries()


@pytest.fixture
def short() -> LogMaker:
    return LogMaker()


def told(found: Verification, words: str) -> list[int | None]:
    return [one.entry for one in found.listed if words in one.message]


def last_lines(found: Verification) -> str:
    return "\n".join(list(words_of(found))[-2:])


# ------------------------------------------------------------------------------------------------------- how far


def test_head_of_an_earlier_time_is_said_to_cover_no_more_than_it_does(tmp_path: Path, log: LogMaker):
    found = found_in(log.write(tmp_path), asked_of(heads=[log.heads[25]]))
    assert (codes_of(found), found.covered) == (set(), 25)
    assert "Heads from outside cover entries 0 to 24; what was recorded later could have been cut" in last_lines(found)


def test_newest_head_covers_all_and_so_does_a_footer(tmp_path: Path, log: LogMaker):
    study = log.write(tmp_path)
    for asked in (asked_of(heads=[log.checkpoint()]), asked_of(footers=[made.footer_of(log.lines)])):
        found = found_in(study, asked)
        assert found.covered == 41
        assert "cover entries 0 to 40, which is all of them" in last_lines(found)


def test_head_of_another_history_covers_nothing(tmp_path: Path, log: LogMaker):
    made.resign(log.write(tmp_path), made.rechained(made.edited(log.lines, 33, title="another")))
    found = found_in(tmp_path, asked_of(heads=[log.checkpoint()]))
    assert (int(found.verdict), found.covered) == (4, None)
    assert "No head from outside covers any entry" in last_lines(found)


def test_head_that_lies_in_the_folder_itself_decides_nothing(tmp_path: Path, log: LogMaker):
    asked = asked_of(heads=[log.checkpoint()])
    found = found_in(log.write(tmp_path), replace(asked, heads=(replace(asked.heads[0], inside=True),)))
    assert (codes_of(found), found.covered) == ({9}, None)
    assert told(found, "it is not from outside, and was not counted") == [None]


def test_where_to_look_is_bounded_by_heads_from_outside_and_kept_ones_are_a_hint(tmp_path: Path, log: LogMaker):
    earlier = made.checkpoint_of(log.lines[:30], NEXT_LOG_KEY)
    made.resign(log.write(tmp_path), made.rechained(made.edited(log.lines, 33, title="another")))
    alone = found_in(tmp_path, asked_of(heads=[log.checkpoint()]))
    words = "look among entries 0 to 40; if the heads that the log keeps were not made anew, among entries 25 to 40"
    assert any(fault.message.endswith(words) for fault in alone.faults)
    both = found_in(tmp_path, asked_of(heads=[earlier, log.checkpoint()]))
    assert any(fault.message.endswith("look among entries 30 to 40") for fault in both.faults)


# --------------------------------------------------------------------------------------------------- who vouches


def test_each_key_of_the_log_is_named_with_its_entry_and_what_joined_it(tmp_path: Path, log: LogMaker):
    said = found_in(log.write(tmp_path)).vouching
    first, second = [line for line in said if line.startswith("log key")]
    assert first == f"log key {LOG_KEY.id.hex()}: from entry 0, genesis; in the trust file"
    assert second.startswith(f"log key {NEXT_LOG_KEY.id.hex()}: from entry 23, authorised by ann@example.org")
    assert f"joined by the key before it, {LOG_KEY.id.hex()} (head of size 25); not in the trust file" in second


def test_key_of_the_log_that_an_administrator_joined_is_said_to_be(tmp_path: Path, log: LogMaker):
    admin = made.DemonstrationKey("ann@example.org/k1")
    log.heads[25] = made.checkpoint_of(log.lines[:25], NEXT_LOG_KEY, admin)
    said = "\n".join(found_in(log.write(tmp_path)).vouching)
    assert "joined by an administrator and not by the key before it: ann@example.org/k1 (head of size 25)" in said


def test_entries_that_nobody_signed_are_named(tmp_path: Path, log: LogMaker):
    said = [line for line in found_in(log.write(tmp_path)).vouching if "not signed by anybody" in line]
    assert said == ["entries 12, 25-34: recorded, not signed by anybody; `by` is only what the writer's computer said"]


def test_version_that_nobody_approved_is_named_and_one_that_was_is_not(tmp_path: Path, log: LogMaker):
    said = [line for line in found_in(log.write(tmp_path)).vouching if "approval" in line]
    assert said == [f"version {name}: nobody signed approval in this log" for name in ("2.0", "3.0")]


def test_signature_for_somebody_who_is_not_enrolled_is_listed_and_shown(tmp_path: Path, log: LogMaker):
    more: dict[str, Any] = {"for": "nobody@example.org", "under": 21}
    n = log.sign(13, "carl@example.org", "regulatory", "responsibility", **more)
    found = found_in(log.write(tmp_path))
    assert told(found, 'given for "nobody@example.org", who is not enrolled') == [n]
    said = "\n".join(words_of(found))
    assert "responsibility for nobody@example.org, under entry 21;" in said
    assert f"responsibility for {JANE}, under entry 21;" in said


@pytest.mark.parametrize(("name", "listed"), [("ann  admin", True), ("Ann Adminson", False)])
def test_second_person_of_the_same_printed_name_is_listed(tmp_path: Path, short: LogMaker, name: str, listed: bool):
    n = short.enrol("other@example.org", name.replace("  ", " "), "coordinator", by="ann@example.org")
    short.authorise(n, "ann@example.org")
    assert told(found_in(short.write(tmp_path)), "under the same printed name") == ([n] if listed else [])


def test_runs_of_numbers():
    assert runs([1, 3, 4, 5, 9]) == ["1", "3-5", "9"]
    assert runs([]) == []


# ---------------------------------------------------------------------------------------------------------- rest


def test_evidence_of_time_that_contradicts_itself_gives_no_interval(tmp_path: Path, log: LogMaker):
    log.add("note", "ann@example.org", text="later")
    head = made.checkpoint_of(log.lines, NEXT_LOG_KEY, BOARD_KEY, time=1_000_000_000)  # 2001, before the anchor of 2026
    found = found_in(log.write(tmp_path), asked_of(heads=[head]))
    assert told(found, "the evidence of time contradicts itself") == [36, 38]
    said = "\n".join(words_of(found))
    assert "entries 36, 38: the evidence of time contradicts itself, so it shows nothing" in said
    assert "not before 2026-03-05T00:00:00Z, not after" not in said


def test_head_that_left_the_house_and_is_not_kept_any_more_is_listed(tmp_path: Path, log: LogMaker):
    study = log.write(tmp_path)
    assert told(found_in(study), "of the head that left the house") == []
    (study / "audit" / "heads" / "25.note").unlink()
    assert told(found_in(study), "heads/25.note, of the head that left the house, is not there") == [30]


@pytest.mark.parametrize("trust", ["", "# only words\n", "# a key\r# another"])
def test_trust_file_without_a_key_of_the_log_is_said_to_have_none(tmp_path: Path, short: LogMaker, trust: str):
    found = found_in(short.write(tmp_path), asked_of(trust=trust))
    assert 6 in codes_of(found)
    assert "the trust file holds no key of this log" in [fault.cause for fault in found.faults]


def test_converted_line_endings_of_a_checkpoint_are_its_cause(tmp_path: Path, short: LogMaker):
    checkpoint = short.write(tmp_path) / "audit" / "checkpoint"
    checkpoint.write_bytes(checkpoint.read_bytes().replace(b"\n", b"\r\n"))
    assert "line endings were converted" in [fault.cause for fault in found_in(tmp_path).faults]


def test_time_that_runs_back_has_a_cause(tmp_path: Path, short: LogMaker):
    lines = made.rechained(made.edited(short.lines, 2, at="2026-01-01T00:00:00Z"))
    made.resign(short.write(tmp_path), lines, LOG_KEY)
    assert any("lines were moved" in fault.cause for fault in found_in(tmp_path).faults if fault.entry == 2)
