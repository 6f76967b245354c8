"""Packages of many and of large files: memory stays bounded, because nothing is read whole."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.build.studies import REPOSITORY

MEMORY = 300 * 1024 * 1024


def packed(folder: Path, sources: list[tuple[str, Path]]) -> dict[str, Any]:
    """What a process of its own says that packs these files, and verifies the package, which has no log."""
    (folder / "files.json").write_text(json.dumps([(path, str(source)) for path, source in sources]), "utf-8")
    command = [sys.executable, "-m", "tests.submission.packing", str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.mark.slow
def test_two_thousand_files_with_vietnamese_names_are_each_looked_at(tmp_path: Path):
    source = tmp_path / "one.pdf"
    source.write_bytes(b"%PDF" + b"x" * 20_000)
    said = packed(tmp_path, [(f"phiếu đồng ý/{number:04d} tiếng Việt.pdf", source) for number in range(2_000)])
    assert (said["files"], said["problems"]) == (2_001, [])
    assert not [one for one in said["told"] if "tiếng" in one] and said["peak"] < MEMORY


@pytest.mark.slow
def test_a_film_of_300_megabytes_is_packed_and_verified_in_pieces(tmp_path: Path):
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    said = packed(tmp_path, [("06 Other/film.mp4", film)])
    assert (said["files"], said["problems"]) == (2, []) and said["peak"] < MEMORY
