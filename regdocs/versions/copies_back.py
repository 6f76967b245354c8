"""Copies that came back from bodies, as the log has them: which one is the form to use, and what is odd about one.

Knows entries only; how a copy is read and compared is said by `receipts`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.versions.logbook import Logbook
from regdocs.versions.submissions import filed_entries
from regdocs.versions.validity import USES, holds_from

NO_TEXT = "it has no text layer, so nobody compared its words with what was submitted: a person has to"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that came back.

    Attributes:
        entry: Number of its entry.
        of, body, reference: The decision that it came with: number of its entry, whose it is, the body's reference.
        sha256, kind: Its digest and kind of file.
        on: Day on which it came.
        compared: Whether its words were compared with ours: "words", or "no-text" where it has none.
    """

    entry: int
    of: int
    body: str
    reference: str
    sha256: str
    kind: str
    on: str
    compared: str


def copy_at(logbook: Logbook, document: str, site: str, day: str) -> Copy | None:
    """Return the newest copy of a document ("consent/en/2.0") that had come back for a site by a day, or None.

    One that came with a decision that permits nothing, or not by that day, is no form to use.
    """
    found = [_copy(entry, decision) for entry, decision in _permitted(logbook, document, site, day)]
    return max(found, key=lambda one: (one.on, one.entry), default=None)


def came_back(logbook: Logbook, document: str, site: str, day: str, *, body: str, decision: int | None = None) -> bool:
    """Tell whether a copy had come back from a body with a decision that permits, with one of them or with any."""
    found = (decided for _, decided in _permitted(logbook, document, site, day))
    return any(one["body"] == body and decision in (None, one["n"]) for one in found)


def _permitted(
    logbook: Logbook, document: str, site: str, day: str
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield each copy that had come by a day with a decision that permits by then, both as entries."""
    for entry in receipts_of(logbook):
        if (entry["document"], entry["site"]) == (document, site) and _day(entry) <= day:
            decision = logbook.whole_entry(entry["of"])
            if not _why_not(decision) and holds_from(decision) <= day:
                yield entry, decision


def _copy(entry: Mapping[str, Any], decision: Mapping[str, Any]) -> Copy:
    own = {"body": decision["body"], "reference": decision["reference"], "compared": entry["compared"]}
    return Copy(
        entry["n"], entry["of"], sha256=entry["file"]["object"], kind=entry["file"]["kind"], on=_day(entry), **own
    )


def _day(entry: Mapping[str, Any]) -> str:
    return str(entry.get("on", entry["at"][:10]))


def _why_not(decision: Mapping[str, Any]) -> str | None:
    """Return why what came with a decision is no form to use; None where it is."""
    if USES.get(decision.get("outcome", "")) != "permits":
        return f"is {decision.get('outcome')}"
    return None if "letter" in decision else "is reported without its letter"


def receipts_of(logbook: Logbook) -> Iterator[dict[str, Any]]:
    """Yield the entries of copies that came back, in the order of the log, with long values in their places."""
    return (entry for entry in filed_entries(logbook) if entry["do"] == "receive")


def receipt_flags(logbook: Logbook, entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a reader should be told of a copy that came back."""
    decision = logbook.whole_entry(entry["of"])
    found = [NO_TEXT] if entry["compared"] == "no-text" else []
    found += [f"its stamp says: {entry['stamp']}"] if "stamp" in entry else []
    found += [f"changed {one['where']}: {_told(one)}" for one in entry.get("changes", ())]
    if why := _why_not(decision):
        found.append(f"the decision in entry {entry['of']} {why}: it does not permit use, so ours stays the form")
    if entry["on"] < decision.get("decided", ""):
        found.append(f"it came on {entry['on']}, before the decision of {decision['decided']}")
    return tuple(found)


def _told(change: Mapping[str, Any]) -> str:
    if not change["was"]:
        return f"“{change['now']}” was put in"
    return f"“{change['was']}” is now “{change['now']}”" if change["now"] else f"“{change['was']}” was struck"
