"""Criteria as rows of a checklist: nesting as indentation, how sub-criteria count together, what to write beside each.

Knows the criteria and the open questions about them. Does not judge anybody: thresholds give the line to write a value
on, never the answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.eligibility import Criterion, Threshold
from regdocs.spec.protocol import Protocol
from regdocs.spec.regulation import Query

_ANSWER_COLUMNS = 4  # answer, value, source document, initials: the columns of `templates/eligibility/criteria.xml`


@dataclass(frozen=True, slots=True)
class Combined:
    """How the sub-criteria of a criterion count together.

    Attributes:
        own_words: Whether the criterion's own words must hold too; otherwise they only introduce the sub-criteria.
        all_of: Every sub-criterion must hold.
        any_of: One sub-criterion is enough.
        at_least: How many are needed, or None. Where none of the three says how, the protocol does not.
    """

    own_words: bool
    all_of: bool
    any_of: bool
    at_least: Shown | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A value to write: what is measured, and its unit, or None where the protocol gives none."""

    measure: Shown
    unit: Shown | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An open question about the criterion's words: who can answer, and the question."""

    id: Name
    ask: Shown
    question: Shown


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion or sub-criterion.

    Attributes:
        id: Its id, for block ids and labels.
        number: Its id as printed.
        text: Its words, as the record has them.
        decides: Whether it is a top-level criterion, whose answer decides.
        before_span: Empty columns before its number: 0 for a top-level criterion.
        text_span: Columns that its words take.
        combined: How its sub-criteria count together; None where it has none.
        applies_to: To whom it applies; None where to all.
        record: What else is to be written beside it.
        measured: Values to write.
        questions: Open questions about its words.
    """

    id: Name
    number: Shown
    text: Shown
    decides: bool
    before_span: int
    text_span: int
    combined: Combined | None
    applies_to: Shown | None
    record: Shown | None
    measured: tuple[Measured, ...]
    questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """The rows of one category in order, and the columns they need.

    Attributes:
        rows: The criteria, each followed by its sub-criteria.
        levels: One item for each level of sub-criteria below the first; each level has a column for its numbers.
        head_span: Columns of numbers and words together.
        all_span: All columns of the table.
    """

    rows: tuple[CriterionRow, ...]
    levels: tuple[int, ...]
    head_span: int
    all_span: int


@dataclass(frozen=True, slots=True)
class _Nested:
    """A criterion, its place in the protocol and its level: 0 for a top-level one."""

    criterion: Criterion
    path: str
    level: int


def criteria_table(protocol: Protocol, reader: Reader, category: Literal["inclusion", "exclusion"]) -> CriteriaTable:
    """Return the criteria of one category with all their sub-criteria, in the order of the protocol."""
    reader.note("/eligibility")  # order, categories and numbers needed decide the rows, and not all of it is printed
    of_category = [criterion for criterion in protocol.eligibility if criterion.category == category]
    nested = tuple(_flat(of_category, "/eligibility", 0))
    deepest = max((one.level for one in nested), default=0)
    rows = tuple(_row(one, deepest, protocol.queries, reader) for one in nested)
    words = deepest + 2
    levels = tuple(range(1, deepest + 1))
    return CriteriaTable(rows, levels, head_span=words, all_span=words + _ANSWER_COLUMNS)


def _flat(criteria: Iterable[Criterion], path: str, level: int) -> Iterator[_Nested]:
    for criterion in criteria:
        one = _Nested(criterion, f"{path}/{criterion.id}", level)
        yield one
        yield from _flat(criterion.criteria, f"{one.path}/criteria", level + 1)


def _row(one: _Nested, deepest: int, queries: Iterable[Query], reader: Reader) -> CriterionRow:
    criterion, path = one.criterion, one.path
    return CriterionRow(
        id=Name(criterion.id),
        number=reader.fact(criterion.id, f"{path}/id"),
        text=reader.show(criterion.text),
        decides=one.level == 0,
        before_span=one.level,
        text_span=deepest - one.level + 1,
        combined=_combined(criterion, path, reader) if criterion.criteria else None,
        applies_to=_applies_to(criterion, path, reader),
        record=None if criterion.record is None else reader.fact(criterion.record, f"{path}/record"),
        measured=_measured(criterion.thresholds, path, reader),
        questions=tuple(_question(query, reader) for query in queries if _is_about(query, path)),
    )


def _combined(criterion: Criterion, path: str, reader: Reader) -> Combined:
    wanted = criterion.at_least if criterion.combine == "at-least" else None
    return Combined(
        own_words=criterion.lead == "condition",
        all_of=criterion.combine == "all-of",
        any_of=criterion.combine == "any-of" or wanted == 1,
        at_least=None if wanted in (None, 1) else reader.fact(str(wanted), f"{path}/at_least"),
    )


def _applies_to(criterion: Criterion, path: str, reader: Reader) -> Shown | None:
    if criterion.applies_to is None:
        return None
    return reader.fact(criterion.applies_to.text, f"{path}/applies_to/text")


def _measured(thresholds: Iterable[Threshold], path: str, reader: Reader) -> tuple[Measured, ...]:
    """Return one line a measure and unit: limits for different people ask for the same value only once."""
    first = {(threshold.measure, threshold.unit): threshold for threshold in reversed(tuple(thresholds))}
    return tuple(
        Measured(
            measure=reader.fact(threshold.measure, f"{path}/thresholds/{threshold.id}/measure"),
            unit=None if threshold.unit is None else reader.fact(threshold.unit, _unit_path(path, threshold)),
        )
        for threshold in reversed(first.values())
    )


def _unit_path(path: str, threshold: Threshold) -> str:
    return f"{path}/thresholds/{threshold.id}/unit"


def _is_about(query: Query, path: str) -> bool:
    """Tell whether a query is about this criterion itself, not about one of its sub-criteria."""
    rest = query.about.removeprefix(path)
    return rest != query.about and (rest == "" or (rest[0] == "/" and not rest.startswith("/criteria/")))


def _question(query: Query, reader: Reader) -> OpenQuestion:
    path = f"/queries/{query.id}"
    return OpenQuestion(
        Name(query.id), reader.fact(query.ask, f"{path}/ask"), reader.fact(query.question, f"{path}/question")
    )
