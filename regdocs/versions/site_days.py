"""By whose clock a site's days are counted: the time zone that a recorded version says, where one does.

Reads no clock: the moment is handed in.
"""

from collections.abc import Mapping
from datetime import datetime

from regdocs.versions.logbook import Logbook
from regdocs.versions.version_form import elements_in, form_of, known_in
from regdocs.zones import is_zone, there


def zone_of_site(logbook: Logbook, site: str) -> str | None:
    """Return the time zone of a site as the newest recorded version says that says one; None where none does."""
    known = logbook.worked_out.get(("zones", logbook.head.size))
    if known is None:
        known = logbook.worked_out["zones", logbook.head.size] = _zones(logbook)
    found: Mapping[str, str] = known
    return found.get(site)


def day_at_site(logbook: Logbook, site: str, moment: datetime) -> str:
    """Return the day of a moment by the clock of a site; where its zone is not known, by the moment's own."""
    zone = zone_of_site(logbook, site)
    return moment.date().isoformat() if zone is None else there(moment, zone)[0]


def clock_words(logbook: Logbook, site: str) -> str:
    """Return by whose clock days of a site are counted, in words."""
    zone = zone_of_site(logbook, site)
    return f"the clock of {site}, {zone}" if zone else f"this computer's clock: no time zone of {site} is recorded"


def _zones(logbook: Logbook) -> dict[str, str]:
    said = (site for version in logbook.versions for site in elements_in(form_of(logbook, version), "sites"))
    zones = ((str(site["id"]), known_in(site, "time_zone")) for site in said)
    return {site: zone for site, zone in zones if isinstance(zone, str) and is_zone(zone)}
