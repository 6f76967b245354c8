"""Writing files and folders: whole or not at all, also when the process dies at any step."""

import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from regdocs.atomic import (
    CannotWrite,
    place_tree,
    recover_tree,
    refuse_foreign,
    replace_tree,
    stage_folder,
    write_atomic,
)
from tests.crashes import dies_at, needs_fork

MARKER = "manifest.json"
OLD = {MARKER: b"old", "consent/en.pdf": b"old consent", "only-old.txt": b"x"}
NEW = {MARKER: b"new", "consent/en.pdf": b"new consent", "crf/en.pdf": b"new form"}


def fill(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# ------------------------------------------------------------------------------------------------------ one file


def test_a_file_is_written_and_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert content(tmp_path) == {"a.txt": b"two"}


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are other there")
def test_a_file_has_the_permissions_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_atomic(tmp_path / "a.txt", b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o644


def test_a_symbolic_link_is_refused_and_its_goal_left_alone(tmp_path: Path) -> None:
    (tmp_path / "goal.txt").write_bytes(b"mine")
    (tmp_path / "link.txt").symlink_to(tmp_path / "goal.txt")
    with pytest.raises(CannotWrite, match="symbolic link"):
        write_atomic(tmp_path / "link.txt", b"x")
    assert (tmp_path / "goal.txt").read_bytes() == b"mine"


def test_a_folder_in_the_place_of_the_file_is_refused_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(CannotWrite, match="cannot write"):
        write_atomic(tmp_path / "a", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="No such file"):
        write_atomic(tmp_path / "missing" / "a", b"x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def full(path: str, flags: int, mode: int = 0o777) -> int:
        return real("/dev/full", os.O_WRONLY)

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "open", full)
    with pytest.raises(CannotWrite, match="No space left"):
        write_atomic(tmp_path / "a", b"x")
    assert content(tmp_path) == {"a": b"old"}


# ------------------------------------------------------------------------------------------------------- a folder


def test_a_folder_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for files in (OLD, NEW):
        staged = stage_folder(out)
        fill(staged, files)
        replace_tree(staged, out, marker=MARKER)
        assert content(out) == files
        assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_may_be_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    staged = stage_folder(out)
    fill(staged, NEW)
    replace_tree(staged, out, marker=MARKER)
    assert content(out) == NEW


def test_a_folder_of_somebody_else_is_refused_and_stays(tmp_path: Path) -> None:
    thesis = tmp_path / "documents"
    fill(thesis, {"thesis.docx": b"years of work"})
    staged = stage_folder(thesis)
    fill(staged, NEW)
    with pytest.raises(CannotWrite, match="not our output"):
        replace_tree(staged, thesis, marker=MARKER)
    with pytest.raises(CannotWrite, match="not our output"):
        refuse_foreign(thesis, MARKER)
    assert content(thesis) == {"thesis.docx": b"years of work"}


def test_a_link_or_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(CannotWrite, match="symbolic link"):
        stage_folder(tmp_path / "link")
    with pytest.raises(CannotWrite, match="is a file"):
        stage_folder(tmp_path / "file")


@pytest.mark.parametrize("name", [".", "/", ".."])
def test_a_folder_without_a_name_of_its_own_is_refused(name: str) -> None:
    with pytest.raises(CannotWrite, match="name a folder in it"):
        stage_folder(Path(name))


def test_when_the_new_folder_cannot_be_moved_the_old_one_stands(tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, OLD)
    with pytest.raises(CannotWrite):
        replace_tree(tmp_path / ".out.staged-gone", out, marker=MARKER)
    assert content(out) == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_recovery_with_nothing_to_recover_changes_nothing(tmp_path: Path) -> None:
    assert recover_tree(tmp_path / "missing" / "out") is False
    fill(tmp_path / "out", OLD)
    fill(tmp_path / ".outlook", {"a": b"not ours"})
    assert recover_tree(tmp_path / "out") is False
    assert content(tmp_path / "out") == OLD
    assert content(tmp_path / ".outlook") == {"a": b"not ours"}


def test_a_folder_is_placed_where_nothing_is_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    staged = stage_folder(tmp_path / "a/clean")
    fill(staged, NEW)
    place_tree(staged, tmp_path / "a/clean")
    assert content(tmp_path / "a/clean") == NEW
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["clean"]


@pytest.mark.parametrize("there", ["folder", "empty folder", "file", "link that leads nowhere"])
def test_a_folder_is_never_placed_over_anything(tmp_path: Path, there: str) -> None:
    target = tmp_path / "clean"
    staged = stage_folder(target)
    fill(staged, NEW)
    if "folder" in there:
        target.mkdir()
        fill(target, {} if "empty" in there else OLD)
    elif there == "file":
        target.write_bytes(b"mine")
    else:
        target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(CannotWrite, match="not written over"):
        place_tree(staged, target)
    assert content(staged) == NEW


# --------------------------------------------------------------------------------------------------------- crashes


def crash_everywhere(work: Callable[[], None], prepare: Callable[[], None], look: Callable[[], None]) -> int:
    """Let `work` die before each of its disk calls in turn, and `look` each time; return how many steps there were."""
    step = 0
    while True:
        prepare()
        if not dies_at(step, work):
            return step
        look()
        step += 1


@needs_fork
def test_a_crash_at_any_step_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    path, seen = tmp_path / "a.txt", set()
    steps = crash_everywhere(
        lambda: write_atomic(path, b"new"),
        lambda: fill(tmp_path, {"a.txt": b"old"}),
        lambda: seen.add(path.read_bytes()),
    )
    assert steps >= 4
    assert seen == {b"old", b"new"}


@needs_fork
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_crash_at_any_step_leaves_the_old_folder_or_the_new_after_recovery(tmp_path: Path) -> None:
    out = tmp_path / "out"
    outcomes: list[str] = []

    def prepare() -> None:
        shutil.rmtree(out, ignore_errors=True)
        fill(out, OLD)

    def build() -> None:
        staged = stage_folder(out)
        fill(staged, NEW)
        replace_tree(staged, out, marker=MARKER)

    def look() -> None:
        put_back = recover_tree(out)
        state = content(out)
        assert state in (OLD, NEW)
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
        outcomes.append("put back" if put_back else "old" if state == OLD else "new")

    steps = crash_everywhere(build, prepare, look)
    assert steps == len(outcomes) > 12
    assert set(outcomes) == {"old", "put back", "new"}
    assert outcomes == sorted(outcomes, key=["old", "put back", "new"].index)


@needs_fork
def test_a_crash_during_recovery_is_recovered_too(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def prepare() -> None:
        shutil.rmtree(out, ignore_errors=True)
        fill(tmp_path / ".out.previous", OLD)
        fill(tmp_path / ".out.staged-1", NEW)

    def look() -> None:
        recover_tree(out)
        assert content(out) == OLD
        assert [path.name for path in tmp_path.iterdir()] == ["out"]

    def recover() -> None:
        recover_tree(out)

    assert crash_everywhere(recover, prepare, look) > 3
