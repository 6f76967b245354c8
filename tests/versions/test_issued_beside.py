"""Redlines and the documents of an amendment belong to the version that issued them, and lie where its entry says."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from regdocs.canonical import sha256_hex
from regdocs.versions.folders import demand_room, lay_down
from regdocs.versions.issued import DoesNotFit
from regdocs.versions.issued_beside import (
    companions_issued,
    files_issued,
    identities_of,
    redlines_of,
    unnamed_files,
)
from regdocs.versions.logbook import Logbook
from regdocs.versions.record import lay_out_again
from tests.build.studies import content
from tests.versions.filings import filed_log, tree, with_version

REDLINE: dict[str, Any] = {
    "kind": "consent",
    "site": "north",
    "language": "en",
    "version": "2.0",
    "date": "2026-05-20",
    "base": "1.0",
    "base_version": "1.0",
    "decisions": [6],
    "author": "Jane",
    "formats": ["pdf"],
}
SUMMARY = {"kind": "summary-of-changes", "language": "en", "version": "2.0", "date": "2026-05-20", "formats": ["pdf"]}
FILES = {"redline-from-1.0/consent/north/en.pdf": b"changes", "summary-of-changes/en.pdf": b"summary"}


def amended(study: Path, **more: Any) -> Logbook:
    own = {"redlines": [REDLINE], "companions": [SUMMARY], "files": FILES} | more
    return with_version(filed_log(study, "1.0"), "2.0", **own)


def test_a_redline_names_its_document_its_base_and_the_decisions(tmp_path: Path):
    log = amended(tmp_path / "study")
    [found] = redlines_of(log, log.version("2.0"))
    assert (found.stem, found.document) == ("redline-from-1.0/consent/north/en", "consent/north/en")
    assert (found.base, found.base_version, found.decisions, found.against) == ("1.0", "1.0", (6,), None)
    assert (found.source, found.files[0].sha256) == ("2.0", sha256_hex(b"changes"))
    assert found.tree == sha256_hex(tree(b"changes"))
    assert redlines_of(log, log.version("1.0")) == ()


def test_pages_of_a_redline_show_author_and_date_of_the_changes(tmp_path: Path):
    log = amended(tmp_path / "study")
    identities = identities_of(log, log.version("2.0"))
    redline = identities["redline-from-1.0/consent/north/en"]
    assert redline.revision is not None
    assert (redline.revision.author, redline.revision.date) == ("Jane", "2026-05-20T00:00:00Z")
    assert (redline.version, redline.date) == ("2.0", "2026-05-20")
    assert identities["summary-of-changes/en"].revision is None
    assert identities["consent/north/en"].revision is None


def test_what_a_version_names_is_all_that_it_may_issue(tmp_path: Path):
    log = amended(tmp_path / "study")
    assert unnamed_files(log, log.version("2.0")) == ()
    assert {one.path for one in files_issued(log, log.version("2.0"))} >= FILES.keys()
    assert [one.stem for one in companions_issued(log, log.version("2.0"))] == ["summary-of-changes/en"]
    other = amended(tmp_path / "other", redlines=[])
    assert unnamed_files(other, other.version("2.0")) == ("redline-from-1.0/consent/north/en.pdf",)


@pytest.mark.parametrize(
    "changes",
    [{"base": "0.9"}, {"formats": ["docx"]}, {"formats": []}, {"site": 3}, {"author": None}, {"language": "fr"}],
)
def test_a_redline_that_was_not_issued_does_not_fit(tmp_path: Path, changes: dict[str, Any]):
    log = amended(tmp_path / "study", redlines=[REDLINE | changes])
    with pytest.raises(DoesNotFit, match="redlines does not fit"):
        redlines_of(log, log.version("2.0"))


# ----------------------------------------------------------------------------------------------------------- folders


def test_redlines_are_laid_out_beside_the_clean_documents(tmp_path: Path):
    log = amended(tmp_path / "study")
    folder = lay_out_again(log, log.version("2.0"))
    issued = tmp_path / "study" / "issued" / "2.0"
    assert folder == issued / "clean"
    assert content(issued / "redline-from-1.0") == {"consent/north/en.pdf": b"changes"}
    assert set(content(issued / "clean")) == {
        "consent/north/en.pdf",
        "consent/south/en.pdf",
        "consent/south/vi.pdf",
        "protocol/en.pdf",
        "summary-of-changes/en.pdf",
    }


@pytest.mark.parametrize("lost", ["clean", "redline-from-1.0"])
def test_a_lost_folder_is_laid_out_again_and_the_other_stays(tmp_path: Path, lost: str):
    log = amended(tmp_path / "study")
    lay_out_again(log, log.version("2.0"))
    issued = tmp_path / "study" / "issued" / "2.0"
    before = content(issued)
    shutil.rmtree(issued / lost)
    stays = next(one for one in issued.iterdir())
    when = stays.stat().st_ino
    lay_out_again(log, log.version("2.0"))
    assert content(issued) == before and stays.stat().st_ino == when


def test_the_folder_of_clean_documents_comes_last(tmp_path: Path):
    (tmp_path / "issued/2.0").mkdir(parents=True)
    (tmp_path / "issued/2.0/clean").write_bytes(b"in the way")
    with pytest.raises(Exception, match="clean"):
        lay_down(tmp_path, "2.0", {"consent/en.pdf": b"x", "redline-from-1.0/consent/en.pdf": b"y"})
    assert content(tmp_path / "issued/2.0/redline-from-1.0") == {"consent/en.pdf": b"y"}


def test_a_folder_of_redlines_that_is_there_already_is_in_the_way(tmp_path: Path):
    (tmp_path / "issued/2.0/redline-from-1.0").mkdir(parents=True)
    with pytest.raises(Exception, match=r"redline-from-1\.0.* is there already"):
        demand_room(tmp_path, "2.0")
    demand_room(tmp_path, "3.0")
