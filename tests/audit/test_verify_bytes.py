"""Bytes of a log changed in every way: the right verdict, the line named, no traceback, little memory, little time."""

import contextlib
import json
import random
import shutil
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdocs.audit.state import NotAState, State
from regdocs.audit.trust import NotATrustFile, trust_in
from tests.audit import log_maker as made
from tests.audit.log_maker import LOG_KEY, ORIGIN, LogMaker, log_of_41_entries
from tests.audit.verifying import asked_of, check, codes_of, found_in

SAMPLE = 160


@pytest.fixture(scope="module")
def log() -> LogMaker:
    return log_of_41_entries()


@pytest.fixture(scope="module")
def study(log: LogMaker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study's folder, shared: each test writes the log it needs."""
    return log.write(tmp_path_factory.mktemp("study"))


@pytest.fixture(autouse=True)
def whole_again(log: LogMaker, study: Path) -> Iterator[None]:
    yield
    log.write(study)


def entry_at(log: LogMaker, place: int) -> int:
    """Which entry the byte belongs to, its LF included."""
    for n, line in enumerate(log.lines):
        place -= len(line) + 1
        if place < 0:
            return n
    raise AssertionError("no such byte")


def names_the_line(study: Path, log: LogMaker, n: int) -> None:
    """What was done at entry n ends in 1 or 3, and that entry, the one after it or a range that holds it is named."""
    found = found_in(study, asked_of(heads=[log.checkpoint()]))
    assert int(found.verdict) in (1, 3), found.faults
    named = {fault.entry for fault in found.faults if fault.verdict in (1, 8)}
    ranges = any(f"to {len(log.lines) - 1}" in fault.message for fault in found.faults)
    cut = any("its checkpoint covers" in fault.message for fault in found.faults)
    assert named & {n, n + 1} or (n == len(log.lines) - 1 and (ranges or cut)), (n, found.faults)


# ------------------------------------------------------------------------------------------------ every change of bytes


def flips(log: LogMaker) -> int:
    return 8 * sum(len(line) + 1 for line in log.lines)


@pytest.mark.slow
def test_a_sample_of_bit_flips_is_found_and_the_line_named(study: Path, log: LogMaker):
    every = random.Random(4).sample(range(flips(log)), SAMPLE)
    _flip(study, log, every)


@pytest.mark.full
@pytest.mark.parametrize("n", range(41))
def test_every_bit_flip_is_found_and_the_line_named(study: Path, log: LogMaker, n: int):
    first = 8 * sum(len(line) + 1 for line in log.lines[:n])
    _flip(study, log, range(first, first + 8 * (len(log.lines[n]) + 1)))


def _flip(study: Path, log: LogMaker, bits: "range | list[int]") -> None:
    whole = b"".join(line + b"\n" for line in log.lines)
    for bit in bits:
        (study / "audit" / "log.jsonl").write_bytes(made.flipped(whole, bit))
        names_the_line(study, log, entry_at(log, bit // 8))


@pytest.mark.slow
def test_a_sample_of_truncations_is_found(study: Path, log: LogMaker):
    whole = b"".join(line + b"\n" for line in log.lines)
    for size in random.Random(5).sample(range(len(whole)), 60):
        _truncate(study, log, whole, size)


@pytest.mark.full
@pytest.mark.parametrize("part", range(16))
def test_every_truncation_is_found(study: Path, log: LogMaker, part: int):
    whole = b"".join(line + b"\n" for line in log.lines)
    for size in range(part, len(whole), 16):
        _truncate(study, log, whole, size)


def _truncate(study: Path, log: LogMaker, whole: bytes, size: int) -> None:
    (study / "audit" / "log.jsonl").write_bytes(whole[:size])
    assert int(found_in(study, asked_of(heads=[log.checkpoint()])).verdict) == 3


@pytest.mark.parametrize("n", range(1, 41))
def test_deleted_doubled_swapped_and_rechained_lines_are_found(study: Path, log: LogMaker, n: int):
    made.write_lines(study, made.deleted(log.lines, n))
    names_the_line(study, log, n)
    if n < 40:  # what is put behind the last line counts for nothing
        made.write_lines(study, made.doubled(log.lines, n))
        names_the_line(study, log, n)
    made.write_lines(study, made.swapped(log.lines, n, n - 1))
    names_the_line(study, log, n - 1)
    made.write_lines(study, made.rechained(made.edited(log.lines, n, extra="edited")))
    found = found_in(study, asked_of(heads=[log.checkpoint()]))
    words = "look among entries 0 to 24" if n < 25 else "among entries 25 to 40"
    assert any(words in fault.message for fault in found.faults if fault.verdict == 1)
    assert int(found.verdict) == 1


@pytest.mark.parametrize("n", range(25, 41, 3))  # after the last signature of an act, which an edit before it breaks
def test_rechained_edit_that_the_logs_key_signed_is_a_fork_beside_a_head_from_outside(
    study: Path, log: LogMaker, n: int
):
    made.resign(study, made.rechained(made.edited(log.lines, n, extra="edited")))
    found = found_in(study, asked_of(heads=[log.checkpoint()]))
    assert int(found.verdict) == 4
    assert any("two different histories" in fault.cause for fault in found.faults)


def test_log_cut_and_signed_again_is_found_only_by_a_later_head_or_footer(study: Path, log: LogMaker):
    made.resign(study, log.lines[:40])
    check(study, {9})
    check(study, {3}, None, "the log's checkpoint only 40", asked_of(heads=[log.checkpoint()]))
    check(study, {3}, None, "a page shows 41 entries", asked_of(footers=[made.footer_of(log.lines)]))


def test_footer_of_another_history_is_altered(study: Path, log: LogMaker):
    other = made.footer_of(made.rechained(made.edited(log.lines, 30, text="x")))
    check(study, {1}, None, "among entries 25 to 40", asked_of(footers=[other]))
    check(study, set(), asked=asked_of(footers=[made.footer_of(log.lines[:9])]))


def test_converted_line_endings_are_named(study: Path, log: LogMaker):
    log_file = study / "audit" / "log.jsonl"
    log_file.write_bytes(log_file.read_bytes().replace(b"\n", b"\r\n"))
    found = found_in(study)
    assert {1, 8} <= codes_of(found)
    assert "line endings were converted" in found.faults[0].cause


# ------------------------------------------------------------------------------------------------------- no traceback


LINE = st.one_of(
    st.binary(max_size=80),
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=8).map(
        lambda value: json.dumps(value).encode()
    ),
)


@given(st.lists(LINE, max_size=6), st.integers(0, 40), st.binary(max_size=200))
@settings(max_examples=60)
def test_no_bytes_in_log_and_checkpoint_end_in_a_traceback(
    study: Path, log: LogMaker, lines: list[bytes], after: int, note: bytes
):
    made.write_lines(study, [*log.lines[:after], *lines, *log.lines[after:]])
    (study / "audit" / "checkpoint").write_bytes(note)
    assert codes_of(found_in(study)) & {1, 8}


@given(st.data())
@settings(max_examples=60)
def test_no_bytes_in_heads_objects_sealed_and_issued_end_in_a_traceback(
    study: Path, log: LogMaker, data: st.DataObject
):
    log.write(study)
    files = sorted(path for path in study.rglob("*") if path.is_file() and path.name != "log.jsonl")
    path = data.draw(st.sampled_from(files))
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:place] + data.draw(st.binary(min_size=1, max_size=20)) + whole[place:])
    assert codes_of(found_in(study)) & {1, 6, 7, 8}


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_as_trust_file_end_in_a_traceback(data: bytes):
    with contextlib.suppress(NotATrustFile):
        trust_in(data.decode("utf-8", "replace"), ORIGIN)


VALUE = st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.lists(st.integers(), max_size=2)


@given(st.data())
def test_no_state_ends_in_a_traceback(study: Path, log: LogMaker, data: st.DataObject):
    good = found_in(study, asked_of(heads=[log.checkpoint()])).state
    assert good is not None
    value = json.loads(good.to_bytes())
    place = value
    while isinstance(place, dict) and place and data.draw(st.booleans()):
        key = data.draw(st.sampled_from(sorted(place)))
        place[key], place = (data.draw(VALUE), None) if not isinstance(place[key], dict) else (place[key], place[key])
    if value != json.loads(good.to_bytes()):
        with pytest.raises(NotAState):
            State.parse(json.dumps(value).encode())


@given(st.binary(max_size=200) | VALUE.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_as_state_end_in_a_traceback(data: bytes):
    with pytest.raises(NotAState):
        State.parse(data)


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 60_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"n":' + b"9" * 60_000 + b"}",
        b'{"n":-' + b"9" * 4_400 + b"}",
        b'{"n":1e400}',
        b'{"n":NaN}',
        b'{"at":"' + b"9" * 60_000 + b'"}',
        b'{"do":["x"],"n":{}}',
        b"\xff" * 60_000,
        b"",
    ],
)
@pytest.mark.parametrize("n", [0, 20, 40])
def test_deep_huge_and_odd_lines_are_altered_lines(study: Path, log: LogMaker, line: bytes, n: int):
    made.write_lines(study, [*log.lines[:n], line, *log.lines[n + 1 :]])
    found = found_in(study)
    assert 1 in codes_of(found)
    assert n in {fault.entry for fault in found.faults if fault.verdict == 1}


# ------------------------------------------------------------------------------------------------------ time and memory


@pytest.mark.parametrize("before", [0, 20])
def test_line_of_a_gigabyte_is_refused_early(study: Path, log: LogMaker, before: int):
    made.write_lines(study, log.lines[:before])
    with open(study / "audit" / "log.jsonl", "r+b") as file:
        file.truncate(1 << 30)
    began = time.process_time()
    tracemalloc.start()
    found = found_in(study)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 8 in codes_of(found) and not codes_of(found) & {1, 3, 4}
    assert any(fault.entry == before and "65,536 bytes or more" in fault.message for fault in found.faults)
    assert time.process_time() - began < 2
    assert peak < 8 << 20


@pytest.mark.parametrize(("length", "codes"), [(65_534, {9}), (65_535, {8, 9})])
def test_line_is_under_65536_bytes_with_its_lf(study: Path, log: LogMaker, length: int, codes: set[int]):
    entry = {**json.loads(log.lines[-1]), "do": "note", "by": "ann@example.org", "n": 41, "extra": "", "text": "x"}
    del entry["of"], entry["note"]
    entry["prev"] = made.leaf_hash(log.lines[-1]).hex()
    entry["extra"] = "x" * (length - len(made.text_of(entry)))
    made.resign(study, [*log.lines, made.text_of(entry)])
    check(study, codes)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_log(tmp_path: Path):
    peaks = [_peak(tmp_path, entries) for entries in (5_000, 100_000)]
    assert peaks[1] < peaks[0] + (4 << 20), peaks
    assert peaks[1] < 16 << 20, peaks


def test_memory_grows_by_less_than_a_kilobyte_a_signature(tmp_path: Path):
    peaks = [_peak_of_signatures(tmp_path, count) for count in (200, 1_200)]
    assert peaks[1] - peaks[0] < 1_000 * 1_000, peaks


def _peak_of_signatures(tmp_path: Path, count: int) -> int:
    log = LogMaker()
    by = "ann@example.org"
    of = log.add("note", by, text="seen")
    start = len(log.lines)
    lines = list(log.lines)
    at = "2026-03-02T00:00:00Z"
    note = made.note_of(log.statement(of, by, "administrator", "review", at, {}), made.DemonstrationKey(f"{by}/k1"))
    own = {"do": "sign", "by": by, "at": at, "of": of, "note": note.decode()}
    for n in range(start, start + count):
        lines.append(made.text_of({**own, "n": n, "prev": made.leaf_hash(lines[-1]).hex()}))
    study = log.write(tmp_path / str(count))
    made.resign(study, lines, LOG_KEY)
    return _peak_of(study, len(lines))


def _peak(tmp_path: Path, entries: int) -> int:
    log = LogMaker()
    study = log.write(tmp_path / str(entries))
    own = {"do": "note", "by": "ann@example.org", "at": "2026-03-02T00:00:00Z", "text": "x" * 300}
    lines = list(log.lines)
    for n in range(len(lines), entries):
        lines.append(made.text_of({**own, "n": n, "prev": made.leaf_hash(lines[-1]).hex()}))
    made.resign(study, lines, LOG_KEY)
    del lines
    peak = _peak_of(study, entries)
    shutil.rmtree(study)
    return peak


def _peak_of(study: Path, entries: int) -> int:
    """Most bytes that one verification holds at once."""
    tracemalloc.start()
    found = found_in(study)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (codes_of(found), found.entries) == ({9}, entries)
    return peak


def test_faults_beyond_ten_thousand_are_counted_and_every_verdict_is_kept(tmp_path: Path):
    log = LogMaker()
    study = log.write(tmp_path)
    lines = [*log.lines, *(b"{}" for _ in range(10_100))]
    made.resign(study, lines, made.NEXT_LOG_KEY)
    found = found_in(study)
    assert codes_of(found) == {1, 6, 9}
    assert len(found.faults) < 10_010
    assert any("more faults are not printed" in one.message for one in found.listed)
