"""A study to work on and a way to call the command line."""

from pathlib import Path

import pytest

from tests.build.studies import write_study
from tests.cli.calling import Call, call_of


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call `regdocs` with arguments; returns exit code, output and errors."""
    return call_of(monkeypatch, capsys)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The small study without output."""
    return write_study(tmp_path / "study")
