"""A measure taken at once against a hazard, before anybody could decide about it: the entry that says so.

It needs no version, no base and no decision; whom it has to be told to is said by `amendment.urgent`.
Source: docs/formats/audit-log.md, "Kinds of entries".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from regdocs.audit.line import Json
from regdocs.versions.acting import entry_of, refuse_in_record
from regdocs.versions.actors import NotAllowed
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import sites_of


@dataclass(frozen=True, slots=True)
class AtSite:
    """The measure at one site: since when, as "2026-06-12T14:30+02:00" or in UTC, and how participants were told."""

    site: str
    at: str
    told: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What was done, as the person says who records it; `known` is when the sponsor learned of the hazard."""

    hazard: str
    measure: str
    decided_by: str
    sites: Sequence[AtSite]
    known: str | None = None


def urgent_safety(logbook: Logbook, by: str, said: Measure, *, why: str | None = None) -> dict[str, Json]:
    """Return the entry of an urgent safety measure; its day is that of its first moment where that was.

    Moments are recorded in UTC, and beside it as they were said where that is another text.

    Raises:
        NotAllowed: The log is of a public record, a text is missing, a moment has no time or no offset from UTC, no
            site is named, one is named twice, or the newest version does not have it.
    """
    refuse_in_record(logbook, "urgent-safety")
    _require(logbook, said)
    first = min(said.sites, key=lambda one: _utc(one.at))
    return entry_of(
        "urgent-safety",
        by,
        hazard=said.hazard,
        measure=said.measure,
        decided_by=said.decided_by,
        known=None if said.known is None else _utc(said.known),
        sites=[_at_site(one) for one in said.sites],
        on=first.at[:10],
        why=why,
    )


def _require(logbook: Logbook, said: Measure) -> None:
    texts = {"hazard": said.hazard, "measure": said.measure, "who decided": said.decided_by}
    texts |= {f"how participants were told at {one.site}": one.told for one in said.sites}
    for what, text in texts.items():
        if not text.strip():
            raise NotAllowed(f"an urgent safety measure needs: {what}")
    sites = [one.site for one in said.sites]
    if not sites or len(set(sites)) < len(sites):
        raise NotAllowed("an urgent safety measure names its sites, each once")
    known = sites_of(logbook, logbook.versions[-1]) if logbook.versions else tuple(sites)
    for site in sites:
        if site not in known:
            raise NotAllowed(f'version {logbook.versions[-1].name} has no site "{site}"; its sites: {", ".join(known)}')


def _at_site(one: AtSite) -> dict[str, Json]:
    moment = _utc(one.at)
    return {"site": one.site, "at": moment, "told": one.told, **({} if moment == one.at else {"said": one.at})}


def _utc(text: str) -> str:
    """Return a moment as entries say it.

    Raises:
        NotAllowed: It has no time of day, or no offset from UTC.
    """
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise NotAllowed(f'"{text}" is not a moment of the form 2026-06-12T14:30+02:00, with its offset from UTC')
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
