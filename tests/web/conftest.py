"""The page of the example, made once for all tests."""

import pytest

from tests.web.histories import EXAMPLE, logbook_at, page_of


@pytest.fixture(scope="session")
def page() -> str:
    return page_of(logbook_at(EXAMPLE))
