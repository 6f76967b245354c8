"""Elements of consent are recognised in plain sentences, and not in what only sounds alike."""

from pathlib import Path

import pytest
import yaml

from regdocs.prose.recognised import TextSection, against, recognised_names, said, sections_of

CASES = yaml.safe_load((Path(__file__).parent / "element_cases.yaml").read_text(encoding="utf-8"))
SAYS = [(name, text) for name, cases in CASES.items() for text in cases["says"]]
SAYS_NOT = [(name, text) for name, cases in CASES.items() for text in cases["says_not"]]


def names_in(text: str) -> set[str]:
    heading, _, words = text.rpartition(" | ")
    return set(said((TextSection(heading, words),)))


@pytest.mark.parametrize(("name", "text"), SAYS)
def test_what_is_said_is_recognised(name: str, text: str) -> None:
    assert name in names_in(text)


@pytest.mark.parametrize(("name", "text"), SAYS_NOT)
def test_what_only_sounds_alike_is_not(name: str, text: str) -> None:
    assert name not in names_in(text)
