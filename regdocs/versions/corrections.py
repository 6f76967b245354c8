"""Which entries of the log were corrected: what a correction says is for a person to read."""

from collections.abc import Iterable, Mapping

from regdocs.versions.logbook import Logbook


def corrected(logbook: Logbook, entries: Iterable[int]) -> tuple[int, ...]:
    """Return the numbers of the entries that correct any of these."""
    known = logbook.worked_out.get(("corrections", logbook.head.size))
    if known is None:
        known = logbook.worked_out["corrections", logbook.head.size] = _corrections(logbook)
    found: Mapping[int, list[int]] = known
    return tuple(sorted({number for one in entries for number in found.get(one, ())}))


def corrected_words(logbook: Logbook, entries: Iterable[int]) -> str | None:
    """Return in words that some of these entries were corrected; None where none was."""
    numbers = corrected(logbook, entries)
    return f"corrected, read entry {', '.join(map(str, numbers))}" if numbers else None


def _corrections(logbook: Logbook) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for entry in logbook.entries():
        if entry["do"] == "correct":
            found.setdefault(entry["of"], []).append(entry["n"])
    return found
