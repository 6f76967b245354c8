"""Copies that came back from bodies, as the log has them: which one is the form to use, and what is odd about one.

Knows entries only; how a copy is read and compared is said by `receipts`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import name_of
from regdocs.versions.submissions import filed_entries
from regdocs.versions.validity import USES, FormState, holds_from

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
        changes: How many places of ours the body changed.
        stamped: Whether something stands in the place of the stamp; a scan may have one that nobody reads.
    """

    entry: int
    of: int
    body: str
    reference: str
    sha256: str
    kind: str
    on: str
    compared: str
    changes: int
    stamped: bool

    @property
    def told(self) -> str:
        """What whoever hands it out has to know of its words; "" where nothing."""
        if self.compared == "no-text":
            return "nobody compared its words"
        places = "place" if self.changes == 1 else "places"
        return f"the body changed {self.changes} {places} of our words" if self.changes else ""


def copy_at(logbook: Logbook, state: FormState) -> Copy | None:
    """Return the copy that is the form to use of a document at its site on its day, or None where none had come back.

    One that came with a decision that permits nothing, or not by that day, is none. Of several the one counts that
    came with a decision which permits the use on that day; then one with a stamp before one without, a PDF before what
    people edit by mistake, and the newest.
    """
    counting = {one.entry for one in state.bodies}
    listed = _permitted(logbook, name_of(state.document), state.site, state.day)
    found = [_copy(entry, decision) for entry, decision in listed]

    def rank(one: Copy) -> tuple[bool, bool, bool, str, int]:
        return one.of in counting, one.stamped, one.kind == "pdf", one.on, one.entry

    return max(found, key=rank, default=None)


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
    return Copy(
        entry=entry["n"],
        of=entry["of"],
        body=decision["body"],
        reference=decision["reference"],
        sha256=entry["file"]["object"],
        kind=entry["file"]["kind"],
        on=_day(entry),
        compared=entry["compared"],
        changes=len(entry.get("changes", ())),
        stamped=_may_be_stamped(entry),
    )


def _may_be_stamped(entry: Mapping[str, Any]) -> bool:
    return "stamp" in entry or entry["compared"] == "no-text"


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
    before = [one for one in receipts_of(logbook) if one["n"] < entry["n"] and _same_form(one, entry)]
    if before:
        bare = _may_be_stamped(before[-1]) and not _may_be_stamped(entry)
        stamped = "; that one has a stamp, so it stays the form" if bare else ""
        found.append(f"the copy in entry {before[-1]['n']} came for this form before{stamped}")
    if entry["on"] < decision.get("decided", ""):
        found.append(f"it came on {entry['on']}, before the decision of {decision['decided']}")
    return tuple(found)


def _same_form(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one[key] == other[key] for key in ("document", "site", "of"))


def _told(change: Mapping[str, Any]) -> str:
    if not change["was"]:
        return f"“{change['now']}” was put in"
    return f"“{change['was']}” is now “{change['now']}”" if change["now"] else f"“{change['was']}” was struck"
