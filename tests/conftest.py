"""For all tests: the folder of conformance data, how many examples are drawn, and which files begin."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_REPOSITORY = Path(__file__).resolve().parent.parent

# A busy machine is no failure of ours: no deadline for one example, no complaint that drawing them took long.
settings.register_profile("full", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("full"), max_examples=20)
settings.load_profile("full")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the files with slow tests begin, so that no process is left alone with one of them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The folder with other people's vectors and schemas; it is not part of the repository."""
    named = os.environ.get("REGDOCS_CONFORMANCE")
    folder = Path(named) if named else _REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("conformance data not here: set REGDOCS_CONFORMANCE to its folder")
    return folder
