"""The marks of the templates and of other laws are elements of the list, and the page says what each is."""

import re

from regdocs.consent.elements import elements
from regdocs.documents.regimes import REGIMES
from tests.consent.elements_page import PAGE, page
from tests.documents.companions import REPOSITORY, TEMPLATES

_CLAUSE = re.compile(r'clause="([^"{]*)"')
LISTED = {one.id for one in elements()}


def marks() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.xml"))
    return {mark for text in texts for clauses in _CLAUSE.findall(text) for mark in clauses.split()}


def test_the_page_is_made_from_the_list() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.consent.elements_page"


def test_every_mark_of_a_template_and_every_clause_of_another_law_is_listed() -> None:
    twins = {clause for regime in REGIMES for clause in regime.twins.values()}
    assert marks() | twins <= LISTED


def test_every_element_that_stands_as_text_is_given_by_some_template() -> None:
    lacking = {
        one.id
        for one in elements()
        if one.kind in ("text", "advice") and not all(marks().intersection(group) for group in one.given_by)
    }
    assert lacking == set()


def test_rules_about_alterations_and_the_page_on_the_protocol_lead_to_the_list() -> None:
    for name in ("WAV-001", "WAV-002", "WAV-003", "WAV-004", "WAV-005"):
        assert "consent-elements.md" in (REPOSITORY / f"docs/rules/{name}.md").read_text(encoding="utf-8"), name
    assert "../consent-elements.md" in (REPOSITORY / "docs/formats/protocol.md").read_text(encoding="utf-8")
