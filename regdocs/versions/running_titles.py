"""Running titles of files from outside: what stands in the head or foot of most pages, without the pages' numbers.

They move against the text when pages are laid anew, so they are compared by themselves. Knows words and their pages.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from regdocs.render.text_layer import TextLayer, Word


@dataclass(frozen=True, slots=True)
class RunningTitle:
    """A line of running titles: its words, numbers of pages as "#", and the pages that lack it.

    Where its other words differ from page to page, each wording is a line of its own, and none is said to be lacking.
    """

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
    return tuple(one for of in found.values() for one in _titles(of, layer.pages, written))


def _running(layer: TextLayer) -> Iterable[str]:
    pages = {(word.margin, word.page) for word in layer.words if word.margin}
    if not layer.pages:
        return {line for line, _ in pages}
    counts = Counter(line for line, _ in pages)
    return (line for line, count in counts.items() if count > max(1, layer.pages / 2))


def _titles(of: Mapping[int, Sequence[Word]], pages: int, written: set[int]) -> Iterator[RunningTitle]:
    told = {page: [word.text for word in words] for page, words in of.items()}
    for place in _page_numbers(told):
        for words in told.values():
            words[place] = "#"
    said = dict.fromkeys(" ".join(words) for words in told.values())
    lacking = tuple(sorted(written - of.keys())) if pages and len(said) == 1 else ()
    yield from (RunningTitle(one, lacking) for one in said)


def _page_numbers(told: Mapping[int, Sequence[str]]) -> Iterator[int]:
    """Yield the places of a line at which the number of the page stands, or how many there are.

    A number of the page goes up by one from page to page, or begins anew with 1; the count stands one or two words
    after it, and is never smaller. Any other number that differs is a word like others.
    """
    columns = list(zip(*told.values(), strict=False))
    counting = [place for place, column in enumerate(columns) if _counts_pages(list(told), column)]
    yield from counting
    for place in (one + step for one in counting for step in (1, 2) if one + step < len(columns)):
        below = columns[place - 1] if place - 1 in counting else columns[place - 2]
        if all(map(_is_number, columns[place])) and all(
            int(one) >= int(page) for one, page in zip(columns[place], below, strict=True)
        ):
            yield place


def _counts_pages(pages: Sequence[int], column: Sequence[str]) -> bool:
    if len(column) < 2 or not all(map(_is_number, column)):
        return False
    numbers = [*map(int, column)]
    steps = zip(pages, pages[1:], numbers, numbers[1:], strict=False)
    return len(set(numbers)) > 1 and all(now in (1, was + after - before) for before, after, was, now in steps)


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 6
