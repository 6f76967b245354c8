"""Words of an amendment as documents show them: with a path, and open where they are missing or still `TODO`.

Knows `Text` of `amended.py` and names of the protocol's sites and bodies; knows no document kind.
"""

from collections.abc import Callable

from regdocs.documents.amended import AtSite, Text
from regdocs.documents.shown import Reader, Shown
from regdocs.spec.identity import Site
from regdocs.spec.known import TODO
from regdocs.spec.protocol import Protocol
from regdocs.units import date_words

AT = "/amendment"


def told(reader: Reader, text: Text, path: str, what: str, as_text: Callable[[str], str] = str) -> Shown:
    """Return words of the amendment; what is missing is an open item, `what` says of what."""
    if text is None or not text.strip():
        return reader.lacking(what, f"{AT}{path}")
    if text.lstrip().upper().startswith(TODO):
        return reader.lacking(text.lstrip()[len(TODO) :].strip() or what, f"{AT}{path}")
    return reader.fact(as_text(text), f"{AT}{path}")


def told_day(reader: Reader, day: Text, path: str, what: str) -> Shown:
    """Return a day of the amendment in words, or as a person wrote it; open as `told` says."""
    return told(reader, day, path, what, _in_words)


def told_or_blank(reader: Reader, text: Text, path: str) -> Shown | None:
    """Return words that are known only when the paper is used, or None: then a line to write on stands there."""
    return None if text is None or not text.strip() else told(reader, text, path, "")


def told_day_or_blank(reader: Reader, day: Text, path: str) -> Shown | None:
    """Return a day that is known only when the paper is used, or None: then a line to write on stands there."""
    return None if day is None or not day.strip() else told_day(reader, day, path, "")


def site_name(protocol: Protocol, reader: Reader, site: str) -> Shown:
    """Return the name of a site; a site that the protocol does not name keeps its id."""
    found = next((one for one in protocol.sites if one.id == site), None)
    return reader.fact(site, "/sites") if found is None else reader.show(found.name)


def body_name(protocol: Protocol, reader: Reader, body: str) -> Shown:
    """Return the name of a body; a body that the protocol does not name keeps its id."""
    found = next((one for one in protocol.oversight if one.id == body), None)
    return reader.fact(body, "/oversight") if found is None else reader.show(found.name)


def at_site(sites: tuple[AtSite, ...], site: Site) -> AtSite:
    """Return what holds at a site; where nothing was handed in, everything is open."""
    return next((one for one in sites if one.site == site.id), AtSite(site.id, None, None))


def _in_words(day: str) -> str:
    try:
        return date_words(day)
    except ValueError:
        return day
