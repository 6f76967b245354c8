"""The view of the summary of changes: what M11 asks of an amendment, and every change with its words before and after.

Rows of our tables never go over a page, so long words are cut into rows of their own here. Knows what a person declared
and what was compared, as it was handed in; judges nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from regdocs.documents.amended import AmendmentFacts, Classed, Printed, Row, Section, Text, Wording
from regdocs.documents.amended_words import AT, told
from regdocs.documents.amendment_details import Details, Prior, details_of, history_of
from regdocs.documents.pieces import pieces_of
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

T = TypeVar("T")

# What fills a third of a page: of a column, of half the width, of the column of reasons, in characters or in entries.
_COLUMN, _HALF, _REASON, _ENTRIES = 350, 1400, 700, 7


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section: its number, where it has one, and its name."""

    number: Shown | None
    name: Shown


@dataclass(frozen=True, slots=True)
class PrintedShown:
    """A document and the pages of its PDF, where there are any: "4", "4, 7–9"."""

    document: Shown
    pages: Shown | None
    several: bool


@dataclass(frozen=True, slots=True)
class ClassShown:
    """The proposed class under one regime."""

    regime: Shown
    name: Shown


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table for a change; only the first has more than what is left over of sections and documents."""

    id: Name
    number: int | None
    description: Shown | None
    rationale: Shown | None
    sections: tuple[SectionShown, ...]
    documents: tuple[PrintedShown, ...]
    classes: tuple[ClassShown, ...]
    consent: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts beside each other, or what goes on of them; `first` of its kind."""

    id: Name
    first: bool
    left: Shown | None
    right: Shown | None


@dataclass(frozen=True, slots=True)
class Place:
    """One changed place, and its words before and after, in as many rows as they need."""

    id: Name
    label: Shown
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One declared change; `more` is what is left over of its description and its rationale."""

    lines: tuple[Line, ...]
    more: tuple[Pair, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why changes have a class under a regime; `rest` is what is left of the reason, in rows of its own."""

    id: Name
    regime: Shown
    name: Shown
    changes: Shown
    reason: Shown
    rest: tuple[Shown, ...]
    source: Shown | None
    before_decision: Shown


@dataclass(frozen=True, slots=True)
class SummaryOfChangesView:
    """All that the summary of changes prints."""

    study: Study
    details: Details
    changes: tuple[ChangeShown, ...]
    reasons: tuple[Why, ...]
    history: tuple[Prior, ...]


def summary_of_changes_view(
    protocol: Protocol, facts: AmendmentFacts, reader: Reader, _site: Site | None
) -> SummaryOfChangesView:
    """Return the view of the summary; it is one for the whole study."""
    reader.note(f"{AT}/changes")
    return SummaryOfChangesView(
        study=study_of(protocol, reader),
        details=details_of(facts, reader),
        changes=tuple(_change(number, row, reader) for number, row in enumerate(facts.rows, start=1)),
        reasons=_reasons(facts.rows, reader),
        history=history_of(facts, reader),
    )


def ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers in words, runs of three and more as "2–5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _change(number: int, row: Row, reader: Reader) -> ChangeShown:
    path = f"/changes/{row.id}"
    description, *said_more = _cut(reader, row.description, f"{path}/summary", "what changes", _COLUMN, _HALF)
    rationale, *argued_more = _cut(reader, row.rationale, f"{path}/rationale", "why it changes", _COLUMN, _HALF)
    first = Line(
        id=Name(row.id),
        number=number,
        description=description,
        rationale=rationale,
        sections=tuple(_section(one, path, reader) for one in row.sections),
        documents=tuple(_printed(one, path, reader) for one in row.documents),
        classes=tuple(_classed(one, path, reader) for one in row.classes),
        consent=_consent(row, path, reader),
    )
    return ChangeShown(
        lines=_in_rows(first),
        more=_pairs(f"{row.id}._said", said_more, argued_more),
        places=tuple(_place(row, place, wording, reader) for place, wording in enumerate(row.wordings, start=1)),
    )


def _in_rows(line: Line) -> tuple[Line, ...]:
    """Return the row as it is, or with few sections and documents and the others in rows after it."""
    batches = zip_longest(_batches(line.sections), _batches(line.documents), fillvalue=())
    first, *others = [*batches] or [((), ())]
    left_over = (
        Line(Name(f"{line.id}._more.{index}"), None, None, None, sections, documents, (), ())
        for index, (sections, documents) in enumerate(others, start=1)
    )
    return (replace(line, sections=first[0], documents=first[1]), *left_over)


def _pairs(name: str, left: Sequence[Shown], right: Sequence[Shown]) -> tuple[Pair, ...]:
    halves = enumerate(zip_longest(left, right), start=1)
    return tuple(Pair(Name(f"{name}._{index}"), index == 1, *texts) for index, texts in halves)


def _section(section: Section, path: str, reader: Reader) -> SectionShown:
    at = f"{AT}{path}/sections"
    return SectionShown(
        None if section.number is None else reader.fact(section.number, at), reader.fact(section.name, at)
    )


def _printed(printed: Printed, path: str, reader: Reader) -> PrintedShown:
    at = f"{AT}{path}/documents"
    pages = reader.fact(ranges(printed.pages), at) if printed.pages else None
    return PrintedShown(reader.fact(printed.document, at), pages, len(printed.pages) > 1)


def _classed(classed: Classed, path: str, reader: Reader) -> ClassShown:
    return ClassShown(reader.fact(classed.regime, f"{AT}{path}/classes"), _class_name(classed, path, reader))


def _class_name(classed: Classed, path: str, reader: Reader) -> Shown:
    return told(reader, classed.name, f"{path}/classes", f"class under {classed.regime}")


def _consent(row: Row, path: str, reader: Reader) -> tuple[Shown, ...]:
    """Return yes; or no and why not; or that nobody has said."""
    at = f"{path}/affects_consent"
    if row.affects_consent is None:
        return (told(reader, None, at, "yes or no, and if not why"),)
    if row.affects_consent:
        return (reader.fact("Yes", f"{AT}{at}"),)
    return (reader.fact("No", f"{AT}{at}"), told(reader, row.why_not, f"{at}/why", "why not"))


def _place(row: Row, number: int, wording: Wording, reader: Reader) -> Place:
    name, path = f"{row.id}._{number}", _path(row, wording)
    pairs = _pairs(name, _half(reader, wording.old, path), _half(reader, wording.new, path))
    nothing = Pair(Name(f"{name}._1"), first=True, left=None, right=None)
    return Place(Name(name), reader.fact(wording.label, path), pairs or (nothing,))


def _path(row: Row, wording: Wording) -> str:
    """Return the element path where it can stand as one; words of a block belong to the change that covers it."""
    fits = wording.path.startswith("/") and not any(map(str.isspace, wording.path))
    return wording.path if fits else f"{AT}/changes/{row.id}/covers"


def _half(reader: Reader, text: str | None, path: str) -> tuple[Shown, ...]:
    """Return words as they stood, verbatim: a `TODO` of the old text is no open item of this document."""
    pieces = pieces_of(text, _HALF) if text and text.strip() else ()
    return tuple(reader.fact(piece, path) for piece in pieces)


def _cut(reader: Reader, text: Text, path: str, what: str, longest: int, then: int) -> tuple[Shown, ...]:
    whole = told(reader, text, path, what)
    if whole.state != "known":
        return (whole,)
    return tuple(reader.fact(piece, whole.paths[0]) for piece in pieces_of(whole.text, longest, then))


def _batches(items: tuple[T, ...]) -> tuple[tuple[T, ...], ...]:
    return tuple(items[start : start + _ENTRIES] for start in range(0, len(items), _ENTRIES))


def _reasons(rows: tuple[Row, ...], reader: Reader) -> tuple[Why, ...]:
    """Return each reason for a class once, with the numbers of the changes that it holds for, regime by regime."""
    held: dict[Classed, list[int]] = {}
    for number, row in enumerate(rows, start=1):
        for classed in dict.fromkeys(row.classes):
            held.setdefault(classed, []).append(number)
    regimes = list(dict.fromkeys(classed.regime for classed in held))
    ordered = sorted(held, key=lambda classed: regimes.index(classed.regime))
    return tuple(_why(index, one, rows, held[one], reader) for index, one in enumerate(ordered, start=1))


def _why(index: int, classed: Classed, rows: tuple[Row, ...], changes: list[int], reader: Reader) -> Why:
    path = f"/changes/{rows[changes[0] - 1].id}"
    why = f"why this class under {classed.regime}"
    reason, *rest = _cut(reader, classed.reason, f"{path}/classes", why, _REASON, _REASON)
    at = f"{AT}{path}/classes"
    return Why(
        id=Name(str(index)),
        regime=reader.fact(classed.regime, at),
        name=_class_name(classed, path, reader),
        changes=reader.fact(ranges(changes), f"{AT}/changes"),
        reason=reason,
        rest=tuple(rest),
        source=None if classed.source is None else reader.fact(classed.source, at),
        before_decision=reader.fact("Yes" if classed.before_decision else "No", at),
    )
