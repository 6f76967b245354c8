"""The page of classes says what the tables say."""

import pytest

from regdocs.amendment.citation import Citation
from regdocs.amendment.reconsent_rules import GROUPS
from regdocs.amendment.rulings import RULINGS
from regdocs.amendment.urgent import TELLINGS
from regdocs.amendment.weights import FIELD_CLASSES
from tests.amendment.classes_page import PAGE, page


def test_the_page_says_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.amendment.classes_page"


def citations() -> set[Citation]:
    """Every source that a table names."""
    found = {one.source for by_weight in RULINGS.values() for one in by_weight.values()}
    found |= {one.source for sort in FIELD_CLASSES.values() for one in sort.other.values()}
    found |= {sort.source for sort in FIELD_CLASSES.values()}
    found |= {one.source for group in GROUPS.values() for one in group.by_size.values()}
    found |= {source for telling in TELLINGS for source in telling.sources}
    return {source for source in found if source is not None}


@pytest.mark.parametrize("source", sorted(citations(), key=str), ids=str)
def test_every_source_stands_on_the_page_with_its_trust(source: Citation) -> None:
    assert f"{source.text} [{source.trust}]" in PAGE.read_text(encoding="utf-8")
