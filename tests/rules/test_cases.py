"""Each rule finds what it is for, at its place and with its hint, and keeps still beside it.

A new case is a file `cases/<rule>/<what_is_wrong>.case`; one whose name ends in `_is_fine` or `_are_fine`, or in
`_has_no_place_in_the_order`, must not trip the rule of its folder.
"""

from pathlib import Path

import pytest

from regdocs.rules.table import RULES
from tests.rules.cases import HERE, MINIMAL, changed, findings, read_case, told

CASES = sorted((HERE / "cases").rglob("*.case"))
FINE = ("_is_fine", "_are_fine", "_has_no_place_in_the_order")


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_smallest_study_is_without_a_finding():
    assert findings(MINIMAL) == []


@pytest.mark.parametrize("path", CASES, ids=name)
def test_check_says_of_a_change_what_stands_beside_it(path: Path):
    case = read_case(path)
    assert told(changed(case.changes)) == case.expected


@pytest.mark.parametrize("path", CASES, ids=name)
def test_case_trips_the_rule_of_its_folder_unless_its_name_says_that_all_is_fine(path: Path):
    trips = f"[{path.parent.name}]" in read_case(path).expected
    assert trips is not path.stem.endswith(FINE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_case_that_trips_it(rule):
    assert any(path.parent.name == rule.id and not path.stem.endswith(FINE) for path in CASES)
