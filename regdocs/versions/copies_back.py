"""Copies that came back from bodies, as the log has them: which one is the form to use, and what is odd about one.

Knows entries only; how a copy is read and compared is said by `receipts`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.versions.logbook import Logbook
from regdocs.versions.submissions import filed_entries
from regdocs.versions.validity import USES

NO_TEXT = "it has no text layer, so nobody compared its words with what was submitted: a person has to"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that came back: its entry, the decision that it came with, its digest and kind of file, and the day."""

    entry: int
    of: int
    sha256: str
    kind: str
    on: str


def copy_at(logbook: Logbook, document: str, site: str, day: str) -> Copy | None:
    """Return the newest copy of a document ("consent/en/2.0") that had come back for a site by a day, or None."""
    found = [
        one
        for one in receipts_of(logbook)
        if one["document"] == document and one["site"] == site and one.get("on", one["at"][:10]) <= day
    ]
    found.sort(key=lambda one: (one.get("on", one["at"][:10]), one["n"]))
    if not found:
        return None
    last = found[-1]
    return Copy(last["n"], last["of"], last["file"]["object"], last["file"]["kind"], last.get("on", last["at"][:10]))


def came_back(logbook: Logbook, document: str, site: str, day: str, *, body: str, decision: int | None = None) -> bool:
    """Tell whether a copy of a document had come back from a body for a site by a day, with one decision or any."""
    found = (one for one in receipts_of(logbook) if one["document"] == document and one["site"] == site)
    came = [one["of"] for one in found if one.get("on", one["at"][:10]) <= day]
    return any(decision in (None, of) and logbook.whole_entry(of).get("body") == body for of in came)


def receipts_of(logbook: Logbook) -> Iterator[dict[str, Any]]:
    """Yield the entries of copies that came back, in the order of the log, with long values in their places."""
    return (entry for entry in filed_entries(logbook) if entry["do"] == "receive")


def receipt_flags(logbook: Logbook, entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a reader should be told of a copy that came back."""
    decision = logbook.whole_entry(entry["of"])
    found = [NO_TEXT] if entry["compared"] == "no-text" else []
    found += [f"its stamp says: {entry['stamp']}"] if "stamp" in entry else []
    found += [f"changed {one['where']}: {_told(one)}" for one in entry.get("changes", ())]
    if USES.get(decision.get("outcome", "")) != "permits":
        found.append(f"the decision in entry {entry['of']} is {decision.get('outcome')}: it does not permit use")
    elif "letter" not in decision:
        found.append(f"the decision in entry {entry['of']} is reported without its letter: it does not permit use")
    if entry["on"] < decision.get("decided", ""):
        found.append(f"it came on {entry['on']}, before the decision of {decision['decided']}")
    return tuple(found)


def _told(change: Mapping[str, Any]) -> str:
    if not change["was"]:
        return f"“{change['now']}” was put in"
    return f"“{change['was']}” is now “{change['now']}”" if change["now"] else f"“{change['was']}” was struck"
