"""`regdocs explain`, `schema` and `completion`: what helps a person to write."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.build.studies import REPOSITORY
from tests.cli.calling import PROGRAM, Call

PAGES = REPOSITORY / "docs/rules"


@pytest.mark.parametrize("rule", ["ELG-006", "elg-006", "YAML-001", "TPL-001"])
def test_a_rule_is_explained_by_its_page(call: Call, rule: str) -> None:
    said = call("explain", rule)
    assert said.code == 0 and said.out == (PAGES / f"{rule.upper()}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "said"), [("ELG-06", 'did you mean "ELG-00'), ("../../README", "lists them"), ("", "lists them")]
)
def test_an_unknown_rule_is_told_with_the_nearest_one(call: Call, wrong: str, said: str) -> None:
    answer = call("explain", wrong)
    assert (answer.code, answer.out) == (2, "") and said in answer.err


def test_without_a_rule_every_one_is_listed_with_severity_and_name(call: Call) -> None:
    said = call("explain")
    assert [line.split()[0] for line in said.out.splitlines()] == sorted(
        page.stem for page in PAGES.glob("*.md") if page.stem != "README"
    )
    assert "ELG-006     note     conditions joined by and/or" in said.out.splitlines()


def test_the_schema_is_printed_or_written(call: Call, tmp_path: Path) -> None:
    printed = call("schema")
    assert printed.code == 0 and "definitions" in json.loads(printed.out)
    assert call("-C", tmp_path, "schema", "--out", "protocol.schema.json").code == 0
    assert (tmp_path / "protocol.schema.json").read_text(encoding="utf-8") == printed.out


def test_a_schema_that_cannot_be_written_is_refused(call: Call, tmp_path: Path) -> None:
    said = call("-C", tmp_path, "schema", "--out", "missing/protocol.schema.json")
    assert said.code == 1 and not said.traceback


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_gets_lines_that_ask_regdocs(call: Call, shell: str) -> None:
    said = call("completion", shell)
    assert said.code == 0 and "_REGDOCS_COMPLETE" in said.out and f"{shell}_complete" in said.out


def test_an_unknown_shell_is_a_wrong_call(call: Call) -> None:
    said = call("completion", "tcsh")
    assert said.code == 2 and "powershell" in said.err


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("regdocs stat", "status"), ("regdocs check --fo", "--format"), ("regdocs check --format sa", "sarif")],
)
def test_what_is_typed_is_completed(typed: str, offered: str) -> None:
    program = ["-c", f"import sys; sys.argv[0] = 'regdocs'; {PROGRAM[2]}"]
    asked = {"_REGDOCS_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    done = subprocess.run([PROGRAM[0], *program], env=asked, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [f"plain,{offered}"]
