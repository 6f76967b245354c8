"""The cache of documents: it gives back what was put in, and nothing else."""

from pathlib import Path

import pytest

from regdocs.build.cache import FOLDER, MOST, Cache

KEY, OTHER = "a" * 64, "b" * 64


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    Cache(tmp_path).put([(KEY, b"%PDF one"), (OTHER, b"%PDF other")])
    assert Cache(tmp_path).get(KEY) == b"%PDF one"
    assert Cache(tmp_path).get("c" * 64) is None


@pytest.mark.parametrize("change", [b"", b"short", b"0" * 64 + b"%PDF forged"])
def test_bytes_that_are_not_those_written_are_not_taken(tmp_path: Path, change: bytes) -> None:
    Cache(tmp_path).put([(KEY, b"%PDF one")])
    (tmp_path / FOLDER / "cache" / KEY).write_bytes(change)
    assert Cache(tmp_path).get(KEY) is None


def test_links_are_neither_followed_nor_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    study = tmp_path / "study"
    study.mkdir()
    (study / FOLDER).symlink_to(outside)
    Cache(study).put([(KEY, b"%PDF one")])
    assert list(outside.iterdir()) == []


def test_no_more_than_the_newest_are_kept(tmp_path: Path) -> None:
    Cache(tmp_path).put((f"{number:064d}", b"x") for number in range(MOST + 5))
    assert len(list((tmp_path / FOLDER / "cache").iterdir())) == MOST


def test_a_study_that_cannot_be_written_to_has_no_cache_and_no_error(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file where the folder would be", encoding="utf-8")
    Cache(tmp_path).put([(KEY, b"x")])
    assert Cache(tmp_path).get(KEY) is None
