"""Calls of the command line: within this process, which is quick, or in one of its own, as people call it."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from regdocs.cli.main import main

PROGRAM = [sys.executable, "-c", "from regdocs.cli.main import main; main()"]


@dataclass(frozen=True)
class Said:
    """What a call said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def traceback(self) -> bool:
        return "Traceback" in self.out + self.err


Call = Callable[..., Said]


def call_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that calls `regdocs` with these arguments in this process."""

    def call(*arguments: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["regdocs", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Said(end.value.code, said.out, said.err)

    return call


def run(*arguments: str | Path, cwd: Path | None = None, timeout: float = 120, **options: Any) -> Said:
    """Call `regdocs` in a process of its own."""
    command = [*PROGRAM, *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=timeout, check=False, **options)
    return Said(done.returncode, done.stdout, done.stderr)
