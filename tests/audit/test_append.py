"""Appending: what comes to stand in a log, and what is refused with the log left as it was."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from regdocs.audit import disk
from regdocs.audit.append import (
    HeadMoved,
    HeadRefused,
    LogFolder,
    Placed,
    RecordRefused,
    Rotation,
    append,
    create,
)
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.log_folder import LogBusy
from regdocs.audit.note import parse_note, verified
from regdocs.audit.tail import LogDisagrees
from regdocs.errors import Refusal
from tests.audit.begun import AT, GENESIS, LOG, ORIGIN, add, begin, bytes_of, entries_of, kinds_of, note
from tests.crashes import needs_fork

ROOT = Path(__file__).resolve().parent.parent.parent
no_windows = pytest.mark.skipif(sys.platform == "win32", reason="the system has no such files")


# ----------------------------------------------------------------------------------------------- what comes to stand


def test_each_append_gives_the_head_that_is_then_on_disk(tmp_path: Path):
    folder = begin(tmp_path, "one")
    head = add(folder, "two", "three")
    assert head == folder.head()
    assert head.size == 4
    assert kinds_of(folder) == ["genesis", "one", "two", "three"]


def test_a_record_may_be_told_the_place_and_leaf_of_the_one_before_it(tmp_path: Path):
    folder = begin(tmp_path)

    def second(placed: Placed) -> dict:
        before = placed.entries[-1]
        return note(f"{placed.n} at {placed.at} after {before.n} {before.leaf.hex()}")

    append(folder, [note("first"), second], signer=LOG, at=AT)
    leaf = hashlib.sha256(b"\0" + folder.line(1)).hexdigest()
    assert kinds_of(folder)[2] == f"2 at {AT} after 1 {leaf}"


def test_same_records_give_same_bytes(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a").mkdir()
    assert bytes_of(begin(tmp_path / "a", "one", "x" * 9000)) == bytes_of(begin(tmp_path / "b", "one", "x" * 9000))


def test_objects_are_kept_under_their_digest(tmp_path: Path):
    folder = begin(tmp_path)
    digest = hashlib.sha256(b"a page").hexdigest()
    append(folder, [note("names a page")], signer=LOG, at=AT, objects={digest: b"a page"})
    assert folder.objects.get(digest) == b"a page"


def test_long_value_becomes_an_object(tmp_path: Path):
    folder = begin(tmp_path)
    add(folder, "x" * 5000)
    text = entries_of(folder)[1]["text"]
    assert text["bytes"] == 5002
    assert json.loads(folder.objects.get(text["object"])) == "x" * 5000


def test_record_that_is_too_long_even_so_is_refused_and_nothing_is_written(tmp_path: Path):
    folder = begin(tmp_path)
    before = bytes_of(folder)
    record = {**note("many"), **{f"k{number}": "x" * 4000 for number in range(20)}}
    with pytest.raises(RecordRefused, match=r'entry 2 \("note"\) cannot be recorded'):
        append(folder, [note("x" * 5000), record], signer=LOG, at=AT)
    assert bytes_of(folder) == before


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"do": "note", "by": "jane.doe@example.org"}, '"text" is missing'),
        ({**note("a"), "n": 7}, "given by the append"),
        (note("bell \x07"), "control character"),
        ({**note("a"), "dose": 2.5}, "float"),
    ],
)
def test_record_that_can_be_no_entry_is_refused(tmp_path: Path, record: dict, reason: str):
    folder = begin(tmp_path)
    before = bytes_of(folder)
    with pytest.raises(RecordRefused, match=reason):
        append(folder, [record], signer=LOG, at=AT)
    assert bytes_of(folder) == before


def test_nothing_to_record_is_refused(tmp_path: Path):
    with pytest.raises(RecordRefused, match="nothing to record"):
        append(begin(tmp_path), [], signer=LOG, at=AT)


def test_another_head_than_expected_is_refused_and_both_are_named(tmp_path: Path):
    folder = begin(tmp_path, "one")
    with pytest.raises(HeadMoved, match=r"is 2, and 1 was expected"):
        append(folder, [note("late")], signer=LOG, at=AT, expected=1)
    append(folder, [note("in time")], signer=LOG, at=AT, expected=2)
    assert kinds_of(folder) == ["genesis", "one", "in time"]


# --------------------------------------------------------------------------------------------------------- the clock


def test_clock_set_back_is_recorded_and_the_last_time_goes_on(tmp_path: Path):
    folder = begin(tmp_path)
    add(folder, "late", at="2026-03-02T00:00:00Z")
    add(folder, "early", at="2026-03-01T00:00:00Z")
    clock, early = entries_of(folder)[2:]
    assert (clock["do"], clock["by"], clock["reads"]) == ("clock", "regdocs", "2026-03-01T00:00:00Z")
    assert early["at"] == clock["at"] == "2026-03-02T00:00:00Z"


def test_equal_times_need_no_word(tmp_path: Path):
    folder = begin(tmp_path, "one", "two")
    assert [entry["at"] for entry in entries_of(folder)] == [AT] * 3


def test_a_log_goes_on_after_the_last_second_of_year_9999(tmp_path: Path):
    folder = begin(tmp_path)
    add(folder, "last", at="9999-12-31T23:59:59Z")
    add(folder, "equal", at="9999-12-31T23:59:59Z")
    add(folder, "back")
    assert kinds_of(folder) == ["genesis", "last", "equal", "clock", "back"]


@pytest.mark.parametrize(
    "at", ["", "2026-03-01", "2026-02-30T00:00:00Z", "10000-01-01T00:00:00Z", "2026-03-01T00:00:00"]
)
def test_what_is_no_time_is_refused(tmp_path: Path, at: str):
    with pytest.raises(RecordRefused, match="not a time"):
        add(begin(tmp_path), "one", at=at)


# ---------------------------------------------------------------------------------------- what an interruption leaves


@pytest.mark.parametrize("stray", [b"\n", b'{"at":', b'{"do":"note"}\n' * 3, b"x" * 3_000_000])
def test_bytes_beyond_the_checkpoint_are_moved_aside_and_recorded(tmp_path: Path, stray: bytes):
    folder = begin(tmp_path, "one")
    with folder.log.open("ab") as file:
        file.write(stray)
    assert folder.beyond() == len(stray)
    add(folder, "next")
    recovered = entries_of(folder)[2]
    assert kinds_of(folder) == ["genesis", "one", "recovered", "next"]
    assert (recovered["bytes"], folder.objects.get(recovered["object"])) == (len(stray), stray)
    assert folder.beyond() == 0


def test_what_the_writer_remembers_may_be_absent_old_or_wrong(tmp_path: Path):
    folder = begin(tmp_path, "one")
    old = folder.frontier.read_bytes()
    for number, remembered in enumerate((None, old, b"", b"[]", b'{"before":{},"end":1}', b"\xff" * 20_000)):
        folder.frontier.unlink()
        if remembered is not None:
            folder.frontier.write_bytes(remembered)
        add(folder, f"after {number}")
    assert kinds_of(folder)[2:] == [f"after {number}" for number in range(6)]


def test_remembered_end_between_a_line_and_its_lf_is_not_believed(tmp_path: Path):
    folder = begin(tmp_path, "one")
    remembered = json.loads(folder.frontier.read_bytes())
    folder.frontier.write_text(json.dumps({**remembered, "end": remembered["end"] - 1}))
    add(folder, "two")
    assert kinds_of(folder) == ["genesis", "one", "two"]


@pytest.mark.parametrize("remembers", [True, False])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: data[:-1], "has 2 lines, and its checkpoint says 3"),
        (lambda data: data[: data.rindex(b"\n", 0, -1) + 1], "has 2 lines, and its checkpoint says 3"),
        (lambda data: data.replace(b"two", b"TWO"), "was changed"),
        (lambda data: data.replace(b"\n", b"\r\n"), "was changed"),
        (lambda data: b"", "has 0 lines"),
    ],
)
def test_log_that_disagrees_with_its_checkpoint_is_not_gone_on(
    tmp_path: Path, change: Callable[[bytes], bytes], words: str, remembers: bool
):
    folder = begin(tmp_path, "one", "two")
    if not remembers:
        folder.frontier.unlink()
    folder.log.write_bytes(change(folder.log.read_bytes()))
    before = bytes_of(folder)
    with pytest.raises(LogDisagrees, match=rf'{words}.*"regdocs verify"'):
        add(folder, "three")
    assert bytes_of(folder) == before


def test_early_line_that_was_altered_is_seen_when_the_log_is_read(tmp_path: Path):
    folder = begin(tmp_path, "one", "two")
    folder.frontier.unlink()
    folder.log.write_bytes(folder.log.read_bytes().replace(b"one", b"ONE"))
    with pytest.raises(LogDisagrees):
        add(folder, "three")


# ---------------------------------------------------------------------------------------------- checkpoint and keys


def test_key_of_another_log_is_refused(tmp_path: Path):
    folder = begin(tmp_path)
    with pytest.raises(HeadRefused, match="signed by another key"):
        append(folder, [note("a")], signer=demonstration_signer("regdocs.invalid/other/11111111"), at=AT)


def test_checkpoint_that_was_altered_is_not_gone_on(tmp_path: Path):
    folder = begin(tmp_path, "one")
    text = folder.checkpoint.read_bytes()
    folder.checkpoint.write_bytes(text.replace(b"\n2\n", b"\n1\n"))
    with pytest.raises(HeadRefused, match="is not its signature"):
        add(folder, "two")
    folder.checkpoint.write_bytes(b"nonsense")
    with pytest.raises(HeadRefused, match="regdocs verify"):
        add(folder, "two")


def test_log_without_a_checkpoint_is_neither_gone_on_nor_begun_anew(tmp_path: Path):
    folder = begin(tmp_path)
    folder.checkpoint.unlink()
    before = bytes_of(folder)
    with pytest.raises(HeadRefused, match="put it back"):
        add(folder, "one")
    with pytest.raises(Refusal, match="has lines and no checkpoint"):
        create(folder, [GENESIS], signer=LOG, at=AT)
    assert bytes_of(folder) == before


def test_new_log_key_takes_over_with_the_old_one_beside_it(tmp_path: Path):
    folder = begin(tmp_path)
    new = _Other(ORIGIN)
    record = {"do": "log-key", "by": "jane.doe@example.org", "key": new.key.text, "why": "the old one is worn"}
    with pytest.raises(HeadRefused):
        append(folder, [record], signer=new, at=AT)
    append(folder, [record], signer=new, at=AT, rotation=Rotation(also=(LOG,)))
    assert verified(parse_note(folder.checkpoint.read_bytes()), [new.key, LOG.key]) == (new.key, LOG.key)
    append(folder, [note("by the new key")], signer=new, at=AT)
    assert verified(parse_note(folder.checkpoint.read_bytes()), [new.key, LOG.key]) == (new.key,)


def test_lost_log_key_is_replaced_when_its_public_half_is_known(tmp_path: Path):
    folder = begin(tmp_path)
    new, admin = _Other(ORIGIN), demonstration_signer("jane.doe@example.org/k1")
    record = {"do": "log-key", "by": "jane.doe@example.org", "key": new.key.text, "why": "the old one is lost"}
    append(folder, [record], signer=new, at=AT, rotation=Rotation(also=(admin,), known=(LOG.key,)))
    assert verified(parse_note(folder.checkpoint.read_bytes()), [new.key, admin.key]) == (new.key, admin.key)


class _Other:
    """A second key with the same name."""

    def __init__(self, name: str) -> None:
        from regdocs.audit.ed25519 import public_of
        from regdocs.audit.note import ED25519, Key

        self._seed = b"\7" * 32
        self.key = Key(name, ED25519, public_of(self._seed))

    def sign(self, message: bytes) -> bytes:
        from regdocs.audit.ed25519 import sign

        return sign(self._seed, message)


# -------------------------------------------------------------------------------------------------------- the folder


def test_log_is_begun_once_and_with_its_genesis(tmp_path: Path):
    with pytest.raises(RecordRefused, match="begins with its genesis"):
        create(LogFolder(tmp_path / "audit"), [note("first")], signer=LOG, at=AT)
    folder = begin(tmp_path)
    with pytest.raises(Refusal, match="there is a log"):
        create(folder, [GENESIS], signer=LOG, at=AT)
    assert kinds_of(folder) == ["genesis"]


def test_without_a_log_the_remedy_is_named(tmp_path: Path):
    with pytest.raises(disk.NotThere, match='begun with "regdocs audit start"'):
        add(LogFolder(tmp_path / "audit"), "one")


def test_lines_are_read_up_to_the_checkpoint_and_by_number(tmp_path: Path):
    folder = begin(tmp_path)
    add(folder, *(f"text {number}" for number in range(2000)))
    with folder.log.open("ab") as file:
        file.write(b'{"planted":1}\n')
    lines = folder.log.read_bytes().split(b"\n")
    assert list(folder.lines()) == lines[:2001]
    assert list(folder.lines(700, 703)) == lines[700:703]
    assert [folder.line(n) for n in (2000, 0, 256, 255, 1999)] == [lines[n] for n in (2000, 0, 256, 255, 1999)]
    assert [LogFolder(folder.path).line(n) for n in (511, 512)] == lines[511:513]
    for n in (-1, 2001):
        with pytest.raises(Refusal, match="no entry"):
            folder.line(n)


def test_endless_line_is_cut_and_ends_the_reading(tmp_path: Path):
    folder = begin(tmp_path)
    with folder.log.open("ab") as file:
        file.truncate(1 << 30)  # without taking room on the disk
        file.seek(0, os.SEEK_END)
        file.write(b"\nnext\n")
    began = time.process_time()
    _, second = folder.lines(0, 99)
    assert len(second) == 65_536
    assert time.process_time() - began < 1


def test_heads_that_left_the_house_are_kept_once(tmp_path: Path):
    folder = begin(tmp_path)
    assert folder.keep_head() == 1
    add(folder, "one")
    assert (folder.keep_head(), folder.keep_head()) == (2, 2)
    assert folder.heads() == (1, 2)
    assert folder.kept_head(2) == folder.checkpoint.read_bytes()


def test_another_head_of_the_same_size_is_refused(tmp_path: Path):
    folder = begin(tmp_path, "one")
    (tmp_path / "fork").mkdir()
    fork = begin(tmp_path / "fork", "other")
    folder.keep_head()
    with pytest.raises(Refusal, match="another head of the same size"):
        folder.put_head(2, fork.checkpoint.read_bytes())


# ------------------------------------------------------------------------------------------------ odd files, no rights


def _symlink(path: Path, elsewhere: Path) -> None:
    elsewhere.write_bytes(path.read_bytes() if path.is_file() else b"")
    path.unlink(missing_ok=True)
    path.symlink_to(elsewhere)


def _hard_link(path: Path, elsewhere: Path) -> None:
    path.touch()
    os.link(path, elsewhere)


def _pipe(path: Path, elsewhere: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _folder(path: Path, elsewhere: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


@no_windows
@pytest.mark.parametrize("place", ["log.jsonl", "checkpoint", ".lock"])
@pytest.mark.parametrize(
    ("put", "words"),
    [(_symlink, "symbolic link"), (_hard_link, "second name"), (_pipe, "a pipe"), (_folder, "a folder")],
)
def test_odd_file_in_the_place_of_one_is_refused_without_waiting(
    tmp_path: Path, put: Callable[[Path, Path], None], words: str, place: str
):
    folder = begin(tmp_path, "one")
    put(folder.path / place, tmp_path / "elsewhere")
    before = bytes_of(folder)
    began = time.monotonic()
    with pytest.raises(disk.OddFile, match=words):
        add(folder, "two")
    assert time.monotonic() - began < 5
    assert bytes_of(folder) == before


@no_windows
@pytest.mark.parametrize("put", [_symlink, _pipe, _folder])
def test_odd_file_is_not_read_either(tmp_path: Path, put: Callable[[Path, Path], None]):
    folder = begin(tmp_path, "one")
    put(folder.log, tmp_path / "elsewhere")
    with pytest.raises(disk.OddFile):
        list(folder.lines())


@no_windows
@pytest.mark.parametrize("name", [".", "objects", "heads"])
def test_folder_by_way_of_a_link_is_refused(tmp_path: Path, name: str):
    folder = begin(tmp_path, "one")
    place = folder.path / name if name != "." else folder.path
    if place.exists():
        place.rename(tmp_path / "elsewhere")
    else:
        (tmp_path / "elsewhere").mkdir()
    place.symlink_to(tmp_path / "elsewhere")
    before = sorted(os.listdir(tmp_path / "elsewhere"))
    with pytest.raises(disk.OddFile, match="symbolic link"):
        add(folder, "x" * 5000)
        folder.keep_head()
    assert sorted(os.listdir(tmp_path / "elsewhere")) == before


@needs_fork
@pytest.mark.parametrize("what", ["folder", "log"])
def test_without_the_right_to_write_the_log_stays_as_it_was(what: str):
    with tempfile.TemporaryDirectory() as top:  # pytest's own folders are closed to other users
        os.chmod(top, 0o755)
        folder = begin(Path(top), "one")
        (folder.path / ".lock").chmod(0o666)
        for path in (folder.log, folder.checkpoint):
            path.chmod(0o444 if what == "log" else 0o666)
        folder.path.chmod(0o555 if what == "folder" else 0o777)
        before = bytes_of(folder)
        assert _said_by_nobody(lambda: add(folder, "two")).startswith("DiskRefuses cannot write")
        assert bytes_of(folder) == before
        folder.path.chmod(0o755)


def _said_by_nobody(work: Callable[[], object]) -> str:
    """What the work raises in a process without rights: root would be refused nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            work()
            said = "nothing"
        except BaseException as error:
            said = f"{type(error).__name__} {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        return pipe.read()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_file_that_may_not_grow_takes_part_of_a_line_and_loses_nothing(tmp_path: Path):
    import resource

    folder = begin(tmp_path, "one")
    before, size = bytes_of(folder), folder.log.stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, limits[1]))  # the system writes 100 bytes, then none
    try:
        with pytest.raises(disk.DiskRefuses, match="File too large"):
            add(folder, "x" * 2000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert bytes_of(folder) == before
    add(folder, "two")
    assert kinds_of(folder) == ["genesis", "one", "two"]


# -------------------------------------------------------------------------------------------------- several at a time


def test_second_writer_waits_and_is_then_refused(tmp_path: Path):
    folder = begin(tmp_path)
    with folder.locked(), pytest.raises(LogBusy, match="somebody else is writing"), folder.locked(0.05):
        pass
    add(folder, "one")


_FIFTY = """
import sys
from pathlib import Path
from regdocs.audit.append import LogFolder
from tests.audit.begun import add
for number in range(50):
    add(LogFolder(Path(sys.argv[1])), f"{sys.argv[2]}-{number}")
"""


@pytest.mark.slow
def test_eight_processes_with_fifty_entries_each_lose_none(tmp_path: Path):
    folder = begin(tmp_path)
    calls = [[sys.executable, "-c", _FIFTY, str(folder.path), str(number)] for number in range(8)]
    running = [subprocess.Popen(call, cwd=ROOT) for call in calls]
    assert [process.wait(timeout=120) for process in running] == [0] * 8
    texts = kinds_of(folder)[1:]
    assert len(texts) == 400
    for number in range(8):
        own = [text for text in texts if text.startswith(f"{number}-")]
        assert own == [f"{number}-{count}" for count in range(50)]
