"""By whose clock a site's days are counted: the time zone that a recorded version says, where one does.

Read from data forms, so that an old version is read without today's model. Reads no clock: the moment is handed in.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from regdocs.versions.logbook import Logbook, Version
from regdocs.zones import is_zone, there


def zone_of_site(logbook: Logbook, site: str) -> str | None:
    """Return the time zone of a site as the newest recorded version says that says one; None where none does."""
    known = logbook.worked_out.get(("zones", logbook.head.size))
    if known is None:
        known = logbook.worked_out["zones", logbook.head.size] = _zones(logbook)
    found: str | None = known.get(site)
    return found


def day_at_site(logbook: Logbook, site: str, moment: datetime) -> str:
    """Return the day of a moment by the clock of a site; where its zone is not known, by the moment's own."""
    zone = zone_of_site(logbook, site)
    return moment.date().isoformat() if zone is None else there(moment, zone)[0]


def clock_words(logbook: Logbook, site: str) -> str:
    """Return by whose clock days of a site are counted, in words."""
    zone = zone_of_site(logbook, site)
    return f"the clock of {site}, {zone}" if zone else f"this computer's clock: no time zone of {site} is recorded"


def _zones(logbook: Logbook) -> dict[str, str]:
    found: dict[str, str] = {}
    for version in logbook.versions:
        found |= _said_by(logbook, version)
    return found


def _said_by(logbook: Logbook, version: Version) -> dict[str, str]:
    form = json.loads(logbook.object(version.data))
    sites = form.get("sites") if isinstance(form, dict) else None
    listed = [one for one in sites if isinstance(one, dict)] if isinstance(sites, list) else []
    zones = {one.get("id"): _value(one) for one in listed}
    return {site: zone for site, zone in zones.items() if isinstance(site, str) and zone is not None}


def _value(site: Mapping[str, Any]) -> str | None:
    said = site.get("time_zone")
    zone = said.get("value") if isinstance(said, dict) else said
    return zone if isinstance(zone, str) and is_zone(zone) else None
