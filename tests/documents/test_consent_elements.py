"""The list of elements of consent says what every mark of a template is, and lists nothing that is used nowhere."""

import re

from regdocs.documents.regimes import REGIMES
from tests.documents.companions import REPOSITORY, TEMPLATES

PAGE = REPOSITORY / "docs/consent-elements.md"
_ROW = re.compile(r"^\| (?P<ids>`.+`) \| (?P<citation>[^|]+) \| (?P<words>[^|]+) \|$", re.MULTILINE)
_CLAUSE = re.compile(r'clause="([^"{]*)"')


def listed() -> list[str]:
    """Every id of the page; "A-1 … A-3" stands for all three."""
    found: list[str] = []
    for row in _ROW.finditer(PAGE.read_text(encoding="utf-8")):
        assert row["citation"].strip() and row["words"].strip()
        ids = re.findall(r"`([^`]+)`", row["ids"])
        found += _between(*ids) if len(ids) == 2 else ids
    return found


def _between(first: str, last: str) -> list[str]:
    stem = first.rstrip("0123456789")
    return [f"{stem}{n}" for n in range(int(first.removeprefix(stem)), int(last.removeprefix(stem)) + 1)]


def marks() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.xml"))
    return {mark for text in texts for clauses in _CLAUSE.findall(text) for mark in clauses.split()}


def test_every_mark_of_a_template_is_listed_once() -> None:
    assert len(listed()) == len(set(listed()))
    assert marks() <= set(listed())


def test_nothing_is_listed_that_neither_a_template_nor_another_law_uses() -> None:
    twins = {clause for regime in REGIMES for clause in regime.twins.values()}
    assert set(listed()) == marks() | twins


def test_rules_about_alterations_and_the_page_on_the_protocol_lead_to_the_list() -> None:
    for name in ("WAV-001", "WAV-002", "WAV-003", "WAV-004", "WAV-005"):
        assert "consent-elements.md" in (REPOSITORY / f"docs/rules/{name}.md").read_text(encoding="utf-8"), name
    assert "../consent-elements.md" in (REPOSITORY / "docs/formats/protocol.md").read_text(encoding="utf-8")
