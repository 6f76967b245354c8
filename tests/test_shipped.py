"""Data that came with the program is found in a wheel and in a checkout."""

from pathlib import Path

import pytest

from regdocs import shipped as module
from regdocs.errors import EnvironmentLacks
from regdocs.shipped import shipped


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "regdocs").mkdir()
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(module, "_PACKAGE", tmp_path / "regdocs")
    return tmp_path


def test_checkout_has_it_at_its_top(checkout: Path):
    assert shipped("templates") == checkout / "templates"


def test_package_goes_before_the_checkout_around_it(checkout: Path):
    (checkout / "regdocs/_shipped/templates").mkdir(parents=True)
    assert shipped("templates") == checkout / "regdocs/_shipped/templates"


def test_name_may_go_deeper(checkout: Path):
    (checkout / "templates/consent").mkdir()
    assert shipped("templates/consent") == checkout / "templates/consent"


def test_missing_data_is_told_with_a_remedy(checkout: Path):
    with pytest.raises(EnvironmentLacks, match=r'lacks "examples".*Install it again'):
        shipped("examples")
