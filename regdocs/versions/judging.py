"""Signed forms judged: whether each was the form to sign at that site, in that language, on that day.

A form that was signed while it was in force stays correct for ever. Knows rows and the state of documents on a day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from regdocs.documents.kinds import KINDS
from regdocs.versions.issued import IssuedDocument
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import name_of, sites_of
from regdocs.versions.signed_forms import SignedForm
from regdocs.versions.validity import FormState, documents_named, form_at, why_not

Verdict: TypeAlias = Literal[
    "correct", "form not valid that day", "before approval", "after expiry", "wrong language", "incomplete"
]


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with its verdict, the reasons in words, the entries of the log that it rests on, and the form it names."""

    row: SignedForm
    verdict: Verdict
    why: tuple[str, ...] = ()
    entries: tuple[int, ...] = ()
    document: IssuedDocument | None = None


def judged(logbook: Logbook, rows: Iterable[SignedForm]) -> Iterator[Judged]:
    """Yield each row judged.

    Raises:
        NotIssued, DoesNotFit: As `issued.documents_of`.
    """
    states: dict[tuple[str, str, str], FormState] = {}
    for row in rows:
        yield _judged(logbook, row, states)


def _judged(logbook: Logbook, row: SignedForm, states: dict[tuple[str, str, str], FormState]) -> Judged:
    """Return a row judged; `states` keeps what was asked for another row of that form, site and day."""
    if row.lacking:
        return Judged(row, "incomplete", row.lacking)
    kind = _kind(row.form)
    if kind is None:
        return Judged(row, "incomplete", (f'"{row.form}" is no kind of document: such as consent',))
    issued = documents_named(logbook, row.site, kind, None)
    if not issued:
        return Judged(
            row, "incomplete", (f'no {kind} was ever issued for a site "{row.site}"{_meant(logbook, row.site)}',)
        )
    in_language = [one for one in issued if one.language == row.language]
    if not in_language:
        known = ", ".join(dict.fromkeys(one.language for one in issued))
        return Judged(row, "wrong language", (f"{kind} is there for {row.site} in: {known}",))
    found = next((one for one in in_language if one.version == row.version), None)
    if found is None:
        known = ", ".join(one.version for one in in_language)
        return Judged(row, "form not valid that day", (f'there is no version "{row.version}"; there are: {known}',))
    asked = (name_of(found), row.site, row.date)
    state = states.get(asked) or form_at(logbook, found, row.site, row.date)
    states[asked] = state
    return Judged(row, _verdict(state), why_not(state), state.entries, found)


def _meant(logbook: Logbook, site: str) -> str:
    """Return which site may be meant, in words; "" where none is near."""
    known = {one.casefold(): one for version in logbook.versions for one in sites_of(logbook, version)}
    near = get_close_matches(site.casefold(), sorted(known), n=1)
    return f'; did you mean "{known[near[0]]}"?' if near else ""


def _verdict(state: FormState) -> Verdict:
    standings = {one.standing for one in state.bodies}
    if state.valid:
        return "correct"
    if "undecided" in standings:
        return "before approval"
    if "expired" in standings:
        return "after expiry"
    return "form not valid that day"


def _kind(form: str) -> str | None:
    """Return the kind of that name or title."""
    wanted = form.casefold()
    return next((one.name for one in KINDS if wanted in (one.name.casefold(), one.title.casefold())), None)
