"""`docs/amendment-classes.md`, made of the tables of the amendment.

`python -m tests.amendment.classes_page` writes the page anew after a table changed.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from regdocs.amendment.citation import Citation
from regdocs.amendment.field_classes import PATTERNS, Pattern
from regdocs.amendment.reasons import REASON_LIST, REASONS
from regdocs.amendment.reconsent_rules import DUE, GROUPS
from regdocs.amendment.rulings import RULINGS
from regdocs.amendment.urgent import TELLINGS
from regdocs.amendment.weights import FIELD_CLASSES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "amendment-classes.md"

_INTRODUCTION = """# Classes of amendments

What is proposed for a changed field under each regime, for participants already enrolled, and after an urgent safety
measure. The program follows these tables (`regdocs/amendment/`); this page is made from them
(`python -m tests.amendment.classes_page`). It is no legal advice.

Software proposes, people decide: each class can be overridden in `amendment.yaml` with a reason, and the body has the
last word. "ask" is no class but a question that people answer. "non-substantial" never means that a change may be used
before a decision; that is "no" unless a person says otherwise, with a reason.

Each source carries how far it was checked: [V] read in a stored public page or file, [M] from memory, to be checked
against the official text before anyone relies on it, [I] our inference.
"""


def page() -> str:
    """The whole page."""
    parts = (_reasons(), _weights(), _regimes(), _patterns(), _reconsent(), _urgent())
    return _INTRODUCTION + "".join(line + "\n" for part in parts for line in part)


def _reasons() -> Iterator[str]:
    yield from ("", "## Reasons", "", f"Source: {REASON_LIST} [V].", "")
    yield from _table(("Reason", "Code"), REASONS.items())


def _weights() -> Iterator[str]:
    yield from ("", "## What a change of a field weighs", "")
    rows = [
        (
            f"`{name}`",
            f"{sort.label}{' (participants are told whatever the class)' if sort.tell else ''}",
            sort.weight,
            sort.part,
            sort.question or sort.reason,
            str(sort.source),
        )
        for name, sort in FIELD_CLASSES.items()
    ]
    yield from _table(("Field class", "What", "Weight", "EU part", "Why, or what is asked", "Source"), rows)


def _regimes() -> Iterator[str]:
    yield from ("", "## Classes by regime", "")
    yield "What a weight gives. In the EU the field class says which part. A weight of `ask` gives the question."
    yield ""
    rows = [
        (f"`{regime}`", weight, ruling.name, ruling.reason, _source(ruling.source))
        for regime, by_weight in RULINGS.items()
        for weight, ruling in by_weight.items()
    ]
    yield from _table(("Regime", "Weight", "Class", "Why", "Source"), rows)
    yield from ("", "Where a field class has a ruling of its own under a regime:", "")
    own = [(name, regime, ruling) for name, sort in FIELD_CLASSES.items() for regime, ruling in sort.other.items()]
    yield from _table(
        ("Field class", "Regime", "Class", "Why", "Source"),
        [
            (f"`{name}`", f"`{regime}`", one.name, one.question or one.reason, _source(one.source))
            for name, regime, one in own
        ],
    )


def _patterns() -> Iterator[str]:
    yield from ("", "## Which fields are of which class", "")
    yield "The first line that matches counts. A line matches its place in `protocol.yaml` and all below; `*` is an"
    yield "id. A change that covers several fields gets the heaviest class; a question beside it stays asked."
    yield ""
    yield from _table(("Place", "Where", "Field class"), [_pattern(pattern) for pattern in PATTERNS])


def _pattern(pattern: Pattern) -> tuple[str, str, str]:
    where = ""
    if pattern.where is not None:
        where = f"`{pattern.where.field}` is {' or '.join(str(value).lower() for value in pattern.where.values)}"
    return f"`{pattern.path}`", where, f"`{pattern.field_class}`"


def _reconsent() -> Iterator[str]:
    yield from ("", "## Participants already enrolled", "")
    yield 'Proposed when every question is answered; until then the advice is "to be answered". An immediate call'
    yield "comes first where somebody enrolled meets a new exclusion, or where it is time-sensitive and not small. A"
    yield "small change that nobody enrolled is still to undergo asks nothing of them. The board determines, and may do"
    yield "so by site."
    yield ""
    rows = [
        (f"`{name}`", group.label, size, rule.what, rule.reason, str(rule.source))
        for name, group in GROUPS.items()
        for size, rule in group.by_size.items()
    ]
    yield from _table(("Group", "Who", "Size of the change", "Proposal", "Why", "Source"), rows)
    yield ""
    yield from _table(("Proposal", "Due"), DUE.items())


def _urgent() -> Iterator[str]:
    yield from ("", "## After an urgent safety measure", "")
    yield 'Where nothing stands here, the answer is "ask: the body\'s own policy".'
    yield ""
    rows = [(f"`{one.regime}`", one.role, one.what, one.by_when, "; ".join(map(str, one.sources))) for one in TELLINGS]
    yield from _table(("Regime", "Who", "What", "By when", "Source"), rows)


def _source(source: Citation | None) -> str:
    return "" if source is None else str(source)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = tuple(head)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        cells = tuple(row)
        assert not any("|" in cell for cell in cells), cells
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
