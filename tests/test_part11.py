"""The page on Part 11, Annex 11 and E6(R3) names commands and tests that exist, and claims no compliance."""

import re
from pathlib import Path

import pytest

from tests.cli.test_documented_commands import problem_of, words_of

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "part11.md"
COLUMNS = 7
CLAUSES = (
    *(f"11.10({letter})" for letter in "abcdefghijk"),
    *(
        "11.30",
        "11.50",
        "11.70",
        "11.100(a)",
        "11.100(b)",
        "11.100(c)",
        "11.200(a)(1)",
        "11.200(a)(2)–(3)",
        "11.200(b)",
    ),
    *(f"11.300({letter})" for letter in "abcde"),
    *("5 Data", "6 Accuracy", "9 Audit trails", "12.1, 12.3", "12.4", "14 Electronic signature", "17 Archiving"),
    *("4.2.2(a)(i)", "4.2.2(b)", "4.2.2(c)", "4.2.2(d)", "4.2.4", "4.3.3", "4.3.4", "4.3.8"),
)


def rows() -> list[list[str]]:
    """The cells of each clause's row."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").split("\n") if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in cells if row[0] != "clause"]


def spans(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


ROWS = {row[0]: row for row in rows()}


@pytest.mark.parametrize("clause", CLAUSES)
def test_clause_has_its_row(clause: str):
    assert [found for found in ROWS if found.startswith(f"{clause} ") or found == clause]


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_every_cell_is_filled_and_the_wording_is_marked(row: list[str]):
    assert len(row) == COLUMNS and all(row)
    assert re.search(r" [RM]\b", row[0]), "say whether the wording was read or is from memory"


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_commands_of_a_row_exist(row: list[str]):
    commands = spans(row[5])
    assert commands or row[5] == "–"
    for command in commands:
        assert command.startswith("regdocs ")
        assert problem_of(words_of(command.removeprefix("regdocs ")), typed=False) is None


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_tests_of_a_row_exist(row: list[str]):
    named = spans(row[6])
    assert named or row[6] == "–"
    for name in named:
        file, _, function = name.partition("::")
        assert re.search(rf"^def {function}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), name


def test_no_compliance_is_claimed():
    text = PAGE.read_text(encoding="utf-8")
    assert "**This page claims no compliance.**" in text
    assert not re.search(r"\b(is|are|fully|regdocs) compliant\b|\b(meets|fulfils|satisfies) (the|all)\b", text)


@pytest.mark.parametrize("words", ["Who people are", "Training", "Access to the machine", "Closed or open", "Backups"])
def test_what_is_left_to_the_user_is_said(words: str):
    assert f"**{words}" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["The clock", "The keys in one person's hands", "Passphrases", "Review"])
def test_what_only_people_can_do_is_said(words: str):
    assert f"**{words}" in PAGE.read_text(encoding="utf-8")
