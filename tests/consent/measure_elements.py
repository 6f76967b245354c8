"""Measures how well elements of consent are recognised by words: `python -m tests.consent.measure_elements FOLDER…`.

Prints no word of a text: elements, names of files and counts.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.consent.corpus_elements import Judged, judge, names_judged, read


def judged_in(folders: Iterable[Path]) -> tuple[Judged, ...]:
    """Return every text of some folders judged, in the order of their names."""
    paths = sorted(path for folder in folders for path in folder.glob("*.txt"))
    return tuple(judge(read(path)) for path in paths)


def totals(judged: Iterable[Judged]) -> dict[str, float]:
    """Return the counts, and from them recall and precision of "missing" and the share of false alarms."""
    every = tuple(judged)
    true, missed, false = (sum(len(getattr(one, kind)) for one in every) for kind in ("true", "missed", "false"))
    pairs = sum(len(one.looked_at) for one in every)
    return {
        "texts": len(every),
        "pairs": pairs,
        "true": true,
        "missed": missed,
        "false": false,
        "recall": true / (true + missed) if true + missed else 1.0,
        "precision": true / (true + false) if true + false else 1.0,
        "false share": false / pairs if pairs else 0.0,
    }


def lines(judged: tuple[Judged, ...]) -> list[str]:
    """Return the report as lines: the texts with something to tell, then the elements, then the totals."""
    told = [line for one in judged if (line := _of_text(one))]
    counts = {kind: Counter(name for one in judged for name in getattr(one, kind)) for kind in _KINDS}
    rows = [_of_element(name, counts) for name in names_judged() if any(counts[kind][name] for kind in _KINDS)]
    numbers = (
        f"{name}: {value:.3f}" if isinstance(value, float) else f"{name}: {value}"
        for name, value in totals(judged).items()
    )
    return [*told, "", f"{'element':10} true missed false", *rows, "", ", ".join(numbers)]


_KINDS = ("true", "missed", "false")


def _of_text(one: Judged) -> str:
    parts = (f"{kind}: {', '.join(getattr(one, kind))}" for kind in ("missed", "false") if getattr(one, kind))
    told = "; ".join(parts)
    return f"{one.text.name}: {told}" if told else ""


def _of_element(name: str, counts: dict[str, Counter[str]]) -> str:
    return f"{name:10} {counts['true'][name]:4} {counts['missed'][name]:6} {counts['false'][name]:5}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(judged_in(map(Path, sys.argv[1:] or ["tests/consent/corpus/read"])))) + "\n")
