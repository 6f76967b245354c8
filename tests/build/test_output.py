"""The output folder: never somebody else's, never half, and what others put there stays."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from regdocs.atomic import recover_tree
from regdocs.audit import not_for_use
from regdocs.build import lock
from regdocs.build.lock import only_build
from regdocs.build.manifest import FILE, Manifest
from regdocs.build.output import lay_out, refuse_output
from regdocs.errors import Refusal
from tests.build.studies import content
from tests.crashes import dies_at, needs_fork

MANIFEST = Manifest((), {"sha256": "0", "version": "1"}, True, 0, 0, {}, "d")
NEW = {"crf/en.pdf": b"new", "consent/site/en.pdf": b"new"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder of ours with one document."""
    lay_out(tmp_path / "out", {"crf/en.pdf": b"old"}, MANIFEST, ())
    return tmp_path / "out"


def lay(out: Path) -> None:
    lay_out(out, NEW, MANIFEST, ())


# ---------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "where", [".", "..", "../study", "templates", "templates/more", "audit", "issued/1", "current"]
)
def test_a_folder_that_holds_the_study_or_its_records_is_refused(tmp_path: Path, where: str) -> None:
    study = tmp_path / "study"
    study.mkdir()
    with pytest.raises(Refusal, match="choose a folder of its own"):
        refuse_output(study / where, study)


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.docx").write_bytes(b"years of work")
    with pytest.raises(Refusal, match="not our output"):
        refuse_output(tmp_path / "mine", tmp_path / "study")


def test_a_file_a_link_and_a_circle_of_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(Refusal, match="is a file"):
        refuse_output(tmp_path / "file", tmp_path / "study")
    with pytest.raises(Refusal, match="is a link"):
        refuse_output(tmp_path / "link", tmp_path / "study")
    with pytest.raises(Refusal, match="links lead nowhere"):
        refuse_output(tmp_path / "circle" / "out", tmp_path / "study")


def test_a_new_folder_an_empty_one_and_our_own_are_fine(tmp_path: Path, out: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "new/deep", tmp_path / "empty", out):
        refuse_output(folder, tmp_path / "study")


# ------------------------------------------------------------------------------------------- what others put there


def test_notes_of_other_people_are_carried_over_with_links_and_empty_folders(out: Path) -> None:
    (out / "notes").mkdir()
    (out / "notes/to do.txt").write_text("call the sponsor")
    (out / "crf/comments.txt").write_text("page 2")
    (out / "empty").mkdir()
    (out / "away").symlink_to("/somewhere/else")
    (out / "folder").symlink_to(out.parent)
    lay(out)
    found = content(out)
    assert found["notes/to do.txt"] == b"call the sponsor" and found["crf/comments.txt"] == b"page 2"
    assert found["away"] == b"-> /somewhere/else" and found["folder"] == b"-> " + str(out.parent).encode()
    assert (out / "empty").is_dir() and found["crf/en.pdf"] == b"new"


def test_a_pipe_that_somebody_put_there_does_not_let_us_wait(out: Path) -> None:
    os.mkfifo(out / "pipe")
    lay(out)
    assert stat.S_ISFIFO((out / "pipe").stat().st_mode)


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_file_or_link_where_a_folder_goes_is_refused_and_nothing_is_changed(out: Path, kind: str) -> None:
    elsewhere = out.parent / "elsewhere"
    elsewhere.mkdir()
    if kind == "file":
        (out / "consent").write_text("mine")
    else:
        (out / "consent").symlink_to(elsewhere)
    before = content(out.parent)
    with pytest.raises(Refusal, match="in the way"):
        lay(out)
    assert content(out.parent) == before


def test_a_folder_where_a_document_goes_is_refused(out: Path) -> None:
    (out / "consent/site/en.pdf").mkdir(parents=True)
    with pytest.raises(Refusal, match="move the folder away"):
        lay(out)


def test_removed_documents_go_and_their_empty_folder_with_them(out: Path) -> None:
    lay_out(out, {}, MANIFEST, ["crf/en.pdf"])
    assert content(out).keys() == {FILE, not_for_use.FILE} and not (out / "crf").exists()


# -------------------------------------------------------------------------------------------------- what goes wrong


def test_a_document_open_in_another_program_gives_a_plain_sentence(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    before = content(out.parent)
    monkeypatch.setattr(os, "rename", refuse)  # what Windows answers while a reader holds a file of the folder
    with pytest.raises(Refusal, match=r"Permission denied; .* open in another program: close it and build again"):
        lay(out)
    assert content(out.parent) == before


def test_a_full_disk_gives_a_plain_sentence_and_leaves_the_old_output(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    before = content(out.parent)
    for name in ("mkdir", "fsync", "link"):
        with monkeypatch.context() as patched:
            patched.setattr(os, name, full)
            if name == "link":
                (out / "note").write_text("mine")
                before = content(out.parent)
                patched.setattr(shutil, "copy2", full)
            with pytest.raises(Refusal, match="No space left"):
                lay(out)
        assert content(out.parent) == before


# ------------------------------------------------------------------------------------------------------------ crashes


@needs_fork
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_crash_at_any_step_leaves_the_old_output_or_the_new(tmp_path: Path) -> None:
    out, seen = tmp_path / "out", []
    for step in range(500):
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        lay_out(out, {"crf/en.pdf": b"old", "gone/en.pdf": b"old"}, MANIFEST, ())
        (out / "note.txt").write_text("mine")
        if not dies_at(step, lambda: lay_out(out, NEW, MANIFEST, ["gone/en.pdf"])):
            break
        recover_tree(out)
        found = content(out)
        assert found.pop("note.txt") == b"mine" and found.pop(FILE) == MANIFEST.to_bytes()
        assert found.pop(not_for_use.FILE) == not_for_use.TEXT
        assert found in ({"crf/en.pdf": b"old", "gone/en.pdf": b"old"}, NEW)
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
        seen.append(found == NEW)
    assert len(seen) > 20 and set(seen) == {False, True} and seen == sorted(seen)


# ------------------------------------------------------------------------------------------------ two builds at a time


def test_a_second_build_on_the_same_folder_is_refused_after_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.1)
    with only_build(tmp_path / "out"):
        with pytest.raises(Refusal, match="another build is writing"), only_build(tmp_path / "x" / ".." / "out"):
            pytest.fail("let in")
        with only_build(tmp_path / "other"):
            pass
    with only_build(tmp_path / "out"):
        pass


@needs_fork
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_lock_of_a_build_that_died_holds_nobody_up(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        with only_build(tmp_path / "out"):
            os._exit(9)
    os.waitpid(child, 0)
    with only_build(tmp_path / "out"):
        pass


def test_a_lock_file_that_is_a_link_is_refused_and_its_goal_keeps_its_content(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / ".out.lock").symlink_to(tmp_path / "mine.txt")
    with pytest.raises(Refusal, match="is a link"), only_build(tmp_path / "out"):
        pytest.fail("let in")
    assert (tmp_path / "mine.txt").read_text() == "mine"
