"""The second verifier of packages, which needs Python alone: it agrees with the first on good and on changed ones."""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from regdocs.audit.verification import Asked
from regdocs.versions.people import trust_text
from tests.build.studies import REPOSITORY
from tests.submission.packages import INITIAL, laid, outsider, recorded, verified
from tests.versions.logs import opened

SCRIPT = REPOSITORY / "regdocs" / "audit" / "standalone_package.py"
SAMPLE = 60
second: Any = importlib.import_module("regdocs.audit.standalone_package")


@pytest.fixture(scope="module")
def study(amended_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The amended study with two packages, the second of which goes on from the first."""
    found = Path(shutil.copytree(amended_once, tmp_path_factory.mktemp("second") / "study"))
    recorded(found, INITIAL, profile="utah")
    laid(found, found.parent / "out", recorded(found))
    return found


@pytest.fixture(scope="module")
def held(study: Path) -> tuple[str, list[str]]:
    """What an outsider holds: a trust file, and the newest head."""
    book, trust, head = opened(study), study.parent / "trust.txt", study.parent / "head.note"
    trust.write_text(trust_text(book, persons=False), "utf-8")
    head.write_bytes(book.folder.head_note() or b"")
    return str(trust), [str(head)]


@pytest.fixture
def folder(study: Path, tmp_path: Path) -> Path:
    """A copy of the package's folder, to be changed."""
    return Path(shutil.copytree(study.parent / "out" / "package", tmp_path / "package"))


@pytest.fixture
def asked(study: Path) -> Asked:
    return outsider(opened(study))


def code(folder: Path, held: tuple[str, list[str]]) -> int:
    found: int = second.verified(str(folder), *held)[0]
    return found


def test_a_good_package_holds_for_both(folder: Path, held: tuple[str, list[str]], asked: Asked):
    assert second.verified(str(folder), *held)[0] == 0, second.verified(str(folder), *held)
    assert verified(folder, asked).holds
    assert code(folder, (held[0], [])) == 9


def test_a_package_with_a_boards_pages_holds_and_names_them(study: Path, held: tuple[str, list[str]]):
    folder, _ = laid(study, study.parent / "utah", recorded(study, INITIAL, profile="utah"))
    found, lines = second.verified(str(folder), *held)
    # Its log ends with the first package; the head from outside is of the second.
    assert found == 3 and any("printed for this package alone" in one for one in lines)
    assert code(folder, (held[0], [str(folder / "log" / "checkpoint")])) == 0


def test_both_tell_each_sampled_byte_that_changed(folder: Path, held: tuple[str, list[str]], asked: Asked):
    random = Random(7)
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    for place in random.choices(files, k=SAMPLE):
        good = place.read_bytes()
        at = random.randrange(len(good))
        place.write_bytes(good[:at] + bytes([good[at] ^ 1 << random.randrange(8)]) + good[at + 1 :])
        if place.name != "package.tlog-proof":  # it says in short what the lines say, and is left aside by hand
            assert code(folder, held) != 0, (place.name, at)
        assert not verified(folder, asked).holds, (place.name, at)
        place.write_bytes(good)
    assert code(folder, held) == 0


@pytest.mark.parametrize("name", ["MANIFEST.json", "HOW-TO-VERIFY.txt", "log/checkpoint", "log/log.jsonl"])
def test_both_miss_a_file_that_was_taken_away(folder: Path, held: tuple[str, list[str]], asked: Asked, name: str):
    (folder / name).unlink()
    assert code(folder, held) != 0 and not verified(folder, asked).holds


def test_both_tell_what_was_put_in(folder: Path, held: tuple[str, list[str]], asked: Asked):
    for name in ("extra.pdf", "log/extra", "log/lists/" + "0" * 64):
        (folder / name).write_bytes(b"x")
        assert code(folder, held) == 7 and 7 in verified(folder, asked).codes
        (folder / name).unlink()


def test_it_runs_as_a_program_without_anything_of_ours(study: Path, held: tuple[str, list[str]], tmp_path: Path):
    for name in ("standalone_package.py", "standalone_verify.py"):
        shutil.copyfile(SCRIPT.with_name(name), tmp_path / name)
    package = study.parent / "out" / "package"
    call: list[str | Path] = [sys.executable, "-I", tmp_path / "standalone_package.py", package]
    done = subprocess.run(
        [*call, "--trust", held[0], "--head", held[1][0]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "Exit code 0" in done.stdout, done.stderr
    wrong = subprocess.run([*call, "--trust", tmp_path / "none"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2 and "Traceback" not in wrong.stderr


def test_proofs_in_place_of_the_log_are_refused_in_a_line(study: Path, held: tuple[str, list[str]], tmp_path: Path):
    folder, _ = laid(study, tmp_path, recorded(study), proofs_only=True)
    call: list[str | Path] = [sys.executable, SCRIPT, folder, "--trust", held[0]]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "proofs in place of the log" in done.stderr
