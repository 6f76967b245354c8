"""The README's tour of the history, typed as it stands: each command ends with the exit code that the README says."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"


def commands() -> list[tuple[str, int]]:
    """Commands of the section, in order, with the exit code behind each (0 where none is said)."""
    section = README.read_text(encoding="utf-8").partition("### A tour of the history")[2].partition("\n## ")[0]
    text = "\n".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL)).replace("\\\n", " ")
    return [_command(line) for line in text.splitlines() if line.strip()]


def _command(line: str) -> tuple[str, int]:
    command, _, remark = line.partition("  #")
    code = re.match(r"\s*(\d+)\b", remark)
    return command.strip(), int(code[1]) if code else 0


@pytest.mark.slow
def test_each_command_of_the_tour_ends_as_the_readme_says(tmp_path: Path):
    home = tmp_path / "bin"
    home.mkdir()
    program = f"{shlex.quote(sys.executable)} -c 'from regdocs.cli.main import main; main()'"
    (home / "regdocs").write_text(f'#!/bin/sh\nexec {program} "$@"\n', encoding="utf-8")
    (home / "regdocs").chmod(0o755)
    environment = {**os.environ, "PATH": f"{home}:{os.environ['PATH']}", "REGDOCS_KEYS": str(tmp_path / "keys")}
    place, found = tmp_path, []
    for command, code in commands():
        if command.startswith("cd "):
            place = place / command[3:]
            continue
        ran = subprocess.run(command, shell=True, cwd=place, env=environment, capture_output=True, check=False)
        found.append((command, ran.returncode))
        assert ran.returncode == code, (command, ran.stdout.decode(), ran.stderr.decode())
    assert {code for _, code in found} == {0, 1, 3, 6, 9}


def test_the_tour_goes_from_release_to_a_forgery_that_is_found():
    said = " ".join(command for command, _ in commands())
    assert [word in said for word in ("release", "amend --record", "verify", "sed -i", "log --path")] == [True] * 5
