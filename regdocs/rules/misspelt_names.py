"""Names of what is measured, nearly spelt like one that is known. Only before a limit, where a name is looked for."""

from collections.abc import Iterator

from regdocs.quantities.misspelt import misspelt
from regdocs.rules.rule import Hit
from regdocs.rules.said import ASK, said_limits
from regdocs.spec.protocol import Protocol


def names_nearly_spelt(protocol: Protocol) -> Iterator[Hit]:
    """UNT-007: a word before a limit that is nearly the name of something measured."""
    told: set[tuple[str, str]] = set()
    for one in said_limits(protocol):
        found = misspelt(one.statement.limit.name)
        if found is not None and (one.path, found[0]) not in told:
            told.add((one.path, found[0]))
            yield one.hit(f'"{found[0]}" is no name that is known', f'likely meant: "{found[1]}"; {ASK}')
