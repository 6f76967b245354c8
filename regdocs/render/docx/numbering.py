"""List numbering: the template's list definitions, and one number for each list of a document.

In Word a numbered list counts on from the last one with the same number, so each list gets its own. Knows
`numbering.xml`; does not know lists of the content tree.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from regdocs.errors import Refusal

_DEFINITION = re.compile(r'<w:abstractNum\b[^>]*?w:abstractNumId="(\d+)".*?<w:numFmt\b[^>]*?w:val="(\w+)"', re.DOTALL)
_NUMBER = re.compile(r'<w:num\b[^>]*?w:numId="(\d+)"')
_END = re.compile(r"<w:numIdMacAtCleanup\b|</w:numbering>")


@dataclass(frozen=True, slots=True)
class ListNumbers:
    """The definitions of bulleted and numbered lists, the number of all bulleted lists, the first number for others."""

    bullet_definition: str
    number_definition: str
    bullets: int
    first: int


@lru_cache(maxsize=4)
def read_list_numbers(numbering: str) -> ListNumbers:
    """Return what the template's numbering offers: its first bulleted and its first decimal definition.

    Raises:
        Refusal: One of the two is missing.
    """
    definitions: dict[str, str] = {}
    for definition, kind in _DEFINITION.findall(numbering):
        definitions.setdefault(kind, definition)
    if not {"bullet", "decimal"} <= definitions.keys():
        raise Refusal(
            "reference.docx lacks a bulleted or a numbered list. Start from the one that comes with the program."
        )
    taken = max(map(int, _NUMBER.findall(numbering)), default=0)
    return ListNumbers(definitions["bullet"], definitions["decimal"], taken + 1, taken + 2)


def with_lists(numbering: str, lists: ListNumbers, starts: list[int]) -> str:
    """Return the numbering part with the lists of a document: `starts` has the level of each numbered one."""
    made = [f'<w:num w:numId="{lists.bullets}"><w:abstractNumId w:val="{lists.bullet_definition}"/></w:num>']
    for number, level in enumerate(starts, start=lists.first):
        made.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{lists.number_definition}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    found = _END.search(numbering)
    end = found.start() if found else len(numbering)
    return f"{numbering[:end]}{''.join(made)}{numbering[end:]}"
