"""Going on from an earlier verification: only new lines are read, and what must not have changed did not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from regdocs.audit.copies import compare
from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.state import NotAState, State
from regdocs.audit.verify import verify
from tests.audit import log_maker as made
from tests.audit.log_maker import BOARD_KEY, LOG_KEY, NEXT_LOG_KEY, TRUST, LogMaker, log_of_41_entries
from tests.audit.verifying import asked_of, codes_of, found_in


class Watched(FolderEvidence):
    """A folder that counts the lines that were read of it, one after another."""

    read = 0

    def lines(self, start: int = 0, place: int = 0) -> Iterator[bytes]:
        for line in super().lines(start, place):
            self.read += 1
            yield line


@pytest.fixture
def log() -> LogMaker:
    return log_of_41_entries()


def at_size(log: LogMaker, study: Path, size: int) -> None:
    """Let the log be as it was with so many entries."""
    log.write(study)
    made.resign(study, log.lines[:size], NEXT_LOG_KEY if size > 23 else LOG_KEY)
    if size < 25:
        (study / "audit" / "heads" / "25.note").unlink()
    for folder in ("2.0", "1.0"):  # what was issued later is not there yet
        for path in (study / "issued" / folder).rglob("*.pdf"):
            path.unlink()
    if (study / "issued").exists():
        import shutil

        shutil.rmtree(study / "issued")


def remembered(log: LogMaker, study: Path, size: int) -> State:
    at_size(log, study, size)
    state = found_in(study).state
    assert state is not None and state.size == size
    return State.parse(state.to_bytes())


@pytest.mark.parametrize("size", [3, 9, 21, 25, 29, 36, 40, 41])
def test_state_and_new_lines_say_the_same_as_all_lines(tmp_path: Path, log: LogMaker, size: int):
    study = tmp_path / "study"
    state = remembered(log, study, size)
    log.write(study)
    asked = asked_of(heads=[log.checkpoint()])
    again, whole = found_in(study, asked, state), found_in(study, asked)
    assert codes_of(again) == codes_of(whole) == set()
    assert (again.signatures, again.versions, again.intervals) == (whole.signatures, whole.versions, whole.intervals)
    assert again.state is not None and whole.state is not None
    assert {**again.state.value, "roots": 0} == {**whole.state.value, "roots": 0}


def test_only_new_lines_are_read(tmp_path: Path, log: LogMaker):
    study = tmp_path / "study"
    state = remembered(log, study, 36)
    log.write(study)
    evidence = Watched(study)
    found = verify(evidence, asked_of(heads=[log.checkpoint()]), state)
    assert (codes_of(found), evidence.read) == (set(), 5)
    assert any("entries 0 to 35 were not read again" in line for line in found.unchecked)


def test_state_counts_as_a_head_from_outside(tmp_path: Path, log: LogMaker):
    state = remembered(log, tmp_path / "study", 36)
    log.write(tmp_path / "study")
    assert codes_of(found_in(tmp_path / "study", state=state)) == set()


def test_log_that_became_shorter_is_truncated(tmp_path: Path, log: LogMaker):
    study = tmp_path / "study"
    state = remembered(log, study, 41)
    at_size(log, study, 36)
    found = found_in(study, state=state)
    assert 3 in codes_of(found)
    assert any("41 entries were verified before, the checkpoint covers 36" in fault.message for fault in found.faults)


def test_lines_that_were_changed_since_break_the_chain_or_the_root(tmp_path: Path, log: LogMaker):
    study = tmp_path / "study"
    state = remembered(log, study, 36)
    log.write(study)
    other = made.rechained(made.edited(log.lines, 30, at="2026-03-02T06:30:01Z"))
    made.resign(study, other)
    assert {1} <= codes_of(found_in(study, state=state))


def test_new_line_by_a_key_that_was_revoked_before_is_found(tmp_path: Path, log: LogMaker):
    study = tmp_path / "study"
    state = remembered(log, study, 41)
    n = log.sign(13, "jane.doe@example.org", "principal-investigator", "review", "k1")
    found = found_in(log.write(study), state=state)
    assert [(fault.entry, int(fault.verdict)) for fault in found.faults] == [(n, 5)]


def test_state_is_only_given_when_nothing_is_at_fault(tmp_path: Path, log: LogMaker):
    study = log.write(tmp_path)
    assert found_in(study, asked_of(trust=None)).state is None
    made.write_lines(study, made.edited(log.lines, 12, text="x"))
    assert found_in(study).state is None


ANN_K1 = made.DemonstrationKey("ann@example.org/k1").text + "\n"


@pytest.mark.parametrize("trust", [LOG_KEY.text + "\n" + ANN_K1, LOG_KEY.text + "\n"])
def test_state_made_with_other_trusted_keys_is_refused(tmp_path: Path, log: LogMaker, trust: str):
    state = remembered(log, tmp_path / "study", 36)
    with pytest.raises(NotAState, match="other keys in its trust file"):
        found_in(log.write(tmp_path / "study"), asked_of(trust=trust), state)


def test_order_and_remarks_of_the_trust_file_are_no_other_keys(tmp_path: Path, log: LogMaker):
    state = remembered(log, tmp_path / "study", 36)
    other = "# seen in person\n" + "\n".join(reversed(TRUST.split("\n")))
    assert codes_of(found_in(log.write(tmp_path / "study"), asked_of(trust=other), state)) == set()


def test_without_a_trust_file_a_state_does_not_vouch_for_keys(tmp_path: Path, log: LogMaker):
    state = remembered(log, tmp_path / "study", 36)
    assert 6 in codes_of(found_in(log.write(tmp_path / "study"), asked_of(trust=None), state))


def test_objects_of_entries_that_were_not_read_are_not_said_to_have_been_checked(tmp_path: Path, log: LogMaker):
    study = tmp_path / "study"
    state = remembered(log, study, 36)
    log.write(study)
    (study / "audit" / "objects" / log.entries[7]["spec"]).unlink()
    found = found_in(study, state=state)
    assert any("every object that an entry from 36 on names" in line for line in found.checked)
    assert any("so are the objects that they name" in line for line in found.unchecked)
    assert 7 in codes_of(found_in(study))


def test_days_out_of_order_are_told_across_a_state(tmp_path: Path, log: LogMaker):
    study = tmp_path / "study"
    state = remembered(log, study, 41)
    n = log.add("note", "ann@example.org", text="x", on="2026-01-01")
    log.write(study)
    told = [
        [one.message for one in found.listed if one.entry == n]
        for found in (found_in(study, state=state), found_in(study))
    ]
    assert told[0] == told[1]
    assert any("out of order: entry" in one for one in told[0]) and any("recorded late by" in one for one in told[0])


def test_head_from_outside_of_before_the_state_is_still_compared(tmp_path: Path, log: LogMaker):
    study = tmp_path / "study"
    state = remembered(log, study, 36)
    log.write(study)
    assert codes_of(found_in(study, asked_of(heads=[made.checkpoint_of(log.lines[:10], LOG_KEY)]), state)) == set()
    fork = made.checkpoint_of([*log.lines[:29], b"{}"], NEXT_LOG_KEY)
    assert codes_of(found_in(study, asked_of(heads=[fork]), state)) == {4}


# ----------------------------------------------------------------------------------------------------------- two copies


def compared(one: Path, other: Path) -> tuple[int | None, int | None, str]:
    """Verdict, entry and words of what comparing says."""
    mine, theirs = FolderEvidence(one), FolderEvidence(other)
    fault, listed = compare(mine, verify(mine, asked_of()), theirs, verify(theirs, asked_of()))
    if fault is not None:
        return int(fault.verdict), fault.entry, fault.message
    return None, None, listed[0].message


def test_copy_that_went_on_is_no_fork(tmp_path: Path, log: LogMaker):
    at_size(log, tmp_path / "a", 36)
    log.write(tmp_path / "b")
    assert compared(tmp_path / "a", tmp_path / "b")[2].startswith(
        "this copy is the beginning of the other one, which has 5"
    )
    assert compared(tmp_path / "b", tmp_path / "b") == (None, None, "the other copy is the same log")


def test_copies_that_both_went_on_are_a_fork_and_the_entry_is_named(tmp_path: Path, log: LogMaker):
    other = log_of_41_entries()
    log.add("note", "ann@example.org", text="mine")
    other.add("note", "bob@example.org", text="theirs")
    found = compared(log.write(tmp_path / "a"), other.write(tmp_path / "b"))
    assert found == (4, 41, "the two copies are the same up to entry 40 and differ from entry 41 on")


def test_copy_that_does_not_agree_with_its_own_checkpoint_was_altered(tmp_path: Path, log: LogMaker):
    log.write(tmp_path / "a")
    made.write_lines(log.write(tmp_path / "b"), made.rechained(made.edited(log.lines, 33, title="x")))
    verdict, entry, words = compared(tmp_path / "a", tmp_path / "b")
    assert (verdict, entry) == (1, 33)
    assert "the other copy does not agree with its own checkpoint" in words


# ----------------------------------------------------------------------------------------------------------- when


def test_intervals_lie_between_anchors_and_cosigned_heads(tmp_path: Path, log: LogMaker):
    n = log.add("note", "ann@example.org", text="later")
    log.heads[n + 1] = made.checkpoint_of(log.lines, NEXT_LOG_KEY, BOARD_KEY, time=1775347200)  # 2026-04-05
    found = found_in(log.write(tmp_path), asked_of(heads=[log.heads[n + 1]]))
    assert codes_of(found) == set()
    when = {one.entry: (one.not_before, one.not_after) for one in found.intervals}
    assert when[7] == (None, "2026-03-05T00:00:00Z")
    assert when[36] == ("2026-03-05T00:00:00Z", "2026-04-05T00:00:00Z")


def test_cosignatures_of_others_prove_nothing_and_are_listed(tmp_path: Path, log: LogMaker):
    found = found_in(log.write(tmp_path), asked_of(trust=LOG_KEY.text))
    assert {(one.not_before, one.not_after) for one in found.intervals} == {(None, None)}
    assert any("cosignatures of others" in one.message for one in found.listed)
