"""The small study with its versions, and a package to look at or to change: a module has its own as `packed`."""

import shutil
from pathlib import Path

import pytest

from regdocs.audit.verification import Asked
from tests.submission.packages import outsider
from tests.versions.conftest import amended, amended_once, begun, released, released_once
from tests.versions.logs import opened

__all__ = ["amended", "amended_once", "begun", "released", "released_once"]


@pytest.fixture
def asked(packed: tuple[Path, Path, Path]) -> Asked:
    return outsider(opened(packed[0]))


@pytest.fixture
def folder(packed: tuple[Path, Path, Path], tmp_path: Path) -> Path:
    """A copy of the package's folder, to be changed."""
    return Path(shutil.copytree(packed[1], tmp_path / "package"))
