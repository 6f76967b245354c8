"""Every line of the seed page stands in the registry text under ClinicalTrials.gov's label, or is page furniture."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pytest

from tests.documents.registry_text import ROOT, block_of, body, composed

TABLE = ROOT / "tests" / "data" / "seed_lines.tsv"
KINDS = {"free text", "fact", "page furniture", "blank"}


@dataclass(frozen=True)
class Row:
    """One answer to one line of the seed."""

    line: int
    kind: str
    seed: str
    label: str
    output: str


def rows() -> Iterator[Row]:
    for text in TABLE.read_text(encoding="utf-8").splitlines():
        if not text.startswith("#"):
            line, kind, seed, label, output = text.split("\t")
            yield Row(int(line), kind, seed, label, output)


ROWS = tuple(rows())
MAPPED = tuple(row for row in ROWS if row.kind in ("free text", "fact"))


def without_bullet(text: str) -> str:
    return text.strip().removeprefix("•").removeprefix("- ").strip()


@pytest.fixture(scope="module")
def built() -> str:
    return body(composed().document)


@pytest.fixture(scope="module")
def seed() -> list[str]:
    named = os.environ.get("REGDOCS_CONFORMANCE")
    folder = (ROOT.parent / "shared" / "data" if not named else ROOT / named).parent / "seed"
    files = sorted(folder.glob("*.txt"))
    if not files:
        pytest.skip(f"the seed page is not here: no text file in {folder.name}/ beside the conformance data")
    return files[0].read_text(encoding="utf-8").splitlines()


def test_the_table_holds_each_line_of_the_seed_as_it_stands(seed: list[str]) -> None:
    in_table = {row.line: row.seed for row in ROWS}
    assert sorted(in_table) == list(range(1, len(seed) + 1))
    assert [in_table[n] for n in sorted(in_table)] == [line if line.strip() else "" for line in seed]


def test_each_line_is_mapped_or_has_a_reason() -> None:
    assert {row.kind for row in ROWS} == KINDS
    assert all(row.output for row in ROWS if row.kind != "blank")
    assert all(row.label for row in MAPPED)
    assert all(not row.seed for row in ROWS if row.kind == "blank")


@pytest.mark.parametrize("row", MAPPED, ids=lambda row: f"line {row.line}, {row.label[:30]}")
def test_seed_line_stands_under_its_label(row: Row, built: str) -> None:
    assert row.output in block_of(built, row.label)


def test_free_text_is_word_for_word() -> None:
    free = [row for row in ROWS if row.kind == "free text"]
    assert [without_bullet(row.output) for row in free] == [without_bullet(row.seed) for row in free]


def test_criteria_keep_the_order_and_nesting_of_the_seed(built: str) -> None:
    criteria = [row for row in MAPPED if row.label.endswith(" Criteria:")]
    for label, group in groupby(criteria, key=lambda row: row.label):
        expected = [row.output for row in group]
        assert [line for line in block_of(built, label) if line.lstrip().startswith("- ")] == expected
    nested = [row.output.startswith("  - ") for row in criteria]
    assert nested == [row.seed.startswith("    •") for row in criteria]


def test_no_telephone_or_e_mail_address_stands_in_the_text(built: str) -> None:
    assert "@" not in built
    assert "(+84)" not in built
