"""One small study, built once, and a copy of it for each test that changes something."""

import shutil
from pathlib import Path

import pytest

from tests.build.studies import build_study, write_study


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with its output; not to be changed."""
    folder = write_study(tmp_path_factory.mktemp("once") / "study")
    assert build_study(folder).manifest is not None
    return folder


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The small study without output."""
    return write_study(tmp_path / "study")


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """The small study with its output, to be changed."""
    shutil.copytree(built_once, tmp_path / "study", symlinks=True)
    return tmp_path / "study"
