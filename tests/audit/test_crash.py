"""An append is cut short at every call to the system, and at every byte; nothing that was acknowledged is ever lost.

The calls are met twice: in this process, where the functions of `os` are replaced in a fork, and from outside by
`strace`, which sees what Python really asks of the system.
"""

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from regdocs.audit.append import LogFolder, NotConfirmed, append, create
from regdocs.errors import Refusal
from tests.audit.begun import AT, GENESIS, LOG, add, begin, bytes_of, entries_of, kinds_of, note
from tests.crashes import needs_fork

pytestmark = needs_fork

ROOT = Path(__file__).resolve().parent.parent.parent
LONG = "x" * 5000  # becomes an object, so that the writing of objects is met as well
CALLS = (
    "open",
    "read",
    "write",
    "lseek",
    "fstat",
    "stat",
    "lstat",
    "fsync",
    "ftruncate",
    "replace",
    "unlink",
    "mkdir",
    "close",
)

ACKNOWLEDGED, REFUSED, UNSURE, KILLED = 0, 1, 2, 9


class Armed:
    """Counts calls to the system and does harm at one of them, or from one of them on."""

    def __init__(self, step: int, harm: Callable[[], None], *, stays: bool = False) -> None:
        self._left, self._harm, self._stays = step, harm, stays
        self.met = False

    def arm(self) -> "Armed":
        import fcntl

        for name in CALLS:
            setattr(os, name, self._harmed(getattr(os, name)))
        fcntl.flock = self._harmed(fcntl.flock)  # type: ignore[assignment]
        return self

    def _harmed(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            self._left -= 1
            if self._left == 0 or (self._stays and self._left < 0):
                self.met = True
                self._harm()
            return real(*args, **kwargs)

        return call


def _killed() -> None:
    os._exit(KILLED)


def _refusing(number: int) -> Callable[[], None]:
    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    return refuse


HARMS = {
    "killed": (_killed, False),
    "EIO once": (_refusing(errno.EIO), False),
    "ENOSPC once": (_refusing(errno.ENOSPC), False),
    "EIO from then on": (_refusing(errno.EIO), True),
    "ENOSPC from then on": (_refusing(errno.ENOSPC), True),
}


def outcome_of(work: Callable[[], object], arm: Callable[[], Armed | None]) -> tuple[int, bool]:
    """How the work ends in a process of its own, and whether the harm was met; an error of ours fails the test."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        leave, tell = os._exit, os.write
        try:
            armed = arm()
            code = _ending(work)
        except BaseException as error:
            tell(writing, f"{type(error).__name__}: {error}".encode())
            leave(99)
        leave(code + (100 if armed and armed.met else 0))
    os.close(writing)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    assert code != 99, said
    return code % 100, code == KILLED or code >= 100


def _ending(work: Callable[[], object]) -> int:
    try:
        work()
    except NotConfirmed:
        return UNSURE
    except Refusal:
        return REFUSED
    return ACKNOWLEDGED


def _with_stray(folder: LogFolder) -> None:
    with folder.log.open("ab") as file:
        file.write(b'{"at":"2026-03-01T14:0')


def _forgetful(folder: LogFolder) -> None:
    folder.frontier.unlink()


def _as_it_is(folder: LogFolder) -> None:
    pass


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one: a process that dies leaves the same there as on a disk."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="regdocs-crash-") as folder:
        yield Path(folder)


def copied(begun: LogFolder, path: Path) -> LogFolder:
    shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(begun.path, path / "audit")
    return LogFolder(path / "audit")


def demand_whole(folder: LogFolder, outcome: int, before: list[str], added: list[str]) -> None:
    """What was acknowledged is there, what was refused is not, and the next append works and cleans up."""
    found = kinds_of(folder)
    allowed = {ACKNOWLEDGED: [before + added], REFUSED: [before]}.get(outcome, [before, before + added])
    assert found in allowed
    add(folder, "next")
    after = kinds_of(folder)
    assert after in ([*found, "next"], [*found, "recovered", "next"])
    assert folder.beyond() == 0
    for entry in entries_of(folder):
        if "object" in entry:
            assert len(folder.objects.get(entry["object"])) == entry["bytes"]


# ------------------------------------------------------------------------------------- every call, from the inside


@pytest.mark.slow
@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("state", [_as_it_is, _with_stray, _forgetful])
def test_append_cut_short_at_any_call_loses_nothing(quick: Path, state: Callable[[LogFolder], None], harm: str):
    begun = begin(quick / _made(quick, "begun"), "one")
    state(begun)
    added = ["recovered", "two", "three"] if state is _with_stray else ["two", "three"]
    for step in range(1, 400):
        folder = copied(begun, quick / "copy")
        outcome, met = _harmed_append(folder, step, harm)
        demand_whole(folder, outcome, ["genesis", "one"], _long_last(folder, added))
        if not met:
            assert outcome == ACKNOWLEDGED and step > 30
            return
    raise AssertionError("the append makes more calls than this test expects")


def _made(path: Path, name: str) -> str:
    (path / name).mkdir()
    return name


def _harmed_append(folder: LogFolder, step: int, harm: str) -> tuple[int, bool]:
    does, stays = HARMS[harm]

    def work() -> None:
        append(folder, [note("two"), note("three"), note(LONG)], signer=LOG, at=AT)

    return outcome_of(work, Armed(step, does, stays=stays).arm)


def _long_last(folder: LogFolder, added: list[str]) -> list[str]:
    """The texts, and last the reference by which the long one is written."""
    text = f'"{LONG}"'.encode()
    return [*added, str({"bytes": len(text), "object": hashlib.sha256(text).hexdigest()})]


@pytest.mark.slow
@pytest.mark.parametrize("harm", HARMS)
def test_log_whose_beginning_was_cut_short_can_be_begun(quick: Path, harm: str):
    does, stays = HARMS[harm]
    for step in range(1, 400):
        folder = LogFolder(quick / str(step) / "audit")
        folder.path.parent.mkdir()

        def work(folder: LogFolder = folder) -> None:
            create(folder, [GENESIS, note("one")], signer=LOG, at=AT)

        outcome, met = outcome_of(work, Armed(step, does, stays=stays).arm)
        if not folder.checkpoint.exists():
            assert outcome != ACKNOWLEDGED
            work()
        add(folder, "next")
        assert [kind for kind in kinds_of(folder) if kind != "recovered"] == ["genesis", "one", "next"]
        if not met:
            assert outcome == ACKNOWLEDGED and step > 20
            return
    raise AssertionError("beginning a log makes more calls than this test expects")


# ------------------------------------------------------------------------------------------------------- every byte


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["killed", "ENOSPC", "goes on"])
def test_short_write_cut_at_any_byte_loses_nothing(quick: Path, ending: str):
    begun = begin(quick / _made(quick, "begun"), "one")
    end = begun.log.stat().st_size
    add(copied(begun, quick / "whole"), "two", "three")
    whole = (quick / "whole" / "audit" / "log.jsonl").read_bytes()[end:]
    assert whole.count(b"\n") == 2
    # Only the killed process leaves what it wrote; for the others every few bytes do.
    for count in range(0, len(whole), 1 if ending == "killed" else 5):
        folder = copied(begun, quick / "copy")

        def work(folder: LogFolder = folder) -> None:
            add(folder, "two", "three")

        outcome, _ = outcome_of(work, lambda count=count: _short_writes(count, ending))  # type: ignore[misc]
        expected = {"killed": KILLED, "ENOSPC": REFUSED, "goes on": ACKNOWLEDGED}[ending]
        assert outcome == expected
        demand_whole(folder, outcome, ["genesis", "one"], ["two", "three"])


def _short_writes(count: int, ending: str) -> None:
    """Let the first write of this process take only so many bytes; then it ends, or the next write fails, or not."""
    real, writes = os.write, [0]

    def write(descriptor: int, data: bytes) -> int:
        writes[0] += 1
        if writes[0] == 1:
            written = real(descriptor, data[:count]) if count else 0
            if ending == "killed":
                os._exit(KILLED)
            if count:
                return written
            writes[0] += 1
        if writes[0] == 2 and ending == "ENOSPC":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, data)

    os.write = write  # type: ignore[assignment]


# -------------------------------------------------------------------------------------- every call, from the outside

_APPENDS = """
import sys
from pathlib import Path
from regdocs.audit.append import LogFolder
from regdocs.errors import Refusal
from tests.audit.begun import add
try:
    add(LogFolder(Path(sys.argv[1])), "two", "three")
except Refusal as error:
    print(type(error).__name__)
    sys.exit(2 if type(error).__name__ == "NotConfirmed" else 1)
"""
_TRACED = (
    "openat,read,write,lseek,newfstatat,fstat,lstat,fsync,ftruncate,rename,renameat,unlink,unlinkat,mkdir,close,flock"
)


def _strace() -> str | None:
    """Why strace cannot be used here, or None."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=none", "true"], capture_output=True, check=False)
    return None if done.returncode == 0 else "strace is not allowed to trace here"


def _traced(folder: LogFolder, trace: Path, inject: str | None = None) -> int:
    names = ("", "log.jsonl", "checkpoint", ".new", ".lock", ".frontier", ".starting")
    paths = [str(folder.path / name) for name in names]
    watched = [part for path in paths for part in ("-P", path)]
    harm = ["-e", f"inject={inject}"] if inject else []
    call = ["strace", "-f", "-qq", "-o", str(trace), *watched, "-e", f"trace={_TRACED}", *harm]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*call, sys.executable, "-c", _APPENDS, str(folder.path)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return KILLED if done.returncode in (-9, 137) else done.returncode


def _injections(trace: Path) -> Iterator[str]:
    """Each call of a run that went well, failing; those that change something also killed, and for want of space."""
    met: dict[str, int] = {}
    for call in re.findall(r"^\d+ +([a-z0-9]+)\(", trace.read_text(encoding="utf-8", errors="replace"), re.MULTILINE):
        met[call] = met.get(call, 0) + 1
        yield f"{call}:error=EIO:when={met[call]}"
        if call in ("openat", "write", "fsync", "ftruncate", "rename", "renameat", "unlink", "unlinkat"):
            yield f"{call}:signal=KILL:when={met[call]}"
            yield f"{call}:error=ENOSPC:when={met[call]}"


@pytest.mark.slow
@pytest.mark.skipif(_strace() is not None, reason=str(_strace()))
def test_append_cut_short_by_the_system_itself_loses_nothing(quick: Path):
    begun = begin(quick / _made(quick, "begun"), "one")
    folder = copied(begun, quick / "copy")
    assert _traced(folder, quick / "trace") == ACKNOWLEDGED
    injections = list(_injections(quick / "trace"))
    assert len(injections) > 60
    for inject in injections:
        folder = copied(begun, quick / "copy")
        outcome = _traced(folder, quick / "harmed", inject)
        assert outcome in (ACKNOWLEDGED, REFUSED, UNSURE, KILLED), inject
        demand_whole(folder, outcome, ["genesis", "one"], ["two", "three"])


def test_refusal_of_the_disk_leaves_every_file_as_it_was(tmp_path: Path):
    folder = begin(tmp_path, "one")
    before = bytes_of(folder)
    outcome, _ = outcome_of(lambda: add(folder, "two"), lambda: _short_writes(40, "ENOSPC"))
    assert outcome == REFUSED
    assert bytes_of(folder) == before


def test_each_thing_is_on_disk_before_what_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = begin(tmp_path, "y" * 5000)
    steps = _watched(monkeypatch)
    digest = hashlib.sha256(f'"{LONG}"'.encode()).hexdigest()
    add(folder, LONG)
    assert steps == [
        *("write .new", "fsync .new", f"replace {digest}.gz", "fsync objects"),
        *("write log.jsonl", "fsync log.jsonl"),
        *("write .new", "fsync .new", "replace checkpoint", "fsync audit"),
        "write .frontier",  # only remembered, so not brought to disk
    ]


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list that grows with each write, fsync and renaming, by the last part of the path."""
    steps: list[str] = []
    opens, names = os.open, dict[int, str]()

    def opened(path: str, *args: int) -> int:
        descriptor = opens(path, *args)
        names[descriptor] = Path(path).name
        return descriptor

    def seen(name: str, real: Callable[..., object], told: Callable[..., str]) -> None:
        def call(*args: object) -> object:
            steps.append(f"{name} {told(*args)}")
            return real(*args)

        monkeypatch.setattr(os, name, call)

    monkeypatch.setattr(os, "open", opened)
    seen("write", os.write, lambda descriptor, data: names[descriptor])
    seen("fsync", os.fsync, lambda descriptor: names[descriptor])
    seen("replace", os.replace, lambda new, path: Path(path).name)
    return steps
