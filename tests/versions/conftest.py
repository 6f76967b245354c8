"""A study with one recorded version and one with two, recorded once; each test works on a copy."""

import shutil
from pathlib import Path

import pytest

from tests.versions.releases import amend, complete_study, edit_for_amendment, release


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """The small study with a log and nothing released."""
    return complete_study(tmp_path / "study")


@pytest.fixture(scope="session")
def released_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = complete_study(tmp_path_factory.mktemp("released") / "study")
    release(study)
    return study


@pytest.fixture(scope="session")
def amended_once(released_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = tmp_path_factory.mktemp("amended") / "study"
    shutil.copytree(released_once, study)
    edit_for_amendment(study)
    amend(study)
    return study


@pytest.fixture
def released(released_once: Path, tmp_path: Path) -> Path:
    """The small study after its release, to be changed."""
    return Path(shutil.copytree(released_once, tmp_path / "study"))


@pytest.fixture
def amended(amended_once: Path, tmp_path: Path) -> Path:
    """The small study after one amendment, to be changed."""
    return Path(shutil.copytree(amended_once, tmp_path / "study"))
