"""Lines of facts about the visits: days, windows, visit or telephone, blood taken.

An assumed fact would not fit a narrow cell in brackets: the cell has the bare words, the head of the line says once
which visits are assumed. Knows encounters; does not know activities.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from regdocs.documents.blood import blood, volume_at, volume_in_all
from regdocs.documents.days import day_words
from regdocs.documents.shown import Reader, Shown
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import Encounter, Window
from regdocs.units import plural

T = TypeVar("T")

_MODES = {"visit": "Visit", "telephone": "Telephone", "remote": "Remote"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of facts about the visits.

    Attributes:
        cells: One a column; None where the protocol has nothing to say there.
        assumed: Which visits have an assumed fact, said once so that narrow cells stay readable; None for none.
    """

    cells: tuple[Shown | None, ...]
    assumed: Shown | None


@dataclass(frozen=True, slots=True)
class BloodTaken:
    """Blood at each visit and in all; `each` is None while a volume is to be completed, which `total` then says."""

    each: Line | None
    total: Shown


def lines_of(encounters: Iterable[Encounter], reader: Reader) -> tuple[Line, Line, Line]:
    """Return days, windows and modes of the visits, in the order of the columns."""
    columns = tuple(encounters)
    return (
        _line(columns, [one.day for one in columns], day_words, reader),
        _line(columns, [one.window for one in columns], _window_words, reader),
        _line(columns, [one.mode for one in columns], _MODES.__getitem__, reader),
    )


def _line(
    columns: tuple[Encounter, ...], found: Iterable[Known[T] | None], as_text: Callable[[T], str], reader: Reader
) -> Line:
    facts = tuple(found)
    assumed = [(one.label, fact) for one, fact in zip(columns, facts, strict=True) if fact and fact.state == "assumed"]
    return Line(tuple(_cell(fact, as_text, reader) for fact in facts), _assumed(assumed, reader))


def _cell(fact: Known[T] | None, as_text: Callable[[T], str], reader: Reader) -> Shown | None:
    """Return one fact; of an assumed one the bare words, because the head of the line says that they are assumed."""
    if fact is not None and fact.state == "assumed":
        return reader.fact(as_text(fact.present), fact.path)
    return reader.maybe(fact, as_text)


def _assumed(facts: list[tuple[Known[str], Known[T]]], reader: Reader) -> Shown | None:
    if not facts:
        return None
    labels = ", ".join(dict.fromkeys(label.value or "…" for label, _ in facts))
    # The labels' own paths stand in the heads of the columns; here they would hide what is to be confirmed.
    return reader.derive(lambda: labels, *(fact for _, fact in facts))


def _window_words(window: Window) -> str:
    before, after = abs(window.before), abs(window.after)
    if before == after:
        return f"± {plural(before, 'day')}" if before else "on the day"
    ends = ((before, "before"), (after, "after"))
    return " to ".join(f"{plural(count, 'day')} {side}" for count, side in ends if count)


def blood_taken(protocol: Protocol, encounters: tuple[Encounter, ...], reader: Reader) -> BloodTaken | None:
    """Return the blood taken at each visit and in all; None where no procedure takes blood."""
    total = volume_in_all(protocol, reader, blood, _millilitres)
    if total is None:
        return None
    if total.state == "todo":
        return BloodTaken(None, total)
    volumes = [(one, *_blood_at(protocol, one, reader)) for one in encounters]
    facts = [(one.label, at) for one, _, assumed in volumes for at in assumed]
    return BloodTaken(Line(tuple(volume for _, volume, _ in volumes), _assumed(facts, reader)), total)


def _blood_at(protocol: Protocol, encounter: Encounter, reader: Reader) -> tuple[Shown | None, tuple[Known[Any], ...]]:
    """Return the bare volume at one visit, and what is only assumed of it: the visits of a row."""
    amounts: list[Decimal] = []

    def bare(amount: Decimal) -> str:
        amounts.append(amount)
        return _millilitres(amount)

    shown = volume_at(protocol, reader, encounter.id, blood, bare)
    if shown is None or not amounts:
        return shown, ()
    rows = (row.at for row in protocol.schedule.rows if row.at.path in shown.paths)
    return Shown(_millilitres(amounts[0]), shown.paths), tuple(at for at in rows if at.state == "assumed")


def _millilitres(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
