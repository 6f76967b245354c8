"""Measures the rules on wording on texts whose faults other people declared.

`python -m tests.consent.measure_wording FOLDER…` prints precision and recall of each rule and every miss and false
alarm; `--only-figures` leaves these out. A declared bend is found when a hit of its rule overlaps the quote, or without
quote by any hit. A hit is a false alarm in a text that does not declare its rule, or where it touches words declared
fine and no bend.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from regdocs.prose.passages import Hit, Prose
from regdocs.prose.table import WORDING_RULES, WordingRule
from tests.consent.corpus import ConsentText, texts


@dataclass
class Measured:
    """Counts of one rule over all texts."""

    found: int = 0
    missed: int = 0
    true: int = 0
    false: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        return self.true / (self.true + self.false) if self.true + self.false else None

    @property
    def recall(self) -> float | None:
        return self.found / (self.found + self.missed) if self.found + self.missed else None


def measure(*folders: Path) -> dict[str, Measured]:
    """Return the counts by rule id."""
    counted = {rule.id: Measured() for rule in WORDING_RULES}
    for text in texts(*folders):
        for rule in WORDING_RULES:
            _measure(text, rule, counted[rule.id])
    return counted


def _measure(text: ConsentText, rule: WordingRule, counted: Measured) -> None:
    read = text.prose
    hits = list(rule.look(read, text.facts))
    bends = [one.quote for one in text.bends if one.rule == rule.short]
    fine = [one.quote for one in text.fine if one.rule == rule.short and one.quote]
    for quote in bends:
        if any(quote is None or touches(read, one, quote) for one in hits):
            counted.found += 1
        else:
            counted.missed += 1
            counted.told.append(f"missed in {text.name}: {quote or '(silent)'}")
    for one in hits:
        if _is_true(read, one, bends, fine):
            counted.true += 1
        else:
            counted.false += 1
            counted.told.append(f"false in {text.name}: {one.quote!r} {one.told}")


def _is_true(read: Prose, one: Hit, bends: list[str | None], fine: list[str]) -> bool:
    if any(quote is None or touches(read, one, quote) for quote in bends):
        return True
    return bool(bends) and not any(touches(read, one, quote) for quote in fine)


def touches(read: Prose, one: Hit, quote: str) -> bool:
    """Tell whether a hit overlaps a quotation, which may run over several sentences of a passage or be a heading."""
    if any(one.passage == section.id and quote.lstrip("# ") in section.heading for section in read.sections):
        return True
    return any(
        one.passage == name and one.span[0] < end and start < one.span[1] for name, start, end in _places(read, quote)
    )


def _places(read: Prose, quote: str) -> Iterator[tuple[str, int, int]]:
    for section in read.sections:
        for passage in section.passages:
            start = passage.text.find(quote)
            if start >= 0:
                yield passage.id, start, start + len(quote)


def rows(counted: dict[str, Measured]) -> Iterator[str]:
    """Yield a row of a table for each rule, and one for all."""
    yield "| Rule | Precision | Recall | Declared | Hits |"
    yield "|---|---|---|---|---|"
    for rule in WORDING_RULES:
        yield _row(f"{rule.id} {rule.short}", counted[rule.id])
    yield _row("all", total(counted))


def total(counted: dict[str, Measured]) -> Measured:
    """Return the counts of all rules together."""
    every = list(counted.values())
    found, missed = sum(one.found for one in every), sum(one.missed for one in every)
    return Measured(found, missed, sum(one.true for one in every), sum(one.false for one in every))


def _row(name: str, one: Measured) -> str:
    precision, recall = (f"{value:.2f}" if value is not None else "–" for value in (one.precision, one.recall))
    return f"| {name} | {precision} | {recall} | {one.found + one.missed} | {one.true + one.false} |"


def main(arguments: list[str]) -> None:
    counted = measure(*(Path(one) for one in arguments if one != "--only-figures"))
    print("\n".join(rows(counted)))
    if "--only-figures" not in arguments:
        for rule in WORDING_RULES:
            for told in counted[rule.id].told:
                print(f"{rule.id} {told}")


if __name__ == "__main__":
    main(sys.argv[1:])
