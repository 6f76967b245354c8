"""What the elements of consent mean, as the page `docs/consent-elements.md` lists them: citation and a line of words.

Reads the page that travels with the program, so that there is one list. Knows no template.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from regdocs.shipped import shipped

PAGE = "docs/consent-elements.md"
_ROW = re.compile(r"^\| (?P<ids>`.+`) \| (?P<citation>[^|]+) \| (?P<words>[^|]+) \|$", re.MULTILINE)
_ID = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Where an element comes from and what it is about; `checked` is false where the citation has still to be."""

    citation: str
    words: str
    checked: bool


@lru_cache(maxsize=1)
def element_meanings() -> dict[str, Meaning]:
    """Return the meaning of each element by its id, in the order of the page.

    Raises:
        EnvironmentLacks: This installation came without the page.
    """
    found: dict[str, Meaning] = {}
    for row in _ROW.finditer(shipped(PAGE).read_text(encoding="utf-8")):
        citation = row["citation"].strip()
        meaning = Meaning(citation.removesuffix(r"\*").strip(), row["words"].strip(), not citation.endswith(r"\*"))
        found |= dict.fromkeys(_ids(_ID.findall(row["ids"])), meaning)
    return found


def _ids(named: list[str]) -> list[str]:
    """Return the ids of a row; "FDA-a1 … FDA-a8" stands for all eight."""
    if len(named) != 2:
        return named
    stem = named[0].rstrip("0123456789")
    return [f"{stem}{n}" for n in range(int(named[0].removeprefix(stem)), int(named[1].removeprefix(stem)) + 1)]
