"""Names of what is measured, nearly spelt like one that is known.

Before a limit a name is expected, and any near word is told; elsewhere only one that is not made from a name.
"""

from collections.abc import Iterator

from regdocs.quantities.misspelt import misspelt, misspelt_in_a_text
from regdocs.rules.eligibility import all_criteria
from regdocs.rules.rule import Hit
from regdocs.rules.said import ASK, said_limits
from regdocs.spec.protocol import Protocol


def names_nearly_spelt(protocol: Protocol) -> Iterator[Hit]:
    """UNT-007: a word that is nearly the name of something measured; each once at its place."""
    told = [(one.path, *found) for one in said_limits(protocol) for found in misspelt(one.statement.limit.name)]
    for path, criterion in all_criteria(protocol):
        told += [(f"{path}/text", *found) for found in misspelt_in_a_text(criterion.text.value or "")]
    for path, word, meant in dict.fromkeys(told):
        yield Hit(path, f'"{word}" is no name that is known', f'likely meant: "{meant}"; {ASK}')
