"""Whom somebody has to tell, and by when: of urgent measures, of changes that a registry shows, of deviations.

Nobody records that a registry or an authority was told by an entry of its own: a note does that, which begins with
"Done:" and names the entry and who was told ("Done: entry 58, board-north told by e-mail."). Days come from
`amendment.urgent` and from the rules named here, and only where the record answers that these apply.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from regdocs.amendment.citation import ACT_AMENDMENT, ACT_BOARD, Citation
from regdocs.amendment.regimes import regimes_of
from regdocs.amendment.urgent import ASK_POLICY, Notification, UrgentMeasure, notifications
from regdocs.audit.forms import is_day
from regdocs.build.study import PROTOCOL
from regdocs.documents.consent_addendum import KIND as ADDENDUM
from regdocs.documents.kinds import KINDS
from regdocs.documents.participant_letter import KIND as LETTER
from regdocs.errors import RegdocsError
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from regdocs.versions.due_line import Due, View
from regdocs.versions.facts import unsealed
from regdocs.versions.followed import follows_of
from regdocs.versions.issued import documents_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.site_days import zone_of_site
from regdocs.versions.snapshot import stored_inputs
from regdocs.versions.version_form import elements_in, form_of, known_in

REGISTRY = ("ClinicalTrials.gov", "registry")
"""A note "Done: entry N …" that names one of these closes the update of the registry after the decision N."""

_REGISTRY_DAYS = 30
_BOARDS = ("ethics-committee", "national-ethics-committee")
_AGREES = ("approved", "no-objection")
_GIVEN = frozenset(one.name for one in KINDS if one.participant_facing) | {ADDENDUM, LETTER}


# --------------------------------------------------------------------------------------------------- urgent measures


def measures(view: View) -> Iterator[Due]:
    """Yield whom to tell of urgent safety measures, until a note or a submission says that they were told.

    A submission counts that went to the body since, of an amendment that is declared to follow the measure.
    """
    for entry in view.kind("urgent-safety"):
        sites = tuple(str(one["site"]) for one in entry["sites"])
        for row in _to_tell(view.logbook, entry):
            if not _told(view, entry, row):
                yield _measure(view, entry, row, sites)


def _measure(view: View, entry: Mapping[str, Any], row: Notification, sites: tuple[str, ...]) -> Due:
    sources = "; ".join(map(str, row.sources)) or "no rule is known here"
    title, text = f"tell of the urgent safety measure of {entry['on']}", f"{row.what}; {row.by_when}"
    state, whom = view.state(row.due_on, sites), row.body or row.to
    return Due("urgent measure", row.due_on, state, sites, whom, title, text, sources, (entry["n"],))


def _told(view: View, entry: Mapping[str, Any], row: Notification) -> bool:
    names = [one for one in (row.body, row.to) if one is not None]
    submitted = any(
        one["body"] == row.body and one["on"] >= entry["on"] and follows_of(view.logbook, one["version"]) == entry["n"]
        for one in view.kind("submit")
    )
    return submitted or view.noted(entry["n"], *names) is not None


def _to_tell(logbook: Logbook, entry: Mapping[str, Any]) -> tuple[Notification, ...]:
    """Return whom to tell by the version that was recorded before; of one that cannot be read, its bodies."""
    before = [one for one in logbook.versions if one.n < entry["n"]] or list(logbook.versions[:1])
    if not before:
        return ()
    protocol, measure = _protocol(logbook, before[-1]), _as_told(logbook, entry)
    if protocol is None or measure is None:
        return tuple(_by_policy(logbook, before[-1], {str(one["site"]) for one in entry["sites"]}))
    return notifications(measure, regimes_of(protocol), protocol)


def _protocol(logbook: Logbook, version: Version) -> Protocol | None:
    try:
        return load(stored_inputs(logbook, version).protocol, PROTOCOL).protocol
    except (RegdocsError, KeyError):
        return None


def _by_policy(logbook: Logbook, version: Version, sites: set[str]) -> Iterator[Notification]:
    what = "tell of the hazard and of the measure (which rules apply could not be worked out of that version)"
    for body in elements_in(form_of(logbook, version), "oversight"):
        if sites & set(body.get("sites") or ()):
            yield Notification(None, body["id"], None, body["id"], what, ASK_POLICY, None, ())


def _as_told(logbook: Logbook, entry: Mapping[str, Any]) -> UrgentMeasure | None:
    """Return a measure as people told it, its moments by the clock of the sites; None where these are out of bounds."""
    told: dict[str, Any] = {"regdocs-urgent": 1, "hazard": "–", "measure": "–", "decided_by": "–"}
    known, first = entry.get("known"), entry["sites"][0]
    try:
        told["sites"] = [
            {
                "site": one["site"],
                "implemented": one.get("said") or _there(logbook, one["site"], one["at"]),
                "told": "–",
            }
            for one in entry["sites"]
        ]
        return UrgentMeasure.model_validate(told | ({"known_at": _like(logbook, first, known)} if known else {}))
    except (ValueError, OverflowError):
        return None


def _like(logbook: Logbook, first: Mapping[str, Any], moment: str) -> str:
    """Return a moment in the zone of the first site, else with the offset that its own moment was told with."""
    if zone_of_site(logbook, first["site"]) is None and "said" in first:
        return datetime.fromisoformat(moment).astimezone(datetime.fromisoformat(first["said"]).tzinfo).isoformat()
    return _there(logbook, first["site"], moment)


def _there(logbook: Logbook, site: str, moment: str) -> str:
    zone = zone_of_site(logbook, site)
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).isoformat() if zone else moment


# ----------------------------------------------------------------------------------------------------------- registry


def registry(view: View) -> Iterator[Due]:
    """Yield updates of the registry that follow from decisions of boards, where the trial is an applicable one.

    Only two events stand in the log: a board agrees to an amendment that participants are told of, and the status of
    the boards changes. Of recruitment, completion and contacts the log knows nothing.
    """
    versions = {version.name: version for version in view.logbook.versions}
    agreed: set[int | None] = set()
    for entry in sorted(view.kind("decision"), key=lambda one: (one["decided"], one["n"])):
        version = versions.get(entry.get("version", ""))
        if version is None or view.is_overtaken(entry) or not _applies(view.logbook, version, entry["body"]):
            continue
        if entry["outcome"] in ("suspended", "terminated"):
            yield from _update(view, entry, ACT_BOARD, f"a board {entry['outcome']} the study")
        elif entry["outcome"] in _AGREES and version.amendment not in agreed:
            agreed.add(version.amendment)
            yield from _agreed(view, entry, version)


def _agreed(view: View, entry: Mapping[str, Any], version: Version) -> Iterator[Due]:
    if version.amendment is None:
        yield from _update(view, entry, ACT_BOARD, "the first board approved the study")
    elif _is_communicated(view.logbook, version):
        words = f"the first board approved amendment {version.amendment}, of which participants are told"
        yield from _update(view, entry, ACT_AMENDMENT, words)


def _update(view: View, entry: Mapping[str, Any], source: Citation, event: str) -> Iterator[Due]:
    if view.noted(entry["n"], *REGISTRY) is not None:
        return
    day = _days_after(entry["decided"], _REGISTRY_DAYS)
    title = f"update what changed in the registry: {entry['reference']} of {entry['decided']}"
    text = f"on {entry['decided']} {event}{'' if 'letter' in entry else ' (reported without its letter)'}"
    rule = f"{source}: within {_REGISTRY_DAYS} days, of an applicable clinical trial"
    yield Due("registry", day, view.state(day, ()), (), REGISTRY[0], title, text, rule, (entry["n"],))


def _days_after(day: str, count: int) -> str | None:
    """Return the day so many days later; None beyond the calendar."""
    try:
        return (date.fromisoformat(day) + timedelta(days=count)).isoformat()
    except OverflowError:
        return None


def _applies(logbook: Logbook, version: Version, body: str) -> bool:
    form = form_of(logbook, version)
    role = next((one.get("role") for one in elements_in(form, "oversight") if one["id"] == body), None)
    return role in _BOARDS and known_in(form, "regulation", "applicable_clinical_trial") is True


def _is_communicated(logbook: Logbook, version: Version) -> bool:
    """Tell whether an amendment issued something that participants get."""
    issued = documents_of(logbook, version) if version.issues else ()
    companions: Sequence[Any] = logbook.whole_entry(version.issues[-1].n).get("companions") or () if issued else ()
    kinds = {one.kind for one in issued if one.source == version.name}
    return not _GIVEN.isdisjoint(kinds | {one.get("kind") for one in companions if isinstance(one, dict)})


# --------------------------------------------------------------------------------------------------------- deviations


def deviations(view: View) -> Iterator[Due]:
    """Yield to whom a deviation still has to be reported; a later entry of its number says when it was."""
    listed = list(view.kind("deviation"))
    for number in dict.fromkeys(one["number"] for one in listed):
        same = [one for one in listed if one["number"] == number]
        told = [(one["n"], said) for one in same for said in one.get("reported", ()) if isinstance(said, dict)]
        for to in dict.fromkeys(said.get("to") for _, said in told):
            mine = [(n, said) for n, said in told if said.get("to") == to]
            if not any("on" in said for _, said in mine):
                yield _deviation(view, same[-1], str(to), mine)


def _deviation(view: View, entry: Mapping[str, Any], to: str, told: Sequence[tuple[int, Mapping[str, Any]]]) -> Due:
    day = next((str(said["due"]) for _, said in reversed(told) if is_day(said.get("due"))), None)
    important = "important " if entry["important"] else ""
    category = unsealed(view.logbook, entry["category"])
    title, text = f"report the {important}deviation {entry['number']} of {entry['on']}", category
    sites = (str(entry["site"]),)
    numbers, rule = tuple(dict.fromkeys(n for n, _ in told)), "the day that the record gives"
    return Due("deviation", day, view.state(day, sites), sites, to, title, text, rule, numbers)
