"""How well the rules about limits find: small criteria lines, faulty and fine, and what is told of each.

A file under `corpus/` has three columns: the rule that should tell, or `fine`; inclusion; exclusion; several criteria
of one kind are parted by " | ". `read.tsv` was looked at while the rules were written; `aside.tsv` was not run before
they were done. All lines are invented.

`python -m tests.quantities.measures` prints the figures of both, and each line that is told wrongly.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.rules.cases import MINIMAL, findings

HERE = Path(__file__).parent / "corpus"
FAMILY = ("UNT-", "ELG-005", "ELG-008", "ELG-011", "ELG-012", "ELG-013")
_PLACE = MINIMAL.index("  - id: E01\n")
_AFTER = MINIMAL.index("encounters:\n")


@dataclass(frozen=True)
class Line:
    expected: str
    inclusion: tuple[str, ...]
    exclusion: tuple[str, ...]

    @property
    def study(self) -> str:
        """The smallest study, with these criteria beside its own."""
        asked = "".join(_criterion(f"I{10 + at}", "inclusion", text) for at, text in enumerate(self.inclusion))
        kept = "".join(_criterion(f"E{10 + at}", "exclusion", text) for at, text in enumerate(self.exclusion))
        return MINIMAL[:_PLACE] + asked + MINIMAL[_PLACE:_AFTER] + kept + MINIMAL[_AFTER:]

    def told(self) -> tuple[str, ...]:
        """The rules about limits that tell something of it, each once."""
        return _told(self)


@lru_cache(maxsize=1024)
def _told(line: Line) -> tuple[str, ...]:
    rules = (finding.rule for finding in findings(line.study))
    return tuple(sorted({rule for rule in rules if rule.startswith(FAMILY)}))


@dataclass(frozen=True)
class Figures:
    faulty: int
    found: int
    by_their_rule: int
    fine: int
    false_hits: int

    @property
    def precision(self) -> float:
        """Of the lines of which something is told, the share that is faulty."""
        return self.found / (self.found + self.false_hits)

    @property
    def recall(self) -> float:
        """Of the faulty lines, the share of which something is told."""
        return self.found / self.faulty


def lines(name: str) -> list[Line]:
    rows = (row.split("\t") for row in (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines())
    return [Line(expected, _parts(inclusion), _parts(exclusion)) for expected, inclusion, exclusion in rows]


def figures(of: list[Line]) -> Figures:
    told = [(line, line.told()) for line in of]
    faulty = [(line, rules) for line, rules in told if line.expected != "fine"]
    return Figures(
        faulty=len(faulty),
        found=sum(bool(rules) for _, rules in faulty),
        by_their_rule=sum(line.expected in rules for line, rules in faulty),
        fine=len(told) - len(faulty),
        false_hits=sum(bool(rules) for line, rules in told if line.expected == "fine"),
    )


def by_rule(of: list[Line]) -> dict[str, tuple[int, int]]:
    """Each rule with how many of its faulty lines it tells, and how many there are."""
    there = Counter(line.expected for line in of if line.expected != "fine")
    told = Counter(line.expected for line in of if line.expected in line.told())
    return {rule: (told[rule], count) for rule, count in sorted(there.items())}


def sentence(rule: str) -> str:
    """What the page of a rule says of how well it finds."""
    read, aside = lines("read"), lines("aside")
    found, kept = by_rule(read)[rule], by_rule(aside)[rule]
    fine, false_hits = _false_hits(rule, read + aside)
    return (
        "Measured on invented lines (`python -m tests.quantities.measures`): "
        f"told are {found[0]} of {found[1]} lines that are faulty in this way and were read while the rule was written,"
        f" and {kept[0]} of {kept[1]} that were kept aside until it was done; "
        f"it tells something of {false_hits} of {fine} fine lines. "
        "The same hand wrote lines and rule, so real criteria will do worse."
    )


def _false_hits(rule: str, of: list[Line]) -> tuple[int, int]:
    fine = [line for line in of if line.expected == "fine"]
    return len(fine), sum(rule in line.told() for line in fine)


def _parts(column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in column.split(" | ") if part.strip())


def _criterion(name: str, category: str, text: str) -> str:
    return f"  - id: {name}\n    category: {category}\n    text: {json.dumps(text, ensure_ascii=False)}\n"


def _report(name: str) -> str:
    of = lines(name)
    found = figures(of)
    wrong = [
        f"  {each.expected}, told {each.told()}: {each.inclusion} / {each.exclusion}\n" for each in of if _wrong(each)
    ]
    summary = f"{name}: {found}, precision {found.precision:.2f}, recall {found.recall:.2f}, by rule {by_rule(of)}\n"
    return summary + "".join(wrong)


def _wrong(line: Line) -> bool:
    return line.told() != (() if line.expected == "fine" else (line.expected,))


if __name__ == "__main__":
    for each in sys.argv[1:] or ("read", "aside"):
        sys.stdout.write(_report(each))
