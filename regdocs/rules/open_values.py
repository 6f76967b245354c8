"""What is open: values to be completed, values only assumed, questions about the record's own words."""

from collections.abc import Iterator

from regdocs.rules.elements import placed_values
from regdocs.rules.rule import Hit
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.units import join_words


def values_to_complete(protocol: Protocol) -> Iterator[Hit]:
    """OPEN-001: a value that is still TODO, with what is missing."""
    for place, value in placed_values(protocol):
        if value.state == "todo":
            yield Hit(place, f"{value.path}: to be completed: {value.todo}")


def values_assumed(protocol: Protocol) -> Iterator[Hit]:
    """OPEN-002: a value that is only assumed, with why and whom to ask."""
    for place, value in placed_values(protocol):
        if value.state == "assumed":
            message = f"{value.path}: assumed{_shown(value)}: {value.assumption}"
            yield Hit(place, message, f"ask {value.ask}" if value.ask else None)


def _shown(value: Known[object]) -> str:
    """Return a short value in quotes; a long or compound one is read in the file."""
    held = value.value
    if isinstance(held, tuple) and all(isinstance(item, str) for item in held):
        held = join_words([str(item) for item in held])
    text = str(held).lower() if isinstance(held, bool) else str(held)
    return f' "{text}"' if isinstance(held, str | int) and len(text) <= 60 else ""


def doubtful_words(protocol: Protocol) -> Iterator[Hit]:
    """SLIP-001: a question about the record's own words, at the place of these words."""
    for query in protocol.queries:
        yield Hit(query.about, f'"{query.found}": {query.question}', f"ask {query.ask}")
