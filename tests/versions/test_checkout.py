"""Recorded versions laid out again: as they were issued, from the store alone, and it is said how."""

import json
import shutil
from pathlib import Path

import pytest

from regdocs.audit.store import ObjectDiffers, ObjectMissing
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.errors import Refusal
from regdocs.versions import checkout
from regdocs.versions.checkout import MARKER, check_out, restored
from regdocs.versions.preparation import Asked
from tests.build.studies import PATHS, content
from tests.versions.logs import opened
from tests.versions.releases import PRINTER, amend, clean_files, edit_for_amendment, of_the_study, release


def laid_out(study: Path, version: str, out: Path) -> dict[str, bytes]:
    check_out(opened(study), version, out, PRINTER)
    lying = content(out)
    assert lying.pop("NOT-FOR-USE.txt").startswith(b"NOT FOR USE")
    return {path.removeprefix("clean/"): data for path, data in lying.items() if path != MARKER}


@pytest.fixture(scope="session")
def trees_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with two versions of which only trees are kept."""
    from dataclasses import replace

    from tests.versions.releases import AMENDMENT, complete_study

    study = complete_study(tmp_path_factory.mktemp("trees") / "study")
    release(study, Asked("1.0", keep_bytes=False))
    edit_for_amendment(study)
    amend(study, replace(AMENDMENT, keep_bytes=False))
    return study


@pytest.fixture
def trees(trees_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(trees_once, tmp_path / "study"))


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_stored_bytes_are_laid_out_as_they_were_issued(amended: Path, tmp_path: Path, version: str):
    issued = clean_files(amended, version)
    shutil.rmtree(amended / "issued")
    assert laid_out(amended, version, tmp_path / "out") == issued


def test_nothing_of_the_working_copy_is_needed(amended: Path, tmp_path: Path):
    issued = clean_files(amended, "1.0")
    for name in ("issued", "templates"):
        shutil.rmtree(amended / name)
    (amended / "protocol.yaml").write_text("not even YAML: [", encoding="utf-8")
    assert laid_out(amended, "1.0", tmp_path / "out") == issued


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_from_kept_trees_come_the_bytes_that_would_have_been_kept(
    trees: Path, amended_once: Path, tmp_path: Path, version: str
):
    # The head on pages tells the logs apart, as `kept` stands in it; pages without one are the same.
    found = laid_out(trees, version, tmp_path / "out")
    assert of_the_study(found) == PATHS
    same = {path: data for path, data in clean_files(amended_once, version).items() if path.startswith("consent/")}
    assert {path: found[path] for path in same} == same
    listed = {one.path: one.how for one in restored(opened(trees), version, PRINTER)}
    assert set(listed.values()) == {"rendered"}


def test_it_is_said_that_another_tool_chain_was_used(trees: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checkout, "toolchain_bytes", lambda: canonical_json({"regdocs": "another"}))
    assert {one.how for one in restored(opened(trees), "1.0", PRINTER)} == {"rendered with another tool chain"}


def test_the_folder_says_what_it_is(amended: Path, tmp_path: Path):
    laid_out(amended, "2.0", tmp_path / "out")
    said = json.loads((tmp_path / "out" / MARKER).read_bytes())
    assert (said["format"], said["version"]) == ("regdocs.checkout/v1", "2.0")
    issued = {one["path"].removeprefix("clean/"): one for one in said["files"]}
    assert issued["crf/en.pdf"]["issued"] == "2.0" and issued["registry/en.pdf"]["issued"] == "1.0"
    for path, one in issued.items():
        assert one["sha256"] == sha256_hex((tmp_path / "out" / "clean" / path).read_bytes())


def test_a_version_that_is_not_recorded_is_refused(released: Path, tmp_path: Path):
    with pytest.raises(Refusal, match=r'no recorded version "9"; recorded are: 1\.0'):
        check_out(opened(released), "9", tmp_path / "out", PRINTER)
    assert not (tmp_path / "out").exists()


def test_bytes_that_are_gone_or_changed_are_told_and_nothing_is_laid_out(released: Path, tmp_path: Path):
    logbook = opened(released)
    digest = sha256_hex(clean_files(released, "1.0")["crf/en.pdf"])
    kept = logbook.folder.objects.path_of(digest)
    kept.write_bytes(b"another form")
    with pytest.raises(ObjectDiffers):
        check_out(logbook, "1.0", tmp_path / "out", PRINTER)
    kept.unlink()
    with pytest.raises(ObjectMissing):
        check_out(logbook, "1.0", tmp_path / "out", PRINTER)
    assert not (tmp_path / "out").exists()


def test_somebodys_folder_is_not_replaced_and_our_own_is(released: Path, tmp_path: Path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal, match="not our output"):
        check_out(opened(released), "1.0", own, PRINTER)
    before = laid_out(released, "1.0", tmp_path / "out")
    (tmp_path / "out/clean/crf/en.html").write_text("scribbled", encoding="utf-8")
    assert laid_out(released, "1.0", tmp_path / "out") == before


@pytest.mark.parametrize("place", ["issued/1.0/clean", "audit/out", ".", "templates"])
def test_no_checkout_lands_where_a_study_has_its_own(released: Path, place: str):
    before = content(released)
    with pytest.raises(Refusal):
        check_out(opened(released), "1.0", released / place, PRINTER)
    assert content(released) == before
