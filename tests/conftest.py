"""Fixtures for all tests: the folder of conformance data."""

import os
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The folder with other people's vectors and schemas; it is not part of the repository."""
    named = os.environ.get("REGDOCS_CONFORMANCE")
    folder = Path(named) if named else _REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("conformance data not here: set REGDOCS_CONFORMANCE to its folder")
    return folder
