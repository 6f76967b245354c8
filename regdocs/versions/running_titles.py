"""Running titles of files from outside: what stands in the head or foot of most pages, without the pages' numbers.

They move against the text when pages are laid anew, so they are compared by themselves. Knows words and their pages.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from regdocs.render.text_layer import TextLayer, Word


@dataclass(frozen=True, slots=True)
class RunningTitle:
    """A line of running titles: its words, numbers of pages as "#", and the pages that lack it."""

    text: str
    lacking: tuple[int, ...] = ()


def running_lines(*layers: TextLayer) -> frozenset[str]:
    """Return the lines that are running titles: in more than half of the pages of one file; all of a Word file's."""
    return frozenset(line for layer in layers for line in _running(layer))


def titles_of(layer: TextLayer, lines: frozenset[str]) -> tuple[RunningTitle, ...]:
    """Return the running titles of a file, in the order in which they first come."""
    found: dict[str, dict[int, list[Word]]] = {}
    for word in layer.words:
        if word.margin in lines:
            found.setdefault(word.margin, {}).setdefault(word.page, []).append(word)
    written = {word.page for word in layer.words}
    return tuple(_title(of, layer.pages, written) for of in found.values())


def _running(layer: TextLayer) -> Iterable[str]:
    pages = {(word.margin, word.page) for word in layer.words if word.margin}
    if not layer.pages:
        return {line for line, _ in pages}
    counts = Counter(line for line, _ in pages)
    return (line for line, count in counts.items() if count > max(1, layer.pages / 2))


def _title(of: Mapping[int, Sequence[Word]], pages: int, written: set[int]) -> RunningTitle:
    columns = list(zip(*(tuple(word.text for word in words) for words in of.values()), strict=False))
    counted = [one for one in columns if len(set(one)) > 1]
    last = {str(pages), *(str(max(map(int, one))) for one in counted if all(map(_is_number, one)))}
    told = ("#" if one in counted or one[0] in last else one[0] for one in columns)
    return RunningTitle(" ".join(told), tuple(sorted(written - of.keys())) if pages else ())


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 6
