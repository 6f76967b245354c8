"""What decisions of bodies leave to be done: renewals before they expire, stipulations, approvals, letters to come."""

from collections.abc import Iterator, Mapping
from typing import Any

from regdocs.versions.awaited import decided_since
from regdocs.versions.due_line import Due, State, View, What
from regdocs.versions.facts import unsealed
from regdocs.versions.overseen import name_of
from regdocs.versions.validity import USES, body_state, documents_named, holds_from, used_at

_MOST_NAMED = 3
_AWAITING = ("conditionally-approved", "changes-required", "deferred")
_RECORDED = "the decision as recorded"


def expiries(view: View) -> Iterator[Due]:
    """Yield the days on which decisions expire under which a site may use something, and those that are over.

    Only the day of expiry is recorded; when a body wants to have the continuing review before that is not.
    """
    for entry in view.kind("decision"):
        if "expires" not in entry or "letter" not in entry or USES[entry["outcome"]] != "permits":
            continue
        for site in entry["sites"]:
            documents = tuple(_resting_on(view, entry, site))
            if documents:
                yield _expiry(view, entry, site, documents)


def stipulations(view: View) -> Iterator[Due]:
    """Yield decisions whose stipulations no submission answers."""
    for entry in view.kind("decision"):
        listed = entry.get("stipulations", ())
        if listed and _answer(view, entry) is None:
            first = " ".join(unsealed(view.logbook, listed[0]).split())
            count = "1 stipulation" if len(listed) == 1 else f"{len(listed)} stipulations"
            title = f"{entry['reference']}: {count} not answered"
            yield _open(entry, "stipulations", title, f"“{_short(first)}”", "the body's words; the record gives no day")


def approvals(view: View) -> Iterator[Due]:
    """Yield what a body let wait and has not decided since; where it has stipulations, once these are answered."""
    for entry in view.kind("decision"):
        if entry["outcome"] not in _AWAITING or (entry.get("stipulations") and _answer(view, entry) is None):
            continue
        sites = tuple(
            site for site in entry["sites"] if not decided_since(view.logbook, view.kind("decision"), entry, site)
        )
        if sites:
            answer = _answer(view, entry)
            then = f"answered on {answer['on']} (entry {answer['n']})" if answer else "nothing was submitted since"
            title = f"{entry['reference']}: {entry['outcome']} on {entry['decided']}, a decision is awaited"
            entries = (entry["n"], *((answer["n"],) if answer else ()))
            rule = f"{_RECORDED}; it gives no day"
            yield Due("approval", None, "open", sites, entry["body"], title, then, rule, entries)


def letters(view: View) -> Iterator[Due]:
    """Yield decisions that were reported, whose letter has not been recorded since."""
    for entry in view.kind("decision"):
        if "letter" not in entry and not view.is_overtaken(entry):
            title = f"{entry['reference']}: {entry['outcome']} on {entry['decided']}, reported without its letter"
            yield _open(entry, "letter", title, "nothing rests on it until the letter is recorded", _RECORDED)


def _expiry(view: View, entry: Mapping[str, Any], site: str, documents: tuple[str, ...]) -> Due:
    day, today = entry["expires"], view.day_at((site,))
    named = ", ".join(documents[:_MOST_NAMED])
    more = f" and {len(documents) - _MOST_NAMED} more" if len(documents) > _MOST_NAMED else ""
    title = f"{entry['reference']} expires"
    text = f"{named}{more} may not be used from that day on without a renewal: no form of it may be signed"
    rule = f"{_RECORDED}; of a continuing review it gives no other day: ask the body how long before it wants it"
    state: State = "overdue" if day <= today else "due"  # the day of expiry is the first one without
    return Due("expiry", day, state, (site,), entry["body"], title, text, rule, (entry["n"],))


def _resting_on(view: View, entry: Mapping[str, Any], site: str) -> Iterator[str]:
    """Yield the documents that a site may use by this decision and no later one, and that are not superseded there."""
    today = view.day_at((site,))
    own = {name_of(one): one for one in documents_named(view.logbook, site, None, None)}
    ranks = {version.name: place for place, version in enumerate(view.logbook.versions)}
    for name in entry["documents"]:
        state = body_state(view.logbook, entry["body"], name, site, max(today, holds_from(entry)))
        document = own.get(name)
        used = used_at(view.logbook, site, today).get((document.kind, document.language)) if document else None
        newer = used is not None and document is not None and ranks[used.document.source] > ranks[document.source]
        if state.entry == entry["n"] and not newer:
            yield name


def _answer(view: View, entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return next((one for one in view.kind("submit") if one.get("to") == entry["n"]), None)


def _open(entry: Mapping[str, Any], what: What, title: str, text: str, rule: str) -> Due:
    return Due(what, None, "open", tuple(entry["sites"]), entry["body"], title, text, rule, (entry["n"],))


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
