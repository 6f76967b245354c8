"""Which required elements no paragraph of the file gives any more, by the clause tags of the study's document.

"Found" means that a tagged text is there; whether it is good enough is not judged. A heading alone gives nothing,
and neither does a text of which hardly a word stands any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.content.model import Document, Heading, Tags
from regdocs.content.query import tagged_within, walk_tagged
from regdocs.returned.comparison import Comparison, Held


@dataclass(frozen=True, slots=True)
class LostElement:
    """An element of consent that no longer stands, and the paragraphs that gave it."""

    element: str
    held: tuple[Held, ...]


def lost_elements(document: Document, comparison: Comparison) -> tuple[LostElement, ...]:
    """Return the elements that the study's document gives and the file does not, in the document's order."""
    held = _by_block(comparison)
    giving: dict[str, list[list[Held]]] = {}
    for tagged in walk_tagged(document):
        for element in tagged.clauses:
            giving.setdefault(element, []).append([*_paragraphs(tagged, held)])
    return tuple(_lost(giving))


def elements_of(document: Document) -> dict[str, tuple[str, ...]]:
    """Return the elements that each block gives, by itself or with what it stands in."""
    found: dict[str, dict[str, None]] = {}
    for tagged in walk_tagged(document):
        for inner in tagged_within(tagged) if tagged.clauses else ():
            found.setdefault(inner.id, {}).update(dict.fromkeys(tagged.clauses))
    return {block: tuple(elements) for block, elements in found.items()}


def _by_block(comparison: Comparison) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {}
    for one in comparison.held:
        if one.printed.text:
            found.setdefault(one.printed.block, []).append(one)
    return found


def _paragraphs(tagged: Tags, held: dict[str, list[Held]]) -> Iterator[Held]:
    """Yield the paragraphs that give what a tag says; of a part with text below headings, that text."""
    inner = list(tagged_within(tagged))
    texts = [one for one in inner if not isinstance(one, Heading)] or inner
    for one in texts:
        yield from held.get(one.id, ())


def _lost(giving: dict[str, list[list[Held]]]) -> Iterator[LostElement]:
    for element, places in giving.items():
        given = [one for place in places for one in place]
        texts = [one for one in given if not one.printed.heading] or given
        if texts and all(one.other_words for one in texts):
            yield LostElement(element, tuple({one.printed.block: one for one in texts}.values()))
