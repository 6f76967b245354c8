"""What is due at a study on a day, and what is over its day: worked out of the log, each with its source and entries.

A table of sources, each a function that yields lines. Knows how lines are ordered; what makes a line is said by the
modules of the table. Nothing is invented: where the record gives no day, a line has none. Reads no clock.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from regdocs.versions.corrections import corrected_words
from regdocs.versions.due_decisions import approvals, expiries, letters, stipulations
from regdocs.versions.due_line import Due, View, view_of
from regdocs.versions.due_notices import deviations, measures, registry
from regdocs.versions.due_participants import reconsents_by_day, translations
from regdocs.versions.logbook import Logbook

Source: TypeAlias = Callable[[View], Iterator[Due]]

SOURCES: tuple[Source, ...] = (
    expiries,
    stipulations,
    approvals,
    letters,
    measures,
    registry,
    translations,
    reconsents_by_day,
    deviations,
)

_ORDER = {"overdue": 0, "due": 1, "open": 2}


def due_at(logbook: Logbook, day_of: Callable[[str], str]) -> tuple[Due, ...]:
    """Return what is due: what is over its day first, then by day, then what has none.

    Args:
        day_of: The day that is asked for, by site. What happened later is not counted, whenever it was recorded.

    Raises:
        NotIssued, DoesNotFit: As `issued.documents_of`.
    """
    view = view_of(logbook, day_of)
    found = [_with_corrections(logbook, one) for source in SOURCES for one in source(view)]
    return tuple(sorted(found, key=lambda one: (_ORDER[one.state], one.day or "", one.sites, one.whom, one.entries)))


def _with_corrections(logbook: Logbook, line: Due) -> Due:
    words = corrected_words(logbook, line.entries)
    return line if words is None else replace(line, text=f"{line.text} ({words})")
