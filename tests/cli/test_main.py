"""The command line as a whole: help, exit codes, folders, and what it loads to say a word."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from regdocs import __version__
from tests.build.studies import SHORT, change
from tests.cli.calling import Call, run

COMMANDS = ("init", "check", "build", "status", "explain", "schema", "completion", "doctor")
OPTIONS = {
    "init": ["--example"],
    "check": ["--format", "--json", "--out", "--strict", "--quiet"],
    "build": ["--out", "--only", "--site", "--final", "--json", "--dry-run", "--strict"],
    "status": ["--out"],
    "explain": [],
    "schema": ["--out"],
    "completion": ["bash", "zsh", "fish", "powershell"],
    "doctor": [],
}


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_lists_every_command_and_the_exit_codes(call: Call, flag: str) -> None:
    said = call(flag)
    assert said.code == 0 and all(re.search(rf"^  {command} ", said.out, re.MULTILINE) for command in COMMANDS)
    assert "0 fine" in said.out and "69" in said.out and "70" in said.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_its_options(call: Call, command: str) -> None:
    said = call(command, "--help")
    assert said.code == 0 and all(option in said.out for option in OPTIONS[command])
    first = said.out.split("\n\n")[1].strip()
    assert first.endswith(".") and len(first) > 30


def test_the_version_is_told(call: Call) -> None:
    assert __version__ in call("--version").out


def test_no_command_shows_the_help_and_counts_as_a_wrong_call(call: Call) -> None:
    said = call()
    assert said.code == 2 and "build" in said.out + said.err


@pytest.mark.parametrize(
    ("wrong", "said"), [("biuld", 'Did you mean "build"?'), ("statu", 'Did you mean "status"?'), ("xyz", "init, check")]
)
def test_an_unknown_command_is_told_with_the_nearest_one(call: Call, wrong: str, said: str) -> None:
    answer = call(wrong)
    assert (answer.code, answer.traceback) == (2, False) and said in answer.err


@pytest.mark.parametrize("arguments", [["build", "--nope"], ["check", "more"], ["init"], ["-C"], ["build", "--only"]])
def test_a_wrong_call_gives_2(call: Call, arguments: list[str]) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.traceback) == (2, False) and answer.err


# ------------------------------------------------------------------------------------------------------------ folders


@pytest.mark.parametrize("command", ["check", "build", "status"])
def test_outside_a_study_the_way_in_is_told(call: Call, tmp_path: Path, command: str) -> None:
    said = call("-C", tmp_path, command)
    assert said.code == 2 and "regdocs init" in said.err and not said.traceback


@pytest.mark.parametrize("command", ["check", "build", "status", "init"])
def test_a_folder_that_is_not_there_is_told(call: Call, study: Path, command: str) -> None:
    said = call("-C", study / "missing", command, *(["x"] if command == "init" else []))
    assert said.code == 2 and "there is no folder" in said.err
    assert not (study / "missing").exists()


def test_the_study_is_found_from_a_folder_inside_it(call: Call, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study / "templates" / "crf")
    assert call("check").code == 0
    assert call("-C", study / "templates", "status").out.startswith(f"Study: {study}\n")


# ------------------------------------------------------------------------------------------------- what start-up loads

_HEAVY = {"weasyprint", "docx", "jinja2", "cryptography", "pint", "ucumvert", "lark"}


def loaded(*arguments: str | Path) -> set[str]:
    """Return the modules that a call has loaded when it ends."""
    code = (
        "import sys\nfrom regdocs.cli.main import main\nsys.argv = ['regdocs', *sys.argv[1:]]\n"
        "try: main()\nexcept SystemExit as end: assert end.code == 0\n"
        "print('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines())


def test_help_loads_nothing_heavy_and_not_the_model() -> None:
    found = loaded("--help")
    assert not found & (_HEAVY | {"pydantic", "yaml", "lxml", "fontTools", "filelock"})
    assert "click" in found


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_loads_nothing_heavy_and_not_the_model(command: str) -> None:
    assert not loaded(command, "--help") & (_HEAVY | {"pydantic", "fontTools"})


def test_status_loads_nothing_heavy(study: Path) -> None:
    assert not loaded("-C", study, "status") & _HEAVY


@pytest.mark.slow
def test_status_of_a_built_study_loads_nothing_heavy(study: Path, call: Call) -> None:
    assert call("-C", study, "build", "--only", "registry").code == 0
    assert not loaded("-C", study, "status") & _HEAVY


# ------------------------------------------------------------------------------------------------------------- colours


def test_output_that_is_not_a_terminal_has_no_colours(call: Call, study: Path) -> None:
    change(study, (SHORT, "    shrot: x\n"))
    assert "\x1b" not in call("-C", study, "check").out


@pytest.mark.parametrize(("no_color", "coloured"), [(None, True), ("", True), ("1", False)])
def test_a_terminal_gets_colours_unless_no_color_is_set(study: Path, no_color: str | None, coloured: bool) -> None:
    pty = pytest.importorskip("pty")
    change(study, (SHORT, "    shrot: x\n"))
    code = (
        "import os, sys, pty\n"
        "os.environ.pop('NO_COLOR', None)\n"
        f"no_color = {no_color!r}\n"
        "if no_color is not None: os.environ['NO_COLOR'] = no_color\n"
        "pty.spawn([sys.executable, '-c', 'from regdocs.cli.main import main; main()', '-C', sys.argv[1], 'check'])\n"
    )
    assert pty is not None
    done = subprocess.run(
        [sys.executable, "-c", code, str(study)], capture_output=True, stdin=subprocess.DEVNULL, check=True
    )
    assert (b"\x1b[" in done.stdout) is coloured and b"error[" in done.stdout


def test_a_text_that_would_command_the_terminal_is_shown_as_codes(call: Call, study: Path) -> None:
    change(study, (SHORT, '    short: "a \\e[2J \\u202e b"\n'))
    said = call("-C", study, "check")
    assert "\x1b" not in said.out and "\u202e" not in said.out


def test_a_reader_that_has_gone_gets_no_traceback(study: Path) -> None:
    change(study, (SHORT, "    shrot: x\n"))
    command = f"{sys.executable} -c 'from regdocs.cli.main import main; main()' -C {study} check | true"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_a_fault_of_ours_is_said_to_be_ours(study: Path) -> None:
    """The one broad catch: whatever was not foreseen ends with 70, what a report needs, and a plain last line."""
    code = (
        "import sys, regdocs.build.study as s\n"
        "def broken(*args): raise ZeroDivisionError('unforeseen')\n"
        "s.read_inputs = broken\nfrom regdocs.cli.main import main\n"
        "sys.argv = ['regdocs', '-C', sys.argv[1], 'check']\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code, str(study)], capture_output=True, text=True, check=False)
    assert done.returncode == 70 and "a fault of regdocs itself" in done.stderr.splitlines()[-1]


def test_words_of_other_languages_survive_a_plain_locale(study: Path) -> None:
    change(study, (SHORT, '    short: "TODO: Tên ngắn ≥ 3"\n'))
    said = run("-C", study, "check", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PATH": ""}, encoding="utf-8")
    assert said.code == 0 and "Tên ngắn ≥ 3" in said.out
