"""The README's tours of history and amendment, typed as they stand: each command ends as the README says."""

import io
import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.versions.releases import ABOUT

CHANGED = ("consent", "parental-permission")  # the forms that show the address which the tour changes
README = Path(__file__).parents[2] / "README.md"


HISTORY, AMENDMENT = "### A tour of the history", "### A tour of an amendment"


def commands(title: str) -> list[tuple[str, int]]:
    """Commands of the section, in order, with the exit code behind each (0 where none is said)."""
    section = re.split(r"\n##", README.read_text(encoding="utf-8").partition(title)[2])[0]
    text = "\n".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL)).replace("\\\n", " ")
    return [_command(line) for line in text.splitlines() if line.strip()]


def _command(line: str) -> tuple[str, int]:
    command, _, remark = line.partition("  #")
    code = re.match(r"\s*(\d+)\b", remark)
    return command.strip(), int(code[1]) if code else 0


def typed(title: str, tmp_path: Path) -> Path:
    """Type the commands of a section, see how each ends, and return the folder in which the last one was typed."""
    home = tmp_path / "bin"
    home.mkdir()
    program = f"{shlex.quote(sys.executable)} -c 'from regdocs.cli.main import main; main()'"
    (home / "regdocs").write_text(f'#!/bin/sh\nexec {program} "$@"\n', encoding="utf-8")
    (home / "regdocs").chmod(0o755)
    environment = {**os.environ, "PATH": f"{home}:{os.environ['PATH']}", "REGDOCS_KEYS": str(tmp_path / "keys")}
    place = tmp_path
    for command, code in commands(title):
        if command.startswith("cd "):
            place = place / command[3:]
            continue
        ran = subprocess.run(command, shell=True, cwd=place, env=environment, capture_output=True, check=False)
        assert ran.returncode == code, (command, ran.stdout.decode(), ran.stderr.decode())
    return place


@pytest.mark.slow
def test_each_command_of_the_tour_of_the_history_ends_as_the_readme_says(tmp_path: Path):
    typed(HISTORY, tmp_path)
    assert {code for _, code in commands(HISTORY)} == {0, 1, 3, 6, 9}


@pytest.mark.slow
def test_the_tour_of_an_amendment_issues_clean_documents_redlines_and_a_summary(tmp_path: Path):
    issued = typed(AMENDMENT, tmp_path) / "issued/4.0"
    forms = {kind: {f"{kind}/north/en.{form}" for form in ("pdf", "docx", "html")} for kind in CHANGED}
    assert set().union(*forms.values()) == files_in(issued / "redline-from-3.1")
    clean = files_in(issued / "clean")
    assert {path for path in clean if path.partition("/")[0] not in ABOUT} == set().union(*forms.values())
    assert "summary-of-changes/en.docx" in clean
    page = (issued / "redline-from-3.1/consent/north/en.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(page)) as word:
        text = word.read("word/document.xml").decode()
    assert re.search(r'<w:ins [^>]*w:author="Robin Demo \(fictional\)" w:date="2026-11-09T00:00:00Z"', text)


def files_in(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}


def test_the_tour_goes_from_release_to_a_forgery_that_is_found():
    said = " ".join(command for command, _ in commands(HISTORY))
    assert [word in said for word in ("release", "amend --record", "verify", "sed -i", "log --path")] == [True] * 5
