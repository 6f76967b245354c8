"""Every rule has a page, every page a rule, and what a page shows is what happens."""

import re
from itertools import takewhile
from pathlib import Path

import pytest

import regdocs
from regdocs.finding import Finding
from regdocs.rules.table import RULES
from regdocs.spec.load import load
from regdocs.spec.yaml_rules import YAML_RULES
from tests.rules.cases import MINIMAL, findings
from tests.rules.pages import HEADINGS, INDEX, Page, index, pages

PAGES = pages()
WITH_EXAMPLE = [page for page in PAGES if page.block("Found")]
RULE_ID = re.compile(r"\"([A-Z]{2,8}-\d{3})\"")


def ids_in_code() -> set[str]:
    """Every rule id that stands in the code as a text of its own."""
    modules = Path(regdocs.__file__).parent.rglob("*.py")
    return {found for module in modules for found in RULE_ID.findall(_without_docstrings(module))}


def _without_docstrings(module: Path) -> str:
    return re.sub(r'"""(?s:.*?)"""', "", module.read_text(encoding="utf-8"))


def found_in(page: Page, text: str) -> list[Finding]:
    """What is found in an example: a whole text for a rule of the YAML reader, else a part of the smallest study.

    The smallest study holds the mended example; where it lacks what the rule is about, the lines with which both
    examples begin.
    """
    if page.id.startswith("YAML"):
        return list(load(text.encode("utf-8")).findings)
    mended = page.block("Mended") or ""
    place = mended if mended in MINIMAL else first_lines(page.block("Found") or "", mended)
    assert MINIMAL.count(place) == 1, f"the mended example of {page.id} is not one part of minimal.yaml"
    return findings(MINIMAL.replace(place, text))


def first_lines(one: str, other: str) -> str:
    """Return the lines with which both begin, as far as the smallest study has them."""
    pairs = zip(one.splitlines(keepends=True), other.splitlines(keepends=True), strict=False)
    same = [line for line, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
    starts = ["".join(same[:count]) for count in range(len(same), 0, -1)]
    return next((start for start in starts if start in MINIMAL), "")


def shown(finding: Finding) -> str:
    hint = f"hint: {finding.hint}\n" if finding.hint else ""
    return f"{finding.severity.value}[{finding.rule}] {finding.message}\n{hint}"


def test_every_rule_in_the_code_has_a_page_and_every_page_a_rule():
    assert {page.id for page in PAGES} == ids_in_code()


def test_index_lists_the_pages():
    assert INDEX.read_text(encoding="utf-8") == index(), "run: python -m tests.rules.pages"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_page_has_its_parts_under_the_file_name_of_its_id(page: Page):
    assert page.file == f"{page.id}.md"
    assert tuple(page.sections()) == HEADINGS
    assert all(page.sections().values())


@pytest.mark.parametrize("rule", [*RULES, *YAML_RULES], ids=lambda rule: rule.id)
def test_page_names_rule_severity_and_source_as_the_code_does(rule):
    (page,) = [page for page in PAGES if page.id == rule.id]
    expected = (rule.name, rule.severity.value, rule.source or "a rule of our own")
    assert (page.name, page.severity, page.source) == expected


@pytest.mark.parametrize("page", WITH_EXAMPLE, ids=lambda page: page.id)
def test_example_gives_what_the_page_says(page: Page):
    found = [shown(finding) for finding in found_in(page, page.block("Found") or "")]
    assert page.block("Says") in found


@pytest.mark.parametrize("page", WITH_EXAMPLE, ids=lambda page: page.id)
def test_mended_example_is_mended(page: Page):
    found = {finding.rule for finding in found_in(page, page.block("Mended") or "")}
    assert page.id not in found


def test_every_rule_over_the_protocol_has_an_example_that_is_tried():
    assert {rule.id for rule in RULES} <= {page.id for page in WITH_EXAMPLE}
