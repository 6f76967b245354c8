"""`regdocs explain`, `schema` and `completion`: what helps a person to write."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.build.studies import REPOSITORY, WITHOUT_SECOND_SITE, protocol
from tests.cli.calling import PROGRAM, Call

PAGES = REPOSITORY / "docs/rules"
ALTERATION = """\
waivers:
  - id: shorter
    body: ethics-committee
    kind: alteration-of-consent
    citation: 45 CFR 46.116(f)
    reference: EX-2 (fictional)
    decided: 2026-01-10
    elements:
      - CR-c5
      - E6-q
    reason: It is small.
"""


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


# --------------------------------------------------------------------------------------------------------------- blocks


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "protocol.yaml").write_text(protocol(*WITHOUT_SECOND_SITE), encoding="utf-8")
    return tmp_path


def test_a_block_is_explained_by_template_line_marks_and_protocol_line(small: Path, call: Call) -> None:
    said = call("-C", small, "explain", "--block", "consent.facts.investigator")
    line = number_of("templates/consent/title.xml", 'id="consent.facts.investigator"')
    text = (small / "protocol.yaml").read_text(encoding="utf-8").splitlines()
    name = next(n for n, one in enumerate(text, start=1) if "name: Dr " in one)
    assert said.code == 0 and "a row of consent, site example-hospital" in said.out
    assert f"Written at templates/consent/title.xml:{line} (the template that came with regdocs)" in said.out
    assert "Marked VN-3 (Circular 45/2017/TT-BYT, Article 3(12)): The principal investigators." in said.out
    assert f"Prints /sites/example-hospital/investigator/name (protocol.yaml:{name}): Dr" in said.out
    assert "No board's alteration of consent touches it." in said.out


def test_a_line_to_sign_is_explained_by_its_rule_and_what_is_recorded(small: Path, call: Call) -> None:
    said = call("-C", small, "explain", "--block", "consent.signatures.participant")
    assert said.code == 0 and "Signature rule consent.participant (docs/signatures.md): Participant" in said.out
    assert "Here: a line stands" in said.out
    assert 'if "view.signatories.participant.line"' in said.out and "holds" in said.out


def test_an_absent_line_says_which_condition_leaves_it_out_and_where_that_is_recorded(call: Call) -> None:
    said = call("-C", REPOSITORY / "examples/demo-101", "explain", "--block", "consent.signatures.representative")
    assert said.code == 0 and "It does not stand there." in said.out
    assert 'Why: if "view.signatories.representative.line" (templates/consent/agreement.xml:' in said.out
    text = (REPOSITORY / "examples/demo-101/protocol.yaml").read_text(encoding="utf-8").splitlines()
    recorded = re.search(r"/consent/signatures/representative/line \(protocol.yaml:([0-9]+)\): never", said.out)
    assert recorded is not None and text[int(recorded[1]) - 1].strip() == "line: never"


def test_a_block_written_in_two_ways_names_the_way_that_was_taken(small: Path, call: Call) -> None:
    said = call("-C", small, "explain", "--block", "consent.risks-unknown")
    assert said.out.count("\nWritten at ") == 1 and said.out.count("\nNot written at ") == 1


def test_a_block_of_a_kind_that_the_study_has_not_is_explained(small: Path, call: Call) -> None:
    said = call("-C", small, "explain", "--block", "short-form.signatures.witness")
    assert said.code == 0 and 'could stand in "short-form", which this study has not' in said.out


def test_an_element_of_a_list_that_is_not_there_is_told_by_its_pattern(small: Path, call: Call) -> None:
    said = call("-C", small, "explain", "--block", "consent.risks.nobody-knows")
    assert said.code == 0 and '"consent.risks.…" is written for each one of a list' in said.out


def test_a_line_to_sign_may_be_named_by_the_first_letters_of_who_signs(small: Path, call: Call) -> None:
    whole = call("-C", small, "explain", "--block", "consent.signatures.representative")
    assert call("-C", small, "explain", "--block", "consent.signatures.lar") == whole and whole.code == 0
    assert "Signature rule consent.representative" in whole.out


@pytest.mark.parametrize(
    ("block", "near"),
    [("consent.signatures.representive", "consent.signatures.representative"), ("consent.cots", "consent.costs")],
)
def test_an_unknown_block_is_told_with_the_nearest(small: Path, call: Call, block: str, near: str) -> None:
    said = call("-C", small, "explain", "--block", block)
    assert (said.code, said.out) == (2, "") and f"did you mean {near}" in said.err


def test_a_board_s_alteration_that_touches_a_block_is_told(tmp_path: Path, call: Call) -> None:
    text = protocol(*WITHOUT_SECOND_SITE, ("regulation:\n", f"{ALTERATION}regulation:\n"))
    (tmp_path / "protocol.yaml").write_text(text, encoding="utf-8")
    said = call("-C", tmp_path, "explain", "--block", "consent.new.text")
    assert said.code == 0 and 'Why: the alteration "shorter" leaves out the element CR-c5.' in said.out
    assert 'The alteration "shorter" of a board leaves it out (E6-q).' in said.out


@pytest.mark.parametrize(
    "arguments", [("ELG-006", "--block", "consent.costs"), ("--site", "x"), ("--block", "a", "--site", "x")]
)
def test_calls_about_blocks_that_cannot_be_are_told(small: Path, call: Call, arguments: tuple[str, ...]) -> None:
    said = call("-C", small, "explain", *arguments)
    assert (said.code, said.out, said.traceback) == (2, "", False)


def number_of(name: str, words: str) -> int:
    lines = (REPOSITORY / name).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if words in line)
